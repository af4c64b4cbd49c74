"""Text that begins like a formula stays text in every file and every reader; negative numbers stay numbers."""

import csv
import io

import openpyxl
import pandas as pd
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from explorer.csv_tables import csv_chunks
from explorer.downloads import csv_text
from explorer.table_workbook import table_workbook
from explorer.tables import Column, Signed, Table
from scoring.service import current_facts
from tests.reports.conftest import Convert

pytestmark = pytest.mark.django_db
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0=", "＝", "＋", "－", "＠"]
SPACES = ["", " ", "  ", "\u00a0", "\u202f", "\u3000", " \t"]
BATTERY = [f"{space}{sign}1+1" for sign in SIGNS for space in SPACES] + ["=cmd|'/c calc'!A0", '=HYPERLINK("http://x")']
NUMBERS = [-1234.5, -0.25, 0.0, 1e7, -3.0]
COLUMNS = [Column("Texte"), Column("Solde", "%", 2), Column("Emplois", decimals=0)]
ROWS = [[text, NUMBERS[place % 5], Signed(-1.0 - place, "≈")] for place, text in enumerate(BATTERY)]
TABLE = Table("t", "Essai", COLUMNS, ROWS)
# What LibreOffice is told: semicolon, UTF-8, the language whose numbers it reads, and to run nothing of the text.
FRENCH_READER = "Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true"


def french_csv() -> str:
    with translation.override("fr"):
        return csv_text(current_facts(), TABLE, permalink="https://ici/", international=False)


def test_the_csv_is_read_back_as_text_and_numbers() -> None:
    read = list(csv.DictReader(io.StringIO(french_csv().removeprefix("\ufeff"), newline=""), delimiter=";"))
    for row, (text, value, _jobs) in zip(read, ROWS, strict=True):
        assert row["Texte"] == "'" + str(text).replace("\0", "")
        assert float(row["Solde (%)"].replace(",", ".")) == value


def test_pandas_reads_numbers_of_both_variants() -> None:
    french = pd.read_csv(io.StringIO(french_csv()), sep=";", decimal=",")
    assert french["Solde (%)"].tolist() == [row[1] for row in ROWS]
    assert french["Emplois"].tolist() == [-1 - place for place in range(len(ROWS))]
    with translation.override("en"):
        text = csv_text(current_facts(), TABLE, permalink="https://ici/", international=True)
    plain = pd.read_csv(io.StringIO(text))
    assert plain.columns[0] == "Texte" and plain["Solde (%)"].tolist() == french["Solde (%)"].tolist()


def test_libreoffice_in_french_reads_text_as_text_and_numbers_as_numbers(office: Convert) -> None:
    content = office(french_csv().encode(), "csv", "xlsx", reading=FRENCH_READER)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [list(row)[:3] for row in sheet.iter_rows(min_row=2)]
    for (text, value, jobs), row in zip(cells, ROWS, strict=True):
        assert text.data_type == "s", row
        assert (value.data_type, jobs.data_type) == ("n", "n") and value.value == row[1]
        assert jobs.value == row[2].value  # type: ignore[union-attr]


def workbook() -> bytes:
    with translation.override("fr"):
        return table_workbook(current_facts(), TABLE, permalink="https://ici/")


def test_the_workbook_keeps_texts_as_they_are() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook()))["Tableau"]
    for (text, value, jobs), row in zip(sheet.iter_rows(min_row=2), ROWS, strict=True):
        assert text.data_type == "s"
        assert text.value == str(row[0]).replace("\0", "").replace("\r", "\n")
        assert (value.data_type, value.value, jobs.value) == ("n", row[1], row[2].value)  # type: ignore[union-attr]


def test_pandas_reads_the_workbook() -> None:
    frame = pd.read_excel(io.BytesIO(workbook()), sheet_name="Tableau", engine="openpyxl")
    assert frame["Solde (%)"].tolist() == [row[1] for row in ROWS] and frame["Emplois"].max() == -1


def test_libreoffice_finds_no_formula_in_the_workbook(office: Convert) -> None:
    content = office(workbook(), "xlsx", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Tableau"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row} == {"n"}


@given(
    st.lists(st.tuples(st.text(max_size=12), st.floats(-1e9, 1e9), st.integers(-9, 9)), min_size=1, max_size=8),
    st.booleans(),
)
def test_any_text_comes_back_and_any_number_is_itself(rows: list[tuple[str, float, int]], plain: bool) -> None:
    text = "".join(csv_chunks(["a", "b", "c"], rows, international=plain)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if plain else ";"))[1:]
    for (told, value, count), (found, number, whole) in zip(rows, read, strict=True):
        clean = told.replace("\0", "")
        assert found in (clean, f"'{clean}")
        assert float(number.replace(",", ".")) == pytest.approx(value, abs=1e-6) and int(whole) == count
