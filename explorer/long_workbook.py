"""A whole table of the edition as a workbook: one row at a time in memory, in a file that goes with the answer."""

from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse
from django.utils.translation import gettext as _

from explorer.older_links import link_followed
from explorer.presenters.commune_files import Table
from explorer.tables import Column
from explorer.workbooks import ACCENT, WORKBOOK_TYPE, Book, write_link, write_text
from scoring.facts import Facts

LABEL_WIDTH, TEXT_WIDTH = 22, 100


def workbook_response(facts: Facts, name: str, table: Table, *, permalink: str) -> FileResponse:
    """Return a table as a workbook to keep; `permalink` is the page that says what it is."""
    kept = TemporaryFile()  # noqa: SIM115 - closed, and so removed, with the answer
    write_workbook(kept, facts, name, table, permalink=permalink)
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK_TYPE)


def write_workbook(target: IO[bytes], facts: Facts, name: str, table: Table, *, permalink: str) -> None:
    """Write a table as a workbook, row after row as they are read."""
    columns, rows = table
    book = Book(target, title=name, about=permalink, is_long=True)
    _read_me(book, facts, name, permalink)
    book.table(_("Tableau"), [Column(one) for one in columns], rows).activate()
    book.close()


def _read_me(book: Book, facts: Facts, name: str, permalink: str) -> None:
    """Write what the table is, of which edition, and where its columns are explained."""
    sheet = book.sheet(_("Lire"))
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    bold, plain = book.format(bold=True), book.format(text_wrap=True)
    write_text(sheet, 0, 0, name, book.format(bold=True, font_size=14, font_color=ACCENT))
    write_text(sheet, 2, 0, _("Édition"), bold)
    write_text(sheet, 2, 1, f"{facts.edition.name} ({facts.edition.content_hash[:12]})", plain)
    write_text(sheet, 3, 0, _("Colonnes, sources, licences"), bold)
    write_link(sheet, 3, 1, permalink, book.format(font_color=ACCENT, underline=1))
    write_text(sheet, 4, 0, _("Cases vides"), bold)
    write_text(
        sheet, 4, 1, _("Une case vide n'est pas un zéro : sa colonne de statut dit pourquoi le chiffre manque."), plain
    )
    for label, words in link_followed():
        write_text(sheet, 5, 0, label, bold)
        write_text(sheet, 5, 1, words, plain)
