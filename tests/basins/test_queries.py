import json
from datetime import date

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from basins.commune_search import communes_matching
from basins.models import (
    Commune,
    Department,
    EmploymentZone,
    FormerCommune,
    NeighbourLand,
    Perimeter,
    Region,
    ZonePeriod,
    ZoneValue,
)
from basins.names import normalised_name
from basins.queries import (
    industry_territories_geojson,
    neighbours_geojson,
    zone_period_frame,
    zone_value_frame,
    zones_frame,
    zones_geojson,
)
from sources.models import Edition, Release, Source, Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]

COMMUNES = (
    ("38185", "Grenoble", 156_000),
    ("42218", "Saint-Étienne", 173_000),
    ("76575", "Saint-Étienne-du-Rouvray", 28_000),
    ("92012", "Boulogne-Billancourt", 120_000),
    ("62160", "Boulogne-sur-Mer", 40_000),
    ("2A004", "Ajaccio", 74_000),
    ("01283", "Oyonnax", 22_000),
)


def box(west, south, east, north):
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)))


def make_zone(edition, code, **facts):
    given = {
        "name": f"Zone {code}",
        "region_codes": ["84"],
        "land_mass": "mainland",
        "population": 1000,
        "population_year": 2023,
        "commune_count": 2,
        "area_km2": 12.5,
        "point": Point(2, 48),
        "centre": Point(2.25, 48.75),
        "geom": box(2, 48, 3, 49.5),
    }
    return EmploymentZone.objects.create(edition=edition, code=code, **(given | facts))


@pytest.fixture
def edition():
    region = Region.objects.create(code="84", name="Auvergne-Rhône-Alpes")
    department = Department.objects.create(code="38", name="Isère", region=region)
    made = Edition.objects.create(name="essai", content_hash="a", is_current=True)
    zone = make_zone(made, "8409")
    for insee_code, name, population in COMMUNES:
        Commune.objects.create(
            edition=made, insee_code=insee_code, name=name, name_normalised=normalised_name(name),
            department=department, zone=zone, population=population, point=Point(2, 48),
        )  # fmt: skip
    return made


@pytest.fixture
def older_edition():
    older = Edition.objects.create(name="ancienne", content_hash="b")
    make_zone(older, "9999")
    return older


def names(edition, text, limit=3):
    return [match.name for match in communes_matching(edition, text, limit=limit)]


def test_zones_frame_holds_the_zones_of_one_edition_in_code_order(edition, older_edition):
    make_zone(edition, "0051", region_codes=["28", "52"], geom=box(-1, 47, 0, 48))
    frame = zones_frame(edition)
    assert list(frame.index) == ["0051", "8409"]
    place = ["lon", "lat", "west", "south", "east", "north"]
    assert frame.loc["8409", place].tolist() == [2.25, 48.75, 2, 48, 3, 49.5]
    assert frame.loc["0051", "region_codes"] == ["28", "52"]
    assert frame.loc["8409", ["name", "population", "population_year", "commune_count", "area_km2"]].tolist() == [
        "Zone 8409", 1000, 2023, 2, 12.5,
    ]  # fmt: skip


def test_zone_values_carry_their_status_and_release(edition):
    source = Source.objects.create(slug="s", title="T", producer="P", licence="L")
    release = Release.objects.create(source=source, key="s@1", vintage="2025", checksum="c")
    zone = EmploymentZone.objects.get(code="8409")
    common = {"edition": edition, "zone": zone, "release": release}
    ZoneValue.objects.create(indicator="b", value=None, status=Status.SUPPRESSED, **common)
    ZoneValue.objects.create(indicator="a", value=1.5, status=Status.ESTIMATED, **common)
    frame = zone_value_frame(edition)
    assert frame.loc[0].tolist() == ["a", "8409", 1.5, "estimated", "s@1", "2025", "P"]
    assert frame.loc[1, "status"] == "suppressed"
    assert frame["value"].isna().tolist() == [False, True]


def test_empty_tables_still_have_their_columns(older_edition):
    assert zone_value_frame(older_edition).empty
    assert "west" in zones_frame(Edition.objects.create(name="vide", content_hash="c")).columns


def test_search_forgives_accents_hyphens_and_abbreviations(edition):
    assert names(edition, "st etienne") == ["Saint-Étienne", "Saint-Étienne-du-Rouvray"]
    assert names(edition, "SAINT ÉTIENNE DU ROUVRAY", limit=1) == ["Saint-Étienne-du-Rouvray"]


def test_search_forgives_slips(edition):
    assert names(edition, "grenobel", limit=1) == ["Grenoble"]
    assert names(edition, "oyonax", limit=1) == ["Oyonnax"]


def test_search_finds_by_code_and_its_beginning(edition):
    [match] = communes_matching(edition, "2a004", limit=5)
    assert (match.name, match.zone_code, match.zone_name) == ("Ajaccio", "8409", "Zone 8409")
    assert (match.department_code, match.population) == ("38", 74_000)
    assert names(edition, "38") == ["Grenoble"]


