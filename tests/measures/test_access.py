import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.access import EARTH_RADIUS_KM, decayed_sum, great_circle_km, saturating_count, utility, within_km_sum
from tests.measures import slow
from tests.measures.worlds import quickly

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
places = st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=4)


def test_a_quarter_and_a_half_of_the_globe_by_hand() -> None:
    found = great_circle_km(np.array([0.0]), np.array([0.0]), np.array([90.0, 180.0, 0.0]), np.array([0.0, 0.0, 90.0]))
    quarter = math.pi / 2 * EARTH_RADIUS_KM
    assert found[0] == pytest.approx([quarter, 2 * quarter, quarter])


def test_one_degree_of_latitude_is_111_km_everywhere() -> None:
    found = great_circle_km(
        np.array([5.0, 55.0]), np.array([46.0, -21.0]), np.array([5.0, 55.0]), np.array([47.0, -20.0])
    )
    assert found.diagonal() == pytest.approx([111.195, 111.195], abs=1e-3)


def test_the_antimeridian_is_not_a_wall() -> None:
    found = great_circle_km(np.array([179.5]), np.array([-16.0]), np.array([-179.5]), np.array([-16.0]))
    assert found[0, 0] == pytest.approx(106.9, abs=0.1)


@given(places, places)
@quickly
def test_distances_agree_with_the_slow_ones_and_with_themselves_read_backwards(
    a: list[tuple[float, float]], b: list[tuple[float, float]]
) -> None:
    (lon_a, lat_a), (lon_b, lat_b) = np.array(a).T, np.array(b).T
    found = great_circle_km(lon_a, lat_a, lon_b, lat_b)
    assert found.shape == (len(a), len(b))
    # Haversine loses some metres near the antipodes, where no zone looks for a port.
    assert found == pytest.approx(np.array([[slow.distance_km(*p, *q) for q in b] for p in a]), abs=1e-2, rel=1e-9)
    assert found == pytest.approx(great_circle_km(lon_b, lat_b, lon_a, lat_a).T)


def test_an_unknown_place_is_at_an_unknown_distance() -> None:
    found = great_circle_km(np.array([np.nan, 2.0]), np.array([48.0, 48.0]), np.array([2.0]), np.array([48.0]))
    assert np.isnan(found[0, 0])
    assert found[1, 0] == 0.0


def test_a_latitude_beyond_the_pole_is_refused() -> None:
    with pytest.raises(ValueError, match="lat_b must lie between -90 and 90"):
        great_circle_km(np.array([2.0]), np.array([48.0]), np.array([48.0]), np.array([165.0]))


DISTANCES = np.array([[0.0, 20.0, 60.0], [20.0, 0.0, 50.0], [60.0, 50.0, 0.0]])
MASSES = np.array([1.0, 10.0, 100.0])


def test_within_km_sum_by_hand() -> None:
    # At 50 km: 0 reaches 1; 1 reaches 0 and 2 (the bound counts); 2 reaches 1.
    assert within_km_sum(DISTANCES, MASSES, radius_km=50.0, exclude_self=True).tolist() == [10.0, 101.0, 10.0]
    assert within_km_sum(DISTANCES, MASSES, radius_km=50.0, exclude_self=False).tolist() == [11.0, 111.0, 110.0]


def test_within_zero_km_is_oneself() -> None:
    assert within_km_sum(DISTANCES, MASSES, radius_km=0.0, exclude_self=False).tolist() == MASSES.tolist()


def test_an_unknown_mass_matters_only_where_it_would_count() -> None:
    masses = np.array([np.nan, 10.0, 100.0])
    found = within_km_sum(DISTANCES, masses, radius_km=50.0, exclude_self=True)
    assert found[0] == 10.0
    assert np.isnan(found[1])
    assert found[2] == 10.0
    assert np.isnan(decayed_sum(DISTANCES, masses, decay_km=75.0)).all()


def test_an_unknown_distance_makes_its_row_unknown() -> None:
    distances = np.array([[0.0, np.nan], [5.0, 0.0]])
    for found in (
        within_km_sum(distances, np.ones(2), radius_km=10.0, exclude_self=False),
        decayed_sum(distances, np.ones(2), decay_km=10.0),
    ):
        assert np.isnan(found[0])
        assert found[1] > 1


