"""The tables of the skills read back from the database."""

import numpy as np
import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from basins.models import EmploymentZone
from skills.models import ActivityFamilyHire, ActivityHire, Occupation, OccupationFamily, ZoneOccupation
from skills.queries import activity_family_hires, activity_hires, families, job_titles, zone_occupation_frame
from sources.models import Edition, Release, Source

pytestmark = pytest.mark.django_db


def zone(edition, code):
    return EmploymentZone.objects.create(
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


@pytest.fixture
def edition():
    source = Source.objects.create(slug="s", title="t", producer="p", licence="l")
    release = Release.objects.create(source=source, key="s@1", vintage="1", checksum="c")
    for code, label in (("D1Z", "Ouvriers"), ("E0Z", "Process")):
        OccupationFamily.objects.create(code=code, label=label)
    for code, label in (("H1001", "Tournage"), ("H1002", "Conduite")):
        Occupation.objects.create(code=code, label=label)
    edition, other = (Edition.objects.create(name=name, content_hash=name) for name in ("e", "old"))
    for owner, factor in ((edition, 1), (other, 100)):
        common = {"edition": owner, "release": release}
        known, unknown = zone(owner, "1001"), zone(owner, "0601")
        ZoneOccupation.objects.create(
            **common, zone=known, family_id="D1Z", value=12.5 * factor, status="estimated", error_share=0.4
        )
        ZoneOccupation.objects.create(
            **common, zone=unknown, family_id="D1Z", value=None, status="missing", error_share=0.5
        )
        for naf_code, occupation, hires in (("10.11Z", "H1001", 5), ("32.50B", "H1001", 9), ("10.11Z", "H1002", 1)):
            ActivityHire.objects.create(
                edition=owner, naf_code=naf_code, occupation_id=occupation, hires=hires * factor
            )
        ActivityFamilyHire.objects.create(edition=owner, naf_code="10.11Z", family_id="D1Z", hires=2.5 * factor)
    return edition


def test_stock_has_every_zone_and_family(edition):
    jobs, error = zone_occupation_frame(edition)
    assert jobs.index.tolist() == error.index.tolist() == ["0601", "1001"]
    assert jobs.columns.tolist() == ["D1Z", "E0Z"]
    assert jobs.loc["1001", "D1Z"] == 12.5
    assert error.loc["1001", "D1Z"] == 0.4
    assert np.isnan(jobs.loc["0601", "D1Z"])
    assert np.isnan(jobs.loc["1001", "E0Z"])


def test_hires(edition):
    assert activity_family_hires(edition).to_numpy().tolist() == [["10.11Z", "D1Z", 2.5]]
    assert activity_hires(edition).to_numpy().tolist() == [
        ["10.11Z", "H1001", "Tournage", 5],
        ["10.11Z", "H1002", "Conduite", 1],
        ["32.50B", "H1001", "Tournage", 9],
    ]


def test_job_titles_come_with_the_largest_employer_first(edition):
    assert job_titles(edition) == {"Tournage": [("32.50B", 9), ("10.11Z", 5)], "Conduite": [("10.11Z", 1)]}


def test_families(edition):
    assert families().to_numpy().tolist() == [["D1Z", "Ouvriers"], ["E0Z", "Process"]]