def test_search_puts_the_more_populous_first_and_keeps_the_limit(edition):
    assert names(edition, "boulogne") == ["Boulogne-Billancourt", "Boulogne-sur-Mer"]
    assert names(edition, "boulogne", limit=1) == ["Boulogne-Billancourt"]
    assert len(names(edition, "o", limit=2)) <= 2


def test_search_lists_nothing_twice(edition):
    found = names(edition, "saint etienne", limit=10)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["", "   ", "-'%_", "zzzzzzzz", "a" * 10_000, "99999", "' OR 1=1 --", "\x00"])
def test_search_of_nothing_sensible_is_empty(edition, text):
    assert communes_matching(edition, text, limit=5) == []


def make_former(edition, insee_code, code, name, **facts):
    commune = Commune.objects.get(edition=edition, insee_code=insee_code)
    return FormerCommune.objects.create(
        edition=edition, code=code, name=name, name_normalised=normalised_name(name), commune=commune, **facts
    )


def test_search_finds_communes_by_what_they_were(edition):
    make_former(edition, "38185", "38901", "Ajaccio-le-Vieux", ended_on=date(1970, 1, 1))
    make_former(edition, "38185", "38902", "Bastille", ended_on=date(1990, 1, 1), is_direct=True)
    make_former(edition, "2A004", "20004", "Ajaccio", ended_on=date(1976, 1, 1))
    [found] = communes_matching(edition, "bastille", limit=5)
    assert (found.name, found.former.name, found.former.code) == ("Grenoble", "Bastille", "38902")
    assert found.former.ended_on == date(1990, 1, 1) and found.former.is_direct
    # What bears the name goes before what bore one that begins so; a code that changed is no other name.
    now, before = communes_matching(edition, "ajaccio", limit=5)
    assert (now.name, now.former, before.former.name) == ("Ajaccio", None, "Ajaccio-le-Vieux")
    assert [one.former.name for one in communes_matching(edition, "bastile", limit=5)] == ["Bastille"]
    [old_code] = communes_matching(edition, "20004", limit=5)
    assert (old_code.insee_code, old_code.former.is_renumbered) == ("2A004", True)


def test_the_very_name_of_the_past_goes_before_names_that_begin_with_it(edition):
    make_former(edition, "2A004", "38903", "Boulogne", ended_on=date(1970, 1, 1))
    assert names(edition, "boulogne")[0] == "Ajaccio"


def test_search_reads_one_edition(edition, older_edition):
    assert communes_matching(older_edition, "grenoble", limit=5) == []


def test_zones_in_a_region_include_those_that_straddle_it(edition):
    make_zone(edition, "0051", region_codes=["28", "52"])
    found = EmploymentZone.objects.of(edition).in_region("52")
    assert [zone.code for zone in found] == ["0051"]


def test_layers_are_geojson_of_one_edition(edition, older_edition):
    kind = Perimeter.Kind.INDUSTRY_TERRITORY
    Perimeter.objects.create(
        edition=edition, kind=kind, code="ti-1", key="ti-1", name="L'Un", population=1, commune_count=1,
        geom=box(2, 48, 3, 49),
    )  # fmt: skip
    NeighbourLand.objects.create(edition=edition, code="ESP", name="Spain", geom=box(-3, 40, 0, 43))
    zones = json.loads(zones_geojson(edition))
    [zone] = zones["features"]
    assert zones["type"] == "FeatureCollection"
    assert zone["properties"] == {"code": "8409", "name": "Zone 8409"}
    assert zone["geometry"]["coordinates"][0][0][0] == [2, 48]
    [territory] = json.loads(industry_territories_geojson(edition))["features"]
    assert territory["properties"] == {"code": "ti-1", "name": "L'Un"}
    [country] = json.loads(neighbours_geojson(edition))["features"]
    assert country["properties"] == {"code": "ESP"}


def test_a_layer_without_rows_is_an_empty_collection(older_edition):
    assert json.loads(neighbours_geojson(older_edition)) == {"type": "FeatureCollection", "features": []}


def test_a_series_is_zones_by_periods_with_its_gaps(edition, older_edition):
    source = Source.objects.create(slug="s", title="T", producer="P", licence="L")
    release = Release.objects.create(source=source, key="s@1", vintage="2025", checksum="c")
    zones = {"8409": EmploymentZone.objects.get(code="8409"), "0051": make_zone(edition, "0051")}
    series = ZonePeriod.Series.UNEMPLOYMENT
    for code, period, value in (("8409", "2025-T4", 7.0), ("8409", "2025-T3", 6.5), ("0051", "2025-T4", 5.0)):
        ZonePeriod.objects.create(
            edition=edition, series=series, zone=zones[code], period=period, value=value, release=release
        )
    frame = zone_period_frame(edition, series)
    assert (list(frame.index), list(frame.columns)) == (["0051", "8409"], ["2025-T3", "2025-T4"])
    assert frame.loc["8409"].tolist() == [6.5, 7.0]
    assert frame.loc["0051"].isna().tolist() == [True, False]
    assert zone_period_frame(edition, ZonePeriod.Series.PERMITS).empty
    assert zone_period_frame(older_edition, series).empty
