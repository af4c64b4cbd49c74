"""Relatedness of activities, against numbers worked out by hand and identities."""

import contextlib
import io
import warnings

import numpy as np
import pandas as pd
import pytest
from ecomplexity import ecomplexity

from measures.quotient import location_quotient, log_quotient
from measures.relatedness import (
    co_location,
    co_variation,
    densities,
    profile_overlap,
    proximity,
    relatedness_density,
)


def test_overlap_counts_what_is_needed_and_offered():
    needs, weights = np.array([0.6, 0.4, 0.0]), np.array([1.0, 1.0, 1.0])
    profiles = np.array([[0.6, 0.4, 0.0], [0.1, 0.1, 0.8], [0.0, 0.0, 1.0]])
    np.testing.assert_allclose(profile_overlap(needs, profiles, weights), [1.0, 0.2, 0.0])


def test_overlap_of_a_common_trade_counts_less():
    needs = np.array([0.5, 0.5])
    found = profile_overlap(needs, np.array([[0.5, 0.0], [0.0, 0.5]]), np.array([0.25, 0.75]))
    np.testing.assert_allclose(found, [0.25, 0.75])


def test_overlap_is_unknown_when_nothing_needed_weighs():
    assert np.isnan(profile_overlap(np.array([1.0, 0.0]), np.array([[1.0, 0.0]]), np.array([0.0, 1.0]))).all()


@pytest.mark.parametrize("name", ["needs", "profiles", "weights"])
def test_overlap_refuses_a_negative_share(name):
    given = {"needs": np.array([1.0]), "profiles": np.array([[1.0]]), "weights": np.array([1.0])}
    given[name] = -given[name]
    with pytest.raises(ValueError, match=name):
        profile_overlap(**given)


def test_co_location_is_what_exceeds_chance():
    # Ten zones. A and B share 4 of their 5: R = 4 x 10 / 25 = 1.6. A and C never meet. D is everywhere.
    flags = np.zeros((10, 4), dtype=bool)
    flags[:5, 0] = True
    flags[1:6, 1] = True
    flags[7:, 2] = True
    flags[:, 3] = True
    found = co_location(flags)
    assert found[0, 1] == pytest.approx(0.6 / 2.6)
    assert found[0, 2] == 0
    assert found[:, 3].tolist() == [0, 0, 0, 0]  # what is everywhere tells nothing
    np.testing.assert_array_equal(found, found.T)
    assert np.diag(found).tolist() == [0] * 4


def test_co_location_follows_a_permutation_of_activities_and_not_the_order_of_zones():
    rng = np.random.default_rng(1)
    flags = rng.random((50, 6)) < 0.4
    order = rng.permutation(6)
    np.testing.assert_allclose(co_location(flags[:, order]), co_location(flags)[np.ix_(order, order)])
    np.testing.assert_allclose(co_location(flags[::-1]), co_location(flags))


def test_co_location_agrees_with_counting_pairs_of_zones():
    rng = np.random.default_rng(2)
    flags = rng.random((40, 5)) < 0.3
    found = co_location(flags)
    for one in range(5):
        for other in range(5):
            both = sum(row[one] and row[other] for row in flags.tolist())
            chance = sum(row[one] for row in flags.tolist()) * sum(row[other] for row in flags.tolist()) / 40
            ratio = both / chance if both else 0
            expected = 0 if one == other else max(0, (ratio - 1) / (ratio + 1))
            assert found[one, other] == pytest.approx(expected)


def test_an_activity_at_home_nowhere_is_related_to_none():
    assert co_location(np.array([[True, False], [True, False]])).tolist() == [[0, 0], [0, 0]]


def test_density_of_a_constant_is_the_constant_and_ignores_a_masked_activity():
    weights = np.array([0.2, 0.5, 0.0])
    presence = np.array([[3.0, 3.0, 99.0], [0.0, 7.0, -99.0]])
    np.testing.assert_allclose(relatedness_density(presence, weights), [3.0, 5.0])
    np.testing.assert_allclose(relatedness_density(presence, 10 * weights), [3.0, 5.0])


def test_density_leaves_the_unknown_out_and_is_unknown_without_anything_known():
    found = relatedness_density(np.array([[np.nan, 4.0], [np.nan, np.nan]]), np.array([0.9, 0.1]))
    assert found[0] == 4
    assert np.isnan(found[1])
    assert np.isnan(relatedness_density(np.array([[1.0, 2.0]]), np.zeros(2))).all()
    with pytest.raises(ValueError, match="relatedness"):
        relatedness_density(np.array([[1.0]]), np.array([-1.0]))


