"""Brownfields: which are usable, how large, in which zone; and where counts mean nothing."""

import numpy as np
import pandas as pd
import pytest

from infrastructure.derive import brownfields, values
from infrastructure.derive.places import points_of
from tests.infrastructure.worlds import build_of

COMMUNES = pd.DataFrame(
    [("11001", "COM", ""), ("11002", "COM", ""), ("11003", "COM", ""), ("2A001", "COM", ""), ("97401", "COM", "")],
    columns=["insee_code", "kind", "parent"],
)
MOVES = pd.DataFrame([("11999", "11003", "2019-01-01")], columns=["code_before", "code_after", "effective_on"])


def site(code: str, insee_code: str = "11001", lon: float = 2.5, lat: float = 48.0, **changes: object) -> dict:
    plain = {
        "code": code, "name": "Usine", "site_type": "friche industrielle", "site_status": "friche sans projet",
        "insee_code": insee_code, "site_surface_m2": 30_000.0, "unit_surface_m2": 90_000.0, "zoning": "",
        "is_checked": True, "lon": lon, "lat": lat,
    }  # fmt: skip
    return plain | changes


def derived(*sites: dict) -> pd.DataFrame:
    build = build_of(cerema_cartofriches=pd.DataFrame(sites), insee_communes=COMMUNES, insee_commune_moves=MOVES)
    return brownfields.brownfield_sites(build).set_index("code")


@pytest.mark.parametrize(
    ("changes", "usable"),
    [
        ({}, True),
        ({"site_type": "inconnu"}, False),
        ({"site_type": "inconnu", "zoning": "Activité"}, True),
        ({"site_type": "friche ferroviaire"}, True),
        ({"site_type": "agro-industrielle"}, True),
        ({"site_type": "friche hospitalière"}, False),
        ({"zoning": "Habitat"}, False),
        ({"zoning": "Mixte Habitat / activité"}, False),
        ({"zoning": "Loisir et tourisme"}, True),
        ({"site_status": "friche avec projet"}, False),
        ({"site_status": "friche reconvertie", "zoning": "Activité"}, False),
        ({"site_status": "libellé nouveau"}, False),
    ],
)
def test_usable_means_free_for_activity_and_never_zoned_for_housing(changes: dict, usable: bool) -> None:
    assert bool(derived(site("s", **changes))["is_usable"].iat[0]) is usable


def test_sites_that_nobody_verified_are_left_out() -> None:
    assert list(derived(site("a"), site("b", is_checked=False)).index) == ["a"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("friche d'habitation", "housing"),
        ("friche loisir tourisme hotellerie", "leisure"),
        ("carrière ou mine", "extraction"),
        ("friche agro-industrielle", "agro_industrial"),
        ("friche mixte", "mixed"),
        ("autre", "other"),
        ("libellé nouveau", "other"),
        ("inconnu", "unknown"),
    ],
)
def test_labels_with_variants_have_one_type(label: str, kind: str) -> None:
    assert brownfields.site_type(label) == kind


def test_surface_is_that_of_the_site_else_of_the_land_unit_and_capped() -> None:
    table = derived(
        site("own"),
        site("unit", site_surface_m2=None),
        site("none", site_surface_m2=None, unit_surface_m2=None),
        site("forest", site_surface_m2=74_140_000.0),
    )
    assert table["surface_ha"].drop("none").to_dict() == {"own": 3.0, "unit": 9.0, "forest": 100.0}
    assert np.isnan(table.loc["none", "surface_ha"])


def test_a_site_belongs_to_the_zone_of_its_commune() -> None:
    table = derived(
        site("here"),
        site("neighbour", insee_code="11002", lat=49.05),
        site("renamed", insee_code="11999", lon=3.5, lat=48.5),
        site("nobody", insee_code="99999", lon=3.2, lat=48.9),
        site("offshore", insee_code="99999", lon=8.9, lat=42.1),
    )
    assert table["zone"].to_dict() == {
        "here": "1101", "neighbour": "1101", "renamed": "1102", "nobody": "1102", "offshore": "9401",
    }  # fmt: skip
    assert table["insee_code"].to_dict()["renamed"] == "11003"
    assert set(table["located_by"]) == {"site"}


def test_a_point_far_from_its_commune_and_out_of_its_zone_is_replaced_and_said_so() -> None:
    # 11001 stands at (2.5, 48.0); one degree north is 111 km away, still in zone 1101 up to 49.0.
    table = derived(site("far", lon=9.5, lat=42.5), site("large zone", lat=48.9))
    assert table["located_by"].to_dict() == {"far": "commune", "large zone": "site"}
    assert table.loc["far", "point"] == points_of(np.array([2.5]), np.array([48.0]))[0]


def zone_values(*sites: dict) -> pd.DataFrame:
    build = build_of()
    frame = pd.DataFrame(sites)
    build.tables["infrastructure.BrownfieldSite"] = frame.assign(
        point=points_of(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    )
    return values.land_values(build).set_index(["indicator", "zone"])


def derived_site(number: int, **changes: object) -> dict:
    plain = {"code": str(number), "zone": "1101", "lon": 2.5, "lat": 48.25, "surface_ha": 3.0, "is_usable": False}
    return plain | changes


def test_usable_land_is_counted_where_enough_sites_are_verified_around() -> None:
    # Thirty sites at the centre of 1101: three usable, of which one too small and one in the next zone.
    sites = [derived_site(number) for number in range(27)]
    sites += [
        derived_site(27, is_usable=True, surface_ha=2.0),
        derived_site(28, is_usable=True, surface_ha=1.99),
        derived_site(29, is_usable=True, surface_ha=5.0, zone="1102"),
    ]
    table = zone_values(*sites)
    assert table.loc[("land.verified_sites", "1101"), "value"] == 29
    assert table.loc[("land.observatory_density", "1101"), "value"] == 30
    assert table.loc[("land.usable_sites", "1101"), "value"] == 1
    assert table.loc[("land.usable_ha", "1101"), "value"] == 2.0


def test_usable_land_is_missing_where_the_observatory_is_thin() -> None:
    # 29 sites near the centre of 1101, and one 0.4 degree (44 km) to the north of it.
    sites = [derived_site(number, is_usable=True) for number in range(29)]
    table = zone_values(*sites, derived_site(29, lat=48.65))
    assert table.loc[("land.observatory_density", "1101"), "value"] == 29
    for indicator in ("land.usable_sites", "land.usable_ha"):
        assert table.loc[(indicator, "1101"), "status"] == "missing"
        assert np.isnan(table.loc[(indicator, "1101"), "value"])
    assert table.loc[("land.verified_sites", "0401"), "value"] == 0
    assert table.loc[("land.verified_sites", "0401"), "status"] == "observed"
