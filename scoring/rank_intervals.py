"""Intervals of ranks of many activities: drawn once each, by one thread at a time, the latest kept."""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
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
MOST_WAITING = 4
Ranks = npt.NDArray[np.uint16]
Draw = Callable[[Facts, Node, Weights], FloatArray]
Key = tuple[str, str, Weights]


class RankInterval(NamedTuple):
    """Where the draws place a basin for an activity: median rank, and the ranks that hold nine draws in ten."""

    median: int
    p05: int
    p95: int


@dataclass(frozen=True, eq=False)
class _Work:
    """Activities that somebody waits for."""

    facts: Facts
    nodes: Sequence[Node]
    weights: Weights
    is_over: threading.Event = field(default_factory=threading.Event)


class RankIntervals:
    """The intervals drawn so far; `draw` gives the median, P5 and P95 ranks (3, n) of every basin for an activity."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._kept: OrderedDict[Key, Ranks] = OrderedDict()
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._waiting: deque[_Work] = deque()
        self._has_worker = False

    def of(
        self, facts: Facts, nodes: Sequence[Node], weights: Weights, index: int, *, seconds: float | None
    ) -> list[RankInterval | None]:
        """Return the interval of a basin for each activity, None where it is still being drawn after `seconds`.

        What is left goes on in the background, unless too many others ask: it is then to be asked again. Without
        `seconds`, everything is waited for.
        """
        work = _Work(facts, nodes, weights)
        if any(self._get(work, node) is None for node in nodes):
            if seconds is None:
                self._fill(work)
            else:
                self._later(work)
                work.is_over.wait(seconds)
        return self._found(work, index)

    def within(
        self, facts: Facts, nodes: Sequence[Node], weights: Weights, index: int, *, seconds: float
    ) -> list[RankInterval | None]:
        """Return the interval of a basin for each activity, None where `seconds` of drawing did not reach it.

        Nothing goes on apart: asked again, it resumes where it stopped.
        """
        work = _Work(facts, nodes, weights)
        self._fill(work, until=monotonic() + seconds)
        return self._found(work, index)

    def _found(self, work: _Work, index: int) -> list[RankInterval | None]:
        found = [self._get(work, node) for node in work.nodes]
        return [None if one is None else RankInterval(*(int(rank) for rank in one[:, index])) for one in found]

    def _fill(self, work: _Work, *, until: float | None = None) -> None:
        for node in work.nodes:
            if until is not None and monotonic() >= until:
                return
            # One at a time: two readers of the same activities do not draw them twice.
            with self._drawing:
                if self._get(work, node) is None:
                    self._keep(work, node, self._draw(work.facts, node, work.weights))

    def _later(self, work: _Work) -> None:
        """Leave a work to the thread apart: the newest first, the oldest given up, since a weight may still move."""
        with self._lock:
            self._waiting.append(work)
            while len(self._waiting) > MOST_WAITING:
                self._waiting.popleft().is_over.set()
            if not self._has_worker:
                self._has_worker = True
                threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        try:
            while work := self._next():
                try:
                    self._fill(work)
                finally:
                    work.is_over.set()
        except BaseException:
            with self._lock:
                self._has_worker = False
            raise
        finally:
            connection.close()

    def _next(self) -> _Work | None:
        with self._lock:
            if not self._waiting:
                self._has_worker = False
                return None
            return self._waiting.pop()

    def _get(self, work: _Work, node: Node) -> Ranks | None:
        key = _key(work, node)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, work: _Work, node: Node, ranks: FloatArray) -> None:
        with self._lock:
            self._kept[_key(work, node)] = ranks.astype(np.uint16)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def _key(work: _Work, node: Node) -> Key:
    return work.facts.edition.content_hash, node.key, work.weights
