"""Intervals of ranks of many activities: drawn once each, by one thread at a time, the latest kept."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from django.db import connection

from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.question import Weights

# Median, 5th and 95th percentiles of every basin in two bytes each: 1.8 kB an activity.
KEPT = 1500
Ranks = npt.NDArray[np.uint16]
Draw = Callable[[Facts, Node, Weights], FloatArray]
Key = tuple[str, str, Weights]


class RankInterval(NamedTuple):
    """Where the draws place a basin for an activity: median rank, and the ranks that hold nine draws in ten."""

    median: int
    p05: int
    p95: int


@dataclass
class _Work:
    """Activities that somebody waits for."""

    facts: Facts
    nodes: Sequence[Node]
    weights: Weights
    is_done: threading.Event


class RankIntervals:
    """The intervals drawn so far; `draw` gives the median, P5 and P95 ranks (3, n) of every basin for an activity."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._kept: OrderedDict[Key, Ranks] = OrderedDict()
        self._lock = threading.Lock()
        self._drawing = threading.Lock()

    def of(
        self, facts: Facts, nodes: Sequence[Node], weights: Weights, index: int, *, seconds: float | None
    ) -> list[RankInterval | None]:
        """Return the interval of a basin for each activity, None where it is still being drawn after `seconds`.

        What is left goes on in the background; without `seconds`, everything is waited for.
        """
        if any(self._get(facts, node, weights) is None for node in nodes):
            work = _Work(facts, nodes, weights, threading.Event())
            if seconds is None:
                self._fill(work)
            else:
                threading.Thread(target=self._fill_apart, args=(work,), daemon=True).start()
                work.is_done.wait(seconds)
        found = [self._get(facts, node, weights) for node in nodes]
        return [None if one is None else RankInterval(*(int(rank) for rank in one[:, index])) for one in found]

    def _fill(self, work: _Work) -> None:
        for node in work.nodes:
            # One at a time: two readers of the same activities do not draw them twice.
            with self._drawing:
                if self._get(work.facts, node, work.weights) is None:
                    self._keep(work, node, self._draw(work.facts, node, work.weights))
        work.is_done.set()

    def _fill_apart(self, work: _Work) -> None:
        try:
            self._fill(work)
        finally:
            work.is_done.set()
            connection.close()

    def _get(self, facts: Facts, node: Node, weights: Weights) -> Ranks | None:
        key = (facts.edition.content_hash, node.key, weights)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, work: _Work, node: Node, ranks: FloatArray) -> None:
        key = (work.facts.edition.content_hash, node.key, work.weights)
        with self._lock:
            self._kept[key] = ranks.astype(np.uint16)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
