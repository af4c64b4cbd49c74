"""The tables of the skills read back from the database."""

import numpy as np
import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from basins.models import Department, EmploymentZone, Region
from skills.models import (
    ActivityFamilyHire,
    ActivityHire,
    ActivityTradeHire,
    FamilyContext,
    FamilyLevel,
    JobTitle,
    Occupation,
    OccupationFamily,
    Tightness,
    TrainingPlace,
    ZoneDepartment,
    ZoneHiring,
    ZoneLevel,
    ZoneOccupation,
)
from skills.queries import (
    activity_family_hires,
    activity_hires,
    activity_trade_hires,
    appellations,
    families,
    family_context_frame,
    family_levels_frame,
    job_titles,
    tightness_frame,
    training_frame,
    zone_hiring_frame,
    zone_level_frame,
    zone_occupation_frame,
    zone_tightness_of,
)
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
    # The database may hold the built-in edition: its nomenclatures would stand beside those of the test.
    tables = (ZoneOccupation, FamilyContext, FamilyLevel, ActivityFamilyHire, ActivityHire, JobTitle)
    for model in (*tables, OccupationFamily, Occupation):
        model.objects.all().delete()
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


def test_hiring_and_training_of_an_edition(edition):
    here, there = EmploymentZone.objects.of(edition).order_by("-code")
    release = Release.objects.get(key="s@1")
    old = Edition.objects.get(name="old")
    for owner, zone_of, factor in ((edition, here, 1), (old, EmploymentZone.objects.of(old).first(), 100)):
        common = {"edition": owner, "zone": zone_of, "release": release}
        survey = {"trade": "machining", "year": 2023, "nomenclature": "fap2009"}
        ZoneHiring.objects.create(**common, **survey, value=5.0 * factor, low=4.0, high=6.0, status="estimated")
        TrainingPlace.objects.create(
            **common, code="0010001A", kind="bts", domain="general", courses=2 * factor, name="LP", point=Point(5, 46)
        )
        ActivityTradeHire.objects.create(edition=owner, naf_code="25.62A", trade="machining", hires=7.5 * factor)
    hidden = {"value": None, "low": 1.0, "high": 4.0, "status": "suppressed"}
    ZoneHiring.objects.create(
        edition=edition, zone=there, release=release, trade="all", year=2025, nomenclature="fap2021", **hidden
    )
    rows = zone_hiring_frame(edition)
    assert rows[["zone", "trade", "year", "low", "high", "status"]].to_numpy().tolist() == [
        [here.code, "machining", 2023, 4.0, 6.0, "estimated"],
        [there.code, "all", 2025, 1.0, 4.0, "suppressed"],
    ]
    assert rows["value"].iloc[0] == 5
    assert np.isnan(rows["value"].iloc[1])
    place = training_frame(edition)
    assert place[["kind", "domain", "courses", "lon", "lat"]].to_numpy().tolist() == [
        ["bts", "general", 2.0, 5.0, 46.0]
    ]
    assert place["candidates"].isna().all()
    assert activity_trade_hires(edition).to_numpy().tolist() == [["25.62A", "machining", 7.5]]


def test_an_edition_without_survey_nor_schools(edition):
    assert zone_hiring_frame(edition).empty
    assert training_frame(edition).empty
    assert activity_trade_hires(edition).empty


def test_titles_and_tables_of_the_families(edition):
    release = Release.objects.get(key="s@1")
    for code, label, occupation in (
        ("1", "Tourneur", "H1001"),
        ("2", "Décolleteur", "H1001"),
        ("3", "Pilote", "H1002"),
    ):
        JobTitle.objects.create(code=code, label=label, occupation_id=occupation)
    assert appellations() == {"Tournage": ["Tourneur", "Décolleteur"], "Conduite": ["Pilote"]}
    here = EmploymentZone.objects.of(edition).get(code="1001")
    common = {"edition": edition, "release": release}
    FamilyLevel.objects.create(edition=edition, family_id="D1Z", level="skilled_worker", share=1.0)
    ZoneLevel.objects.create(**common, zone=here, level="skilled_worker", value=9, status="estimated", error_share=0.4)
    FamilyContext.objects.create(
        **common, family_id="D1Z", measure="median_wage_eur", item="2017-2019", value=None, status="missing"
    )
    assert family_levels_frame(edition).to_numpy().tolist() == [["D1Z", "skilled_worker", 1.0]]
    assert zone_level_frame(edition).to_numpy().tolist() == [["1001", "skilled_worker", 9.0, 0.4, "estimated"]]
    context = family_context_frame(edition)
    assert context[["family", "measure", "item", "label", "status"]].to_numpy().tolist() == [
        ["D1Z", "median_wage_eur", "2017-2019", "", "missing"]
    ]
    assert context["value"].isna().all()


def test_tightness_of_zones_is_that_of_their_departments(edition):
    release = Release.objects.get(key="s@1")
    region = Region.objects.get_or_create(code="84", defaults={"name": "ARA"})[0]
    Department.objects.update_or_create(code="01", defaults={"name": "Ain", "region": region})
    names = ("category", "hiring_intensity", "training_link", "labour_scarcity")
    levels = dict.fromkeys((*names, "job_instability", "demanding_conditions", "geographic_mismatch"), 4)
    for grain, area, family, value in (
        ("country", "", "D1Z", 1.6), ("department", "01", "D1Z", 1.0), ("department", "01", "D1Z40", 9.0)
    ):  # fmt: skip
        Tightness.objects.create(
            edition=edition, release=release, grain=grain, area_code=area, family_code=family, value=value,
            status="observed", **levels,
        )  # fmt: skip
    here = EmploymentZone.objects.of(edition).get(code="1001")
    ZoneDepartment.objects.create(edition=edition, zone=here, department_id="01", jobs_share=1.0)
    assert tightness_frame(edition)[["grain", "family_code", "category"]].to_numpy().tolist() == [
        ["country", "D1Z", 4], ["department", "D1Z", 4]
    ]  # fmt: skip
    found = zone_tightness_of(edition)
    assert found.index.loc["1001", "D1Z"] == 1.0
    assert found.national["D1Z"] == 1.6


def test_an_edition_without_tightness(edition):
    found = zone_tightness_of(edition)
    assert found.index.empty
    assert found.national.empty
