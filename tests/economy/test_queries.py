"""The tables of the economy read back from the database."""

import numpy as np
import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from basins.models import EmploymentZone
from economy.models import Plant, Sector, ZoneJobs, ZoneSectorJobs
from economy.queries import plants_frame, sector_jobs_years, sectors, zone_jobs_series, zone_sector_jobs_frame
from sources.models import Edition, Release, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    source = Source.objects.create(slug="s", title="t", producer="p", licence="l")
    return Release.objects.create(source=source, key="s@1", vintage="1", checksum="c")


def edition_with_zones(name, *codes):
    edition = Edition.objects.create(name=name, content_hash=name)
    for code in codes:
        EmploymentZone.objects.create(
            edition=edition,
            code=code,
            name=code,
            region_codes=["11"],
            land_mass="mainland",
            population=1,
            population_year=2023,
            commune_count=1,
            area_km2=1,
            point=Point(0, 45),
            centre=Point(0, 45),
            geom=MultiPolygon(Polygon.from_bbox((0, 45, 1, 46))),
        )
    return edition


@pytest.fixture
def edition(release):
    edition = edition_with_zones("e", "1001", "1002")
    other = edition_with_zones("old", "1001")
    for owner, factor in ((edition, 1), (other, 1000)):
        zone = EmploymentZone.objects.get(edition=owner, code="1001")
        common = {"edition": owner, "zone": zone, "release": release}
        for year, value, status in ((2019, 7, "observed"), (2024, 9, "estimated")):
            cell = {"a38": "CB", "year": year, "scope": "private", "value": value * factor, "status": status}
            ZoneSectorJobs.objects.create(**common, **cell)
        ZoneSectorJobs.objects.create(**common, a38="AZ", year=2024, scope="private", value=None, status="missing")
        ZoneSectorJobs.objects.create(**common, a38="CB", year=2023, scope="all", value=50 * factor, status="observed")
        ZoneJobs.objects.create(**common, year=2023, value=100 * factor, status="observed")
        Plant.objects.create(
            **common, code="P", kind="epv", name="Atelier", naf_code="23.41Z", point=Point(1.25, 45.5)
        )
    return edition


def test_zone_sector_jobs_frame_has_every_zone_and_a38(edition):
    values, statuses = zone_sector_jobs_frame(edition, scope="private", year=2024)
    assert values.shape == statuses.shape == (2, 38)
    assert values.index.tolist() == ["1001", "1002"]
    assert values.loc["1001", "CB"] == 9
    assert statuses.loc["1001", "CB"] == "estimated"
    assert np.isnan(values.loc["1001", "AZ"])
    assert statuses.loc["1001", "AZ"] == "missing"
    assert zone_sector_jobs_frame(edition, scope="all", year=2023)[0].loc["1001", "CB"] == 50


def test_years(edition):
    assert sector_jobs_years(edition, scope="private") == [2019, 2024]
    assert sector_jobs_years(edition, scope="all") == [2023]


def test_series_has_every_zone(edition):
    series = zone_jobs_series(edition)
    assert series.index.tolist() == ["1001", "1002"]
    assert series.loc["1001", 2023] == 100
    assert np.isnan(series.loc["1002", 2023])


def test_plants(edition):
    table = plants_frame(edition)
    assert table.loc["P"].to_dict() == {
        "kind": "epv", "name": "Atelier", "naf_code": "23.41Z", "zone": "1001", "lon": 1.25, "lat": 45.5
    }  # fmt: skip


def test_sectors_without_parent_have_an_empty_one():
    # The nomenclature of the built-in edition is there: the tiny one takes its place within the test.
    Sector.objects.update(parent=None)
    Sector.objects.all().delete()
    Sector.objects.create(key="section:C", level="section", code="C", label="Industrie")
    Sector.objects.create(
        key="a38:CB", level="a38", code="CB", label="Textile", parent_id="section:C", a38="CB", a17="C5"
    )
    assert sectors().to_numpy().tolist() == [
        ["a38:CB", "a38", "CB", "Textile", "section:C", "CB", "C5"],
        ["section:C", "section", "C", "Industrie", "", "", ""],
    ]
