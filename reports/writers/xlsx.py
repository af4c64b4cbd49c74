"""A report as a workbook: how to read it, a sheet a theme, what is found, the sources, the dictionary."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from explorer.tables import Cell, Column
from explorer.workbooks import (
    ACCENT,
    INK_SOFT,
    Book,
    dictionary_rows,
    height,
    write_dictionary,
    write_link,
    write_text,
)
from reports.document import Block, Bullets, Chapter, Document, KeyFigures, Paragraph, Sheet
from reports.provenance_words import provenance_lines, sourced, summary_title
from reports.writers.key_values import typed
from reports.writers.xlsx_themes import Placed, sheet_name, write_theme

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (30, 14, 46, 46, 60)
TITLE_SIZE, HEAD_SIZE = 16, 12
TITLE_HEIGHT = 26


def write(document: Document) -> bytes:
    """Return the report as a workbook, opened on the sheet that says how to read it."""
    with translation.override(document.language):
        return made(document)


def made(document: Document) -> bytes:
    """Return the workbook in the language at hand."""
    target = BytesIO()
    book = Book(target, title=document.title, subject=document.subtitle, about=about(document))
    first = book.sheet(_("Lire"))
    tables = [one for theme in themed(document) for one in write_theme(book, *theme)]
    findings = list(found(document))
    if findings:
        book.table(_("Constats"), finding_columns(), findings)
    book.table(_("Sources"), source_columns(), source_rows(document))
    entries = [row for one in tables for row in dictionary_rows(one.name, one.sheet.table, one.sheet.source)]
    write_dictionary(book, entries)
    ReadMe(book, first).write(document, tables)
    book.close()
    return target.getvalue()


def about(document: Document) -> str:
    """Return what the properties of the file say of where it comes from."""
    return "\n".join(f"{label} : {text}" for label, text in provenance_lines(document.provenance))


def themed(document: Document) -> Iterator[tuple[str, str, list[Sheet]]]:
    """Yield the themes that have tables: name of the sheet, title, tables."""
    summary = Chapter("", summary_title(), document.summary)
    for one in (summary, *document.chapters):
        if sheets := one.sheets():
            yield sheet_name(one.id, one.title), one.title, sheets


def finding_columns() -> list[Column]:
    """Return the columns of the sheet of findings."""
    return [
        Column(_("Thème")),
        Column(_("Constat")),
        Column(_("Valeur")),
        Column(_("Unité")),
        Column(_("Rang ou statut")),
        Column(_("Source")),
    ]


def found(document: Document) -> Iterator[list[Cell]]:
    """Yield every sentence and key figure of the chapters; those of the summary are on the first sheet."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            for sentence, value, note, source in told(block):
                yield [chapter.title, sentence, *typed(value), note, source]


def told(block: Block) -> Iterator[tuple[str, str, str, str]]:
    """Yield what a block says outside of tables: sentence or label, value, its note, source."""
    if isinstance(block, Paragraph):
        yield block.text, "", "", block.source
    elif isinstance(block, Bullets):
        if block.intro:
            yield block.intro, "", "", ""
        for item in block.items:
            yield item.text, "", "", item.source
    elif isinstance(block, KeyFigures):
        for one in block.figures:
            yield one.label, one.value, one.note, one.source


def source_columns() -> list[Column]:
    """Return the columns of the sheet of sources."""
    return [
        Column(_("Producteur"), is_french=True),
        Column(_("Jeu de données"), is_french=True),
        Column(_("Millésime")),
        Column(_("Licence")),
        Column(_("Page")),
    ]


def source_rows(document: Document) -> list[list[Cell]]:
    """Return a row per source that the report quotes."""
    return [[one.producer, one.title, one.vintage, one.licence, one.page] for one in document.provenance.sources]


