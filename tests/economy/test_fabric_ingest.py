"""The parsers of establishments, flows, commune series, aid and indications, on small files in the true layouts."""

import json
from datetime import date

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from economy.ingest.communes import CommuneYears, parse_commune_series
from economy.ingest.establishments import (
    COLUMNS,
    PROFILE_COLUMNS,
    ZoneEstablishments,
    ZoneProfile,
    parse_establishments,
    parse_zone_profile,
)
from economy.ingest.flows import BranchFlow, parse_flows
from economy.ingest.support import (
    AID_COLUMNS,
    AID_INDICATOR,
    INDICATION_COLUMNS,
    DepartmentAid,
    Indication,
    parse_department_aid,
    parse_indications,
)
from sources.readers import LayoutError
from tests.economy.worlds import refused


def text_file(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


ESTABLISHMENT_HEADER = ",".join(["ze2020", *COLUMNS.values(), "etab_total"])


def zone_line(zone, *, total=None, **counts):
    cells = [counts.get(a17, 0) for a17 in COLUMNS]
    return ",".join(map(str, [zone, *cells, sum(cells) if total is None else total]))


def test_establishments_have_one_record_an_activity(tmp_path):
    path = text_file(tmp_path / "e.csv", ESTABLISHMENT_HEADER, zone_line("0051", C1=12, GZ=30))
    records = list(parse_establishments(path))
    assert len(records) == 17
    assert ZoneEstablishments("0051", "C1", 12) in records
    assert sum(one.establishments for one in records) == 42


def test_establishments_that_do_not_add_up_or_repeat_are_refused(tmp_path):
    lines = [zone_line("51"), zone_line("0051", C1=3), zone_line("0051"), zone_line("0052", C1=3, total=4)]
    lines.append(zone_line("0053").replace(",0", ",-1", 1))
    path = text_file(tmp_path / "e.csv", ESTABLISHMENT_HEADER, *lines)
    expected = [(2, "ze2020"), (4, "ze2020"), (5, "etab_total"), (6, "etab_AZ")]
    assert refused(parse_establishments(path)) == expected


def test_establishments_without_an_activity_column_stop_by_name(tmp_path):
    with pytest.raises(LayoutError, match="etab_C1"):
        list(parse_establishments(text_file(tmp_path / "e.csv", "ze2020,etab_total", "0051,3")))


def profile_row(code, **values):
    return {"code": code, **dict.fromkeys(PROFILE_COLUMNS.values()), **values}


def test_zone_profile_keeps_blanks_and_leaves_the_country_out(tmp_path):
    rows = [
        profile_row("00FR", eco_krugman_a38_23=0),
        profile_row("0051", eco_krugman_a38_23=31.5, eco_eff_petites_pct_23=20),
        profile_row("51"),
        profile_row("0051"),
        profile_row("0052", eco_eff_grandes_pct_23="40,7"),
    ]
    path = text_file(tmp_path / "p.json", json.dumps(rows))
    records = list(parse_zone_profile(path))
    assert records[0] == ZoneProfile("0051", 20, None, None, 31.5)
    assert refused(records) == [(3, "code"), (4, "code"), (5, "eco_eff_grandes_pct_23")]
    with pytest.raises(LayoutError, match="eco_krugman"):
        list(parse_zone_profile(text_file(tmp_path / "q.json", json.dumps([{"code": "0051"}]))))
    with pytest.raises(LayoutError, match="liste"):
        list(parse_zone_profile(text_file(tmp_path / "r.json", json.dumps({"code": "0051"}))))


def flow_book(path, rows, header=("Year", "Code", "Description", "Origin", "A01", "C26", "CONS_h", "GO")):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("National IO-tables")
    for row in (header, ["", "", "", "", "Crops", "Electronics", "Households", "Output"], *rows):
        sheet.append(row)
    book.save(path)
    return path


FLOW_ROWS = [
    [2013.0, "A01", "Crops", "Domestic", 9.0, 9.0, 9.0, 9.0],
    [2014.0, "A01", "Crops", "Domestic", 10.0, 0.0, 5.0, 100.0],
    [2014.0, "C26", "Electronics", "Domestic", 0.0, 4.0, 0.0, 50.0],
    [2014.0, "A01", "Crops", "Imports", 1.0, 2.0, 3.0, 0.0],
    [2014.0, "GO", "Output", "TOT", 100.0, 50.0, 0.0, 0.0],
]


def test_flows_of_the_latest_year_with_outputs_and_without_final_uses(tmp_path):
    assert list(parse_flows(flow_book(tmp_path / "w.xlsx", FLOW_ROWS))) == [
        BranchFlow(2014, "A01", "A01", False, 10.0),
        BranchFlow(2014, "A01", "GO", False, 100.0),
        BranchFlow(2014, "C26", "C26", False, 4.0),
        BranchFlow(2014, "C26", "GO", False, 50.0),
        BranchFlow(2014, "A01", "A01", True, 1.0),
        BranchFlow(2014, "A01", "C26", True, 2.0),
    ]


def test_flows_refuse_an_unknown_branch_and_a_negative_or_blank_amount(tmp_path):
    rows = [
        [2014.0, "Z9", "?", "Domestic", 1.0, 1.0, 1.0, 1.0],
        [2014.0, "A01", "Crops", "Domestic", -1.0, "", 1.0, 1.0],
    ]
    assert refused(parse_flows(flow_book(tmp_path / "w.xlsx", rows))) == [(3, "Code"), (4, "A01"), (4, "C26")]


def test_flows_in_another_layout_stop(tmp_path):
    with pytest.raises(LayoutError, match="branches"):
        header = ("Year", "Code", "Description", "Origin", "CONS_h")
        list(parse_flows(flow_book(tmp_path / "w.xlsx", [[2014.0, "A01", "Crops", "Domestic", 1.0]], header)))
    with pytest.raises(LayoutError, match="année"):
        list(parse_flows(flow_book(tmp_path / "v.xlsx", [["2014", "A01", "Crops", "Domestic", 1.0, 1.0, 1.0, 1.0]])))
    book = openpyxl.Workbook()
    book.save(tmp_path / "u.xlsx")
    with pytest.raises(LayoutError, match="National IO-tables"):
        list(parse_flows(tmp_path / "u.xlsx"))


def series_file(path, rows):
    names = ("echelon", "code", "year", "eff_total")
    pyarrow.parquet.write_table(
        pyarrow.table({n: list(c) for n, c in zip(names, zip(*rows, strict=True), strict=True)}), path
    )
    return path


def test_commune_series_keeps_communes_only_with_years_in_order(tmp_path):
    rows = [
        ("ze", "0051", 2014, 900),
        ("communes", "2A004", 2015, 12),
        ("communes", "2A004", 2014, 10),
        ("communes", "01001", 2020, 0),
    ]
    assert list(parse_commune_series(series_file(tmp_path / "s.parquet", rows))) == [
        CommuneYears("01001", [2020], [0]),
        CommuneYears("2A004", [2014, 2015], [10, 12]),
    ]


def test_commune_series_refuses_lost_zeros_repeats_and_blanks(tmp_path):
    rows = [
        ("communes", "1001", 2014, 10),
        ("communes", "01001", 2014, 10),
        ("communes", "01001", 2014, 11),
        ("communes", "01001", 14, 11),
        ("communes", "01001", 2015, None),
    ]
    records = list(parse_commune_series(series_file(tmp_path / "s.parquet", rows)))
    assert refused(records) == [(1, "code"), (3, "year"), (4, "year"), (5, "eff_total")]
    assert records[-1] == CommuneYears("01001", [2014], [10])
    with pytest.raises(LayoutError, match="communes"):
        list(parse_commune_series(series_file(tmp_path / "t.parquet", [("ze", "0051", 2014, 1)])))


def aid_line(**changes):
    facts = {
        "id_indicateur": AID_INDICATOR,
        "code_departement": "01",
        "date": "2022-12-31",
        "valeur": "12.0",
    } | changes
    return ",".join(facts.get(name, "") for name in AID_COLUMNS)


def test_aid_by_department_and_month(tmp_path):
    path = text_file(
        tmp_path / "a.csv", ",".join(AID_COLUMNS), aid_line(), aid_line(code_departement="2A", valeur="3")
    )
    assert list(parse_department_aid(path)) == [
        DepartmentAid("01", date(2022, 12, 31), 12),
        DepartmentAid("2A", date(2022, 12, 31), 3),
    ]


def test_aid_refused(tmp_path):
    lines = [
        aid_line(id_indicateur="autre"),
        aid_line(code_departement="1"),
        aid_line(date="31/12/2022"),
        aid_line(valeur="1.5"),
        aid_line(valeur="secret"),
        aid_line(),
        aid_line(),
    ]
    path = text_file(tmp_path / "a.csv", ",".join(AID_COLUMNS), *lines)
    assert refused(parse_department_aid(path)) == [
        (2, "id_indicateur"),
        (3, "code_departement"),
        (4, "date"),
        (5, "valeur"),
        (6, "valeur"),
        (8, "date"),
    ]


def test_indications(tmp_path):
    lines = [
        "Porcelaine,2017-12,Haute-Vienne,23,page",
        "Pierre,,Arudy,23,page",
        "Pierre,,Arudy,23,page",
        "Linge,12/2020,Pays basque,13,page",
        "Couteau,2022-09,Laguiole,C,page",
    ]
    records = list(parse_indications(text_file(tmp_path / "i.csv", ",".join(INDICATION_COLUMNS), *lines)))
    assert records[:2] == [
        Indication("Porcelaine", "2017-12", "Haute-Vienne", "23"),
        Indication("Pierre", "", "Arudy", "23"),
    ]
    assert refused(records) == [
        (4, "indication_geographique"),
        (5, "homologation_mois"),
        (6, "division_naf_indicative"),
    ]
