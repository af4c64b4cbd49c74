"""Distances of zones: worked out on a meridian by hand, and by PostGIS on the ellipsoid."""

import numpy as np
import pandas as pd
import pytest
from django.db import connection

from infrastructure.derive import access, values
from infrastructure.derive.places import nearest
from infrastructure.reference import ACCESS_KINDS, NODE_KINDS
from sources.editions import BuildError
from tests.infrastructure.worlds import DEGREE_KM, build_of, grid, nodes


def everywhere(kind: str) -> list[tuple[str, str, str, float, float]]:
    """A node of a kind on each land mass of the world that its file covers."""
    here = [("mainland", 2.5, 48.0), ("corsica", 9.0, 42.0), ("reunion", 55.5, -21.0)]
    return [(kind, mass, f"{kind} {mass}", lon, lat) for mass, lon, lat in here]


def computed(*given: tuple[str, str, str, float, float]) -> pd.DataFrame:
    others = [row for kind in NODE_KINDS if kind not in {row[0] for row in given} for row in everywhere(kind)]
    build = build_of()
    build.tables["infrastructure.LogisticsNode"] = nodes(*given, *others)
    build.tables["infrastructure.Substation"] = grid(("Bourg", 400, 2.5, 47.0))
    return access.zone_access(build).set_index(["zone", "kind"])


def test_distance_is_weighted_by_inhabitants_on_the_same_land_mass() -> None:
    # From Ajaccio's latitude, 42, the mainland port at 43 is nearer than the Corsican one at 44: it does not count.
    table = computed(
        ("seaport", "mainland", "Sud", 2.5, 47.0),
        ("seaport", "mainland", "Nord", 2.5, 50.5),
        ("seaport", "mainland", "Leurre", 9.0, 43.0),
        ("seaport", "corsica", "Bastia", 9.0, 44.0),
        ("seaport", "reunion", "Port Est", 55.5, -20.5),
    )
    # 300 inhabitants at 1 degree from Sud, 100 at 1.5 from Nord.
    assert table.loc[("1101", "seaport"), "value"] == round((300 * 1 + 100 * 1.5) / 400 * DEGREE_KM, 1)
    assert table.loc[("1101", "seaport"), "nearest"] == "Sud"
    assert table.loc[("9401", "seaport"), "value"] == round(2 * DEGREE_KM, 1)
    assert table.loc[("9401", "seaport"), "nearest"] == "Bastia"
    assert table.loc[("0401", "seaport"), "value"] == round(0.5 * DEGREE_KM, 1)


def test_a_mode_without_network_is_absent_and_a_file_without_the_territory_is_missing() -> None:
    table = computed()
    assert table.loc[("0401", "siding"), "status"] == "absent"
    assert table.loc[("9401", "siding"), "status"] == "absent"
    assert table.loc[("9401", "motorway"), "status"] == "missing"
    assert table.loc[("0401", "airport"), "status"] == "missing"
    assert table["value"].isna().equals(table["status"] != "observed")
    assert (table["nearest"] == "").equals(table["status"] != "observed")


def test_power_is_drawn_from_live_substations_of_the_voltage_or_more() -> None:
    build = build_of()
    build.tables["infrastructure.LogisticsNode"] = nodes(*(row for kind in NODE_KINDS for row in everywhere(kind)))
    build.tables["infrastructure.Substation"] = pd.concat(
        [
            grid(
                ("Haut", 400, 2.5, 44.0), ("Moyen", 225, 2.5, 46.0), ("Bas", 90, 2.5, 47.0), ("Bourg", 45, 2.5, 47.9)
            ),
            grid(("Piquage", 400, 2.5, 48.0), function="tap_point"),
            grid(("Projet", 400, 2.5, 48.0), state="planned"),
            grid(("Hors tension", None, 2.5, 48.0)),
        ],
        ignore_index=True,
    )
    table = access.zone_access(build).set_index(["zone", "kind"])
    # 300 inhabitants at latitude 48, 100 at 49: 0.25 degree more than from 48 on average.
    for kind, name, latitude in (("grid_63", "Bas", 47), ("grid_225", "Moyen", 46), ("grid_400", "Haut", 44)):
        assert table.loc[("1101", kind), "value"] == round((48.25 - latitude) * DEGREE_KM, 1)
        assert table.loc[("1101", kind), "nearest"] == name
        assert table.loc[("9401", kind), "status"] == table.loc[("0401", kind), "status"] == "missing"


def test_the_grid_is_complete_and_becomes_indicators() -> None:
    table = computed()
    assert len(table) == 4 * len(ACCESS_KINDS)
    build = build_of()
    build.tables["infrastructure.ZoneAccess"] = table.reset_index()
    made = values.access_values(build).set_index(["indicator", "zone"])
    assert len(made) == len(table)
    assert made.loc[("access.siding_km", "0401"), "status"] == "absent"
    assert made.loc[("access.siding_km", "1101"), "value"] == table.loc[("1101", "siding"), "value"]


def test_a_covered_kind_without_any_node_stops_the_edition() -> None:
    with pytest.raises(BuildError, match="seaport/corsica"):
        computed(("seaport", "mainland", "Sud", 2.5, 47.0), ("seaport", "reunion", "Port Est", 55.5, -20.5))


def test_the_first_of_two_equally_near_places_wins() -> None:
    found, distance_km = nearest(np.array([2.0]), np.array([48.0]), np.array([3.0, 1.0]), np.array([48.0, 48.0]))
    assert found[0] == 0
    assert distance_km[0] == pytest.approx(DEGREE_KM * np.cos(np.radians(48)), rel=1e-4)


def test_nothing_to_be_near_to_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        nearest(np.array([2.0]), np.array([48.0]), np.array([]), np.array([]))


@pytest.mark.django_db
def test_the_nearest_is_the_one_postgis_finds_on_geography() -> None:
    """Fifty places on the mainland and in La Réunion, thirty nodes around each: same node, at most 0.6 % apart."""
    draw = np.random.default_rng(20)
    for west, south in ((-1.0, 43.0), (55.2, -21.4)):
        span = 8.0 if south > 0 else 0.6
        from_lon, to_lon = (west + span * draw.random(count) for count in (50, 30))
        from_lat, to_lat = (south + span * draw.random(count) for count in (50, 30))
        found, distance_km = nearest(from_lon, from_lat, to_lon, to_lat)
        for place in range(50):
            index, exact_m = nearest_in_postgis(from_lon[place], from_lat[place], to_lon, to_lat)
            assert found[place] == index
            assert distance_km[place] * 1000 == pytest.approx(exact_m, rel=0.006)


def nearest_in_postgis(lon: float, lat: float, to_lon: np.ndarray, to_lat: np.ndarray) -> tuple[int, float]:
    query = """
        WITH nodes AS (
            SELECT number - 1 AS index, ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS point
            FROM unnest(%s::float[], %s::float[]) WITH ORDINALITY AS node(lon, lat, number)
        ), place AS (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography AS point)
        SELECT nodes.index, ST_Distance(nodes.point, place.point) FROM nodes, place
        ORDER BY nodes.point <-> place.point LIMIT 1
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [to_lon.tolist(), to_lat.tolist(), float(lon), float(lat)])
        index, distance_m = cursor.fetchone()
    return int(index), float(distance_m)
