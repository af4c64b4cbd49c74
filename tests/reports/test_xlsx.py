"""The workbook: typed cells, a sheet a theme, names that are legal, nothing that runs; opens elsewhere."""

import math
import re
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from basins.indicators import indicators
from explorer.column_meanings import meaning
from explorer.tables import Cell, Column, Signed, Table, heading
from explorer.wording import number, status_label, with_unit
from explorer.workbooks import (
    ILLEGAL_IN_NAMES,
    LONGEST_NAME,
    Book,
    dictionary_rows,
    height,
    unique_headings,
    write_dictionary,
)
from reports.contents.basin import basin_report
from reports.document import Document, KeyFigures, Sheet
from reports.writers.key_values import typed
from reports.writers.xlsx import write
from scoring.service import current_facts
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


def themes(document: Document) -> list[list[Table]]:
    """Return the tables of each sheet of a theme, in order."""
    summary = [one for one in document.summary if isinstance(one, Sheet)]
    groups = [summary, *(one.sheets() for one in document.chapters)]
    return [[one.table for one in sheets] for sheets in groups if sheets]


def found_tables(sheet: Worksheet, tables: list[Table]) -> list[list[list[Any]]]:
    """Return the cells of the tables of a sheet: the whole sheet, or the ranges that bear filters."""
    if len(tables) == 1:
        return [rows(sheet)]
    return [[[cell.value for cell in row] for row in sheet[one.ref]] for one in sheet.tables.values()]


def test_each_table_is_whole_with_typed_cells_on_the_sheet_of_its_theme(document: Document) -> None:
    sheets, groups = data_sheets(opened(write(document))), themes(document)
    assert len(sheets) == len(groups) == len({one.title for one in sheets})
    for sheet, tables in zip(sheets, groups, strict=True):
        for (head, *body), table in zip(found_tables(sheet, tables), tables, strict=True):
            assert head == unique_headings(table.columns)
            for found, row in zip(body, table.rows, strict=True):
                assert found == [expected(cell, column) for cell, column in zip(row, table.columns, strict=True)]


def test_headers_are_frozen_and_every_table_has_its_filters(document: Document) -> None:
    for sheet, tables in zip(data_sheets(opened(write(document))), themes(document), strict=True):
        assert sheet.freeze_panes == "B2" and sheet.print_title_rows == "$1:$1"
        if len(tables) == 1:
            assert sheet.auto_filter.ref == sheet.dimensions and not sheet.tables
        else:
            assert [one.autoFilter.ref for one in sheet.tables.values()] == [one.ref for one in sheet.tables.values()]
            assert sheet.auto_filter.ref is None


def test_libreoffice_keeps_the_filters_of_every_table(document: Document, office: Convert) -> None:
    with zipfile.ZipFile(BytesIO(office(write(document), "xlsx", "ods"))) as archive:
        content = archive.read("content.xml").decode()
    ranges = re.findall(r"<table:database-range [^>]*>", content)
    filtered = [one for one in ranges if 'display-filter-buttons="true"' in one]
    assert len(filtered) >= sum(len(tables) for tables in themes(document))


def test_a_chapter_has_a_short_name_that_is_not_cut(french: None) -> None:
    document = basin_report(current_facts(), "8425", "https://bassins.example")
    names = [one.title for one in data_sheets(opened(write(document)))]
    assert {"Foncier", "Accès", "Compétences", "Activités possibles"} <= set(names)
    assert len(names) == len(themes(document)) and not [one for one in names if "(" in one or len(one) > 25]


def test_years_are_whole_numbers_without_separator(french: None) -> None:
    document = basin_report(current_facts(), "8425", "https://bassins.example")
    book = opened(write(document))
    found = 0
    for sheet in data_sheets(book):
        for one in sheet.tables.values():
            head, *body = sheet[one.ref]
            if head[0].value == "Année":
                found += 1
                assert all(isinstance(row[0].value, int) and row[0].number_format == "0" for row in body)
                assert 1990 < body[0][0].value < body[-1][0].value
    assert found == 2


def test_key_figures_are_numbers_with_their_unit_and_sign(french: None) -> None:
    document = basin_report(current_facts(), "8425", "https://bassins.example")
    lines = {row[0].value: row for row in opened(write(document))["Lire"].iter_rows(max_col=5)}
    [figures] = [one.figures for one in document.summary if isinstance(one, KeyFigures)]
    for one in figures:
        _label, value, unit, note, _source = lines[one.label]
        assert isinstance(value.value, int | float) and (note.value or "") == one.note
        decimals = len(value.number_format.partition("0.")[2]) if "0." in value.number_format else 0
        sign = "≈" if "≈" in value.number_format else ""
        written = with_unit(number(value.value, decimals), unit.value or "")
        assert squeezed(f"{sign}{written}") == squeezed(one.value)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("57\u202f168", (Signed(57168.0, "", 0), "")),
        ("\u221239,5\u202f%", (Signed(-39.5, "", 1), "%")),
        ("≈\u202f32,1\u00a0pour 100 emplois", (Signed(32.1, "≈", 1), "pour 100 emplois")),
        ("0,08\u00a0MW", (Signed(0.08, "", 2), "MW")),
        ("1er", (Signed(1, "", 0), "rang")),
        ("1er – 2e", ("1er – 2e", "")),
        ("12 à 15\u00a0km", ("12 à 15\u00a0km", "")),
        ("inconnu", ("inconnu", "")),
        ("32.50B", ("32.50B", "")),
        ("", ("", "")),
    ],
)
def test_a_written_figure_is_read_back(french: None, text: str, expected: tuple[Any, str]) -> None:
    assert typed(text) == expected