def test_another_land_mass_counts_for_nothing() -> None:
    assert decayed_sum(np.array([[0.0, np.inf]]), np.array([3.0, 1e9]), decay_km=75.0).tolist() == [3.0]


def test_decay_by_hand() -> None:
    # e-fold at the decay length: 100 / e, then 100 / e^2.
    found = decayed_sum(np.array([[75.0], [150.0]]), np.array([100.0]), decay_km=75.0)
    assert found == pytest.approx([36.787944117, 13.533528324])


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 1e5)), min_size=1, max_size=6), st.floats(1, 300))
@quickly
def test_sums_agree_with_the_slow_ones(reached: list[tuple[float, float]], length_km: float) -> None:
    distances, masses = ([float(x) for x in side] for side in zip(*reached, strict=True))
    row, mass = np.array([distances]), np.array(masses)
    assert decayed_sum(row, mass, decay_km=length_km)[0] == pytest.approx(
        slow.decayed_sum(distances, masses, length_km), abs=1e-9
    )
    assert within_km_sum(row, mass, radius_km=length_km, exclude_self=False)[0] == pytest.approx(
        slow.within_km_sum(distances, masses, length_km, None)
    )


def test_several_masses_at_once_are_the_same_as_one_by_one() -> None:
    both = np.column_stack([MASSES, MASSES[::-1]])
    table = within_km_sum(DISTANCES, both, radius_km=50.0, exclude_self=True)
    assert table[:, 1].tolist() == [
        slow.within_km_sum(list(DISTANCES[i]), [100.0, 10.0, 1.0], 50.0, i) for i in range(3)
    ]
    assert decayed_sum(DISTANCES, both, decay_km=30.0)[:, 0] == pytest.approx(
        decayed_sum(DISTANCES, MASSES, decay_km=30.0)
    )


def test_exclude_self_needs_a_square_table() -> None:
    with pytest.raises(ValueError, match="same places in rows and columns"):
        within_km_sum(np.ones((1, 2)), np.ones(2), radius_km=5.0, exclude_self=True)


def test_a_length_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="decay_km must be positive"):
        decayed_sum(DISTANCES, MASSES, decay_km=0.0)
    with pytest.raises(ValueError, match="radius_km must not be negative"):
        within_km_sum(DISTANCES, MASSES, radius_km=float("nan"), exclude_self=False)


def test_utility_by_hand() -> None:
    # Between 5 and 30 km, 10 km is a fifth of the way down.
    found = utility(np.array([0.0, 5.0, 10.0, 17.5, 30.0, 230.0, np.inf]), full_km=5.0, none_km=30.0)
    assert found == pytest.approx([1.0, 1.0, 0.8, 0.5, 0.0, 0.0, 0.0])


def test_utility_of_an_unknown_distance_is_unknown() -> None:
    assert np.isnan(utility(np.array([np.nan]), full_km=5.0, none_km=30.0)[0])


def test_an_absurd_distance_elsewhere_changes_no_utility() -> None:
    near = np.array([4.0, 12.0, 25.0])
    assert (
        utility(np.append(near, 1e6), full_km=5.0, none_km=30.0)[:3].tolist()
        == utility(near, full_km=5.0, none_km=30.0).tolist()
    )


@pytest.mark.parametrize(("full_km", "none_km"), [(30.0, 5.0), (5.0, 5.0), (-1.0, 5.0), (float("nan"), 5.0)])
def test_utility_refuses_thresholds_out_of_order(full_km: float, none_km: float) -> None:
    with pytest.raises(ValueError, match="0 <= full_km < none_km"):
        utility(np.array([1.0]), full_km=full_km, none_km=none_km)


def test_saturating_count_by_hand() -> None:
    # Half is reached at scale x ln 2.
    found = saturating_count(np.array([0.0, 3 * math.log(2), 1e9, np.nan]), scale=3.0)
    assert found[:3] == pytest.approx([0.0, 0.5, 1.0])
    assert np.isnan(found[3])


def test_each_further_site_counts_less() -> None:
    assert (np.diff(saturating_count(np.arange(10.0), scale=3.0), n=2) < 0).all()


def test_saturating_count_refuses_negative_counts_and_scales() -> None:
    with pytest.raises(ValueError, match="a count must not be negative"):
        saturating_count(np.array([-1.0]), scale=3.0)
    with pytest.raises(ValueError, match="scale must be positive"):
        saturating_count(np.array([1.0]), scale=0.0)
