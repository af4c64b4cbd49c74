"""What is known of every activity of a level in every basin: computed once per edition and process, by one thread."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import connection

from scoring.facts import Facts
from scoring.nomenclature import Node

Key = tuple[str, str]
Row = TypeVar("Row")
Whole = TypeVar("Whole")


@dataclass
class ScoreTable(Generic[Row, Whole]):
    """The rows of a level, activity by activity as they come, then the whole that they make."""

    facts: Facts
    nodes: list[Node]
    rows: list[Row] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_ready: threading.Event = field(default_factory=threading.Event)
    whole: Whole | None = None

    def fill(self, row: Callable[[Facts, Node], Row], gather: Callable[[Sequence[Row]], Whole]) -> Whole:
        """Compute the rows that are missing; a second caller waits for the first instead of doing its work again."""
        with self.lock:
            if self.whole is None:
                for node in self.nodes[len(self.rows) :]:
                    self.rows.append(row(self.facts, node))
                self.whole = gather(self.rows)
                self.is_ready.set()
                self.rows = []
            return self.whole


class ScoreTables(Generic[Row, Whole]):
    """The tables asked so far, of the edition on show; those of an edition that is replaced are dropped.

    `row` computes an activity, `gather` makes the whole of all of them.
    """

    def __init__(self, row: Callable[[Facts, Node], Row], gather: Callable[[Sequence[Row]], Whole]) -> None:
        self._row = row
        self._gather = gather
        self._tables: dict[Key, ScoreTable[Row, Whole]] = {}
        self._lock = threading.Lock()

    def get(self, facts: Facts, level: str) -> Whole:
        """Return the whole of a level, however long it takes."""
        return self._table(facts, level).fill(self._row, self._gather)

    def wait(self, facts: Facts, level: str, *, seconds: float) -> float:
        """Return the share of a table that is computed after waiting at most `seconds`, 1 when it is ready.

        The work goes on in a thread of its own when it is longer than that.
        """
        table = self._table(facts, level)
        if not table.is_ready.is_set():
            if not table.lock.locked():
                threading.Thread(target=self._fill_apart, args=(table,), daemon=True).start()
            table.is_ready.wait(seconds)
        return 1.0 if table.is_ready.is_set() else len(table.rows) / len(table.nodes)

    def _fill_apart(self, table: ScoreTable[Row, Whole]) -> None:
        try:
            table.fill(self._row, self._gather)
        finally:
            connection.close()

    def _table(self, facts: Facts, level: str) -> ScoreTable[Row, Whole]:
        key = (facts.edition.content_hash, level)
        with self._lock:
            found = self._tables.get(key)
            if found is None or found.facts is not facts:
                self._tables = {kept: one for kept, one in self._tables.items() if one.facts is facts}
                nodes = [node for node in facts.nomenclature.nodes.values() if node.level == level]
                found = self._tables[key] = ScoreTable(facts, nodes)
            return found
