"""Ratios under a clock that the test sets: what is measured, what is a control, what is refused."""

import importlib.util

import pytest

from bench import protocol
from bench.__main__ import MODULES
from bench.protocol import Line, duration, percentile, plain, ratio


class Clock:
    """A clock that only moves when work is done."""

    def __init__(self) -> None:
        self.now = 0.0

    def work(self, seconds: float):
        def spend() -> None:
            self.now += seconds

        return spend


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(protocol.time, "perf_counter", lambda: made.now)
    return made


def test_nearest_rank_percentiles_by_hand():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(values, share) for share in (0.2, 0.5, 0.95, 1.0)] == [1.0, 3.0, 5.0, 5.0]
    assert percentile([7.0], 0.01) == 7.0


def test_a_ratio_is_ours_over_the_reference(clock):
    line = ratio("x", clock.work(0.006), clock.work(0.002), repeats=3, aim=3)
    assert line.value == pytest.approx(3) and line.low == pytest.approx(3) and line.high == pytest.approx(3)
    assert line.control == pytest.approx(1) and not line.is_noisy
    assert line.detail == "6,00 ms contre 2,00 ms"


def test_faster_is_told_as_how_many_times_with_a_floor(clock):
    line = ratio("x", clock.work(0.001), clock.work(0.1), repeats=2, aim=50, at_least=True)
    assert line.value == pytest.approx(100) and line.is_met and line.aim == "≥ 50"
    assert not ratio("x", clock.work(0.1), clock.work(0.1), repeats=2, aim=50, at_least=True).is_met


def test_a_reference_that_drifts_makes_the_line_noisy(clock):
    turns = iter(range(1000))

    def slower_and_slower() -> None:
        clock.now += 1.3 ** next(turns)

    assert ratio("x", clock.work(1.0), slower_and_slower, repeats=1, aim=3).is_noisy


def test_a_missed_aim_is_told(clock):
    assert not ratio("x", clock.work(4.0), clock.work(1.0), repeats=1, aim=3).is_met
    assert not plain("x", [310.0, 320.0, 300.0], unit="Mo", aim=300).is_met
    assert plain("x", [299.0], unit="Mo", aim=300).is_met
    assert plain("x", [1.0], unit="s", aim=None) == Line("x", 1.0, "s", 1.0, 1.0, "", True)


def test_durations_take_the_unit_that_suits_them():
    assert [duration(one) for one in (4.1e-5, 0.0032, 1.8)] == ["41,0 µs", "3,20 ms", "1,80 s"]


def test_every_measure_named_is_there() -> None:
    assert [name for name in MODULES if importlib.util.find_spec(f"bench.{name}") is None] == []
