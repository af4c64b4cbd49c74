"""Establishments, flows, commune series, aid, indications and sub-classes read back from the database."""

import numpy as np
import pytest
from django.contrib.gis.geos import Point

from basins.models import Commune, Department, EmploymentZone, Region
from economy.models import (
    BranchFlow,
    CommuneJobs,
    DepartmentAid,
    GeographicalIndication,
    ZoneEstablishments,
    ZoneSubclassJobs,
)
from economy.queries import (
    branch_flows_frame,
    commune_jobs_series,
    department_aid_frame,
    establishments_frame,
    indications_frame,
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
        ZoneEstablishments.objects.create(**common, zone=zone, a17="C1", value=5 * factor, status="observed")
        BranchFlow.objects.create(
            **common, supplier="CI", customer="CL", total_musd=10 * factor, imported_musd=None, input_coefficient=0.1
        )
        DepartmentAid.objects.create(**common, department=department, firms=7 * factor, industrial_jobs=None)
        GeographicalIndication.objects.create(**common, name="X", place="Y", division="23", zone_codes=["1001"])
        cell = {"zone": zone, "naf_code": "25.62B", "year": 2022}
        ZoneSubclassJobs.objects.create(**common, **cell, value=None, status="suppressed")
    return edition


def test_series_of_a_set_of_communes(edition):
    assert commune_jobs_series(edition, ["01001", "01002"]).to_dict() == {2023: 13, 2024: 24}
    assert commune_jobs_series(edition, ["01002", "99999"]).to_dict() == {2023: 10, 2024: 20}
    assert commune_jobs_series(edition, []).empty


def test_the_other_tables_hold_one_edition_and_keep_what_is_unknown(edition):
    table = establishments_frame(edition)
    assert table.shape == (2, 17)
    assert table.loc["1001", "C1"] == 5
    assert np.isnan(table.loc["1002", "C1"])
    (flow,) = branch_flows_frame(edition).itertuples()
    assert (flow.supplier, flow.customer, flow.total_musd, flow.input_coefficient) == ("CI", "CL", 10, 0.1)
    assert np.isnan(flow.imported_musd)
    aid = department_aid_frame(edition)
    assert aid.loc["01", "firms"] == 7
    assert np.isnan(aid.loc["01", "industrial_jobs"])
    assert indications_frame(edition)[["name", "registered_in", "zone_codes"]].to_numpy().tolist() == [
        ["X", "", ["1001"]]
    ]
    (cell,) = subclass_jobs_frame(edition).itertuples()
    assert (cell.zone, cell.naf_code, cell.year, cell.status) == ("1001", "25.62B", 2022, "suppressed")
    assert np.isnan(cell.value)
