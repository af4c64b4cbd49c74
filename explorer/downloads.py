"""Tables as CSV files: raw numbers, each row with its status, source, vintage, edition and permanent link."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from explorer.citations import shown_vintage
from explorer.tables import Cell, Column, Signed, Table, heading
from explorer.wording import status_label
from scoring.facts import Facts
from scoring.numbers import is_english

# What makes a spreadsheet take a text for a formula, full-width forms and control characters included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DECIMALS = 6


def csv_response(request: HttpRequest, facts: Facts, table: Table, *, name: str, page_url: str) -> HttpResponse:
    """Return a table as a file to keep, named after `name`; `page_url` is the page that shows it, of this site.

    For a figure or a list of a page: headings and decimals of its language, provenance on each row. A whole table of
    the edition, with names of columns fixed for programs, is `csv_tables.table_response`.
    """
    text = csv_text(facts, table, permalink=request.build_absolute_uri(page_url))
    encoding = "utf-8" if is_english() else "utf-8-sig"
    response = HttpResponse(text.encode(encoding), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return response


def csv_text(facts: Facts, table: Table, *, permalink: str) -> str:
    """Return a table as CSV: `;` and decimal comma in French, `,` and decimal point in English; lines end in CR LF.

    The columns are those of the screen, units in their headings, then the provenance: what a reader sorts, filters or
    pastes elsewhere keeps it.
    """
    provenance = provenance_of(facts, table, permalink)
    written = io.StringIO()
    writer = csv.writer(written, delimiter="," if is_english() else ";", lineterminator="\r\n")
    writer.writerow([safe(text) for text in (*map(heading, table.columns), *provenance)])
    for row in table.rows:
        cells = [raw(cell, column) for cell, column in zip(row, table.columns, strict=True)]
        writer.writerow([*cells, *map(safe, provenance.values())])
    return written.getvalue()


def provenance_of(facts: Facts, table: Table, permalink: str) -> dict[str, str]:
    """Return what every row repeats, by heading: its status and sources where no column tells them, edition, link."""
    releases = [facts.vintages[slug] for slug in table.sources if slug in facts.vintages]
    columns: dict[str, str] = {}
    if not any(column.is_status for column in table.columns) and table.status:
        columns[_("Statut")] = status_label(table.status)
    if table.sources:
        columns[_("Source")] = _(" ; ").join(f"{producer}, {title}" for producer, title, _vintage in releases)
        columns[_("Millésime")] = _(" ; ").join(shown_vintage(vintage) for _producer, _title, vintage in releases)
    edition = f"{facts.edition.name} ({facts.edition.content_hash[:12]})"
    return columns | {_("Édition"): edition, _("Lien"): permalink}


def raw(cell: Cell, column: Column) -> str:
    """Return a cell as a file holds it: a number without thousands nor sign, a status in words, nothing for None."""
    if isinstance(cell, Signed):
        cell = cell.value
    if cell is None or cell == "":
        return ""
    if column.is_status:
        return safe(status_label(str(cell)))
    return safe(cell) if isinstance(cell, str) else plain(float(cell))


def plain(value: float) -> str:
    """Return a number as `positional` does, in the decimal sign of the language."""
    text = positional(value)
    return text if is_english() else text.replace(".", ",")


def positional(value: float) -> str:
    """Return a number to six decimals at most, with a decimal point; never in powers of ten, no zero with a sign."""
    return f"{round(value, DECIMALS) + 0.0:.{DECIMALS}f}".rstrip("0").rstrip(".")


def safe(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe before what would begin a formula; NUL is dropped.

    Numbers never pass here: a negative one stays a number.
    """
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(FORMULA_STARTS) else text
