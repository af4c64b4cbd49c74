"""Scores of every activity of a level in every basin: computed once per edition and process, by one thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.nomenclature import Node

ScoreRow = Callable[[Facts, Node], FloatArray]
Key = tuple[str, str]


@dataclass
class ScoreTable:
    """The scores (activities, basins) of a level, row by row as they come."""

    facts: Facts
    nodes: list[Node]
    rows: list[FloatArray] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_ready: threading.Event = field(default_factory=threading.Event)

    def fill(self, score_row: ScoreRow) -> None:
        """Compute the rows that are missing; a second caller waits for the first instead of doing its work again."""
        with self.lock:
            for node in self.nodes[len(self.rows) :]:
                self.rows.append(score_row(self.facts, node))
            self.is_ready.set()

    @property
    def scores(self) -> FloatArray:
        return np.array(self.rows)


class ScoreTables:
    """The tables asked so far, of the edition on show; those of an edition that is replaced are dropped."""

    def __init__(self, score_row: ScoreRow) -> None:
        self._score_row = score_row
        self._tables: dict[Key, ScoreTable] = {}
        self._lock = threading.Lock()

    def get(self, facts: Facts, level: str) -> tuple[list[Node], FloatArray]:
        """Return the activities of a level and their scores (activities, basins), however long it takes."""
        table = self._table(facts, level)
        if not table.is_ready.is_set():
            table.fill(self._score_row)
        return table.nodes, table.scores

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

    def _fill_apart(self, table: ScoreTable) -> None:
        try:
            table.fill(self._score_row)
        finally:
            connection.close()

    def _table(self, facts: Facts, level: str) -> ScoreTable:
        key = (facts.edition.content_hash, level)
        with self._lock:
            found = self._tables.get(key)
            if found is None or found.facts is not facts:
                self._tables = {kept: one for kept, one in self._tables.items() if one.facts is facts}
                nodes = [node for node in facts.nomenclature.nodes.values() if node.level == level]
                found = self._tables[key] = ScoreTable(facts, nodes)
            return found
