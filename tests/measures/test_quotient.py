import numpy as np
import pytest
from hypothesis import given

from measures.arrays import Floats
from measures.quotient import expected_jobs, krugman_index, location_quotient, log_quotient, rarity
from tests.measures import slow
from tests.measures.worlds import jobs, quickly


def test_expected_jobs_by_hand() -> None:
    # 1,000 jobs in a country where 2 % are opticians and 5 % drivers: 20 and 50.
    assert expected_jobs(np.array([1000.0, 0.0]), np.array([0.02, 0.05])).tolist() == [[20.0, 50.0], [0.0, 0.0]]


def test_expected_jobs_of_a_zone_of_unknown_size_are_unknown() -> None:
    table = expected_jobs(np.array([np.nan, 100.0]), np.array([0.5, 0.5]))
    assert np.isnan(table[0]).all()
    assert table[1].tolist() == [50.0, 50.0]


@given(jobs(4, 3, at_least=1))
@quickly
def test_expected_jobs_keep_the_totals_of_zones_and_activities(table: Floats) -> None:
    expected = expected_jobs(table.sum(axis=1), table.sum(axis=0) / table.sum())
    assert expected.sum(axis=1) == pytest.approx(table.sum(axis=1))
    assert expected.sum(axis=0) == pytest.approx(table.sum(axis=0))


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_in_percent_or_negative_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="national_shares must lie between 0 and 1: at position 1"):
        expected_jobs(np.array([10.0]), np.array([0.5, share]))


def test_a_negative_total_is_refused() -> None:
    with pytest.raises(ValueError, match="zone_totals"):
        expected_jobs(np.array([-1.0]), np.array([0.5]))


def test_log_quotient_by_hand() -> None:
    # (250 + 50) / (50 + 50) = 3; (0 + 50) / (150 + 50) = 1 / 4.
    found = log_quotient(np.array([[250.0, 0.0]]), np.array([[50.0, 150.0]]), shrink=50.0)
    assert found[0] == pytest.approx([1.0986122886681098, -1.3862943611198906])


def test_log_quotient_of_the_expected_jobs_is_exactly_zero() -> None:
    expected = expected_jobs(np.array([12.0, 700.0]), np.array([0.1, 0.3]))
    assert not log_quotient(expected, expected, shrink=50.0).any()


def test_log_quotient_keeps_unknown_jobs_unknown_and_counts_zero_jobs() -> None:
    found = log_quotient(np.array([[np.nan, 0.0]]), np.array([[10.0, 10.0]]), shrink=50.0)
    assert np.isnan(found[0, 0])
    assert found[0, 1] < 0


def test_three_jobs_do_not_make_a_cluster_but_three_thousand_do() -> None:
    small, large = log_quotient(np.array([3.0, 3000.0]), np.array([1.0, 1000.0]), shrink=50.0)
    assert small < 0.05
    assert large > 1.0


@given(jobs(3, 4, at_least=1))
@quickly
def test_log_quotient_agrees_with_the_slow_one(table: Floats) -> None:
    expected = expected_jobs(table.sum(axis=1), table.sum(axis=0) / table.sum())
    assert log_quotient(table, expected, shrink=50.0) == pytest.approx(
        np.array(slow.log_quotient(table.tolist(), 50.0)), abs=1e-9
    )


@pytest.mark.parametrize("shrink", [0.0, -1.0, float("nan")])
def test_log_quotient_without_shrinking_is_refused(shrink: float) -> None:
    with pytest.raises(ValueError, match="shrink must be a positive number of jobs"):
        log_quotient(np.array([1.0]), np.array([1.0]), shrink=shrink)


def test_log_quotient_refuses_negative_jobs() -> None:
    with pytest.raises(ValueError, match="jobs must not be negative: at position 0"):
        log_quotient(np.array([-1.0]), np.array([1.0]), shrink=50.0)


def test_a_zone_identical_to_the_nation_has_all_quotients_one() -> None:
    shares = np.array([0.2, 0.3, 0.5])
    assert location_quotient(100 * shares[None, :], np.array([100.0]), shares)[0] == pytest.approx([1.0, 1.0, 1.0])


def test_location_quotient_where_nothing_can_be_compared_is_unknown() -> None:
    table = np.array([[0.0, 0.0], [5.0, np.nan]])
    found = location_quotient(table, np.array([0.0, 10.0]), np.array([0.25, 0.75]))
    assert np.isnan(found[0]).all()
    assert found[1, 0] == pytest.approx(2.0)
    assert np.isnan(found[1, 1])
    assert np.isnan(location_quotient(np.array([[5.0]]), np.array([10.0]), np.array([0.0]))[0, 0])


def test_rarity_by_hand() -> None:
    # With a floor at one in 10,000, one in 100 is half way: both are powers of ten.
    assert rarity(np.array([0.01]), floor_share=0.0001) == pytest.approx([0.5])


def test_rarity_is_bounded_and_decreases_with_the_share() -> None:
    weights = rarity(np.array([0.0, 1e-9, 0.001, 0.05, 0.4, 1.0]), floor_share=0.001)
    assert weights[:3].tolist() == [1.0, 1.0, 1.0]
    assert weights[-1] == 0.0
    assert (np.diff(weights[2:]) < 0).all()


def test_rarity_of_an_occupation_does_not_depend_on_the_others() -> None:
    alone = rarity(np.array([0.02]), floor_share=0.001)
    assert rarity(np.array([0.3, 0.02, 0.0]), floor_share=0.001)[1] == alone[0]


def test_rarity_of_an_unknown_share_is_unknown() -> None:
    assert np.isnan(rarity(np.array([np.nan]), floor_share=0.001)[0])


@pytest.mark.parametrize("floor_share", [0.0, 1.0, float("nan")])
def test_rarity_refuses_a_floor_that_bounds_nothing(floor_share: float) -> None:
    with pytest.raises(ValueError, match="floor_share must lie strictly between 0 and 1"):
        rarity(np.array([0.5]), floor_share=floor_share)


def test_krugman_index_is_the_share_of_jobs_that_would_have_to_move():
    jobs = np.array([[60.0, 40.0, 0.0], [40.0, 60.0, 100.0]])
    # France: 1/3, 1/3, 1/3.
    found = krugman_index(jobs)
    assert found[0] == pytest.approx((0.6 - 1 / 3) + (0.4 - 1 / 3))
    assert found[1] == pytest.approx(0.5 - 1 / 3)


def test_krugman_index_of_the_nation_in_small_is_zero_and_of_nobody_unknown():
    jobs = np.array([[10.0, 30.0], [100.0, 300.0], [np.nan, np.nan], [0.0, 0.0]])
    found = krugman_index(jobs)
    np.testing.assert_allclose(found[:2], 0, atol=1e-15)
    assert np.isnan(found[2:]).all()
    with pytest.raises(ValueError, match="negative"):
        krugman_index(-jobs[:2])
