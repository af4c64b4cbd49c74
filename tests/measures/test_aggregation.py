import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pymcdm.methods import WSM

from measures.aggregation import (
    contributions,
    effective_shares,
    geometric_by_pillar,
    normalise_weights,
    order_descending,
    rank_descending,
    score_bounds,
    spearman,
    weighted_sum,
)
from tests.measures import slow
from tests.measures.worlds import Scored, quickly, scored

NAN = float("nan")


def test_weights_by_hand() -> None:
    assert normalise_weights(np.array([32.0, 0.0, 8.0])).tolist() == [0.8, 0.0, 0.2]


@pytest.mark.parametrize("extreme", [1e308, 5e-324])
def test_weights_at_the_ends_of_what_a_number_holds_still_sum_to_one(extreme: float) -> None:
    assert normalise_weights(np.array([extreme, extreme])).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("wrong", [-1.0, NAN, float("inf")])
def test_a_weight_that_makes_no_sense_is_refused_by_position(wrong: float) -> None:
    with pytest.raises(ValueError, match="a weight must be a finite number that is not negative: at position 1"):
        normalise_weights(np.array([1.0, wrong]))


@pytest.mark.parametrize("nothing", [[], [0.0, 0.0]])
def test_no_weight_at_all_is_refused(nothing: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one weight must be positive"):
        normalise_weights(np.array(nothing))


def test_weighted_sum_by_hand() -> None:
    # 0.5 x 1 + 0.3 x 0.2 + 0.2 x 0 = 0.56.
    assert weighted_sum(np.array([[1.0, 0.2, 0.0]]), np.array([50.0, 30.0, 20.0])) == pytest.approx([0.56])


@given(scored())
@quickly
def test_weighted_sum_agrees_with_the_slow_one_and_with_pymcdm(world: Scored) -> None:
    found = weighted_sum(world.normalised, world.weights)
    expected = [slow.weighted_sum(row, world.weights.tolist()) for row in world.normalised.tolist()]
    assert found == pytest.approx(expected)
    # Already normalised: pymcdm is given nothing to rescale, and every criterion is a benefit.
    reference = WSM(normalization_function=lambda column, cost: column)
    weights = world.weights / world.weights.sum()
    assert found == pytest.approx(reference(world.normalised, weights, np.ones(weights.size), validation=False))


@given(scored())
@quickly
def test_contributions_sum_to_the_score(world: Scored) -> None:
    brought = contributions(world.normalised, world.weights)
    assert brought.shape == world.normalised.shape
    assert brought.sum(axis=1) == pytest.approx(weighted_sum(world.normalised, world.weights), abs=1e-9)


def test_a_criterion_without_weight_may_be_unknown() -> None:
    found = contributions(np.array([[0.4, NAN]]), np.array([2.0, 0.0]))
    assert found.tolist() == [[0.4, 0.0]]


@pytest.mark.parametrize("wrong", [NAN, -0.01, 1.01])
def test_a_cell_that_is_unknown_or_outside_the_unit_is_refused_by_position(wrong: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1 and be known: at position \(1, 0\)"):
        weighted_sum(np.array([[0.5, 0.5], [wrong, 0.5]]), np.array([1.0, 1.0]))


def test_weights_and_criteria_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="2 criteria but 3 weights"):
        contributions(np.ones((1, 2)), np.ones(3))


def test_score_bounds_by_hand() -> None:
    # Known 0.8 at weight 3, unknown at weight 1: from 0.6 to 0.85, and half of the unknown is the middle.
    bounds = score_bounds(np.array([[0.8, 0.0]]), np.array([[0.8, 1.0]]), np.array([3.0, 1.0]))
    assert bounds.low == pytest.approx([0.6])
    assert bounds.high == pytest.approx([0.85])
    middle = weighted_sum(np.array([[0.8, 0.5]]), np.array([3.0, 1.0]))
    assert middle == pytest.approx((bounds.low + bounds.high) / 2)


def test_score_bounds_upside_down_are_refused() -> None:
    with pytest.raises(ValueError, match=r"must not exceed its high one: at position \(0, 0\)"):
        score_bounds(np.array([[0.8]]), np.array([[0.7]]), np.array([1.0]))


def test_geometric_by_hand() -> None:
    # Pillars (0.9 and 0.7 at equal weights: 0.8) of weight 0.5 and 0.2 of weight 0.5: root of 0.16.
    found = geometric_by_pillar(
        np.array([[0.9, 0.2, 0.7]]), np.array([1.0, 2.0, 1.0]), np.array([0, 1, 0]), floor=0.01
    )
    assert found == pytest.approx([0.4])


@given(scored())
@quickly
def test_geometric_agrees_with_the_slow_one_and_never_buys_back_a_weak_pillar(world: Scored) -> None:
    found = geometric_by_pillar(world.normalised, world.weights, world.pillar_index, floor=0.01)
    weights, pillars = world.weights.tolist(), world.pillar_index.tolist()
    assert found == pytest.approx(
        [slow.geometric_by_pillar(row, weights, pillars, 0.01) for row in world.normalised.tolist()]
    )
    above_floor = geometric_by_pillar(world.normalised, world.weights, world.pillar_index, floor=1e-12)
    assert (above_floor <= weighted_sum(world.normalised, world.weights) + 1e-11).all()


def test_geometric_of_one_pillar_is_the_weighted_sum() -> None:
    cells, weights = np.array([[0.9, 0.2], [0.5, 0.5]]), np.array([1.0, 3.0])
    found = geometric_by_pillar(cells, weights, np.array([0, 0]), floor=0.01)
    assert found == pytest.approx(weighted_sum(cells, weights))


def test_an_empty_pillar_costs_no_more_than_the_floor() -> None:
    found = geometric_by_pillar(np.array([[1.0, 0.0]]), np.array([1.0, 1.0]), np.array([0, 1]), floor=0.04)
    assert found == pytest.approx([0.2])


def test_geometric_refuses_a_wrong_floor_or_pillar() -> None:
    cells, weights = np.ones((1, 2)), np.ones(2)
    for floor in (0.0, 1.0, NAN):
        with pytest.raises(ValueError, match="floor must lie strictly between 0 and 1"):
            geometric_by_pillar(cells, weights, np.array([0, 1]), floor=floor)
    for pillars in (np.array([0]), np.array([0, -1])):
        with pytest.raises(ValueError, match="pillar_index must give each criterion"):
            geometric_by_pillar(cells, weights, pillars, floor=0.01)


def test_ranks_and_order_by_hand() -> None:
    scores, eligible = np.array([0.5, 0.9, 0.1, 0.7]), np.array([True, False, True, True])
    assert rank_descending(scores, eligible).tolist() == [2, 0, 3, 1]
    assert order_descending(scores, eligible).tolist() == [3, 0, 2, 1]


def test_ties_keep_the_order_of_the_list_and_the_last_bit_makes_no_difference() -> None:
    # 0.1 + 0.2 is a hair above 0.3.
    scores = np.array([0.3, 0.1 + 0.2, 0.3])
    assert rank_descending(scores, np.ones(3, dtype=np.bool_)).tolist() == [1, 2, 3]


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=12))
@quickly
def test_ranks_agree_with_counting(zones: list[tuple[int, bool]]) -> None:
    scores, eligible = [score / 8 for score, _ in zones], [is_eligible for _, is_eligible in zones]
    found = rank_descending(np.array(scores), np.array(eligible))
    assert found.dtype == np.int64
    assert found.tolist() == slow.rank_descending(scores, eligible)


