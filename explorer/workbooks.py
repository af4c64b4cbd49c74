"""Workbooks (XLSX): typed cells, headers frozen and filtered, one table a sheet or several; nothing runs."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from explorer.column_meanings import meaning
from explorer.tables import Cell, Column, Signed, Table, heading
from explorer.wording import status_label

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Limits of the file format.
LONGEST_NAME, LONGEST_TEXT, LONGEST_URL = 31, 32_767, 2_079
ILLEGAL_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\uffff\U00010000-\U0010ffff]")
# What no XML file may hold.
ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet keeps this name for itself.
RESERVED_NAME = "history"
# In characters of the usual size; what is longer is wrapped.
NARROWEST, USUAL, WIDEST = 9, 12, 60
LINE_POINTS = 15.0
ROWS_MEASURED = 100
ACCENT, INK_SOFT, HEADER_FILL = "#0B5658", "#414E4A", "#E2EEEA"


class Book:
    """A workbook being written, the names of its sheets, and its formats, each made once."""

    def __init__(
        self, target: IO[bytes], *, title: str, subject: str = "", about: str = "", is_long: bool = False
    ) -> None:
        """Title, subject and `about` go to the properties of the file; `is_long` keeps one row at a time in memory."""
        from xlsxwriter import Workbook

        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        options |= {"constant_memory": True} if is_long else {"in_memory": True}
        self.workbook: Workbook = Workbook(target, options)
        made = datetime.combine(timezone.localdate(), time())
        properties = {"title": title, "subject": subject, "comments": about, "created": made}
        self.workbook.set_properties(properties)
        self._names: set[str] = {RESERVED_NAME}
        self._tables: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._numbers: dict[tuple[int | None, str], Format] = {}
        self._texts = (self.format(), self.format(text_wrap=True))

    def sheet(self, name: str) -> "Worksheet":
        """Return a new sheet under a name that the file format accepts and that no other sheet bears."""
        return self.workbook.add_worksheet(self.free_name(name))

    def free_name(self, name: str) -> str:
        """Return a name without what is illegal in it, whole words up to 31 characters, numbered where it is taken."""
        clean = " ".join(ILLEGAL_IN_NAMES.sub(" ", name).split()).strip("'") or "Table"
        tail, number = "", 1
        while (found := f"{whole_words(clean, LONGEST_NAME - len(tail))}{tail}").lower() in self._names:
            number += 1
            tail = f" ({number})"
        self._names.add(found.lower())
        return found

    def format(self, **properties: Any) -> "Format":
        """Return the format of these properties, the same object each time."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({"valign": "top"} | properties)
        return self._formats[key]

    def number_format(self, decimals: int | None, sign: str = "") -> "Format":
        """Return the format of numbers with so many decimals, under their sign (≈, ≥): the cell keeps the number."""
        if (decimals, sign) not in self._numbers:
            digits = "General" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals, sign] = self.format(num_format=f'"{sign} "{digits}' if sign else digits)
        return self._numbers[decimals, sign]

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> "Worksheet":
        """Write a table on a sheet of its own: header in the first row, frozen, filtered, repeated when printed."""
        sheet = self.sheet(name)
        widths = table_widths(columns, rows if isinstance(rows, Sequence) else ())
        self.lay_out(sheet, widths)
        sheet.set_row(0, height(map(heading, columns), widths))
        for position, head in enumerate(unique_headings(columns)):
            write_text(sheet, 0, position, head, self.head_format())
        last = self.rows(sheet, 1, columns, rows, widths)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        return sheet

    def stacked_table(self, sheet: "Worksheet", first: int, name: str, table: Table, widths: Sequence[float]) -> int:
        """Write a table with filters of its own from a row of a sheet that holds others; return its last row."""
        columns = table.columns
        sheet.set_row(first, height(map(heading, columns), widths[: len(columns)]))
        last = max(self.rows(sheet, first + 1, columns, table.rows, widths[: len(columns)]), first + 1)
        heads = [{"header": clean(one), "header_format": self.head_format()} for one in unique_headings(columns)]
        about = {"title": clean(table.title), "name": self.free_table_name(name)}
        sheet.add_table(first, 0, last, len(columns) - 1, {"style": None, "columns": heads, **about})
        return last

    def free_table_name(self, name: str) -> str:
        """Return a name of table that the file format accepts and that no other table bears."""
        stem = "t_" + re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        found, number = stem, 1
        while found in self._tables:
            number += 1
            found = f"{stem}_{number}"
        self._tables.add(found)
        return found

    def lay_out(self, sheet: "Worksheet", widths: Sequence[float]) -> None:
        """Set the widths of columns and the page; the first row and the first column stay in sight."""
        for position, one in enumerate(widths):
            sheet.set_column(position, position, one)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def head_format(self) -> "Format":
        return self.format(bold=True, bg_color=HEADER_FILL, font_color=ACCENT, text_wrap=True, bottom=1)

    def rows(
        self,
        sheet: "Worksheet",
        first: int,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
    ) -> int:
        """Write rows from a first one and return the last, the one above the first where there is none."""
        last = first - 1
        for last, row in enumerate(rows, start=first):
            if any(isinstance(cell, str) and len(cell) > WIDEST for cell in row):
                sheet.set_row(last, height((cell if isinstance(cell, str) else "" for cell in row), widths))
            for position, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self.cell(sheet, last, position, cell, column)
        return last

    def cell(self, sheet: "Worksheet", row: int, position: int, cell: Cell, column: Column) -> None:
        """Write a cell by its type: a number stays one, a status is told in words, nothing is written for None."""
        sign, decimals = "", column.decimals
        if isinstance(cell, Signed):
            cell, sign, decimals = cell.value, cell.sign, decimals if cell.decimals is None else cell.decimals
        if cell is None or cell == "" or isinstance(cell, float) and math.isnan(cell):
            return
        if column.is_status:
            cell = status_label(str(cell))
        if isinstance(cell, str):
            write_text(
                sheet, row, position, cell, self.format(text_wrap=True) if len(cell) > WIDEST else self.format()
            )
        else:
            style = self.format(num_format="0", align="left") if column.is_year else self.number_format(decimals, sign)
            sheet.write_number(row, position, float(cell), style)

    def close(self) -> None:
        """Finish the file."""
        self.workbook.close()


