"""Files as they arrive: the exact rows, or a refusal that names the file, the place, the reason and the remedy."""

import gzip
import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from django.core.management import CommandError, call_command

from basins.raw import RawRegion
from sources import readers
from sources.apps import discover_datasets
from sources.models import RejectedRow, Release
from sources.readers import LayoutError, csv_rows, json_document, parquet_rows, sheet_rows
from sources.registry import DATASETS
from sources.services import RefusedRows, ingest_file

HEADER = ["code", "nom", "valeur"]
TABLE = [["01001", "L'Abergement, été", "1,5"], ["2A004", "Ajaccio; œuvre", "-0"], ["97411", "Saint-Denis", ""]]


def written(rows, delimiter=";", end="\n"):
    import csv

    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


GOOD = written([HEADER, *TABLE])
XLSX = io.BytesIO()
BOOK = openpyxl.Workbook()
for _row in (HEADER, *TABLE):
    BOOK.active.append(_row)
BOOK.save(XLSX)


def read(path, encoding="utf-8-sig"):
    return [[row[name] for name in HEADER] for _line, row in csv_rows(path, HEADER, delimiter=";", encoding=encoding)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "table.csv"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (GOOD.encode(), "utf-8-sig"),
        (GOOD.encode("utf-8-sig"), "utf-8-sig"),
        (GOOD.encode("utf-16"), "utf-8-sig"),
        (GOOD.encode("utf-32"), "utf-8-sig"),
        (GOOD.encode("utf-16-le"), "utf-8-sig"),
        (GOOD.encode("utf-16-be"), "utf-8-sig"),
        (GOOD.encode("cp1252"), "cp1252"),
        (GOOD.encode(), "cp1252"),
        (GOOD.encode("utf-8-sig"), "cp1252"),
        (gzip.compress(GOOD.encode()), "utf-8-sig"),
        (written([HEADER, *TABLE], ",").encode(), "utf-8-sig"),
        (written([HEADER, *TABLE], "\t").encode(), "utf-8-sig"),
        (written([HEADER, *TABLE], end="\r\n").encode(), "utf-8-sig"),
        (GOOD.replace("\n", "\n\n").encode(), "utf-8-sig"),
    ],
)
def test_ways_of_writing_one_table_give_the_same_rows(path, content, declared):
    path.write_bytes(content)
    assert read(path, declared) == TABLE


