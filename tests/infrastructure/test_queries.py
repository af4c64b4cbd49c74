"""Frames and layers read back from the database, for one edition and not another."""

import json

import numpy as np
import pytest
from django.contrib.gis.geos import LineString, MultiLineString, MultiPolygon, Point, Polygon
from django.db import IntegrityError, transaction

from basins.models import Commune, Department, EmploymentZone, Perimeter, Region
from infrastructure import queries
from infrastructure.models import (
    BrownfieldSite,
    BusinessPark,
    CommuneBrownfields,
    LogisticsNode,
    RailLine,
    Substation,
    ZoneAccess,
)
from infrastructure.reference import ACCESS_KINDS
from sources.models import Edition, Release, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    source = Source.objects.create(slug="test-source", title="T", producer="P", licence="L")
    return Release.objects.create(source=source, key="test-source@1", vintage="1", checksum="0" * 64)


def edition_with_zone(name: str) -> tuple[Edition, EmploymentZone]:
    edition = Edition.objects.create(name=name, content_hash=name)
    zone = EmploymentZone.objects.create(
        edition=edition, code="1101", name="Bourg", region_codes=["11"], land_mass="mainland", population=400,
        population_year=2023, commune_count=1, area_km2=100.0, point=Point(2.5, 48.5), centre=Point(2.5, 48.5),
        geom=MultiPolygon(Polygon.from_bbox((2.0, 48.0, 3.0, 49.0))),
    )  # fmt: skip
    return edition, zone


def site_of(edition: Edition, zone: EmploymentZone, release: Release, code: str, **changes: object) -> BrownfieldSite:
    plain = {
        "name": "Usine d'« Ici »", "site_type": "industrial", "site_status": "without_project", "surface_ha": 3.5,
        "zoning": "activity", "is_usable": True, "insee_code": "11001", "located_by": "site",
        "point": Point(2.1234567, 48.7654321),
    }  # fmt: skip
    return BrownfieldSite.objects.create(edition=edition, zone=zone, release=release, code=code, **plain | changes)


def test_sites_come_back_with_their_zone_and_position(release: Release) -> None:
    edition, zone = edition_with_zone("one")
    other, other_zone = edition_with_zone("two")
    site_of(edition, zone, release, "b", surface_ha=None)
    site_of(edition, zone, release, "a")
    site_of(other, other_zone, release, "c")
    frame = queries.sites_frame(edition)
    assert list(frame["code"]) == ["a", "b"]
    assert list(frame["zone"]) == ["1101", "1101"]
    assert frame["surface_ha"].iat[0] == 3.5
    assert np.isnan(frame["surface_ha"].iat[1])
    assert frame[["lon", "lat"]].iloc[0].to_list() == pytest.approx([2.1234567, 48.7654321])
    assert frame["is_usable"].dtype == bool


def test_an_edition_without_sites_gives_an_empty_frame_with_its_columns() -> None:
    edition, _zone = edition_with_zone("empty")
    frame = queries.sites_frame(edition)
    assert frame.empty
    assert {"code", "zone", "lon", "lat"} <= set(frame.columns)
    assert json.loads(queries.brownfields_geojson(edition)) == {"type": "FeatureCollection", "features": []}


def test_access_comes_back_as_three_tables_of_zones_and_kinds(release: Release) -> None:
    edition, zone = edition_with_zone("one")
    facts = {"edition": edition, "zone": zone, "release": release}
    ZoneAccess.objects.create(kind="seaport", value=12.5, status="observed", nearest="Sète", **facts)
    ZoneAccess.objects.create(kind="siding", value=None, status="absent", **facts)
    values, statuses, nearest = queries.access_frame(edition)
    assert list(values.columns) == list(statuses.columns) == list(nearest.columns) == list(ACCESS_KINDS)
    assert values.loc["1101", "seaport"] == 12.5
    assert np.isnan(values.loc["1101", "siding"])
    assert statuses.loc["1101", "siding"] == "absent"
    assert nearest.loc["1101", "seaport"] == "Sète"


def test_a_distance_cannot_stand_beside_an_absent_status(release: Release) -> None:
    edition, zone = edition_with_zone("one")
    with pytest.raises(IntegrityError, match="zone_access_status"), transaction.atomic():
        ZoneAccess.objects.create(
            edition=edition, zone=zone, kind="siding", value=3.0, status="absent", release=release
        )


