import csv
import gzip
from pathlib import Path

import pytest

from economy.ingest.commune_sectors import last_year, parse_commune_sectors
from economy.raw import RawCommuneSector
from sources.readers import LayoutError
from sources.registry import DATASETS, Rejected
from sources.services import ingest_file
from tests.economy.worlds import DATA_DIR, needs_full_data

HEADER = (
    "Région;Commune;Secteur NA38;Code commune;Code APE;Nombre d'établissements 2021;Effectifs salariés 2021;"
    "Nombre d'établissements 2022;Effectifs salariés 2022\n"
)
ROWS = (
    "Normandie;76005 Amfreville;CH Métallurgie;76005;2562B;1;12;2;40\n"
    'Normandie;"76319 Grand-Couronne; port";CH Métallurgie;76319;2562B;;;1;s\n'
    "Corse;2A004 Ajaccio;CA Alimentaire;2A004;1071C;3;1 204;;0\n"
    "Corse;2A004 Ajaccio;CH Métallurgie;2A004;2562B;s;s;2;\n"
)


def export(folder, text=HEADER + ROWS, name="urssaf-commune-ape_2022.csv"):
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def test_a_year_blank_in_both_columns_is_nothing_and_what_is_secret_stays_unknown(tmp_path):
    assert list(parse_commune_sectors(export(tmp_path))) == [
        ("76005", "25.62B", [2021, 2022], [1, 2], [12, 40]),
        ("76319", "25.62B", [2021, 2022], [0, 1], [0, None]),
        ("2A004", "10.71C", [2021, 2022], [3, None], [1204, 0]),
        ("2A004", "25.62B", [2021, 2022], [None, 2], [None, None]),
    ]


def test_the_years_are_those_of_the_file_whatever_their_order(tmp_path):
    header = "Code APE;Effectifs salariés 2031;Effectifs salariés 2030;Nombre d'établissements 2030;Code commune;"
    path = export(tmp_path, header + "Nombre d'établissements 2031\n2562B;31;30;3;01001;4\n")
    assert list(parse_commune_sectors(path)) == [("01001", "25.62B", [2030, 2031], [3, 4], [30, 31])]
    assert last_year(path) == "2031"


def test_rows_that_make_no_sense_are_refused_by_line_and_column(tmp_path):
    bad = (
        "N;x;y;1001;2562B;1;1;1;1\nN;x;y;76005;25;1;1;1;1\nN;x;y;76005;2562C;1;1,5;1;1\n"
        "N;x;y;76005;2562D;-1;1;1;1\nN;x;y;76005;2562B;9;9;9;9\n"
    )
    found = [one for one in parse_commune_sectors(export(tmp_path, HEADER + ROWS + bad)) if isinstance(one, Rejected)]
    assert [(one.line, one.column) for one in found] == [
        (6, "Code commune"),
        (7, "Code APE"),
        (8, "Effectifs salariés 2021"),
        (9, "Nombre d'établissements 2021"),
        (10, "insee_code"),
    ]


def test_a_year_without_its_pair_or_no_year_at_all_stops_the_file(tmp_path):
    with pytest.raises(LayoutError, match="absentes : Nombre d'établissements 2023"):
        list(parse_commune_sectors(export(tmp_path, "Code commune;Code APE;Effectifs salariés 2023\n")))
    with pytest.raises(LayoutError, match="aucune colonne « Effectifs salariés AAAA »"):
        list(parse_commune_sectors(export(tmp_path, "Code commune;Code APE\n")))


@pytest.mark.django_db
def test_the_export_is_loaded_compressed_or_not_with_its_last_year_for_vintage(tmp_path):
    path = tmp_path / "urssaf-commune-ape.csv.gz"
    path.write_bytes(gzip.compress((HEADER + ROWS).encode("utf-8-sig")))
    report = ingest_file(DATASETS["urssaf-commune-ape"], path)
    assert report.release_key.startswith("urssaf-commune-ape@2022+")
    row = RawCommuneSector.objects.get(insee_code="76319", release__key=report.release_key)
    assert (row.naf_code, row.years, row.establishment_counts, row.jobs) == (
        "25.62B", [2021, 2022], [0, 1], [0, None],
    )  # fmt: skip


@needs_full_data
def test_the_published_sample_is_read_whole():
    (path,) = Path(DATA_DIR).rglob("urssaf_commune_x_ape_rouen_sample_2006_2022.csv.gz")
    found = list(parse_commune_sectors(path))
    assert not [one for one in found if isinstance(one, Rejected)]
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    assert len(found) == len(rows) == 9338
    assert sum(one.jobs[-1] or 0 for one in found) == sum(int(row["Effectifs salariés 2022"] or 0) for row in rows)
