"""The tables of a report in its workbook: one sheet a theme, each of its tables with filters of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from explorer.workbooks import ACCENT, INK_SOFT, Book, table_widths, write_text
from reports.document import Sheet
from reports.provenance_words import sourced

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE_SIZE, CAPTION_SIZE, TITLE_HEIGHT = 14, 11, 22
NARROWEST_FIRST = 30


@dataclass(frozen=True)
class Placed:
    """A table of the report and where it is: its theme, its sheet, the row of its caption or header (from 0)."""

    theme: str
    name: str
    row: int
    sheet: Sheet


def sheet_name(chapter_id: str, title: str) -> str:
    """Return the short name of the sheet of a chapter; its title where it has none."""
    names = {
        "made": _("Tissu et emploi"),
        "compared": _("Comparaison"),
        "peers": _("Bassins semblables"),
        "skills": _("Compétences"),
        "growth": _("Activités possibles"),
        "known": _("Savoir-faire"),
        "land": _("Foncier"),
        "access": _("Accès"),
        "living": _("Conditions de vie"),
        "programmes": _("Programmes"),
        "indicators": _("Indicateurs"),
        "score": _("Score"),
        "requirements": _("Exigences"),
        "sureness": _("Classement"),
        "project": _("Métiers recrutés"),
        "change": _("Changements"),
        "place": _("Autres activités"),
        "composition": _("Composition"),
        "added-up": _("Sommes des communes"),
        "communes": _("Communes"),
    }
    return names.get(chapter_id, title)


def write_theme(book: Book, name: str, title: str, sheets: Sequence[Sheet]) -> list[Placed]:
    """Write the tables of a theme on one sheet and return where they are.

    A table alone has its header in the first row, as programs read it. Several stand under one another, below the
    title of the theme.
    """
    if len(sheets) == 1:
        table = sheets[0].table
        return [Placed(title, book.table(name, table.columns, table.rows).name, 0, sheets[0])]
    page = book.sheet(name)
    widths = shared_widths(sheets)
    book.lay_out(page, widths)
    page.set_row(0, TITLE_HEIGHT)
    write_text(page, 0, 0, title, book.format(bold=True, font_size=TITLE_SIZE, font_color=ACCENT))
    placed, row = [], 2
    for one in sheets:
        placed.append(Placed(title, page.name, row, one))
        row = write_stacked(book, page, row, one, widths) + 2
    return placed


def shared_widths(sheets: Sequence[Sheet]) -> list[float]:
    """Return the widths of the columns of a sheet, which its tables share: those of the widest."""
    every = [table_widths(one.table.columns, one.table.rows) for one in sheets]
    first, *others = (max(column) for column in zip_longest(*every, fillvalue=0.0))
    return [max(NARROWEST_FIRST, first), *others]


def write_stacked(book: Book, page: "Worksheet", row: int, one: Sheet, widths: Sequence[float]) -> int:
    """Write a table under its caption, then what to know of it and its source; return the last row."""
    soft = book.format(font_color=INK_SOFT)
    write_text(page, row, 0, one.table.title, book.format(bold=True, font_size=CAPTION_SIZE))
    if one.subtitle:
        row += 1
        write_text(page, row, 0, one.subtitle, soft)
    row = book.stacked_table(page, row + 1, one.table.id, one.table, widths)
    for text in filter(None, (one.note, sourced(one.source) if one.source else "")):
        row += 1
        write_text(page, row, 0, text, soft)
    return row