def test_layers_are_geojson_with_five_decimals(release: Release) -> None:
    edition, zone = edition_with_zone("one")
    site_of(edition, zone, release, "a")
    LogisticsNode.objects.create(
        edition=edition, code="seaport:1", kind="seaport", name="Sète", country="FR", land_mass="mainland",
        point=Point(3.7000049, 43.4), release=release,
    )  # fmt: skip
    (brownfield,) = json.loads(queries.brownfields_geojson(edition))["features"]
    assert brownfield["geometry"] == {"type": "Point", "coordinates": [2.12346, 48.76543]}
    assert brownfield["properties"]["name"] == "Usine d'« Ici »"
    (node,) = json.loads(queries.nodes_geojson(edition))["features"]
    assert node["geometry"]["coordinates"] == [3.7, 43.4]
    assert node["properties"] == {"code": "seaport:1", "kind": "seaport", "name": "Sète", "country": "FR"}


def test_parks_come_back_with_what_they_offer_in_one_piece(release: Release) -> None:
    edition, zone = edition_with_zone("one")
    outline = MultiPolygon(Polygon.from_bbox((2.5, 48.0, 2.51, 48.01)))
    for code, available, largest in (("b", 4.0, None), ("a", 4.0, 1.5), ("c", None, None)):
        BusinessPark.objects.create(
            edition=edition, zone=zone, release=release, code=code, name=code, park_type="t", vocation="industrielle",
            stage="active", gross_ha=10.0, available_ha=available, largest_plot_ha=largest, networks=["gas"],
            is_usable=True, insee_code="11001", point=Point(2.505, 48.005), outline=outline,
        )  # fmt: skip
    frame = queries.parks_frame(edition)
    assert frame["code"].tolist() == ["a", "b", "c"]
    assert frame["offered_ha"].fillna(-1).tolist() == [1.5, 4.0, -1.0]
    assert set(frame["zone"]) == {"1101"}
    layer = json.loads(queries.parks_geojson(edition))
    assert [one["geometry"]["type"] for one in layer["features"]] == ["MultiPolygon"] * 3


def test_no_park_gives_an_empty_frame_with_its_columns() -> None:
    edition, _zone = edition_with_zone("empty")
    frame = queries.parks_frame(edition)
    assert frame.empty and {"offered_ha", "is_usable", "lon", "lat"} <= set(frame.columns)


def test_listed_sites_of_a_perimeter_are_sums_of_its_communes(release: Release) -> None:
    edition, zone = edition_with_zone("one")
    region = Region.objects.create(code="ZZ", name="R")
    department = Department.objects.create(code="ZZZ", name="D", region=region)
    for code, total in (("11002", 7), ("11001", 5)):
        commune = Commune.objects.create(
            edition=edition, insee_code=code, name=code, name_normalised=code, department=department, zone=zone,
            population=1, point=Point(2.5, 48.5),
        )  # fmt: skip
        counts = dict.fromkeys(queries.COUNT_COLUMNS, 0) | {"site_count": total}
        CommuneBrownfields.objects.create(edition=edition, commune=commune, release=release, **counts)
    whole, empty = (
        Perimeter.objects.create(
            edition=edition, kind="department", code=code, key=code, name="D", population=2, commune_count=2,
            geom=zone.geom,
        )
        for code in ("ZZZ", "YYY")
    )  # fmt: skip
    assert queries.listed_brownfields(whole) == dict.fromkeys(queries.COUNT_COLUMNS, 0) | {"site_count": 12}
    assert set(queries.listed_brownfields(empty).values()) == {0}


def test_the_grid_and_the_lines_are_layers_of_their_own(release: Release) -> None:
    edition, _zone = edition_with_zone("one")
    Substation.objects.create(
        edition=edition, release=release, code="A", name="Alpha", function="substation", state="in_operation",
        highest_kv=None, land_mass="mainland", point=Point(2.5, 48.5),
    )  # fmt: skip
    line = MultiLineString(LineString((2.0, 48.0), (2.5, 48.123456)))
    RailLine.objects.create(edition=edition, release=release, code="L0001", name="Nord", geom=line)
    (node,) = json.loads(queries.substations_geojson(edition))["features"]
    assert node["properties"]["highest_kv"] is None
    (drawn,) = json.loads(queries.rail_lines_geojson(edition))["features"]
    assert drawn["geometry"]["coordinates"] == [[[2, 48], [2.5, 48.1235]]]