REFUSED = {
    "8-bit text": (GOOD.encode("cp1252"), "n'est pas en utf-8-sig .*ligne 2.*« CSV UTF-8 »"),
    "null character": (GOOD.replace("Ajaccio", "Aja\0ccio").encode(), "ligne 3 : caractère nul"),
    "empty": (b"", "le fichier est vide"),
    "other separator and names": (written([["a", "b", "c"]]).encode(), "colonnes absentes : code, nom, valeur"),
    "missing column": (written([HEADER[:2], *[row[:2] for row in TABLE]]).encode(), "colonnes absentes : valeur"),
    "unknown column": (written([[*HEADER, "x"]]).encode(), "colonnes inconnues : x"),
    "column twice": (written([[*HEADER, "code"]]).encode(), "colonnes en double : code"),
    "cell too many": (
        GOOD.replace("Saint-Denis;", "Saint-Denis;;").encode(),
        "ligne 4 : .*4 au lieu de 3.*sans guillem",
    ),
    "cell too few": (GOOD.replace("97411;", "97411").encode(), "ligne 4 : .*2 au lieu de 3"),
    "stray quote": (GOOD.replace("Saint-Denis", '"Saint"-Denis').encode(), "ligne 4 : .*guillemet mal placé"),
    "quote never closed": (GOOD.replace("Saint-Denis", '"Saint-Denis').encode(), "ligne 4 : .*jamais refermé"),
    "header again": ((GOOD + GOOD).encode(), "ligne 5 : l'en-tête y revient"),
    "huge cell": (GOOD.replace("Saint-Denis", "x" * 200_000).encode(), "ligne 4 : .*field larger"),
    "line without end": (b"code;nom;valeur\n01001;" + b"x" * (5 << 20), "ligne 2 : ligne de plus de 4 Mo"),
    "too many columns": (";".join(["code", "nom", "valeur", *map(str, range(100_000))]).encode(), "100003 colonnes"),
    "truncated archive": (gzip.compress((GOOD * 1000).encode())[:-20], "tronqué.*Téléchargez-le de nouveau"),
    "altered archive": (gzip.compress(GOOD.encode())[:-6] + b"\xff" * 6, "illisible ou tronqué"),
    "workbook named csv": (XLSX.getvalue(), "archive zip ou un classeur Excel.*malgré son nom"),
    "page named csv": (b"<!DOCTYPE html><html>Erreur", "page web.*malgré son nom"),
    "document named csv": (b"%PDF-1.7 \n", "document PDF"),
    "columnar file named csv": (b"PAR1\0\0PAR1", "fichier Parquet"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_exactly_is_refused_in_words(path, case):
    content, message = REFUSED[case]
    path.write_bytes(content)
    with pytest.raises(LayoutError, match=f"(?s){path.name}.*{message}"):
        read(path)


@pytest.mark.parametrize("cut", range(0, len(XLSX.getvalue()), 500))
def test_a_workbook_cut_anywhere_is_refused(tmp_path, cut):
    path = tmp_path / "table.xlsx"
    path.write_bytes(XLSX.getvalue()[:cut])
    with pytest.raises(LayoutError, match="vide|tronqué|abîmé"):
        list(sheet_rows(path, HEADER))


def test_a_workbook_whose_sheet_is_altered_is_refused(tmp_path):
    path = tmp_path / "table.xlsx"
    content = bytearray(XLSX.getvalue())
    with zipfile.ZipFile(XLSX) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[start + 60 : start + 200] = b"\xff" * 140
    path.write_bytes(content)
    with pytest.raises(LayoutError, match="tronqué|abîmé"):
        list(sheet_rows(path, HEADER))


def test_a_workbook_under_a_password_is_refused(tmp_path):
    path = tmp_path / "table.xlsx"
    content = bytearray(XLSX.getvalue())
    with zipfile.ZipFile(XLSX) as archive:
        end = len(content)
        central = content.find(b"PK\x01\x02")
        assert archive.start_dir == central
    while 0 <= central < end:
        content[central + 8] |= 1
        central = content.find(b"PK\x01\x02", central + 4)
    path.write_bytes(content)
    with pytest.raises(LayoutError, match="tronqué|abîmé"):
        list(sheet_rows(path, HEADER))


@pytest.mark.parametrize("content", [GOOD.encode(), b"<html>", b"PAR1", b"%PDF", gzip.compress(b"x")])
def test_what_is_no_workbook_or_columnar_file_is_told(tmp_path, content):
    for name, reader in (("t.xlsx", sheet_rows), ("t.parquet", parquet_rows)):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(LayoutError, match=rf"{name} : (c'est .*malgré son nom|n'est pas)"):
            list(reader(path, HEADER))


def test_a_workbook_that_unpacks_beyond_reason_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "t.xlsx"
    path.write_bytes(XLSX.getvalue())
    assert [list(row.values()) for _line, row in sheet_rows(path, HEADER)] == TABLE
    monkeypatch.setattr("sources.workbooks.UNPACKED_BYTES", 100)
    with pytest.raises(LayoutError, match="se déplie"):
        list(sheet_rows(path, HEADER))


def test_a_formula_in_error_is_refused_on_the_sheet_that_is_read(tmp_path):
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    for row in (HEADER, *TABLE):
        book.active.append(row)
    other = book.create_sheet("autre")
    other["B2"] = "#N/A"
    book.save(path)
    assert len(list(sheet_rows(path, HEADER))) == 3
    book.active["C3"] = "#REF!"
    book.save(path)
    with pytest.raises(LayoutError, match="cellule C3 : formule en erreur"):
        list(sheet_rows(path, HEADER))


def test_a_columnar_file_cut_or_altered_is_refused(tmp_path):
    path = tmp_path / "t.parquet"
    pd.DataFrame(TABLE, columns=HEADER).to_parquet(path, compression="gzip")
    content = path.read_bytes()
    assert [list(row.values()) for _line, row in parquet_rows(path, HEADER)] == TABLE
    for altered in (content[:-50], content[:10] + b"\xff" * 40 + content[50:]):
        path.write_bytes(altered)
        with pytest.raises(LayoutError, match=r"t\.parquet"):
            list(parquet_rows(path, HEADER))


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"a": ', b"", b"\xff\xfe", gzip.compress(b"{}" * 5000)[:-9], b"<html>"]
)
def test_a_document_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "t.json"
    path.write_bytes(content)
    with pytest.raises(LayoutError, match=r"t\.json"):
        json_document(path)


def test_a_document_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "t.json.gz"
    path.write_bytes(gzip.compress(b'"' + b"x" * 5000 + b'"'))
    assert len(json_document(path)) == 5000
    monkeypatch.setattr(readers, "UNPACKED_BYTES", 1000)
    with pytest.raises(LayoutError, match="plus de"):
        json_document(path)


REGIONS = "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n24,45234,2,A,A,Centre\n"


@pytest.fixture
def regions(db, empty_database):
    discover_datasets()
    return DATASETS["insee-regions"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (REGIONS.splitlines()[0] + "\n", "rien sous l'en-tête"),
        (REGIONS.splitlines()[0] + "\n,1,0,A,A,Sans code\n", "1 rejetées ; ligne 2, REG = '' : texte vide"),
        (REGIONS + "11,75056,1\n", "ligne 3 : nombre de champs"),
    ],
)
def test_nothing_is_loaded_and_the_older_rows_stay(regions, tmp_path, text, message):
    (tmp_path / "a.csv").write_text(REGIONS)
    ingest_file(regions, tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text(text)
    with pytest.raises(LayoutError, match=message):
        ingest_file(regions, tmp_path / "b.csv")
    assert list(RawRegion.objects.values_list("name", flat=True)) == ["Centre"]
    assert Release.objects.count() == 1 and not RejectedRow.objects.exists()


def test_strict_loads_nothing_when_a_row_is_refused(regions, tmp_path, capsys):
    path = tmp_path / "cog_regions.csv"
    path.write_text(REGIONS + ",1,0,A,A,Sans code\n,1,0,A,A,Autre\n")
    with pytest.raises(RefusedRows):
        ingest_file(regions, path, strict=True)
    with pytest.raises(CommandError, match=r"2 lignes rejetées\. Rien n'a été chargé \(--strict\)"):
        call_command("ingest", "insee-regions", data=tmp_path, strict=True, skip_checks=True)
    assert "ligne 3, REG = '' : texte vide (2 lignes)" in capsys.readouterr().out
    assert not RawRegion.objects.exists()
    call_command("ingest", "insee-regions", data=tmp_path, skip_checks=True)
    assert RawRegion.objects.count() == 1


def test_a_refusal_is_stored_whatever_its_cell_holds(regions, tmp_path, monkeypatch):
    from dataclasses import replace

    from sources.registry import Rejected

    def parse(path):
        yield regions.record("24", "Centre")
        yield Rejected(3, "colonne" * 30, "va\0leur" * 100, "raison " * 100)

    (tmp_path / "a.csv").write_text(REGIONS)
    ingest_file(replace(regions, parse=parse), tmp_path / "a.csv")
    kept = RejectedRow.objects.get()
    assert (len(kept.column), len(kept.value), len(kept.reason)) == (80, 200, 300)
    assert "\u2400" in kept.value


@pytest.mark.parametrize("name", ["x" * 61, "a\0b"])
def test_a_value_the_database_refuses_is_told_and_nothing_is_loaded(regions, tmp_path, name):
    from dataclasses import replace

    (tmp_path / "a.csv").write_text(REGIONS)
    broken = replace(regions, parse=lambda path: iter([regions.record("24", name)]))
    with pytest.raises(LayoutError, match=r"a\.csv : la base refuse une valeur"):
        ingest_file(broken, tmp_path / "a.csv")
    assert not Release.objects.exists()


def test_a_file_changed_since_it_was_brought_is_told(regions, tmp_path, capsys):
    import json

    path = tmp_path / "insee-regions_2027.csv"
    path.write_text(REGIONS)
    (tmp_path / "fetch.json").write_text(json.dumps({path.name: {"sha256": "0" * 64}}))
    call_command("ingest", "insee-regions", data=tmp_path, skip_checks=True)
    assert "a changé depuis son téléchargement" in capsys.readouterr().out
    assert Release.objects.get().vintage == "2027"
