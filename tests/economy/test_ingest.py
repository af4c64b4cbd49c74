"""The parsers of the economy on small files in the true layouts."""

import json
from datetime import date

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from economy.ingest.jobs import ZoneSector, ZoneTotal, parse_zone_jobs, parse_zone_sector
from economy.ingest.naf import NafChain, NafLabel, label_parser, parse_hierarchy
from economy.ingest.plants import EMISSION_COLUMNS, HERITAGE_COLUMNS, parse_heritage_firms, parse_large_plants
from sources.readers import LayoutError
from tests.economy.worlds import refused


def sheet(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_labels_stand_under_two_title_lines_and_divisions_may_be_numbers(tmp_path):
    rows = [
        ["Niveau 2", ""],
        [" ", ""],
        ["Code", "Libellé"],
        ["01", "Culture"],
        [98.0, "Ménages"],
        ["X", "Erreur"],
        ["02", " "],
    ]
    records = list(label_parser("division")(sheet(tmp_path / "n2.xlsx", rows)))
    assert records[:2] == [NafLabel("division", "01", "Culture"), NafLabel("division", "98", "Ménages")]
    assert refused(records) == [(6, "Code"), (7, "Libellé")]


def test_a_label_list_with_another_header_stops_by_name(tmp_path):
    rows = [["", ""], ["", ""], ["Code", "Intitulé"], ["01", "Culture"]]
    with pytest.raises(LayoutError, match="Libellé"):
        list(label_parser("division")(sheet(tmp_path / "n2.xlsx", rows)))


def test_hierarchy(tmp_path):
    header = ["NIV5", "NIV4", "NIV3", "NIV2", "NIV1"]
    rows = [header, ["32.50B", "32.50", "32.5", 32.0, "C"], ["32.50", "32.50", "32.5", "32", "C"]]
    records = list(parse_hierarchy(sheet(tmp_path / "niveaux.xlsx", rows)))
    assert records[0] == NafChain("32.50B", "32.50", "32.5", "32", "C")
    assert refused(records) == [(3, "NIV5")]


def zone_table(path, **columns):
    base = {"code_ze": ["0051", "0051", "0052"], "a38": ["CA", "CB", "CA"], "lib": ["x", "y", "x"]}
    pyarrow.parquet.write_table(pyarrow.table(base | columns), path)
    return path


def test_zone_table_has_one_record_a_year_and_keeps_blanks(tmp_path):
    path = zone_table(tmp_path / "t.parquet", eff_22=[1.0, None, 3.0], eff_24=[10.0, 20.0, float("nan")])
    assert list(parse_zone_sector(path)) == [
        ZoneSector("0051", "CA", 2022, 1),
        ZoneSector("0051", "CA", 2024, 10),
        ZoneSector("0051", "CB", 2022, None),
        ZoneSector("0051", "CB", 2024, 20),
        ZoneSector("0052", "CA", 2022, 3),
        ZoneSector("0052", "CA", 2024, None),
    ]


def test_zone_table_refuses_bad_cells_codes_and_repeated_pairs(tmp_path):
    path = zone_table(
        tmp_path / "t.parquet", code_ze=["51", "0051", "0051"], a38=["CA", "XX", "CA"], eff_24=[1.0, 2.0, -3.0]
    )
    assert refused(parse_zone_sector(path)) == [(1, "code_ze"), (2, "a38"), (3, "eff_24")]
    path = zone_table(tmp_path / "u.parquet", code_ze=["0051"] * 3, eff_24=[1.0, 2.0, 3.5])
    assert refused(parse_zone_sector(path)) == [(3, "a38")]


def test_zone_table_without_any_year_stops(tmp_path):
    with pytest.raises(LayoutError, match="eff_AA"):
        list(parse_zone_sector(zone_table(tmp_path / "t.parquet")))
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    with pytest.raises(LayoutError, match="Parquet"):
        list(parse_zone_sector(tmp_path / "broken.parquet"))


def test_long_series_keeps_totals_only(tmp_path):
    rows = [
        {"code_ze": "0051", "year": 1998, "na5": "T", "eff": 100},
        {"code_ze": "0051", "year": 1998, "na5": "BE", "eff": 30},
        {"code_ze": "51", "year": 1998, "na5": "T", "eff": 100},
        {"code_ze": "0052", "year": 1998, "na5": "T", "eff": None},
    ]
    path = tmp_path / "serie.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    records = list(parse_zone_jobs(path))
    assert records[0] == ZoneTotal("0051", 1998, 100)
    assert refused(records) == [(3, "code_ze"), (4, "eff")]
    path.write_text(json.dumps([{"code": "0051"}]), encoding="utf-8")
    with pytest.raises(LayoutError, match="code_ze"):
        list(parse_zone_jobs(path))


def firm(**changes):
    facts = {
        "Raison sociale": "ATELIER",
        "SIRET": "12345678900011",
        "Code NAF": "23.41Z",
        "Date de labellisation": "2025-01-02",
        "Date de fin de labellisation": "2030-01-02",
        "geolocetablissement": "45.8, 1.2",
    } | changes
    return ";".join(facts.get(name, "") for name in HERITAGE_COLUMNS)


def heritage_file(path, *lines, encoding="utf-8-sig"):
    path.write_text("\n".join([";".join(HERITAGE_COLUMNS), *lines]) + "\n", encoding=encoding)
    return path


def test_heritage_firms_get_their_zeros_and_their_dot_back(tmp_path):
    path = heritage_file(tmp_path / "epv.csv", firm(SIRET="345678900011", **{"Code NAF": "2341Z"}))
    (record,) = parse_heritage_firms(path)
    assert record == ("00345678900011", "ATELIER", "23.41Z", date(2025, 1, 2), date(2030, 1, 2), 1.2, 45.8)


def test_heritage_firms_refused(tmp_path):
    lines = [
        firm(**{"Code NAF": "22.2C"}),
        firm(**{"Date de labellisation": "02/01/2025"}),
        firm(geolocetablissement="45.8"),
        firm(geolocetablissement="450.8, 1.2"),
        firm(SIRET="1.23E+13"),
    ]
    assert refused(parse_heritage_firms(heritage_file(tmp_path / "epv.csv", *lines))) == [
        (2, "Code NAF"),
        (3, "Date de labellisation"),
        (4, "geolocetablissement"),
        (5, "geolocetablissement"),
        (6, "SIRET"),
    ]


def test_heritage_file_in_another_encoding_or_layout_stops(tmp_path):
    with pytest.raises(LayoutError, match="utf-8"):
        list(parse_heritage_firms(heritage_file(tmp_path / "epv.csv", firm(), encoding="latin-1")))
    (tmp_path / "other.csv").write_text("SIRET;Nom\n1;2\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="Code NAF"):
        list(parse_heritage_firms(tmp_path / "other.csv"))


def emission(**changes):
    facts = {
        "Identifiant": "001.1",
        "Nom_Etablissement": "USINE",
        "Code_APE": "2013B",
        "latitude": "45.1",
        "longitude": "5.2",
        "geocode_src": "API BAN",
    } | changes
    return ",".join(facts.get(name, "") for name in EMISSION_COLUMNS)


def test_a_plant_comes_once_whatever_its_pollutants(tmp_path):
    lines = [
        emission(Polluant="CO2"),
        emission(Polluant="NOx"),
        emission(Identifiant="001.2", Code_APE="NA"),
        emission(Identifiant="001.2", Code_APE="NA"),
        emission(Identifiant="001.3", latitude=""),
    ]
    path = tmp_path / "irep.csv"
    path.write_text("\n".join([",".join(EMISSION_COLUMNS), *lines]) + "\n", encoding="utf-8")
    records = list(parse_large_plants(path))
    assert records[0] == ("001.1", "USINE", "20.13B", 5.2, 45.1, "API BAN")
    assert refused(records) == [(4, "Code_APE"), (6, "latitude")]
    assert len(records) == 3
