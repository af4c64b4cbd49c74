"""The hiring survey: its workbooks, its basins, and how its projects reach the zones, worked out by hand."""

import openpyxl
import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest

from skills.derive.hiring import hires_by_trade, hiring_shares, surveyed_communes, zone_hiring
from skills.hiring import basin_bounds, basin_shares, covered_shares, zone_bounds
from skills.ingest.basins import parse_commune_jobs, parse_survey_basins
from skills.ingest.hiring import FAP_2009_CODE, FAP_2021_CODE, hiring_parser
from skills.trades import FAP_2009, FAP_2021, activity_trade_hires, trade_of_code, trades
from sources.readers import LayoutError
from tests.economy.worlds import PaperBuild, refused

HEADER_2023 = (
    *("annee", "Code métier BMO", "Nom métier BMO", "Famille_met", "Lbl_fam_met", "BE23", "NOMBE23"),
    *("Dept", "NomDept", "REG", "NOM_REG", "met", "xmet", "smet"),
)


def workbook(path, header, rows, sheet="BMO_2023_open_data"):
    book = openpyxl.Workbook()
    book.active.title = "Description des variables"
    page = book.create_sheet(sheet)
    page.append(header)
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def survey_row(code, basin, projects, year=2023, department="01", hard="*", seasonal="*"):
    return [year, code, "x", "I", "y", basin, "z", department, "n", "84", "r", projects, hard, seasonal]


def accepted(records):
    return [tuple(record) for record in records if not hasattr(record, "reason")]


def test_a_secret_number_is_null_and_a_basin_finds_its_leading_zero_again(tmp_path):
    rows = [
        survey_row("D1Z40", "101", 12),
        survey_row("D1Z40", "8401", "*", department="2A"),
        survey_row("D1Z40", 8401, "35"),
        survey_row("D1X40", "8401", 0),
        survey_row("D1Z", "8401", 5),
        survey_row("D1Z40", "84012", 5),
        survey_row("D1Z40", "8401", "environ 5"),
        survey_row("D1Z40", "8401", -5),
        survey_row("D1Z40", "8401", 5, year=2022),
        survey_row("D1Z41", "8401", 20, hard=12, seasonal="5"),
        survey_row("D1Z41", "8401", 20, hard=21),
        survey_row("D1Z41", "8401", 20, hard="peu"),
    ]
    path = workbook(tmp_path / "b.xlsx", HEADER_2023, rows)
    records = list(hiring_parser(2023, FAP_2009_CODE)(path))
    assert accepted(records) == [
        ("D1Z40", "0101", "01", 12, None, None), ("D1Z40", "8401", "2A", None, None, None),
        ("D1Z40", "8401", "01", 35, None, None), ("D1X40", "8401", "01", 0, None, None),
        ("D1Z41", "8401", "01", 20, 12, 5),
    ]  # fmt: skip
    assert refused(records) == [
        (6, "Code métier BMO"), (7, "BE23"), (8, "met"), (9, "met"), (10, "annee"),
        (12, "xmet"), (13, "xmet"),
    ]  # fmt: skip


def test_a_family_code_of_2021_may_have_letters_where_2009_has_digits():
    assert FAP_2021_CODE.fullmatch("QAX01")
    assert not FAP_2009_CODE.fullmatch("QAX01")


def test_the_survey_of_another_year_or_layout_stops(tmp_path):
    path = workbook(tmp_path / "b.xlsx", HEADER_2023, [], sheet="BMO_2024_open_data")
    with pytest.raises(LayoutError, match="BMO_2023_open_data"):
        list(hiring_parser(2023, FAP_2009_CODE)(path))
    path = workbook(tmp_path / "c.xlsx", [*HEADER_2023[:-1], "autre"], [])
    with pytest.raises(LayoutError, match="smet"):
        list(hiring_parser(2023, FAP_2009_CODE)(path))


def test_basins_by_commune(tmp_path):
    path = tmp_path / "basins.csv"
    path.write_text("code_insee,code_bassin_emploi\n01001,8401\n2A004,9401\n97101,101\n1001,8401\n01002,84\n")
    records = list(parse_survey_basins(path))
    assert accepted(records) == [("01001", "8401"), ("2A004", "9401"), ("97101", "0101")]
    assert refused(records) == [(5, "code_insee"), (6, "code_bassin_emploi")]