def test_english_figures_are_read_back() -> None:
    with override("en"):
        assert typed("57,168") == (Signed(57168.0, "", 0), "")
        assert typed("46.0%") == (Signed(46.0, "", 1), "%")
        assert typed("2nd") == (Signed(2, "", 0), _("rang"))


def test_a_meaning_is_never_the_heading_again(french: None) -> None:
    document = basin_report(current_facts(), "8425", "https://bassins.example")
    head, *entries = rows(opened(write(document))["Dictionnaire"])
    assert head == ["Feuille", "Tableau", "Colonne", "Unité", "Nature", "Sens", "Source"]
    meanings = {(row[1], row[2]): row[5] for row in entries}
    assert not [one for one, words in meanings.items() if words and words.casefold() in one[1].casefold()]
    known = [one for one in meanings.values() if one]
    assert len(known) > 0.7 * len(meanings)


def test_a_count_that_bears_the_name_of_a_rate_does_not_take_its_meaning(french: None) -> None:
    rate = indicators()["living.gp_per_10000"]
    assert meaning("x", Column(str(rate.label), unit=str(rate.unit), decimals=1)) == str(rate.method)
    assert meaning("communes", Column(str(rate.label), decimals=0)) == ""


def test_the_column_of_meanings_goes_where_none_is_known(french: None) -> None:
    target = BytesIO()
    book = Book(target, title="")
    write_dictionary(book, dictionary_rows("t", Table("t", "T", [Column("Inconnue au bataillon")], ()), "Insee"))
    book.close()
    assert rows(opened(target.getvalue())["Dictionnaire"])[0] == [
        "Feuille", "Tableau", "Colonne", "Unité", "Nature", "Source",
    ]  # fmt: skip


def test_two_columns_of_one_name_keep_filters_that_tell_them_apart() -> None:
    columns = [Column("Mayotte", decimals=1), Column("mayotte", decimals=1), Column("Mayotte", unit="%", decimals=1)]
    assert unique_headings(columns) == ["Mayotte", "mayotte (2)", "Mayotte (%)"]


def test_no_cell_is_a_formula(document: Document) -> None:
    kinds = {cell.data_type for sheet in opened(write(document)) for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}


def test_it_says_what_the_report_says(document: Document) -> None:
    book = opened(write(document))
    told = plain(" ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None))
    numbers = {one.value for block in document.blocks() if isinstance(block, KeyFigures) for one in block.figures}
    absent = [one for one in sentences(document) if plain(one) not in told]
    missing = [one for one in absent if one not in titles(document) and one not in numbers]
    assert not missing


def titles(document: Document) -> list[str]:
    """Return the titles of chapters that a sheet bears cut, or rid of what its name may not hold."""
    return [one.title for one in document.chapters if ILLEGAL_IN_NAMES.search(one.title) or one.title == "History"]


def test_every_column_is_explained_and_every_source_listed(document: Document) -> None:
    book = opened(write(document))
    head, *body = rows(book["Dictionnaire"])
    entries = [dict(zip(head, row, strict=True)) for row in body]
    columns = [(one, column) for one in document.sheets() for column in one.table.columns]
    assert len(entries) == len(columns)
    for entry, (one, column) in zip(entries, columns, strict=True):
        assert entry["Tableau"] == one.table.title and entry["Colonne"].startswith(heading(column))
        assert (entry["Unité"] or "") == column.unit and entry["Nature"] and entry["Feuille"] in book.sheetnames
        assert (entry["Source"] or "") == (column.source or one.source)
        assert (entry["Sens"] or "") == meaning(one.table.id, column)
    assert [row[1] for row in rows(book["Sources"])[1:]] == [one.title for one in document.provenance.sources]


def test_the_first_sheet_leads_to_every_table(document: Document) -> None:
    book = opened(write(document))
    assert book.active.title == "Lire"
    places = [cell.hyperlink.location for cell in book["Lire"]["A"] if cell.hyperlink and cell.hyperlink.location]
    assert len(places) == len(document.sheets())
    for place, one in zip(places, document.sheets(), strict=True):
        name, _mark, cell = place.rpartition("!")
        first = book[name.strip("'").replace("''", "'")][cell].value
        assert first in (one.table.title, heading(one.table.columns[0]))


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


@given(st.lists(st.from_regex(r"[a-zé]{1,20}", fullmatch=True), min_size=1, max_size=9))
def test_names_of_sheets_are_never_cut_inside_a_word(words: list[str]) -> None:
    found = Book(BytesIO(), title="").free_name(" ".join(words))
    assert found.split() == words[: len(found.split())]


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
