"""Flows, jobs of perimeters and sub-classes read back from the database."""

import numpy as np
import pytest
from django.contrib.gis.geos import Point

from basins.commune_sets import CommuneSet
from basins.models import Commune, Department, EmploymentZone, Perimeter, Region
from economy.commune_jobs import perimeter_jobs
from economy.models import (
    BranchFlow,
    CommuneJobs,
    ZoneSubclassJobs,
)
from economy.queries import (
    branch_flows_frame,
    subclass_jobs_frame,
)
from tests.economy.test_queries import edition_with_zones, release

__all__ = ["release"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(release):
    edition, other = edition_with_zones("e", "1001", "1002"), edition_with_zones("old", "1001")
    region, _new = Region.objects.get_or_create(code="84", defaults={"name": "R"})
    department, _new = Department.objects.get_or_create(code="01", defaults={"name": "Ain", "region": region})
    for owner, factor in ((edition, 1), (other, 1000)):
        zone = EmploymentZone.objects.get(edition=owner, code="1001")
        common = {"edition": owner, "release": release}
        for code, jobs in (("01001", [3, 4]), ("01002", [10, 20])):
            commune = Commune.objects.create(
                edition=owner, insee_code=code, name=code, name_normalised=code, department=department, zone=zone,
                population=1, point=Point(0, 45),
            )  # fmt: skip
            CommuneJobs.objects.create(**common, commune=commune, first_year=2023, jobs=[one * factor for one in jobs])
        BranchFlow.objects.create(
            **common, supplier="CI", customer="CL", total_musd=10 * factor, imported_musd=None, input_coefficient=0.1
        )
        cell = {"zone": zone, "naf_code": "25.62B", "year": 2022}
        ZoneSubclassJobs.objects.create(**common, **cell, value=None, status="suppressed")
    return edition


def test_jobs_of_a_perimeter_by_zone_and_year_in_its_own_edition(edition):
    whole, empty = (
        Perimeter.objects.create(
            edition=edition, kind="department", code=code, key=code, name="D", population=2, commune_count=2,
            geom=EmploymentZone.objects.get(edition=edition, code="1001").geom,
        )
        for code in ("01", "99")
    )  # fmt: skip
    held = perimeter_jobs(whole)
    assert held.by_zone.loc["1001"].to_dict() == {2023: 13, 2024: 24} and len(held.by_zone) == 1
    assert held.coverage.to_dict() == {"1001": 1.0} and held.share == 1.0
    assert perimeter_jobs(empty).by_zone.empty


def test_no_row_is_no_job_where_the_file_reaches_and_unknown_elsewhere(edition):
    zone = EmploymentZone.objects.get(edition=edition, code="1001")
    other = EmploymentZone.objects.get(edition=edition, code="1002")
    region = Department.objects.get(code="01").region
    far, _new = Department.objects.get_or_create(code="976", defaults={"name": "Loin", "region": region})
    # A hamlet of the file's land; a commune re-established, without outline; one of a land that it does not cover.
    places = {
        "01003": (3, "01", zone, zone.geom),
        "01004": (5, "01", zone, None),
        "97601": (10, far.code, other, other.geom),
    }
    for code, (people, department, of_zone, outline) in places.items():
        Commune.objects.create(
            edition=edition, insee_code=code, name=code, name_normalised=code, department_id=department, zone=of_zone,
            population=people, point=Point(0, 45), geom=outline,
        )  # fmt: skip

    def of(*codes):
        return perimeter_jobs(CommuneSet(",".join(codes), "", codes, 0, len(codes), edition.pk))

    hamlet, bare, away = of("01003"), of("01004"), of("97601")
    assert hamlet.by_zone.to_dict("index") == {"1001": {2023: 0, 2024: 0}} and hamlet.share == 1.0
    assert bare.by_zone.empty and away.by_zone.empty and bare.share == away.share == 0.0
    mixed = of("01001", "01003", "01004", "97601")
    assert mixed.by_zone.to_dict("index") == {"1001": {2023: 3, 2024: 4}}
    assert mixed.coverage.to_dict() == pytest.approx({"1001": 4 / 9, "1002": 0.0})
    assert mixed.share == pytest.approx(4 / 19)


def test_the_other_tables_hold_one_edition_and_keep_what_is_unknown(edition):
    (flow,) = branch_flows_frame(edition).itertuples()
    assert (flow.supplier, flow.customer, flow.total_musd, flow.input_coefficient) == ("CI", "CL", 10, 0.1)
    assert np.isnan(flow.imported_musd)
    (cell,) = subclass_jobs_frame(edition).itertuples()
    assert (cell.zone, cell.naf_code, cell.year, cell.status) == ("1001", "25.62B", 2022, "suppressed")
    assert np.isnan(cell.value)