def test_ranks_refuse_masks_of_another_length() -> None:
    with pytest.raises(ValueError, match="2 scores but eligible has shape"):
        rank_descending(np.array([0.1, 0.2]), np.array([True]))


def test_effective_shares_by_hand() -> None:
    # Scores 0.25 c + 0.75 d with c and d uncorrelated: variances in the ratio 1 to 9.
    cells = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    assert effective_shares(cells, np.array([1.0, 3.0])) == pytest.approx([0.1, 0.9])


def test_a_criterion_that_goes_against_the_others_has_a_negative_share() -> None:
    shares = effective_shares(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([3.0, 1.0]))
    assert shares == pytest.approx([1.5, -0.5])


@given(scored())
@quickly
def test_effective_shares_sum_to_one_and_agree_with_the_slow_ones(world: Scored) -> None:
    found = effective_shares(world.normalised, world.weights)
    if np.ptp(weighted_sum(world.normalised, world.weights)) < 1e-9:
        assert not found.any()
        return
    assert found.sum() == pytest.approx(1.0)
    assert found == pytest.approx(slow.effective_shares(world.normalised.tolist(), world.weights.tolist()))


def test_spearman_by_hand() -> None:
    # One neighbouring exchange among four: 1 - 6 x 2 / (4 x 15) = 0.8.
    assert spearman(np.array([1.0, 2.0, 3.0, 4.0]), np.array([10.0, 30.0, 20.0, 1e9])) == pytest.approx(0.8)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 4)), min_size=2, max_size=10))
@quickly
def test_spearman_agrees_with_the_slow_one(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs, dtype=np.float64).T
    assume(np.unique(a).size > 1 and np.unique(b).size > 1)
    found = spearman(a, b)
    assert found == pytest.approx(slow.spearman(a.tolist(), b.tolist()))
    assert spearman(b, a) == pytest.approx(found)
    assert spearman(np.exp(a), -b) == pytest.approx(-found)


def test_spearman_leaves_out_unknown_pairs() -> None:
    a, b = np.array([1.0, NAN, 2.0, 3.0]), np.array([5.0, 9.0, NAN, 7.0])
    assert spearman(a, b) == pytest.approx(1.0)


def test_spearman_with_a_constant_or_with_nobody_is_unknown() -> None:
    assert np.isnan(spearman(np.ones(3), np.arange(3.0)))
    assert np.isnan(spearman(np.array([NAN]), np.array([1.0])))


def test_spearman_refuses_two_lengths() -> None:
    with pytest.raises(ValueError, match="one length, not 2 and 3"):
        spearman(np.ones(2), np.ones(3))
