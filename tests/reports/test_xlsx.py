"""The workbook: typed cells, one table a sheet, names that are legal, nothing that runs; opens elsewhere."""

import math
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from explorer.tables import Cell, Column, Signed, heading
from explorer.wording import status_label
from explorer.workbooks import ILLEGAL_IN_NAMES, LONGEST_NAME, Book, height
from reports.document import Document
from reports.writers.xlsx import write
from tests.reports.conftest import Convert
from tests.reports.extracts import plain, sentences

pytestmark = pytest.mark.django_db
FRAME = ("Lire", "Constats", "Sources", "Dictionnaire")


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def rows(sheet: Worksheet) -> list[list[Any]]:
    return [list(row) for row in sheet.values]


def data_sheets(book: Workbook) -> list[Worksheet]:
    return [one for one in book if one.title not in FRAME]


def expected(cell: Cell, column: Column) -> Any:
    """Return what a typed cell holds, by its own rules."""
    if isinstance(cell, Signed):
        cell = cell.value
    if cell is None or cell == "" or isinstance(cell, float) and math.isnan(cell):
        return None
    if column.is_status:
        return status_label(str(cell))
    return cell.replace("\0", "").replace("\r", "\n") if isinstance(cell, str) else pytest.approx(float(cell))


def test_each_table_is_whole_on_a_sheet_with_typed_cells(document: Document) -> None:
    sheets, tables = data_sheets(opened(write(document))), [one.table for one in document.sheets()]
    assert len(sheets) == len(tables)
    for sheet, table in zip(sheets, tables, strict=True):
        head, *body = rows(sheet)
        assert head == [heading(one) for one in table.columns]
        for found, row in zip(body, table.rows, strict=True):
            assert found == [expected(cell, column) for cell, column in zip(row, table.columns, strict=True)]


def test_headers_are_frozen_and_filtered(document: Document) -> None:
    for sheet in data_sheets(opened(write(document))):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"


def test_no_cell_is_a_formula(document: Document) -> None:
    kinds = {cell.data_type for sheet in opened(write(document)) for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}


def test_it_says_what_the_report_says(document: Document) -> None:
    book = opened(write(document))
    told = plain(" ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None))
    missing = [one for one in sentences(document) if plain(one) not in told and one not in titles(document)]
    assert not missing


def titles(document: Document) -> list[str]:
    """Return the titles of chapters that a sheet bears cut, or rid of what its name may not hold."""
    return [one.title for one in document.chapters if ILLEGAL_IN_NAMES.search(one.title) or one.title == "History"]


def test_every_column_is_explained_and_every_source_listed(document: Document) -> None:
    book = opened(write(document))
    entries = {(row[0], row[1]): row for row in rows(book["Dictionnaire"])[1:]}
    for sheet, one in zip(data_sheets(book), document.sheets(), strict=True):
        for column in one.table.columns:
            _name, _head, unit, nature, meaning, source = entries[sheet.title, heading(column)]
            assert (unit or "") == column.unit and nature and meaning
            assert (source or "") == (column.source or one.source)
    assert [row[1] for row in rows(book["Sources"])[1:]] == [one.title for one in document.provenance.sources]


def test_the_first_sheet_leads_to_the_others(document: Document) -> None:
    book = opened(write(document))
    assert book.active.title == "Lire"
    places = [cell.hyperlink.location for cell in book["Lire"]["A"] if cell.hyperlink and cell.hyperlink.location]
    assert places == ["'" + one.title.replace("'", "''") + "'!A1" for one in data_sheets(book)]


def test_the_same_report_makes_the_same_bytes(document: Document) -> None:
    assert write(document) == write(document)


@given(st.lists(st.text(max_size=40), max_size=12))
def test_names_of_sheets_are_legal_and_unique(names: list[str]) -> None:
    book = Book(BytesIO(), title="")
    found = [book.free_name(one) for one in names]
    assert len({one.lower() for one in found}) == len(found)
    for one in found:
        assert 0 < len(one) <= LONGEST_NAME and not ILLEGAL_IN_NAMES.search(one)
        assert not one.startswith("'") and not one.endswith("'") and one.lower() != "history"
        book.workbook.add_worksheet(one)


def test_a_long_text_makes_a_tall_row() -> None:
    assert height(["a", "b" * 100], [10.0, 20.0]) == 5 * height(["a"], [10.0])


def test_numbers_keep_their_sign_and_decimals_apart() -> None:
    target = BytesIO()
    book = Book(target, title="")
    columns = [Column("n", decimals=1)]
    book.table("t", columns, [[-1234.56], [Signed(-2.0, "≈", 0)], [None], [float("nan")]])
    book.close()
    sheet = opened(target.getvalue())["t"]
    assert [cell.value for cell in sheet["A"]] == ["n", -1234.56, -2]
    assert [cell.number_format for cell in sheet["A"]][1:] == ["#,##0.0", '"≈ "#,##0']


def test_libreoffice_opens_it(document: Document, office: Convert) -> None:
    content = office(write(document), "xlsx", "ods")
    assert content.startswith(b"PK")
