"""Rank robustness: worked by hand, against a loop of plain rankings, and its properties whatever the data."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from measures.aggregation import geometric_by_pillar, rank_descending, weighted_sum
from measures.robustness import (
    arithmetic_scores,
    before_shares,
    error_positions,
    geometric_scores,
    rank_spread,
    scenario_cells,
    weight_draws,
)

FAMILIES = np.array([0, 0, 1, 2])
PILLARS = np.array([0, 1, 1, 2])
ALL = np.ones(12, dtype=bool)


def country(seed: int, rows: int = 12) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    middle, half = chance.random((rows, 4)), 0.3 * chance.random((rows, 4))
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def drawn(seed: int, rows: int = 12, scenarios: int = 20, draws: int = 10) -> tuple[np.ndarray, np.ndarray]:
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    return (
        error_positions(seed, scenarios=scenarios, rows=rows, families=3),
        weight_draws(seed, weights, draws=draws, concentration=100.0),
    )


def slow_ranks(cells, weights, eligible, floor=None):
    """Every draw ranked alone, in double precision."""
    ranks = []
    for scenario in cells.astype(float):
        for row in weights:
            if floor is None:
                scores = weighted_sum(scenario, row)
            else:
                scores = geometric_by_pillar(scenario, row, PILLARS, floor=floor)
            ranks.append(rank_descending(scores, eligible))
    return np.array(ranks)


def test_a_position_places_each_cell_between_its_bounds():
    positions = np.array([[[0.0, 0.5], [1.0, 0.25]]], dtype=np.float32)
    low, high = np.array([[0.2, 0.0], [0.0, 0.4]]), np.array([[0.4, 1.0], [0.5, 0.4]])
    cells = scenario_cells(low, high, np.array([0, 1]), positions)
    np.testing.assert_allclose(cells, [[[0.2, 0.5], [0.5, 0.4]]], atol=1e-7)


@pytest.mark.parametrize(("low", "high"), [(0.6, 0.5), (-0.1, 0.5), (0.5, 1.1), (np.nan, 1.0)])
def test_bounds_out_of_order_or_of_range_are_refused(low, high):
    positions = error_positions(1, scenarios=1, rows=1, families=1)
    with pytest.raises(ValueError, match="0 <= low <= high <= 1"):
        scenario_cells(np.array([[low]]), np.array([[high]]), np.array([0]), positions)


def test_three_zones_by_hand():
    # Two scenarios, one weighting: A 0.9 or 0.1, B always 0.5, C always 0.3.
    cells = np.array([[[0.9], [0.5], [0.3]], [[0.1], [0.5], [0.3]]], dtype=np.float32)
    found = rank_spread(cells, np.array([[1.0]]), np.array([True] * 3))
    assert found.p05.tolist() == [1, 1, 2]
    assert found.median.tolist() == [1, 1, 2]
    assert found.p95.tolist() == [3, 2, 3]
    assert found.top10.tolist() == [1, 1, 1]


def test_a_vetoed_zone_has_no_rank_and_takes_none():
    cells = np.array([[[0.9], [0.5], [0.3]]], dtype=np.float32)
    found = rank_spread(cells, np.array([[1.0]]), np.array([False, True, True]))
    assert np.isnan(found.median[0]) and found.median[1:].tolist() == [1, 2]
    none = rank_spread(cells, np.array([[1.0]]), np.zeros(3, dtype=bool))
    assert np.isnan(none.median).all()


@pytest.mark.parametrize("eligible", [ALL, np.arange(12) % 3 > 0])
@pytest.mark.parametrize("floor", [None, 0.01])
def test_counts_are_those_of_a_loop_over_plain_rankings(eligible, floor):
    low, high = country(3)
    positions, weights = drawn(4)
    cells = scenario_cells(low, high, FAMILIES, positions)
    score = arithmetic_scores if floor is None else geometric_scores(PILLARS, floor=floor)
    found = rank_spread(cells, weights, eligible, score=score)
    ranks = slow_ranks(cells, weights, eligible, floor)[:, eligible]
    quantile = {"p05": 0.05, "median": 0.5, "p95": 0.95}
    for name, share in quantile.items():
        expected = np.quantile(ranks, share, axis=0, method="inverted_cdf")
        np.testing.assert_array_equal(getattr(found, name)[eligible], expected)
    np.testing.assert_allclose(found.top10[eligible], (ranks <= 10).mean(axis=0))


def test_blocks_change_nothing(monkeypatch):
    low, high = country(5)
    positions, weights = drawn(6)
    cells = scenario_cells(low, high, FAMILIES, positions)
    whole = rank_spread(cells, weights, ALL)
    monkeypatch.setattr("measures.robustness.BLOCK_SCORES", 40)
    monkeypatch.setattr("measures.robustness.LEAST_DRAWS", 3)
    parts = rank_spread(cells, weights, ALL)
    for name in ("median", "p05", "p95", "top10", "top20"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))


def test_a_country_of_communes_is_ranked_too_within_two_percent():
    chance = np.random.default_rng(7)
    cells = chance.random((4, 3_000, 3)).astype(np.float32)
    weights = weight_draws(8, np.ones(3), draws=5, concentration=100.0)
    found = rank_spread(cells, weights, np.ones(3_000, dtype=bool))
    scores = np.einsum("snk,dk->sdn", cells.astype(float), weights).reshape(20, -1)
    ranks = np.argsort(np.argsort(-scores, axis=1), axis=1) + 1
    expected = np.quantile(ranks, 0.5, axis=0, method="inverted_cdf")
    # Scores of three thousand zones are near enough for single precision to swap a few neighbours.
    assert (found.median >= expected - 2).all() and (found.median <= 1.02 * expected + 2).all()
    np.testing.assert_allclose(found.top20, (ranks <= 20).mean(axis=0), atol=0.051)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_a_percentile_never_crosses_another(seed):
    low, high = country(seed)
    positions, weights = drawn(seed)
    found = rank_spread(scenario_cells(low, high, FAMILIES, positions), weights, ALL)
    assert (found.p05 <= found.median).all() and (found.median <= found.p95).all()
    assert found.top10.sum() == pytest.approx(10) and (found.top20 == 1).all()


@given(seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_a_dominated_basin_never_comes_first_more_than_half_the_time(seed):
    low, high = country(seed, rows=2)
    low[1], high[1] = np.minimum(low[0], low[1]), np.minimum(high[0], high[1])
    positions, weights = drawn(seed, rows=2)
    both = (np.array([1, 0]), np.array([0, 1]))
    behind, before = before_shares(low, high, FAMILIES, positions, weights, both)
    assert behind <= 0.5 <= before
    assert behind + before == pytest.approx(1)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_identical_basins_tie(seed):
    low, high = country(seed, rows=2)
    low[1], high[1] = low[0], high[0]
    positions, weights = drawn(seed, rows=2)
    pair = (np.array([0]), np.array([1]))
    assert before_shares(low, high, FAMILIES, positions, weights, pair)[0] == pytest.approx(0.5, abs=1e-12)


def test_a_basin_above_the_other_in_every_draw_is_before_it_for_certain():
    low, high = np.array([[0.5] * 4, [0.0] * 4]), np.array([[0.9] * 4, [0.4] * 4])
    positions, weights = drawn(1, rows=2)
    assert before_shares(low, high, FAMILIES, positions, weights, (np.array([0]), np.array([1]))).tolist() == [1.0]


def test_more_draws_bring_the_answer_nearer_to_that_of_very_many():
    low, high = country(9)

    def top10(seed: int, scenarios: int) -> np.ndarray:
        positions, weights = drawn(seed, scenarios=scenarios, draws=20)
        return rank_spread(scenario_cells(low, high, FAMILIES, positions), weights, ALL).top10

    truth = top10(0, 4_000)
    errors = [np.mean([np.abs(top10(seed, size) - truth).mean() for seed in range(1, 9)]) for size in (5, 50, 500)]
    assert errors[0] > errors[1] > errors[2]


def test_the_same_seed_draws_the_same_and_another_does_not():
    one, same, other = (error_positions(seed, scenarios=3, rows=4, families=2) for seed in (1, 1, 2))
    assert (one == same).all() and (one != other).any()


def test_drawn_weights_are_those_chosen_on_average_and_spread_as_said():
    chosen = np.array([0.5, 0.3, 0.2, 0.0])
    weights = weight_draws(3, chosen, draws=40_000, concentration=100.0)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    np.testing.assert_allclose(weights.mean(axis=0), chosen, atol=2e-3)
    np.testing.assert_allclose(weights.std(axis=0), np.sqrt(chosen * (1 - chosen) / 101), rtol=0.03, atol=1e-12)


def test_draws_that_cannot_be_made_are_refused():
    with pytest.raises(ValueError, match="concentration"):
        weight_draws(1, np.ones(2), draws=3, concentration=0)
    with pytest.raises(ValueError, match="at least one weight"):
        weight_draws(1, np.zeros(2), draws=3, concentration=100)
    with pytest.raises(ValueError, match="at least one scenario"):
        rank_spread(np.zeros((0, 2, 2), dtype=np.float32), np.ones((1, 2)), np.ones(2, dtype=bool))


def test_one_certain_criterion_ranks_as_the_score_does():
    values = np.array([[0.2], [0.9], [0.9], [0.4]])
    positions = error_positions(1, scenarios=5, rows=4, families=1)
    weights = weight_draws(1, np.ones(1), draws=5, concentration=100.0)
    cells = scenario_cells(values, values, np.array([0]), positions)
    found = rank_spread(cells, weights, np.ones(4, dtype=bool))
    assert found.p05.tolist() == found.p95.tolist() == rank_descending(values[:, 0], np.ones(4, dtype=bool)).tolist()
