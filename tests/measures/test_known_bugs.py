"""Bugs that scoring tools really had, one test each."""

import numpy as np
import pytest

from measures.aggregation import effective_shares, order_descending, rank_descending, spearman, weighted_sum
from measures.normalisation import Bounds, percentile, quantile_bounds, scale, zscore_to_unit

NAN = float("nan")
EVERYBODY = np.ones(3, dtype=np.bool_)


def test_a_cost_is_inverted_after_scaling_not_before() -> None:
    # Rents of 5, 10 and 20 between bounds 5 and 20: 10 is two thirds good. Scaling 1 / rent would say one third, and
    # scaling -rent between the bounds of rents would say 0 for everybody.
    found = scale(np.array([5.0, 10.0, 20.0]), Bounds(5.0, 20.0), direction="less")
    assert found == pytest.approx([1.0, 2 / 3, 0.0])


def test_a_benefit_is_never_inverted() -> None:
    cells = np.array([3.0, 1.0, 2.0])
    for found in (
        scale(cells, Bounds(1.0, 3.0), direction="more"),
        percentile(cells),
        zscore_to_unit(cells, limit=3.0),
    ):
        assert np.argsort(found).tolist() == [1, 2, 0]


def test_a_benefit_with_negative_values_is_not_inverted_either() -> None:
    assert scale(np.array([-30.0, -10.0]), Bounds(-30.0, -10.0), direction="more").tolist() == [0.0, 1.0]


@pytest.mark.parametrize("weight", [0.01, 1.0, 250.0])
def test_a_criterion_alone_is_the_score_whatever_its_weight(weight: float) -> None:
    cells = np.array([[0.2], [0.9]])
    assert weighted_sum(cells, np.array([weight])).tolist() == [0.2, 0.9]
    assert weighted_sum(np.hstack([cells, cells]), np.array([weight, 0.0])).tolist() == [0.2, 0.9]


def test_an_outlier_is_clamped_and_does_not_crush_the_others() -> None:
    cells = np.append(np.linspace(0.0, 10.0, 200), 1e6)
    found = scale(cells, quantile_bounds(cells, low_quantile=0.01, high_quantile=0.99), direction="more")
    assert found[-1] == 1.0
    assert found[100] == pytest.approx(0.5, abs=0.02)


def test_a_rank_is_not_an_argsort() -> None:
    scores = np.array([0.2, 0.9, 0.5])
    assert rank_descending(scores, EVERYBODY).tolist() == [3, 1, 2]
    assert np.argsort(-scores).tolist() == [1, 2, 0]


def test_the_first_of_the_order_has_rank_one() -> None:
    scores = np.array([0.2, 0.9, 0.5, 0.7])
    eligible = np.array([True, True, True, True])
    assert rank_descending(scores, eligible)[order_descending(scores, eligible)].tolist() == [1, 2, 3, 4]


def test_a_missing_score_is_refused_rather_than_ranked_first() -> None:
    with pytest.raises(ValueError, match="a score must be known to be ranked: at position 1"):
        rank_descending(np.array([0.2, NAN, 0.5]), EVERYBODY)


def test_a_missing_value_stays_missing_through_every_normalisation() -> None:
    cells = np.array([1.0, NAN, 3.0])
    for found in (
        scale(cells, Bounds(1.0, 3.0), direction="more"),
        scale(cells, Bounds(1.0, 3.0), direction="less"),
        percentile(cells),
        zscore_to_unit(cells, limit=3.0),
    ):
        assert np.isnan(found).tolist() == [False, True, False]


def test_a_missing_value_does_not_slip_into_a_score() -> None:
    with pytest.raises(ValueError, match="be known"):
        weighted_sum(np.array([[0.5, NAN]]), np.array([1.0, 1.0]))


def test_a_vetoed_zone_is_listed_last_with_the_best_score_of_all() -> None:
    scores, eligible = np.array([0.2, 0.9, 0.5]), np.array([True, False, True])
    assert order_descending(scores, eligible)[-1] == 1
    assert rank_descending(scores, eligible).tolist() == [2, 0, 1]


@pytest.mark.parametrize("constant", [0.0, 0.1, -7.0])
def test_a_constant_criterion_divides_nothing_by_zero_and_ranks_nobody(constant: float) -> None:
    cells = np.full(3, constant)
    bounds = quantile_bounds(cells, low_quantile=0.01, high_quantile=0.99)
    for found in (
        scale(cells, bounds, direction="more"),
        scale(cells, bounds, direction="less"),
        scale(cells, bounds, direction="ideal", ideal=Bounds(1.0, 2.0)),
        percentile(cells),
        zscore_to_unit(cells, limit=3.0),
    ):
        assert found.tolist() == [0.5, 0.5, 0.5]
    assert np.isnan(spearman(cells, np.arange(3.0)))
    assert effective_shares(np.full((3, 2), 0.5), np.array([1.0, 1.0])).tolist() == [0.0, 0.0]


def test_a_score_does_not_depend_on_the_zones_it_is_compared_with() -> None:
    rents, jobs = np.array([5.0, 10.0, 20.0, 7.0]), np.array([100.0, 900.0, 50.0, 300.0])
    frozen = [quantile_bounds(column, low_quantile=0.0, high_quantile=1.0) for column in (rents, jobs)]

    def scores(kept: list[int]) -> list[float]:
        cells = [
            scale(rents[kept], frozen[0], direction="less"),
            scale(jobs[kept], frozen[1], direction="more"),
        ]
        return [float(score) for score in weighted_sum(np.column_stack(cells), np.array([1.0, 2.0]))]

    alone = [scores([zone])[0] for zone in range(4)]
    assert scores([0, 1, 2, 3]) == alone
    assert scores([3, 1]) == [alone[3], alone[1]]