def commune_jobs(path, rows):
    columns = ("echelon", "code", "year", "eff_total", "indice_fr_2014")
    table = pyarrow.table(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
    pyarrow.parquet.write_table(table, path)
    return path


def test_communes_of_the_last_year_only(tmp_path):
    rows = [
        ("communes", "01001", 2023, 30, 0.0),
        ("communes", "01001", 2024, 33, 0.0),
        ("communes", "2B033", 2024, 0, 0.0),
        ("communes", "ZZZZZ", 2024, 5, 0.0),
        ("communes", "01002", 2024, None, 0.0),
        ("ze", "0051", 2025, 900, 0.0),
    ]
    records = list(parse_commune_jobs(commune_jobs(tmp_path / "j.parquet", rows)))
    assert accepted(records) == [("01001", 2024, 33), ("2B033", 2024, 0)]
    assert refused(records) == [(4, "code"), (5, "eff_total")]
    with pytest.raises(LayoutError, match="communes"):
        list(parse_commune_jobs(commune_jobs(tmp_path / "k.parquet", rows[-1:])))


def test_no_code_belongs_to_two_trades():
    for nomenclature in (FAP_2009, FAP_2021):
        codes = [code for trade in trades().values() for code in trade.codes[nomenclature]]
        assert len(codes) == len(set(codes))
        assert set(trade_of_code(nomenclature).values()) == set(trades())


COMMUNES = pd.DataFrame(
    [
        ("01001", "1001", 300, 60.0, "A"),
        ("01002", "1001", 100, 20.0, "A"),
        ("01003", "1002", 600, 20.0, "A"),
        ("01004", "1002", 100, 80.0, "B"),
        ("97601", "0601", 70, 0.0, "M"),
        ("97602", "0602", 30, 0.0, "M"),
    ],
    columns=["insee_code", "zone", "population", "jobs", "basin"],
)


def test_a_basin_is_shared_by_jobs_and_by_population_without_any():
    shares = basin_shares(COMMUNES).set_index(["basin", "zone"])["share"].to_dict()
    assert shares == pytest.approx(
        {("A", "1001"): 0.8, ("A", "1002"): 0.2, ("B", "1002"): 1.0, ("M", "0601"): 0.7, ("M", "0602"): 0.3}
    )


def test_how_much_of_a_zone_is_surveyed():
    covered = covered_shares(COMMUNES, {"A", "M"})
    assert covered.to_dict() == pytest.approx({"1001": 1.0, "1002": 0.2, "0601": 1.0, "0602": 1.0})


def bounds(rows):
    survey = pd.DataFrame(rows, columns=["basin", "occupation_code", "projects"])
    trade_of = {"D1Z40": "machining", "D1Z41": "machining", "F0Z20": "textile_leather"}
    return basin_bounds(survey, trade_of).set_index(["basin", "trade"])


def test_a_secret_number_is_one_to_four_and_an_absent_row_none_to_four():
    table = bounds(
        [("A", "D1Z40", 10), ("A", "D1Z41", None), ("B", "D1Z41", 8), ("B", "F0Z20", None), ("B", "X0Z00", 7)]
    )
    # Two occupations of machining: A publishes one and hides the other, B has a row for one only.
    assert table.loc[("A", "machining"), ["value", "low", "high"]].tolist() == [12.5, 11, 14]
    assert table.loc[("B", "machining"), ["value", "low", "high"]].tolist() == [8, 8, 12]
    assert table.loc[("A", "textile_leather"), ["value", "low", "high"]].tolist() == [0, 0, 4]
    assert table.loc[("B", "textile_leather"), ["value", "low", "high"]].tolist() == [2.5, 1, 4]
    assert not table.loc[("A", "textile_leather"), ["is_known", "is_starred"]].any()
    # All occupations together hold those of no trade.
    assert table.loc[("B", "all"), "low"] == 8 + 1 + 7


def test_a_basin_in_two_departments_has_its_rows_added_up():
    table = bounds([("A", "D1Z40", 10), ("A", "D1Z40", None), ("A", "D1Z41", 6)])
    assert table.loc[("A", "machining"), ["value", "low", "high"]].tolist() == [18.5, 17, 20]


def test_projects_of_a_shared_basin_are_somewhere_in_it():
    shares = basin_shares(COMMUNES)
    basins = bounds([("A", "D1Z40", 100), ("A", "D1Z41", 50), ("B", "D1Z40", 10), ("B", "D1Z41", 10)]).reset_index()
    cells = zone_bounds(basins, shares, covered_shares(COMMUNES, {"A", "B"})).set_index(["zone", "trade"])
    # 1001 has 80 % of basin A: 64 % of its projects at least, 96 % at most.
    assert cells.loc[("1001", "machining"), ["value", "low", "high"]].tolist() == pytest.approx([120, 96, 144])
    # 1002 has the other 20 % (4 to 36 %) and the whole of B.
    assert cells.loc[("1002", "machining"), ["value", "low", "high"]].tolist() == pytest.approx([50, 26, 74])
    assert not cells["is_exact"].any()


def test_a_zone_mostly_out_of_surveyed_basins_is_unknown_and_one_partly_out_is_raised():
    shares = basin_shares(COMMUNES)
    basins = bounds([("A", "D1Z40", 100)]).reset_index()
    assert set(zone_bounds(basins, shares, covered_shares(COMMUNES, {"A"}))["zone"]) == {"1001"}
    basins = bounds([("B", "D1Z40", 80)]).reset_index()
    cells = zone_bounds(basins, shares, covered_shares(COMMUNES, {"B"})).set_index(["zone", "trade"])
    # 80 of the 100 jobs of 1002 are in B: its 80 projects stand for 100, and are no upper bound of them.
    assert cells.loc[("1002", "machining"), ["value", "low", "high"]].tolist() == pytest.approx([100, 80, 100])
    assert not cells["is_exact"].any()


def paper_build():
    survey = ["occupation_code", "basin_code", "department", "projects", "hard", "seasonal"]
    rows = {
        "insee-communes": pd.DataFrame(
            [("01001", "COM", "", ""), ("01002", "COM", "", ""), ("97601", "COM", "", "")],
            columns=["insee_code", "kind", "department", "parent"],
        ),
        "insee-commune-moves": pd.DataFrame(
            [("01009", "01002", "2020-01-01", "32")], columns=["code_before", "code_after", "effective_on", "kind"]
        ),
        "survey-basins": pd.DataFrame(
            [("01001", "8401"), ("01009", "8402"), ("97601", "0405"), ("99138", "9399")],
            columns=["insee_code", "basin_code"],
        ),
        "urssaf-commune-jobs": pd.DataFrame(
            [("01001", 2024, 60), ("01009", 2024, 40)], columns=["insee_code", "year", "jobs"]
        ),
        "hiring-intentions-2023": pd.DataFrame(
            [("D1Z40", "8401", "01", 30, 24, None), ("D1Z41", "8401", "01", 5, None, None),
             ("D0Z20", "8401", "01", 5, 5, 5), ("D1Z40", "8402", "01", None, None, None),
             ("D1Z40", "0601", "976", 9, 6, None), ("D1Z40", "7777", "47", 500, 400, None)],
            columns=survey,
        ),
        "hiring-intentions-2025": pd.DataFrame([("D0X33", "8402", "01", 12, 9, 12)], columns=survey),
        "dares-fap-regions": pd.DataFrame(
            [("11", "D1Z", 300.0), ("11", "R1Z", 100.0)], columns=["region_code", "fap_code", "jobs"]
        ),
        "dares-fap-rome": pd.DataFrame([("D1Z40", "H2912"), ("R1Z61", "H2912")], columns=["fap_code", "rome_code"]),
        "hires-naf-rome": pd.DataFrame([("H2912", "25.62A", 40)], columns=["rome_code", "naf_code", "hires"]),
    }  # fmt: skip
    zones = pd.DataFrame({"code": ["1001", "1002", "0601"]})
    communes = pd.DataFrame(
        {"insee_code": ["01001", "01002", "97601"], "zone": ["1001", "1002", "0601"], "population": [100, 50, 9]}
    )
    return PaperBuild(rows, {"basins.Commune": communes, "basins.EmploymentZone": zones})


def test_a_former_commune_gives_its_basin_and_its_jobs_to_the_one_that_took_it():
    table = surveyed_communes(paper_build()).set_index("insee_code")
    assert table.loc["01002", ["basin", "jobs"]].tolist() == ["8402", 40]
    assert table.loc["97601", ["basin", "jobs"]].tolist() == ["0405", 0]


def test_every_zone_has_every_trade_with_a_status():
    table = zone_hiring(paper_build())
    assert len(table) == 3 * 2 * (len(trades()) + 1)
    cell = table.set_index(["zone", "year", "trade"])
    machining = cell.xs("machining", level="trade")
    assert machining.loc[("1001", 2023), ["value", "low", "high", "status"]].tolist() == [40, 40, 40, "observed"]
    assert machining.loc[("1002", 2023), "status"] == "suppressed"
    assert machining.loc[("1002", 2023), ["low", "high"]].tolist() == [1, 12]
    # Mayotte stands under another code in the survey; the basin that no commune has is left out.
    assert machining.loc[("0601", 2023), "low"] == 9
    assert cell.xs("all", level="trade").xs(2023, level="year")["low"].sum() == 50
    # 2025 is read in its own nomenclature, and says nothing of basins without a row.
    assert machining.loc[("1002", 2025), ["value", "status"]].tolist() == [12, "observed"]
    assert machining.loc[("1001", 2025), ["status"]].tolist() == ["missing"]
    assert machining.loc[("1001", 2025), ["value", "low", "high"]].isna().all()
    assert set(table["nomenclature"]) == {"fap2009", "fap2021"}


def test_the_share_judged_hard_to_fill_stands_in_the_middle_of_its_bounds():
    cell = zone_hiring(paper_build()).set_index(["zone", "year", "trade"])[["hard_pct", "hard_status"]]
    # 24 and 5 of 40 projects are hard, and 0 to 4 of those starred: 72.5 to 82.5 %.
    assert cell.loc[("1001", 2023, "machining")].tolist() == [77.5, "estimated"]
    assert cell.loc[("1001", 2023, "all")].tolist() == [77.5, "estimated"]
    # Mayotte publishes both numbers and is one basin: nothing is left open.
    assert cell.loc[("0601", 2023, "machining")].tolist() == [66.7, "observed"]
    assert cell.loc[("1002", 2025, "machining")].tolist() == [75.0, "observed"]
    # Only a star, then no row at all.
    assert cell.loc[("1002", 2023, "machining"), "hard_status"] == "suppressed"
    assert cell.loc[("1001", 2025, "machining"), "hard_status"] == "missing"
    assert cell.loc[[("1002", 2023, "machining"), ("1001", 2025, "machining")], "hard_pct"].isna().all()


def test_indicators_of_the_latest_survey_are_of_industry_and_of_everybody():
    table = hiring_shares(paper_build()).set_index(["indicator", "zone"])
    assert table.loc[("skills.hard_to_fill_pct", "1002"), ["value", "status"]].tolist() == [75.0, "observed"]
    assert table.loc[("skills.seasonal_pct", "1002"), ["value", "status"]].tolist() == [100.0, "observed"]
    assert table.loc[("skills.seasonal_pct", "1001"), "status"] == "missing"
    assert len(table) == 6


def test_hires_go_to_trades_like_to_families_and_the_others_are_left_out():
    # The occupation belongs for three quarters to setters, for one quarter to shop assistants, who are no trade.
    assert hires_by_trade(paper_build()).to_numpy().tolist() == [["25.62A", "machining", 30.0]]


def test_an_occupation_shared_by_two_trades_keeps_all_its_hires():
    links = pd.DataFrame([("D1Z40", "H1"), ("E0Z20", "H1"), ("E0Z21", "H2")], columns=["fap_code", "rome_code"])
    hires = pd.DataFrame([("H1", "22.21Z", 12)], columns=["rome_code", "naf_code", "hires"])
    jobs = pd.Series({"D1Z": 100.0, "E0Z": 100.0})
    found = activity_trade_hires(hires, links, jobs).set_index("trade")["hires"].to_dict()
    # E0Z spreads its jobs over two links: half as much weight as D1Z, which has one.
    assert found == pytest.approx({"machining": 8.0, "chemistry_plastics": 4.0})
