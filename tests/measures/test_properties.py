"""What must hold of any ranking, whatever the zones, the criteria and the weights."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.aggregation import effective_shares, geometric_by_pillar, rank_descending, score_bounds, weighted_sum
from measures.arrays import Floats, Integers
from measures.normalisation import quantile_bounds, scale
from tests.measures.worlds import Scored, jobs, quickly, scored


def ranks(scores: Floats) -> Integers:
    return rank_descending(scores, np.ones(scores.size, dtype=np.bool_))


@given(scored())
@quickly
def test_ranks_are_a_permutation_and_follow_the_scores(world: Scored) -> None:
    scores = weighted_sum(world.normalised, world.weights)
    found = ranks(scores)
    assert sorted(found) == list(range(1, scores.size + 1))
    assert (np.diff(scores[np.argsort(found)]) <= 1e-12).all()


@given(scored(), st.floats(0.001, 1000))
@quickly
def test_the_scale_of_the_weights_changes_nothing(world: Scored, factor: float) -> None:
    before = weighted_sum(world.normalised, world.weights)
    after = weighted_sum(world.normalised, world.weights * factor)
    assert after == pytest.approx(before)
    assert ranks(after).tolist() == ranks(before).tolist()


@given(scored(), st.data())
@quickly
def test_a_better_cell_never_lowers_its_zone_and_moves_no_other(world: Scored, data: st.DataObject) -> None:
    zone = data.draw(st.integers(0, len(world.normalised) - 1))
    criterion = data.draw(st.integers(0, world.weights.size - 1))
    better = world.normalised.copy()
    better[zone, criterion] = 1.0
    before, after = weighted_sum(world.normalised, world.weights), weighted_sum(better, world.weights)
    assert after[zone] >= before[zone]
    assert np.delete(after, zone).tolist() == np.delete(before, zone).tolist()
    assert ranks(after)[zone] <= ranks(before)[zone]
    floor = 0.01
    assert (
        geometric_by_pillar(better, world.weights, world.pillar_index, floor=floor)[zone]
        >= geometric_by_pillar(world.normalised, world.weights, world.pillar_index, floor=floor)[zone] - 1e-12
    )


@given(scored(), st.permutations(range(6)))
@quickly
def test_listing_the_zones_in_another_order_permutes_the_ranks(world: Scored, zones: list[int]) -> None:
    order = [zone for zone in zones if zone < len(world.normalised)]
    before = weighted_sum(world.normalised, world.weights)
    after = weighted_sum(world.normalised[order], world.weights)
    assert after.tolist() == before[order].tolist()
    # Among equal scores the place in the list decides, so only then may ranks differ.
    assume(np.unique(np.round(before, 9)).size == before.size)
    assert ranks(after).tolist() == ranks(before)[order].tolist()


@given(scored(), st.data())
@quickly
def test_hiding_a_zone_changes_no_other_score_and_no_other_order(world: Scored, data: st.DataObject) -> None:
    hidden = data.draw(st.integers(0, len(world.normalised) - 1))
    everybody = weighted_sum(world.normalised, world.weights)
    others = weighted_sum(np.delete(world.normalised, hidden, axis=0), world.weights)
    assert others.tolist() == np.delete(everybody, hidden).tolist()
    rank_before = np.delete(ranks(everybody), hidden)
    assert ranks(others).tolist() == (rank_before - (rank_before > ranks(everybody)[hidden])).tolist()


@given(jobs(6, 2, at_least=0), st.integers(0, 5))
@quickly
def test_hiding_a_zone_does_not_move_values_scaled_by_frozen_bounds(table: Floats, hidden: int) -> None:
    frozen = quantile_bounds(table, low_quantile=0.05, high_quantile=0.95)
    everybody = scale(table, frozen, direction="more")
    others = scale(np.delete(table, hidden, axis=0), frozen, direction="more")
    assert others.tolist() == np.delete(everybody, hidden, axis=0).tolist()


@given(scored())
@quickly
def test_dropping_criteria_of_no_weight_changes_nothing(world: Scored) -> None:
    is_used = world.weights > 0
    full = weighted_sum(world.normalised, world.weights)
    short = weighted_sum(world.normalised[:, is_used], world.weights[is_used])
    assert short == pytest.approx(full, abs=1e-12)
    assert ranks(short).tolist() == ranks(full).tolist()
    assert not effective_shares(world.normalised, world.weights)[~is_used].any()


@given(scored(), st.integers(1, 9))
@quickly
def test_a_constant_criterion_moves_every_score_alike_and_no_rank(world: Scored, weight: int) -> None:
    cells = np.column_stack([world.normalised, np.full(len(world.normalised), 0.5)])
    before = weighted_sum(world.normalised, world.weights)
    after = weighted_sum(cells, np.append(world.weights, weight))
    kept = world.weights.sum() / (world.weights.sum() + weight)
    assert after == pytest.approx(before * kept + 0.5 * (1 - kept))
    assert ranks(after).tolist() == ranks(before).tolist()


@given(scored(), st.data())
@quickly
def test_an_unknown_cell_leaves_the_score_midway_between_its_bounds(world: Scored, data: st.DataObject) -> None:
    is_unknown = np.array(
        data.draw(st.lists(st.booleans(), min_size=world.normalised.size, max_size=world.normalised.size))
    ).reshape(world.normalised.shape)
    low, high = np.where(is_unknown, 0.0, world.normalised), np.where(is_unknown, 1.0, world.normalised)
    bounds = score_bounds(low, high, world.weights)
    middle = weighted_sum(np.where(is_unknown, 0.5, world.normalised), world.weights)
    assert middle == pytest.approx((bounds.low + bounds.high) / 2)
    unknown_weight = is_unknown @ world.weights / world.weights.sum()
    assert bounds.high - bounds.low == pytest.approx(unknown_weight)
