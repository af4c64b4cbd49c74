"""Metrics of tables of scores, by hand and against one another."""

import numpy as np
import pytest

from measures.validation import Interval, once, roc_auc
from scoring.validation.ablation import helps
from scoring.validation.controls import controls, mean_area
from scoring.validation.judging import METRICS, Judge, difference, ratio, with_interval
from scoring.validation.targets import quotients

LABELS = np.array([[True, False], [True, False], [False, True], [False, True]])
JUDGED = np.ones((4, 2), dtype=bool)


def judge(labels=LABELS, judged=JUDGED, draws=200):
    return Judge.of(labels, judged, seed=3, draws=draws)


def test_a_score_that_knows_the_answer_has_every_metric_at_its_best():
    found = judge().measure(LABELS.astype(float))
    first = {name: values[0] for name, values in found.items()}
    assert set(first) == set(METRICS)
    # Ten places for four basins of which two are specialised.
    assert first.pop("hit_10") == 0.5
    assert first == pytest.approx(dict.fromkeys(first, 1.0))


def test_knowing_the_basin_is_not_knowing_the_activity():
    # Scores that order basins well in each activity, with nothing of which activity suits which basin.
    labels = np.array([[True, True], [True, False], [False, True], [False, False]])
    scores = np.array([[3.0, 3.0], [2.0, 2.0], [2.0, 2.0], [1.0, 1.0]])
    found = judge(labels).measure(scores)
    assert found["roc_auc_within"][0] == pytest.approx(0.875)
    assert found["roc_auc_basin"][0] == 0.5


def test_pooled_and_within_differ_by_what_is_common_to_an_activity():
    # The second activity is scored higher throughout: no order within it is changed.
    labels = np.array([[True, False], [False, False], [True, True], [False, True]])
    scores = np.array([[2.0, 1.0], [1.0, 1.5], [2.5, 3.0], [1.2, 2.0]])
    lifted = scores + np.array([0.0, 10.0])
    before, after = judge(labels).measure(scores), judge(labels).measure(lifted)
    for name in METRICS:
        if name not in ("auc_pr", "roc_auc"):
            np.testing.assert_allclose(before[name], after[name])
    assert before["roc_auc"][0] != after["roc_auc"][0]


def test_cells_that_are_not_judged_change_nothing():
    judged = JUDGED.copy()
    judged[0, 0] = False
    scores = np.random.default_rng(1).random((4, 2))
    changed = scores.copy()
    changed[0, 0] = 99.0
    first, second = judge(judged=judged).measure(scores), judge(judged=judged).measure(changed)
    for name in METRICS:
        np.testing.assert_array_equal(first[name], second[name])


def test_draws_are_those_of_the_seed_and_a_score_over_itself_is_one():
    scores = np.random.default_rng(2).random((4, 2))
    first, again = judge().measure(scores)["auc_pr"], judge().measure(scores)["auc_pr"]
    np.testing.assert_array_equal(first, again)
    same = ratio(first, again)
    assert (same.value, same.low, same.high) == (1, 1, 1)
    nothing = difference(first, again)
    assert (nothing.value, nothing.low, nothing.high) == (0, 0, 0)
    assert with_interval(first).value == first[0]


def test_more_basins_narrow_the_interval():
    def width(count):
        chance = np.random.default_rng(4)
        scores = chance.normal(size=(count, 6))
        labels = scores + chance.normal(size=scores.shape) > 0
        found = with_interval(Judge.of(labels, np.ones_like(labels), seed=1, draws=300).measure(scores)["roc_auc"])
        return found.high - found.low

    assert width(600) < 0.6 * width(60)


def test_a_part_helps_when_both_its_intervals_are_above_zero():
    def gained(low, other=0.001):
        return {"auc_pr_within": Interval(0.1, low, 0.2), "roc_auc_within": Interval(0.1, other, 0.2)}

    assert helps(gained(0.001))
    assert not helps(gained(0.0))
    assert not helps(gained(0.001, -0.001))
    assert not helps(gained(float("nan")))


def test_mean_area_is_the_mean_of_the_activities():
    scores = np.random.default_rng(5).random((4, 2))
    expected = np.mean([roc_auc(LABELS[:, one], scores[:, one], once(4))[0] for one in (0, 1)])
    assert mean_area(LABELS, JUDGED, scores) == pytest.approx(expected)


def test_quotients_leave_the_unknown_out_of_the_country():
    jobs = np.array([[30.0, 70.0], [10.0, 90.0], [np.nan, np.nan]])
    found = quotients(jobs)
    np.testing.assert_allclose(found[:2], [[1.5, 0.875], [0.5, 1.125]])
    assert np.isnan(found[2]).all()


def test_controls_are_drawn_again_alike(real):
    from scoring.validation.groups import VARIANTS
    from scoring.validation.masked import scores
    from tests.scoring.test_validation_bench import bench_of

    bench = bench_of(real)
    table = scores(bench.branches, VARIANTS["score"], real.data_sets)
    asked = (bench.branches, VARIANTS["score"], table, bench.targets.specialised, bench.targets.judged["specialised"])
    first, again = (controls(*asked, data_sets=real.data_sets, seed=1, turns=20) for _turn in range(2))
    assert first == again
    for name in ("shuffled_basins", "shuffled_cells", "random_weights"):
        assert first[name].low < 0.5 < first[name].high, name
