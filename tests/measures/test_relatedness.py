"""Relatedness of activities, against numbers worked out by hand and identities."""

import numpy as np
import pytest

from measures.relatedness import co_location, profile_overlap, relatedness_density


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
