"""One table of a page as a workbook: how to read it, the table, the dictionary of its columns."""

from io import BytesIO

from django.utils.translation import gettext as _

from explorer.citations import cited
from explorer.downloads import provenance_of
from explorer.tables import Table
from explorer.templatetags.french import spaced
from explorer.workbooks import ACCENT, Book, dictionary_rows, write_dictionary, write_link, write_text
from scoring.facts import Facts

LABEL_WIDTH, TEXT_WIDTH = 22, 100


def table_workbook(facts: Facts, table: Table, *, permalink: str) -> bytes:
    """Return a table as a workbook, opened on the table."""
    target = BytesIO()
    book = Book(target, title=spaced(table.title), about=permalink)
    _read_me(book, facts, table, permalink)
    sheet = book.table(_("Tableau"), table.columns, table.rows)
    sheet.activate()
    rows = dictionary_rows(_("Tableau"), table, cited(facts, *table.sources))
    write_dictionary(book, rows)
    book.close()
    return target.getvalue()


def _read_me(book: Book, facts: Facts, table: Table, permalink: str) -> None:
    """Write the title and the provenance of a table on the first sheet."""
    sheet = book.sheet(_("Lire"))
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    write_text(sheet, 0, 0, spaced(table.title), book.format(bold=True, font_size=14, font_color=ACCENT))
    for row, (label, text) in enumerate(provenance_of(facts, table, permalink).items(), start=2):
        write_text(sheet, row, 0, label, book.format(bold=True))
        if text == permalink:
            write_link(sheet, row, 1, text, book.format(font_color=ACCENT, underline=1))
        else:
            write_text(sheet, row, 1, text, book.format(text_wrap=True))
