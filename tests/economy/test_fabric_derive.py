"""Derived tables of establishments, flows, communes, support and sub-classes on worlds checked by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from economy.derive import communes as commune_providers
from economy.derive import establishments, support
from economy.derive.communes import jobs_by_commune
from economy.derive.flows import branch_of_industry, folded_flows
from economy.derive.subclasses import covered_zones, jobs_by_subclass, two_years, zone_subclass_jobs
from sources.editions import BuildError
from tests.economy.worlds import PaperBuild, two_zones


@pytest.mark.parametrize(
    ("industry", "branch"),
    [
        ("A01", "AZ"),
        ("B", "BZ"),
        ("C10-C12", "CA"),
        ("C31_C32", "CM"),
        ("C33", "CM"),
        ("E37-E39", "EZ"),
        ("F", "FZ"),
        ("I", "IZ"),
        ("J59_J60", "JA"),
        ("M69_M70", "MA"),
        ("Q", "QA+QB"),
        ("R_S", "RZ+SZ"),
        ("U", "UZ"),
    ],
)
def test_industries_fold_into_branches(industry, branch):
    assert branch_of_industry(industry) == branch


def test_an_unknown_industry_is_refused():
    for code in ("Z", "G", "CONS_h", "C"):
        with pytest.raises(ValueError, match=code):
            branch_of_industry(code)


def test_flows_are_summed_and_divided_by_the_output_of_the_buyer():
    rows = pd.DataFrame(
        [
            ("C24", "C29", False, 30.0),
            ("C25", "C30", False, 10.0),
            ("C25", "C29", True, 20.0),
            ("C26", "C29", False, 1.0),
            ("C26", "C29", True, 9.0),
            ("C29", "GO", False, 150.0),
            ("C30", "GO", False, 50.0),
            ("C24", "T", False, 5.0),  # households as employers have no output: no coefficient
        ],
        columns=["supplier", "buyer", "is_imported", "amount_musd"],
    )
    table = folded_flows(rows).set_index(["supplier", "customer"])
    assert table.loc[("CH", "CL")].tolist() == [60.0, 20.0, 0.3]
    # WIOD sells all French electronics abroad: what is imported cannot be read.
    assert table.loc[("CI", "CL"), ["total_musd", "input_coefficient"]].tolist() == [10.0, 0.05]
    assert np.isnan(table.loc[("CI", "CL"), "imported_musd"])
    assert len(table) == 2


def commune_frame():
    return pd.DataFrame(
        {
            "insee_code": ["01001", "01002", "02001", "02002", "97601"],
            "department": ["01", "01", "02", "02", "976"],
            "zone": ["1001", "1002", "1002", "1002", "0601"],
            "epci_siren": ["e1", "e1", "e2", "", ""],
            "population": [600, 100, 300, 0, 500],
        }
    )


def series(rows):
    return pd.DataFrame(rows, columns=["insee_code", "years", "jobs"])


def test_a_year_without_row_is_zero_and_merged_communes_are_summed():
    table = jobs_by_commune(series([("01001", [2014, 2016], [5, 7]), ("01002", [2015], [0]), ("01001", [2016], [3])]))
    assert table.to_numpy().tolist() == [["01001", 2014, [5, 0, 10]]]  # a commune that never had a job has no row


def test_commune_jobs_follow_a_merger_and_keep_every_job():
    moves = pd.DataFrame([("02009", "02001", date(2020, 1, 1))], columns=["code_before", "code_after", "effective_on"])
    listed = commune_frame().assign(kind="COM", parent="")[["insee_code", "kind", "parent"]]
    arrondissement = pd.DataFrame([("02101", "ARM", "02002")], columns=["insee_code", "kind", "parent"])
    rows = {
        "urssaf-commune-series": series(
            [("02009", [2014], [4]), ("02001", [2014, 2015], [1, 2]), ("02101", [2015], [9])]
        ),
        "insee-communes": pd.concat([listed, arrondissement]),
        "insee-commune-moves": moves,
    }
    build = PaperBuild(rows, {"basins.Commune": commune_frame()})
    table = commune_providers.commune_jobs(build)
    assert table[["commune", "jobs"]].to_numpy().tolist() == [["02001", [5, 2]], ["02002", [0, 9]]]
    assert set(table["release"]) == {"urssaf-commune-series@test"}
    rows["urssaf-commune-series"] = series([("99999", [2014], [4])])
    with pytest.raises(BuildError, match="99999"):
        commune_providers.commune_jobs(build)


def support_build():
    jobs = pd.DataFrame(
        {
            "commune": ["01001", "01002", "02001"],
            "first_year": 2023,
            "jobs": [[1, 100], [1, 50], [999, 150]],
        }
    )
    cells = pd.DataFrame(
        [("1001", "CA", 40.0, "observed"), ("1002", "CA", 80.0, "observed"), ("0601", "CA", np.nan, "missing")],
        columns=["zone", "a38", "value", "status"],
    ).assign(scope="private", year=2024)
    aid = pd.DataFrame(
        [
            ("01", date(2022, 11, 30), 9),
            ("01", date(2022, 12, 31), 6),
            ("02", date(2022, 12, 31), 3),
            ("976", date(2022, 12, 31), 1),
        ],
        columns=["department_code", "month_end", "firms"],
    )
    tables = {
        "basins.Commune": commune_frame(),
        "economy.CommuneJobs": jobs,
        "economy.ZoneSectorJobs": cells,
        "basins.PerimeterCommune": pd.DataFrame({"perimeter": ["T1", "T2"], "commune": ["01002", "01002"]}),
    }
    return PaperBuild({"relance-industry-aid": aid}, tables)


def test_aid_takes_the_last_month_and_shares_the_jobs_of_a_zone_between_its_departments():
    table = support.department_aid(support_build()).set_index("department")
    # Zone 1002 has 200 private jobs, 50 in 01 and 150 in 02: its 80 manufacturing jobs go 20 and 60.
    assert table["firms"].to_dict() == {"01": 6, "02": 3, "976": 1}
    assert table["industrial_jobs"].dropna().to_dict() == {"01": 60, "02": 60}


def by_zone(table):
    rows = table.set_index("zone")
    return {zone: (None if pd.isna(row["value"]) else row["value"], row["status"]) for zone, row in rows.iterrows()}


def test_aid_rate_of_a_zone_is_the_mean_of_its_departments_by_jobs():
    build = support_build()
    build.tables["economy.DepartmentAid"] = support.department_aid(build)
    # 100 firms per 1,000 jobs in 01, 50 in 02; zone 1002 has a quarter of its jobs in 01. Mayotte has no known job.
    assert by_zone(support.aid_rate(build)) == {
        "1001": (100, "estimated"),
        "1002": (62.5, "estimated"),
        "0601": (None, "missing"),
    }


def test_people_of_a_commune_in_two_territories_are_counted_once():
    assert by_zone(support.industry_territory_share(support_build())) == {
        "1001": (0, "observed"),
        "1002": (25, "observed"),
        "0601": (0, "observed"),
    }


def test_areas_by_department_commune_and_intercommunal_body():
    frame = commune_frame()
    assert support.zones_of_area(frame, {"departments": ["02"]}) == ["1002"]
    assert support.zones_of_area(frame, {"epci": ["e1"]}) == ["1001", "1002"]
    assert support.zones_of_area(frame, {"communes": ["97601"]}) == ["0601"]
    assert support.zones_of_area(frame, {}) == []


def test_an_indication_whose_place_nobody_read_stops_the_build():
    rows = pd.DataFrame([("X", "", "Atlantide", "23")], columns=["name", "registered_in", "place", "division"])
    build = PaperBuild({"inpi-industrial-indications": rows}, {"basins.Commune": commune_frame()})
    with pytest.raises(BuildError, match="Atlantide"):
        support.geographical_indications(build)


# Jobs by sub-class


def test_the_last_year_and_the_one_five_years_before():
    assert two_years(set(range(2006, 2023))) == [2017, 2022]
    assert two_years({2010, 2016, 2018, 2022}) == [2016, 2022]
    assert two_years({2022}) == [2022]


def test_a_zone_is_covered_when_the_file_holds_nearly_all_its_jobs():
    zone_of = pd.Series({"a": "1", "b": "1", "c": "2", "d": "2", "e": "3"})
    jobs = pd.Series({"a": 96, "b": 4, "c": 94, "d": 6})
    assert covered_zones({"a", "c"}, zone_of, jobs) == {"1"}
    assert covered_zones({"a", "b", "c", "d", "e"}, zone_of, jobs) == {"1", "2"}  # "3": nobody knows its jobs
    assert covered_zones(set(), zone_of, jobs) == set()


def subclass_rows(*rows):
    columns = ["zone", "naf_code", "years", "establishment_counts", "jobs"]
    return pd.DataFrame(rows, columns=columns)


def test_communes_are_summed_nothing_is_no_row_and_a_hidden_number_hides_the_sum():
    table = jobs_by_subclass(
        subclass_rows(
            ("1", "25.62B", [2017, 2020, 2022], [1, 1, 1], [10, 99, 12]),
            ("1", "25.62B", [2017, 2022], [1, 1], [5, 8]),
            ("1", "32.50B", [2017, 2022], [0, 2], [0, None]),
            ("1", "32.50B", [2022], [1], [30]),
            ("2", "32.50B", [2017, 2022], [0, 0], [0, None]),  # no establishment: no job to hide
            ("3", "32.50B", [2017, 2022], [0, None], [0, None]),  # both secret in 2022
            ("3", "32.50B", [2017, 2022], [1, 1], [4, 6]),
        )
    )
    rows = {(r.zone, r.naf_code, r.year): (r.value, r.status) for r in table.itertuples()}
    assert rows[("1", "25.62B", 2017)] == (15, "observed")
    assert rows[("1", "25.62B", 2022)] == (20, "observed")
    assert np.isnan(rows[("1", "32.50B", 2022)][0])
    assert rows[("1", "32.50B", 2022)][1] == "suppressed"
    assert rows[("3", "32.50B", 2017)] == (4, "observed")
    assert np.isnan(rows[("3", "32.50B", 2022)][0])
    assert rows[("3", "32.50B", 2022)][1] == "suppressed"
    assert len(rows) == 5


class LoadedBuild(PaperBuild):
    def has(self, slug: str) -> bool:
        return slug in self.paper_rows


def subclass_build(rows):
    listed = commune_frame().assign(kind="COM", parent="")[["insee_code", "kind", "parent"]]
    moves = pd.DataFrame(columns=["code_before", "code_after", "effective_on"])
    jobs = pd.DataFrame({"commune": ["01001", "01002", "02001"], "jobs": [[100], [50], [150]]})
    sectors = pd.DataFrame({"level": ["subclass", "class"], "code": ["25.62B", "25.62"]})
    tables = {"basins.Commune": commune_frame(), "economy.CommuneJobs": jobs, "economy.Sector": sectors}
    return LoadedBuild({**rows, "insee-communes": listed, "insee-commune-moves": moves}, tables)


def test_only_covered_zones_and_known_activities_enter():
    columns = ["insee_code", "naf_code", "years", "establishment_counts", "jobs"]
    rows = [
        ("01001", "25.62B", [2022], [2], [40]),
        ("01001", "99.99Z", [2022], [2], [40]),
        ("01002", "25.62B", [2022], [1], [7]),  # its zone has three quarters of its jobs elsewhere
    ]
    table = zone_subclass_jobs(subclass_build({"urssaf-commune-ape": pd.DataFrame(rows, columns=columns)}))
    assert table.to_numpy().tolist() == [["1001", "25.62B", 2022, 40.0, "observed", "urssaf-commune-ape@test"]]


def test_without_the_file_there_is_no_row():
    table = zone_subclass_jobs(subclass_build({}))
    assert table.empty
    assert list(table.columns) == ["zone", "naf_code", "year", "value", "status", "release"]


# Establishments


def establishment_build():
    counts = [("1001", "C1", 10), ("1001", "C5", 6), ("1001", "GZ", 20), ("1002", "C1", 0), ("1002", "GZ", 4)]
    profile = pd.DataFrame(
        [("1001", 20.0, 40.5, None, 3.0)],
        columns=["zone_code", "small_share_pct", "large_share_pct", "creations_growth_pct", "krugman_pct"],
    )
    cells = pd.DataFrame(
        [
            ("1001", "CA", 80.0, "observed"),
            ("1001", "GZ", 20.0, "observed"),
            ("1002", "CA", 0.0, "observed"),
            ("1002", "GZ", 100.0, "observed"),
            ("0601", "CA", np.nan, "missing"),
            ("0601", "GZ", np.nan, "missing"),
        ],
        columns=["zone", "a38", "value", "status"],
    ).assign(scope="all", year=2023)
    rows = {
        "insee-flores-establishments": pd.DataFrame(counts, columns=["zone_code", "a17", "establishments"]),
        "insee-zone-economic-profile": profile,
    }
    build = PaperBuild(rows, {"basins.EmploymentZone": two_zones(), "economy.ZoneSectorJobs": cells})
    build.tables["economy.ZoneEstablishments"] = establishments.zone_establishments(build)
    return build


def test_the_grid_of_establishments_is_complete():
    table = establishment_build().tables["economy.ZoneEstablishments"]
    assert len(table) == 3 * 17
    assert table.query("zone == '1001' and a17 == 'C5'")["value"].item() == 6
    assert set(table.query("zone == '0601'")["status"]) == {"missing"}


MISSING = (None, "missing")
EXPECTED = {
    establishments.establishments: {"1001": (36, "observed"), "1002": (4, "observed"), "0601": MISSING},
    establishments.industrial_establishments: {"1001": (16, "observed"), "1002": (0, "observed"), "0601": MISSING},
    establishments.industrial_average_size: {"1001": (5, "estimated"), "1002": MISSING, "0601": MISSING},
    # France: 80 and 120 of 200. 1001: 0.8 and 0.2. 1002: 0 and 1.
    establishments.krugman: {"1001": (40, "observed"), "1002": (40, "observed"), "0601": MISSING},
    establishments.small_share: {"1001": (20, "observed"), "1002": MISSING, "0601": MISSING},
    establishments.large_share: {"1001": (40.5, "observed"), "1002": MISSING, "0601": MISSING},
    establishments.creations_growth: {"1001": MISSING, "1002": MISSING, "0601": MISSING},
}


@pytest.mark.parametrize("compute", EXPECTED, ids=lambda compute: compute.__name__)
def test_indicators_of_establishments(compute):
    assert by_zone(compute(establishment_build())) == EXPECTED[compute]