def test_proximity_by_hand():
    # Five zones. A in 4, B in 2 of them: 2 / 4. A and C share one zone: 1 / 4. B and C none. D nowhere.
    flags = np.zeros((5, 4), dtype=bool)
    flags[:4, 0] = True
    flags[:2, 1] = True
    flags[[3, 4], 2] = True
    expected = [[1, 0.5, 0.25, 0], [0.5, 1, 0, 0], [0.25, 0, 1, 0], [0, 0, 0, 0]]
    np.testing.assert_allclose(proximity(flags), expected)


def made_up_jobs(seed: int, zones: int, activities: int) -> np.ndarray:
    """Jobs of zones of very different sizes, with clusters and many empty cells."""
    chance = np.random.default_rng(seed)
    size, share = chance.lognormal(8, 1, (zones, 1)), chance.dirichlet(np.ones(activities), 1)
    return np.floor(
        size * share * chance.lognormal(0, 1, (zones, activities)) * (chance.random((zones, activities)) < 0.8)
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_proximity_and_density_are_those_of_the_reference_package(seed):
    jobs = made_up_jobs(seed, 60, 12)
    rows, columns = np.indices(jobs.shape)
    table = pd.DataFrame({"t": 1, "z": rows.ravel(), "a": columns.ravel(), "v": jobs.ravel()})
    names = {"time": "t", "loc": "z", "prod": "a", "val": "v"}
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        # Its own warnings, on pandas and on what it thinks of the data, are not ours to judge.
        warnings.simplefilter("ignore")
        theirs = ecomplexity(table, names, verbose=False, check_logsupermodularity=False)
    flags = location_quotient(jobs, jobs.sum(axis=1), jobs.sum(axis=0) / jobs.sum()) >= 1
    expected = theirs.pivot(index="z", columns="a", values="density").to_numpy(float)
    presence = theirs.pivot(index="z", columns="a", values="mcp").to_numpy(float)
    np.testing.assert_array_equal(flags, presence == 1)
    np.testing.assert_allclose(densities(flags.astype(float), proximity(flags)), expected, rtol=0, atol=1e-9)


def test_masking_the_diagonal_leaves_the_own_presence_out():
    flags = made_up_jobs(4, 40, 6) > 20
    near = proximity(flags)
    np.fill_diagonal(near, 0.0)
    own_flipped = flags.astype(float)
    own_flipped[:, 2] = 1 - own_flipped[:, 2]
    before, after = densities(flags.astype(float), near), densities(own_flipped, near)
    np.testing.assert_array_equal(before[:, 2], after[:, 2])
    assert (before[:, 3] != after[:, 3]).any(), "the others do see it"


def test_densities_are_the_density_of_each_activity():
    chance = np.random.default_rng(5)
    presence, near = chance.random((30, 7)), chance.random((7, 7))
    found = densities(presence, near)
    for column in range(7):
        np.testing.assert_allclose(found[:, column], relatedness_density(presence, near[:, column]))
    assert np.isnan(densities(presence, np.zeros((7, 7)))).all()
    with pytest.raises(ValueError, match="relatedness"):
        densities(presence, -near)
    with pytest.raises(ValueError, match="presence"):
        densities(np.array([[np.nan]]), np.array([[1.0]]))


def test_co_variation_is_the_positive_part_of_the_correlation():
    chance = np.random.default_rng(6)
    presence = np.column_stack([chance.normal(size=(50, 5)), np.full(50, 0.1)])
    presence[7, 2] = np.nan
    found = co_variation(presence)
    known = np.delete(presence, 7, axis=0)
    expected = np.corrcoef(known[:, :5].T)
    np.fill_diagonal(expected, 0.0)
    np.testing.assert_allclose(found[:5, :5], np.maximum(expected, 0), atol=1e-12)
    assert not found[5].any() and not found[:, 5].any(), "the same everywhere varies with nothing"
    with pytest.raises(ValueError, match="two known zones"):
        co_variation(np.array([[1.0, 2.0]]))


def test_a_few_jobs_in_a_small_zone_do_not_make_it_at_home():
    # Two zones hold four times what the country would give them: 8 jobs for 2, and 8,000 for 2,000.
    jobs, expected = np.array([8.0, 8000.0]), np.array([2.0, 2000.0])
    small, large = np.exp(log_quotient(jobs, expected, shrink=50.0))
    assert small == pytest.approx(58 / 52)
    assert large == pytest.approx(8050 / 2050)
    density = relatedness_density(np.log([[small], [large]]), np.array([1.0]))
    assert density[0] < 0.1 * density[1]