class ReadMe:
    """The first sheet, written from top to bottom."""

    def __init__(self, book: Book, sheet: "Worksheet") -> None:
        self.book, self.sheet, self.row = book, sheet, 0
        for position, width in enumerate(WIDTHS):
            sheet.set_column(position, position, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self.plain = book.format(text_wrap=True)
        self.bold = book.format(text_wrap=True, bold=True)
        self.soft = book.format(text_wrap=True, font_color=INK_SOFT)
        self.link = book.format(font_color=ACCENT, underline=1, text_wrap=True)

    def write(self, document: Document, tables: Sequence[Placed]) -> None:
        """Write the title, the summary, where the figures come from, and the list of the sheets."""
        self.line(document.title, self.book.format(bold=True, font_size=TITLE_SIZE, font_color=ACCENT))
        if document.subtitle:
            self.line(document.subtitle, self.soft)
        self.summary(document)
        self.provenance(document)
        self.contents(tables)
        self.sheet.activate()
        self.sheet.set_first_sheet()

    def head(self, text: str) -> None:
        """Write a heading, after a blank row."""
        self.row += 1
        self.line(text, self.book.format(bold=True, font_size=HEAD_SIZE, font_color=ACCENT))

    def line(self, text: str, style: object, source: str = "") -> None:
        """Write a sentence over the whole width, and its source under it."""
        last = len(WIDTHS) - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", style)
        write_text(self.sheet, self.row, 0, text, style)
        self.sheet.set_row(self.row, height([text], [sum(WIDTHS)]) if self.row else TITLE_HEIGHT)
        self.row += 1
        if source:
            self.line(sourced(source), self.soft)

    def cells(self, *cells: Cell, style: object = None) -> None:
        """Write cells side by side, numbers as numbers."""
        texts = [one if isinstance(one, str) else "" for one in cells]
        self.sheet.set_row(self.row, height(texts, WIDTHS))
        for position, cell in enumerate(cells):
            if isinstance(cell, str):
                write_text(self.sheet, self.row, position, cell, style or (self.plain if position else self.bold))
            else:
                self.book.cell(self.sheet, self.row, position, cell, Column("", decimals=0))
        self.row += 1

    def summary(self, document: Document) -> None:
        """Write the sentences of the summary, then its key figures as a table."""
        self.head(summary_title())
        for block in document.summary:
            if isinstance(block, KeyFigures):
                heads = _("Chiffre clé"), _("Valeur"), _("Unité"), _("Rang ou statut"), _("Source")
                self.cells(*heads, style=self.bold)
                for one in block.figures:
                    self.cells(one.label, *typed(one.value), one.note, one.source)
            else:
                for sentence, _value, _note, source in told(block):
                    self.line(sentence, self.plain, source)

    def provenance(self, document: Document) -> None:
        """Write the edition, the date, what was asked, the link and the licence."""
        self.head(_("D'où viennent ces chiffres"))
        for label, text in provenance_lines(document.provenance):
            write_text(self.sheet, self.row, 0, label, self.bold)
            self.sheet.merge_range(self.row, 1, self.row, len(WIDTHS) - 1, "", self.plain)
            is_link = text == document.provenance.permalink
            (write_link if is_link else write_text)(
                self.sheet, self.row, 1, text, self.link if is_link else self.plain
            )
            self.sheet.set_row(self.row, height([text], [sum(WIDTHS[1:])]))
            self.row += 1

    def contents(self, tables: Sequence[Placed]) -> None:
        """Write the list of the tables by theme: sheet, how many rows, title, what to know of it, source."""
        if not tables:
            return
        self.head(_("Les feuilles"))
        self.cells(_("Feuille"), _("Lignes"), _("Tableau"), _("À savoir"), _("Source"), style=self.bold)
        theme = ""
        for one in tables:
            if one.theme != theme:
                theme = one.theme
                self.line(theme, self.bold)
            table = one.sheet.table
            known = " ".join(filter(None, (one.sheet.subtitle, one.sheet.note)))
            self.cells(one.name, len(table.rows), table.title, known, one.sheet.source)
            place = f"internal:'{one.name.replace(chr(39), chr(39) * 2)}'!A{one.row + 1}"
            self.sheet.write_url(self.row - 1, 0, place, self.link, one.name)
