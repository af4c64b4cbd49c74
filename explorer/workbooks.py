"""Workbooks (XLSX): one table a sheet, typed cells, header in the first row, frozen and filtered; nothing runs."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from explorer.tables import Cell, Column, Signed, heading
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
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._numbers: dict[tuple[int | None, str], Format] = {}
        self._texts = (self.format(), self.format(text_wrap=True))

    def sheet(self, name: str) -> "Worksheet":
        """Return a new sheet under a name that the file format accepts and that no other sheet bears."""
        return self.workbook.add_worksheet(self.free_name(name))

    def free_name(self, name: str) -> str:
        """Return a name without what is illegal in it, cut to 31 characters, with a number where it is taken."""
        clean = " ".join(ILLEGAL_IN_NAMES.sub(" ", name).split()).strip("'") or "Table"
        tail, number = "", 1
        while (found := f"{clean[: LONGEST_NAME - len(tail)].rstrip(chr(39) + ' ')}{tail}").lower() in self._names:
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
        held = rows if isinstance(rows, Sequence) else None
        widths = [width(column, position, held or ()) for position, column in enumerate(columns)]
        for position, one in enumerate(widths):
            sheet.set_column(position, position, one)
        sheet.set_row(0, height(map(heading, columns), widths))
        head = self.format(bold=True, bg_color=HEADER_FILL, font_color=ACCENT, text_wrap=True, bottom=1)
        for position, column in enumerate(columns):
            write_text(sheet, 0, position, heading(column), head)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            if any(isinstance(cell, str) and len(cell) > WIDEST for cell in row):
                sheet.set_row(last, height((cell if isinstance(cell, str) else "" for cell in row), widths))
            for position, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self.cell(sheet, last, position, cell, column)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        return sheet

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
            sheet.write_number(row, position, float(cell), self.number_format(decimals, sign))

    def close(self) -> None:
        """Finish the file."""
        self.workbook.close()


def clean(text: str) -> str:
    """Return a text without the control characters that XML forbids, NUL first."""
    return ILLEGAL_IN_XML.sub("", text)


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
        Column(_("Colonne")),
        Column(_("Unité")),
        Column(_("Nature")),
        Column(_("Sens")),
        Column(_("Source")),
    ]


def dictionary_rows(name: str, columns: Sequence[Column], source: str) -> list[list[Cell]]:
    """Return what each column of a sheet is; `source` is that of its table."""
    return [
        [name, heading(one), one.unit, nature(one), one.meaning or one.label, one.source or source] for one in columns
    ]


def nature(column: Column) -> str:
    """Return what the cells of a column are, in words."""
    if column.is_status:
        return _("statut : observé, estimé, secret statistique, non disponible ou n'existe pas ici")
    return _("texte") if column.decimals is None else _("nombre ; vide où il n'est pas connu, jamais zéro")
