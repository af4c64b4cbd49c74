import numpy as np
import pytest
from hypothesis import assume, given

from measures.arrays import Floats
from measures.shift_share import clip_recodings, shift_share
from tests.measures import slow
from tests.measures.worlds import jobs, quickly

NAN = float("nan")


def test_effects_by_hand() -> None:
    # Country: 400 -> 440 (+10 %). First activity: 200 -> 260 (+30 %). First cell: 100 -> 140 (+40 %).
    found = shift_share(np.array([[100.0, 100.0], [100.0, 100.0]]), np.array([[140.0, 90.0], [120.0, 90.0]]))
    assert found.national_effect[0, 0] == pytest.approx(10.0)
    assert found.structural_effect[0, 0] == pytest.approx(20.0)
    assert found.local_effect[0, 0] == pytest.approx(10.0)


@given(jobs(3, 4, at_least=0), jobs(3, 4, at_least=0))
@quickly
def test_effects_sum_to_the_change_in_every_cell(start: Floats, end: Floats) -> None:
    assume(start.sum() > 0)
    found = shift_share(start, end)
    total = found.national_effect + found.structural_effect + found.local_effect
    assert total == pytest.approx(end - start, abs=1e-9)


@given(jobs(3, 4, at_least=1), jobs(3, 4, at_least=0))
@quickly
def test_structure_cancels_over_the_country_and_so_does_the_local_part_of_each_activity(
    start: Floats, end: Floats
) -> None:
    found = shift_share(start, end)
    assert found.structural_effect.sum() == pytest.approx(0.0, abs=1e-8)
    assert found.local_effect.sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-8)


@given(jobs(3, 3, at_least=1), jobs(3, 3, at_least=0))
@quickly
def test_each_effect_agrees_with_the_slow_one(start: Floats, end: Floats) -> None:
    found = shift_share(start, end)
    for i in range(3):
        for k in range(3):
            mine = found.national_effect[i, k], found.structural_effect[i, k], found.local_effect[i, k]
            assert mine == pytest.approx(slow.shift_share(start.tolist(), end.tolist(), i, k), abs=1e-8)


def test_a_zone_that_moves_as_the_country_has_no_local_effect() -> None:
    start = np.array([[10.0, 40.0], [30.0, 20.0]])
    found = shift_share(start, start * np.array([1.5, 0.5]))
    assert found.local_effect == pytest.approx(np.zeros((2, 2)), abs=1e-12)


def test_an_activity_born_in_the_period_is_local() -> None:
    found = shift_share(np.array([[0.0, 100.0], [0.0, 100.0]]), np.array([[50.0, 100.0], [0.0, 100.0]]))
    assert found.local_effect[:, 0].tolist() == [50.0, 0.0]
    assert not found.structural_effect[:, 0].any()


def test_a_suppressed_cell_has_no_effect_and_weighs_on_none() -> None:
    start, end = np.array([[100.0, 900.0], [100.0, 100.0]]), np.array([[120.0, NAN], [100.0, 100.0]])
    found = shift_share(start, end)
    for effect in (found.national_effect, found.structural_effect, found.local_effect):
        assert np.isnan(effect).tolist() == [[False, True], [False, False]]
    # Known at both dates: 300 -> 320. With the 900 jobs at the start only, the country would seem to collapse.
    assert found.national_effect[0, 0] == pytest.approx(100 * 20 / 300)


def test_without_any_job_at_the_start_there_is_no_growth() -> None:
    with pytest.raises(ValueError, match="some jobs known at both dates"):
        shift_share(np.zeros((1, 1)), np.ones((1, 1)))


def test_two_shapes_and_negative_jobs_are_refused() -> None:
    with pytest.raises(ValueError, match=r"start has shape \(1, 1\) and end \(1, 2\)"):
        shift_share(np.ones((1, 1)), np.ones((1, 2)))
    with pytest.raises(ValueError, match=r"jobs must not be negative: at position \(0, 0\)"):
        shift_share(np.ones((1, 1)), -np.ones((1, 1)))


def test_a_plant_recoded_is_clipped_on_both_sides_by_hand() -> None:
    start, end = np.array([[900.0, 60.0, 900.0]]), np.array([[30.0, 930.0, 700.0]])
    found = clip_recodings(start, end, min_jobs=100.0, max_ratio=3.0)
    assert found.end.tolist() == [[300.0, 180.0, 700.0]]
    assert found.is_clipped.tolist() == [[True, True, False]]


def test_small_cells_may_do_what_they_want() -> None:
    found = clip_recodings(np.array([[0.0, 90.0]]), np.array([[99.0, 0.0]]), min_jobs=100.0, max_ratio=2.0)
    assert found.end.tolist() == [[99.0, 0.0]]
    assert not found.is_clipped.any()


def test_suppressed_cells_are_kept_and_not_clipped() -> None:
    found = clip_recodings(np.array([[NAN, 900.0]]), np.array([[900.0, NAN]]), min_jobs=100.0, max_ratio=3.0)
    assert found.end[0, 0] == 900.0
    assert np.isnan(found.end[0, 1])
    assert not found.is_clipped.any()


@given(jobs(3, 3, at_least=0), jobs(3, 3, at_least=0))
@quickly
def test_clipping_only_brings_the_end_nearer_to_the_start_and_a_second_time_does_nothing(
    start: Floats, end: Floats
) -> None:
    once = clip_recodings(start, end, min_jobs=50.0, max_ratio=2.0)
    assert (np.abs(once.end - start) <= np.abs(end - start)).all()
    assert ((once.end != end) == once.is_clipped).all()
    twice = clip_recodings(start, once.end, min_jobs=50.0, max_ratio=2.0)
    assert not twice.is_clipped.any()


def test_thresholds_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="max_ratio must be above 1"):
        clip_recodings(np.ones((1, 1)), np.ones((1, 1)), min_jobs=10.0, max_ratio=1.0)
    with pytest.raises(ValueError, match="min_jobs must not be negative"):
        clip_recodings(np.ones((1, 1)), np.ones((1, 1)), min_jobs=-1.0, max_ratio=2.0)
