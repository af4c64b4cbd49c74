"""Intervals of ranks: drawn once, in the background when long, the newest question first, the old ones given up."""

import threading
from types import SimpleNamespace
from typing import Any

import numpy as np

from scoring.rank_intervals import KEPT, MOST_WAITING, RankInterval, RankIntervals

FACTS: Any = SimpleNamespace(edition=SimpleNamespace(content_hash="a"))


def node(key: str) -> Any:
    return SimpleNamespace(key=key)


def ranks(_facts: Any, one: Any, _weights: Any) -> Any:
    """Two basins: medians 2 and 5, times the activity's key."""
    return np.array([[2.0, 5.0], [1.0, 3.0], [4.0, 9.0]]) * int(one.key)


def test_each_basin_has_its_interval() -> None:
    found = RankIntervals(ranks).of(FACTS, [node("1"), node("2")], (), 1, seconds=None)
    assert found == [RankInterval(5, 3, 9), RankInterval(10, 6, 18)]


def test_an_activity_is_drawn_once_for_all_basins_and_again_for_other_weights() -> None:
    asked: list[Any] = []

    def draw(facts: Any, one: Any, weights: Any) -> Any:
        asked.append((one.key, weights))
        return ranks(facts, one, weights)

    intervals = RankIntervals(draw)
    for index, weights in ((0, ()), (1, ()), (0, (("land", 40.0),)), (1, ())):
        intervals.of(FACTS, [node("1")], weights, index, seconds=None)
    assert asked == [("1", ()), ("1", (("land", 40.0),))]


def test_a_long_work_is_not_waited_for_and_ends_apart() -> None:
    go_on = threading.Event()

    def draw(facts: Any, one: Any, weights: Any) -> Any:
        assert go_on.wait(30)
        return ranks(facts, one, weights)

    intervals = RankIntervals(draw)
    asked = [node("1"), node("2")]
    assert intervals.of(FACTS, asked, (), 0, seconds=0) == [None, None]
    go_on.set()
    assert intervals.of(FACTS, asked, (), 0, seconds=30) == [RankInterval(2, 1, 4), RankInterval(4, 2, 8)]


def test_the_newest_question_is_answered_first_and_the_oldest_given_up() -> None:
    started, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def draw(facts: Any, one: Any, weights: Any) -> Any:
        started.set()
        assert go_on.wait(30)
        order.append(one.key)
        return ranks(facts, one, weights)

    intervals = RankIntervals(draw)
    intervals.of(FACTS, [node("1")], (), 0, seconds=0)
    assert started.wait(30)
    later = [str(key) for key in range(2, MOST_WAITING + 4)]
    for key in later:
        intervals.of(FACTS, [node(key)], (), 0, seconds=0)
    go_on.set()
    assert intervals.of(FACTS, [node(later[-MOST_WAITING + 1])], (), 0, seconds=30) != [None]
    for _turn in range(300):
        if not intervals._has_worker:
            break
        threading.Event().wait(0.05)
    assert order[0] == "1" and set(later[:1]).isdisjoint(order)
    assert order.index(later[-1]) < order.index(later[-2])


def test_a_draw_that_fails_does_not_stop_the_next_ones(recwarn: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    fails = threading.Event()
    fails.set()

    def draw(facts: Any, one: Any, weights: Any) -> Any:
        if fails.is_set():
            raise MemoryError
        return ranks(facts, one, weights)

    intervals = RankIntervals(draw)
    assert intervals.of(FACTS, [node("1")], (), 0, seconds=30) == [None]
    fails.clear()
    for _turn in range(300):
        if intervals.of(FACTS, [node("1")], (), 0, seconds=30) == [RankInterval(2, 1, 4)]:
            return
    raise AssertionError("the second question found no worker")


def test_the_oldest_are_forgotten() -> None:
    intervals = RankIntervals(ranks)
    for key in range(1, KEPT + 3):
        intervals.of(FACTS, [node(str(key % 7 + 1))], (("land", float(key)),), 0, seconds=None)
    assert len(intervals._kept) == KEPT
