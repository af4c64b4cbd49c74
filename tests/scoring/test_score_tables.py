"""Scores of a level: computed once whoever asks, told how far they are, dropped with their edition."""

import threading
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from scoring.score_tables import ScoreTables


@dataclass(eq=False)
class TinyFacts:
    """What the tables read of facts: an edition's hash and the nodes of a nomenclature."""

    content_hash: str
    levels: tuple[str, ...] = ("group", "group", "class")
    nodes: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        names = enumerate(self.levels)
        self.nodes = {str(i): type("Node", (), {"level": level, "place": i})() for i, level in names}

    @property
    def edition(self) -> "TinyFacts":
        return self

    @property
    def nomenclature(self) -> "TinyFacts":
        return self


@pytest.fixture
def facts() -> Any:
    return TinyFacts("a")


def test_rows_are_those_of_the_level_and_computed_once(facts: Any) -> None:
    asked: list[int] = []

    def row(_facts: Any, node: Any) -> Any:
        asked.append(node.place)
        return np.array([node.place, 10.0])

    tables = ScoreTables(row, np.array)
    assert tables.get(facts, "group").tolist() == [[0, 10], [1, 10]]
    assert tables.wait(facts, "group", seconds=0) == 1
    tables.get(facts, "group")
    assert asked == [0, 1]


def test_a_long_work_goes_on_apart_and_says_how_far_it_is(facts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started, go_on = threading.Event(), threading.Event()
    asked: list[int] = []

    def row(_facts: Any, node: Any) -> Any:
        asked.append(node.place)
        if node.place == 1:
            started.set()
            assert go_on.wait(30)
        return np.array([float(node.place)])

    tables = ScoreTables(row, np.array)
    assert tables.wait(facts, "group", seconds=0) < 1
    assert started.wait(30)
    assert tables.wait(facts, "group", seconds=0) == 0.5
    go_on.set()
    assert tables.wait(facts, "group", seconds=30) == 1
    assert asked == [0, 1] and tables.get(facts, "group").tolist() == [[0], [1]]


def test_two_readers_share_one_work(facts: Any) -> None:
    asked: list[int] = []

    def row(_facts: Any, node: Any) -> Any:
        asked.append(node.place)
        return np.array([float(node.place)])

    tables = ScoreTables(row, np.array)
    readers = [threading.Thread(target=tables.get, args=(facts, "group")) for _reader in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert asked == [0, 1]


def test_another_edition_takes_the_place_of_the_first(facts: Any) -> None:
    tables = ScoreTables(lambda one, node: np.array([float(ord(one.content_hash))]), np.array)
    assert tables.get(facts, "class").tolist() == [[97]]
    assert tables.get(TinyFacts("b"), "class").tolist() == [[98]]
    assert len(tables._tables) == 1
