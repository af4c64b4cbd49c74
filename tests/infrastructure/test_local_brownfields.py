"""Local inventories: two layouts read, and what becomes of the national sites where they speak."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from infrastructure.derive import brownfields, values
from infrastructure.derive.territories import declared_communes, declared_share_pct
from infrastructure.ingest.local_brownfields import (
    ARDENNES_COLUMNS,
    CNIG_COLUMNS,
    parse_ardennes_brownfields,
    parse_ardennes_outlines,
    parse_cnig_brownfields,
)
from sources.editions import BuildError
from sources.models import Release
from sources.readers import LayoutError, ewkb
from sources.registry import Rejected
from tests.infrastructure.test_brownfields import COMMUNES, MOVES, site
from tests.infrastructure.test_ingest import delimited, split, written
from tests.infrastructure.worlds import build_of

CNIG, ARDENNES = ";".join(CNIG_COLUMNS), ",".join(ARDENNES_COLUMNS)
GOOD = {
    "site_id": "01001_1", "site_nom": "Usine", "site_type": "friche industrielle", "site_statut": "friche sans projet",
    "comm_insee": "01001", "unite_fonciere_surface": "20000", "site_actu_date": "16/01/2024",
    "geompoint": "POINT (2.45 47.05)", "geomsurf": "NA", "urba_zone_formdomi": "NA",
}  # fmt: skip
# 100 m by 100 m or so: 0.001 degree of latitude is 111.2 m, of longitude 75.8 m at latitude 47.
SURFACE = "POLYGON ((2.45 47.05, 2.451 47.05, 2.451 47.051, 2.45 47.051, 2.45 47.05))"


def cnig(folder: Path, *changes: dict) -> list:
    rows = [
        delimited(CNIG, ";", **{**GOOD, "site_id": f"01001_{number}", **one}) for number, one in enumerate(changes)
    ]
    return list(parse_cnig_brownfields(written(folder, CNIG, *rows)))


def test_a_site_of_the_exchange_layout_is_read_with_its_point_and_outline(tmp_path: Path) -> None:
    plain, drawn, inner = cnig(tmp_path, {}, {"geomsurf": SURFACE}, {"geomsurf": SURFACE, "geompoint": "NA"})
    assert (plain.lon, plain.lat, plain.geom, plain.site_surface_m2) == (2.45, 47.05, None, None)
    assert (plain.unit_surface_m2, plain.zoning, plain.is_checked) == (20_000, "", True)
    assert drawn.site_surface_m2 == pytest.approx(111.2 * 76.0, rel=0.01)
    assert shapely.from_wkb(drawn.geom).geom_type == "MultiPolygon"
    assert shapely.from_wkt(SURFACE).contains(shapely.Point(inner.lon, inner.lat))


def test_spreadsheet_and_typographic_slips_are_put_right(tmp_path: Path) -> None:
    lost_zero, curly, potential = cnig(
        tmp_path, {"comm_insee": "1001"}, {"site_type": "friche d\u2019habitat"}, {"site_statut": "friche potentielle"}
    )
    assert lost_zero.insee_code == "01001"
    assert curly.site_type == "friche d'habitat"
    assert potential.is_checked is False


BAD = {
    "no identifier": ({"site_id": "NA"}, "site_id"),
    "no point": ({"geompoint": "NA"}, "geompoint"),
    "swapped": ({"geompoint": "POINT (47.05 2.45)"}, "geompoint"),
    "metres": ({"geompoint": "POINT (652000 6600000)"}, "geompoint"),
    "a surface for a point": ({"geompoint": SURFACE}, "geompoint"),
    "bow-tie": ({"geomsurf": "POLYGON ((2.4 47.0, 2.5 47.1, 2.5 47.0, 2.4 47.1, 2.4 47.0))"}, "geomsurf"),
    "a path": ({"geomsurf": "/vsizip/x.zip"}, "geomsurf"),
    "no commune": ({"comm_insee": "20…"}, "comm_insee"),
    "unknown status": ({"site_statut": "friche rasée"}, "site_statut"),
    "letters for a surface": ({"unite_fonciere_surface": "deux ha"}, "unite_fonciere_surface"),
    "negative surface": ({"unite_fonciere_surface": "-1"}, "unite_fonciere_surface"),
    "another date": ({"site_actu_date": "2024-01-16"}, "site_actu_date"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_refused_by_its_column_and_the_others_stay(tmp_path: Path, name: str) -> None:
    change, column = BAD[name]
    first, second = cnig(tmp_path, change, {})
    assert isinstance(first, Rejected) and (first.line, first.column) == (2, column)
    assert first.reason and second.code == "01001_1"


def test_an_identifier_given_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    _first, second = cnig(tmp_path, {"site_id": "x"}, {"site_id": "x"})
    assert isinstance(second, Rejected) and second.line == 3


def test_another_layout_stops_by_name(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="geomsurf"):
        list(parse_cnig_brownfields(written(tmp_path, CNIG.replace(";geomsurf", ""))))
    with pytest.raises(LayoutError, match="epci_nom"):
        list(parse_ardennes_brownfields(written(tmp_path, ARDENNES.replace(",epci_nom", ""))))
    listed = '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": [1]}]}'
    with pytest.raises(LayoutError, match="n'est pas une FeatureCollection"):
        list(parse_ardennes_outlines(written(tmp_path, listed)))


def test_the_observatory_of_the_ardennes_has_its_points_in_columns_and_its_outlines_apart(tmp_path: Path) -> None:
    cells = {"site_id": "08001_1", "site_type": "friche d\u2019habitat", "site_statut": "friche sans projet"}
    cells |= {"comm_insee": "08001", "unite_fonciere_surface": "30000", "longitude": "4.5", "latitude": "49.5"}
    rows = (delimited(ARDENNES, **cells), delimited(ARDENNES, **cells | {"site_id": "08001_2", "latitude": ""}))
    records, refused = split(list(parse_ardennes_brownfields(written(tmp_path, ARDENNES, *rows))))
    assert [(one.code, one.lon, one.lat, one.unit_surface_m2) for one in records] == [("08001_1", 4.5, 49.5, 30_000)]
    assert refused == [(3, "longitude, latitude")]

    path = tmp_path / "outlines.geojson"
    ring = "[[4.5, 49.5], [4.501, 49.5], [4.501, 49.501], [4.5, 49.5]]"
    shape = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    good = f'{{"properties": {{"site_id": "08001_1", "surf_calc": 4000}}, "geometry": {shape}}}'
    none = '{"properties": {"site_id": "08001_2", "surf_calc": 1}, "geometry": null}'
    path.write_text(f'{{"type": "FeatureCollection", "features": [{good}, {none}]}}', encoding="utf-8")
    records, refused = split(list(parse_ardennes_outlines(path)))
    assert [(one.code, one.surface_m2) for one in records] == [("08001_1", 4000)]
    assert refused == [(2, "geometry")]


def loaded(
    local: list[dict], *national: dict, part: str = "", slug: str = "cnig-brownfields", **more: pd.DataFrame
) -> object:
    """A build with national and local sites, the local release declaring a part or none."""
    key = f"{slug}@local"
    local_rows = pd.DataFrame([{"geom": None, "repair": "", **one} for one in local]).assign(release=key)
    build = build_of(
        cerema_cartofriches=pd.DataFrame(national), insee_communes=COMMUNES, insee_commune_moves=MOVES,
        **{slug.replace("-", "_"): local_rows}, **more,
    )  # fmt: skip
    build.releases = {slug: (Release(source_id=slug, key=key, part=part),)}
    for other in more:
        build.releases[other.replace("_", "-")] = (Release(source_id=other, key=f"{other}@local", part=part),)
    return build


def test_a_local_inventory_declared_complete_speaks_for_its_territory() -> None:
    build = loaded(
        [site("shared", site_status="friche reconvertie"), site("new", lat=48.1), site("moved", lat=48.2)],
        site("shared"),
        site("unlisted", lat=48.3),
        site("same place", lat=48.201),  # 111 m from « moved »
        site("elsewhere", insee_code="11003", lon=3.5, lat=48.5),
        part="11001",
    )
    table = brownfields.brownfield_sites(build).set_index("code")
    assert table["inventory"].to_dict() == {
        "shared": "local", "new": "local", "moved": "local", "unlisted": "unconfirmed", "elsewhere": "national",
    }  # fmt: skip
    assert table.loc["shared", "site_status"] == "reconverted"
    assert table["is_usable"].to_dict() == {
        "shared": False, "new": True, "moved": True, "unlisted": False, "elsewhere": True,
    }  # fmt: skip
    assert table["release"].to_dict()["new"] == "cnig-brownfields@local"
    assert table["release"].to_dict()["unlisted"] == "cerema-cartofriches@test"


def test_a_local_inventory_of_an_undeclared_territory_adds_and_updates_only() -> None:
    build = loaded([site("new", lat=48.1)], site("unlisted", lat=48.3))
    table = brownfields.brownfield_sites(build).set_index("code")
    assert table["inventory"].to_dict() == {"new": "local", "unlisted": "national"}
    assert table["is_usable"].all()


def test_the_surface_measured_on_an_outline_stands_before_that_of_the_land_unit() -> None:
    square = ewkb(shapely.MultiPolygon([shapely.box(2.5, 48.0, 2.501, 48.001)]))
    outlines = pd.DataFrame({"code": ["drawn"], "surface_m2": [8000.0], "geom": [square], "repair": [""]})
    rows = [site("drawn", site_surface_m2=None), site("bare", site_surface_m2=None, lat=48.1)]
    build = loaded(rows, site("far", lat=48.9), slug="ardennes-brownfields", ardennes_brownfield_outlines=outlines)
    table = brownfields.brownfield_sites(build).set_index("code")
    assert table["surface_ha"].to_dict() == {"drawn": 0.8, "bare": 9.0, "far": 3.0}
    assert shapely.from_wkb(table.loc["drawn", "outline"]).is_valid
    assert table["outline"].isna().to_dict() == {"drawn": False, "bare": True, "far": True}


@pytest.mark.parametrize(
    ("part", "communes"),
    [
        ("", set()),
        ("11", {"11001", "11002", "11003"}),
        ("2A", {"2A001"}),
        ("974", {"97401"}),
        ("200000001", {"11001", "11002"}),
        ("11003+2A001", {"11003", "2A001"}),
    ],
)
def test_a_part_is_a_department_an_epci_or_communes(part: str, communes: set[str]) -> None:
    build = loaded([site("one")], site("two"), part=part)
    assert set(declared_communes(build, ("cnig-brownfields",))) == communes


def test_a_part_that_nobody_knows_stops_the_edition() -> None:
    for part in ("Bretagne", "99", "123456789", "08"):
        with pytest.raises(BuildError, match=part):
            declared_communes(loaded([site("one")], site("two"), part=part), ("cnig-brownfields",))


def test_an_inventory_declared_complete_ends_the_gap_of_its_zone() -> None:
    """One usable site in 1101 and none in 1102: a thin observatory says nothing, a complete inventory says none."""
    for part, status in (("", "missing"), ("11003", "observed")):
        build = loaded([site("one")], site("two", lat=48.5), part=part)
        build.tables["infrastructure.BrownfieldSite"] = brownfields.brownfield_sites(build)
        made = values.land_values(build).set_index(["indicator", "zone"])
        assert made.loc[("land.usable_sites", "1102"), "status"] == status
        assert made.loc[("land.usable_sites", "1101"), "status"] == "missing"
    assert made.loc[("land.usable_sites", "1102"), "value"] == 0
    assert made.loc[("land.usable_sites", "1102"), "release"] == "cnig-brownfields@local"
    assert made.loc[("land.usable_sites", "1101"), "release"] == "cerema-cartofriches@test"
    assert made.loc["land.local_covered_pct"]["value"].to_dict() == {"1101": 0, "1102": 100, "9401": 0, "0401": 0}


def test_the_share_covered_is_counted_in_inhabitants() -> None:
    build = loaded([site("one")], site("two"), part="11001")
    share = declared_share_pct(build, declared_communes(build, ("cnig-brownfields",)))
    assert share.to_dict() == {"1101": 75.0, "1102": 0.0, "9401": 0.0, "0401": 0.0}
    assert not np.isnan(share).any()