def clean(text: str) -> str:
    """Return a text without the control characters that XML forbids, NUL first."""
    return ILLEGAL_IN_XML.sub("", text)


def whole_words(text: str, longest: int) -> str:
    """Return the first words of a text, so many characters at most; a first word that is longer is cut."""
    kept = text if len(text) <= longest else text[: longest + 1].rpartition(" ")[0] or text[:longest]
    return kept.rstrip("' ,;:-") or text[:longest].rstrip("' ")


def unique_headings(columns: Sequence[Column]) -> list[str]:
    """Return the headings of columns, numbered where two are alike: a filter knows its column by name."""
    found: list[str] = []
    for one in columns:
        head, number = heading(one), 1
        while head.lower() in {other.lower() for other in found}:
            number += 1
            head = f"{heading(one)} ({number})"
        found.append(head)
    return found


def table_widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Return the widths of the columns of a table."""
    return [width(column, position, rows) for position, column in enumerate(columns)]


def write_text(sheet: "Worksheet", row: int, position: int, text: str, style: "Format") -> None:
    """Write a text as a text, whatever it begins with; what no cell can hold is cut, which shows."""
    text = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_TEXT:
        text = f"{text[: LONGEST_TEXT - 1]}…"
    sheet.write_string(row, position, text, style)


def write_link(sheet: "Worksheet", row: int, position: int, url: str, style: "Format", text: str = "") -> None:
    """Write a web address as a link, as a text where it is longer than links may be."""
    if len(url) > LONGEST_URL or not url.startswith(("https://", "http://")):
        write_text(sheet, row, position, text or url, style)
    else:
        sheet.write_url(row, position, url, style, text or url[:LONGEST_URL])


def height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Return the height of a row of wrapped texts, in points: not every spreadsheet works it out by itself."""
    lines = [max(1, math.ceil(len(text) / width)) for text, width in zip(texts, widths, strict=True)]
    return LINE_POINTS * max(lines, default=1)


def width(column: Column, position: int, rows: Sequence[Sequence[Cell]]) -> float:
    """Return the width of a column: that of its longest cell, among the first ones, or of the words of its heading."""
    words = max((len(word) for word in heading(column).split()), default=0)
    longest = max((length(row[position], column) for row in rows[:ROWS_MEASURED]), default=USUAL)
    return min(WIDEST, max(NARROWEST, words + 3, longest + 2))


def length(cell: Cell, column: Column) -> int:
    """Return about how many characters a cell takes."""
    if isinstance(cell, Signed):
        return length(cell.value, column) + 2
    if cell is None:
        return 0
    if isinstance(cell, str):
        return len(status_label(cell)) if column.is_status and cell else len(cell)
    return len(f"{float(cell):,.{column.decimals or 0}f}")


def dictionary_columns() -> list[Column]:
    """Return the columns of the sheet that says what those of the others are."""
    return [
        Column(_("Feuille")),
        Column(_("Tableau")),
        Column(_("Colonne")),
        Column(_("Unité")),
        Column(_("Nature")),
        Column(_("Sens")),
        Column(_("Source")),
    ]


def write_dictionary(book: Book, entries: Sequence[Sequence[Cell]]) -> None:
    """Write the sheet that says what each column is, without the meanings where none is known."""
    columns = dictionary_columns()
    kept = [place for place, one in enumerate(columns) if one.label != _("Sens") or any(row[place] for row in entries)]
    rows = [[row[place] for place in kept] for row in entries]
    book.table(_("Dictionnaire"), [columns[place] for place in kept], rows)


def dictionary_rows(name: str, table: Table, source: str) -> list[list[Cell]]:
    """Return what each column of a table on a sheet is; `source` is that of the table.

    No meaning is given where no more is known of a column than its heading.
    """
    return [
        [name, table.title, head, one.unit, nature(one), meaning(table.id, one), one.source or source]
        for head, one in zip(unique_headings(table.columns), table.columns, strict=True)
    ]


def nature(column: Column) -> str:
    """Return what the cells of a column are, in words."""
    if column.is_status:
        return _("statut : observé, estimé, secret statistique, non disponible ou n'existe pas ici")
    if column.is_year:
        return _("année")
    return _("texte") if column.decimals is None else _("nombre ; vide où il n'est pas connu, jamais zéro")
