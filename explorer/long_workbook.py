"""A whole table of the edition as a workbook: one row at a time in memory, in a file that goes with the answer."""

from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse
from django.utils.translation import gettext as _

from explorer.older_links import link_followed
from explorer.presenters.commune_files import Table
from explorer.presenters.file_dictionary import DICTIONARY_COLUMNS, PROVENANCE_COLUMNS, file_rows
from explorer.tables import Column
from explorer.workbooks import ACCENT, WORKBOOK_TYPE, Book, write_link, write_text
from scoring.facts import Facts

LABEL_WIDTH, TEXT_WIDTH = 22, 100


def workbook_response(facts: Facts, name: str, table: Table, told: list[str]) -> FileResponse:
    """Return a table as a workbook to keep; `told` are its `provenance_cells`."""
    kept = TemporaryFile()  # noqa: SIM115 - closed, and so removed, with the answer
    write_workbook(kept, facts, name, table, told)
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK_TYPE)


def write_workbook(target: IO[bytes], facts: Facts, name: str, table: Table, told: list[str]) -> None:
    """Write a table as a workbook, row after row as they are read, and what its columns are."""
    columns, rows = table
    book = Book(target, title=name, about=told[2], is_long=True)
    _read_me(book, name, told)
    book.table(_("Tableau"), [Column(one) for one in columns], rows).activate()
    entries = [row[1:] for row in file_rows(facts, name) if row[1] not in PROVENANCE_COLUMNS or row[1] in columns]
    book.table(_("Dictionnaire"), [Column(one) for one in DICTIONARY_COLUMNS[1:]], entries)
    book.close()


def _read_me(book: Book, name: str, told: list[str]) -> None:
    """Write what the table is, of which edition and day, under which licences, where its sources are listed."""
    sheet = book.sheet(_("Lire"))
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    bold, plain = book.format(bold=True), book.format(text_wrap=True)
    edition, day, link, licence = told
    write_text(sheet, 0, 0, name, book.format(bold=True, font_size=14, font_color=ACCENT))
    lines = [(_("Édition"), edition), (_("Établi le"), day), (_("Adresse"), link), (_("Licence"), licence)]
    empty = _("Une case vide n'est pas un zéro : sa colonne de statut dit pourquoi le chiffre manque.")
    for row, (label, text) in enumerate([*lines, (_("Cases vides"), empty), *link_followed()], start=2):
        write_text(sheet, row, 0, label, bold)
        if text == link:
            write_link(sheet, row, 1, text, book.format(font_color=ACCENT, underline=1))
        else:
            write_text(sheet, row, 1, text, plain)
