"""The tables of the pages as files: CSV in two variants, workbook; each says where its figures come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.text import slugify
from django.utils.translation import gettext as _

from explorer import csv_tables
from explorer.citations import shown_vintage
from explorer.csv_tables import INTERNATIONAL, VARIANT, is_international
from explorer.older_links import link_followed
from explorer.permalinks import permalink
from explorer.tables import Cell, Column, Signed, Table, heading
from explorer.wording import status_label
from explorer.workbooks import WORKBOOK_TYPE
from scoring.facts import Facts
from scoring.numbers import is_english

CSV, WORKBOOK = "csv", "xlsx"


@dataclass(frozen=True)
class Download:
    """A table to take away: the name of its file without suffix, and the page of this site that shows it."""

    facts: Facts
    table: Table
    name: str
    page_url: str


def table_paths(route: str, view: Callable[..., HttpResponse], *, name: str) -> list[URLPattern]:
    """Return the addresses of a table, as CSV and as a workbook; `name` is that of the first."""
    return [path(f"{route}.{CSV}", view, name=name), path(f"{route}.{WORKBOOK}", view, {"form": WORKBOOK})]


def as_file(view: Callable[..., Download | HttpResponseRedirect]) -> Callable[..., HttpResponse]:
    """Write the table that a view returns in the form that the address asks; where it leads elsewhere, keep the form.

    The variant of the file is read here and kept from the view, which knows only what the table is asked.
    """

    @wraps(view)
    def answered(request: HttpRequest, *, form: str = CSV, **kwargs: str) -> HttpResponse:
        international = is_international(request.GET)
        request.GET = request.GET.copy()
        request.GET.pop(VARIANT, None)
        made = view(request, **kwargs)
        if isinstance(made, HttpResponseRedirect):
            return HttpResponseRedirect(in_form(made.url, form, international=international))
        return file_response(request, made, form=form, international=international)

    return answered


def file_response(request: HttpRequest, made: Download, *, form: str, international: bool) -> HttpResponse:
    """Return a table as a file to keep."""
    link, stem = permalink(request, made.page_url, made.facts.edition), slugify(made.name)
    if form == WORKBOOK:
        from explorer.table_workbook import table_workbook

        response = HttpResponse(table_workbook(made.facts, made.table, permalink=link), content_type=WORKBOOK_TYPE)
    else:
        is_plain = international or is_english()
        text = csv_text(made.facts, made.table, permalink=link, international=is_plain)
        response = HttpResponse(text, content_type=csv_tables.CONTENT_TYPE)
        stem += f".{INTERNATIONAL}" if international else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    return response


def csv_text(facts: Facts, table: Table, *, permalink: str, international: bool) -> str:
    """Return a table as CSV.

    The columns are those of the screen, units in their headings, then the provenance: what a reader sorts, filters or
    pastes elsewhere keeps it.
    """
    provenance = provenance_of(facts, table, permalink)
    rows = ([*raw_cells(row, table.columns), *provenance.values()] for row in table.rows)
    columns = [*map(heading, table.columns), *provenance]
    return "".join(csv_tables.csv_chunks(columns, rows, international=international))


def provenance_of(facts: Facts, table: Table, permalink: str) -> dict[str, str]:
    """Return what every row repeats, by heading: its status and sources where no column tells them, edition, links."""
    releases = [facts.vintages[slug] for slug in table.sources if slug in facts.vintages]
    columns: dict[str, str] = {}
    if not any(column.is_status for column in table.columns) and table.status:
        columns[_("Statut")] = status_label(table.status)
    if table.sources:
        columns[_("Source")] = _(" ; ").join(f"{producer}, {title}" for producer, title, _vintage in releases)
        columns[_("Millésime")] = _(" ; ").join(shown_vintage(vintage) for _producer, _title, vintage in releases)
    edition = f"{facts.edition.name} ({facts.edition.content_hash[:12]})"
    return columns | {_("Édition"): edition, _("Lien"): permalink} | dict(link_followed())


def raw_cells(row: Sequence[Cell], columns: Sequence[Column]) -> list[csv_tables.Cell]:
    """Return the cells of a row as a file holds them."""
    return [raw(cell, column) for cell, column in zip(row, columns, strict=True)]


def raw(cell: Cell, column: Column) -> csv_tables.Cell:
    """Return a cell as a file holds it: a number without its sign, a status in words, None for nothing."""
    if isinstance(cell, Signed):
        cell = cell.value
    if cell is None or cell == "":
        return None
    if column.is_status:
        return status_label(str(cell))
    return cell if isinstance(cell, str | int) else float(cell)


def file_links(csv_url: str) -> list[dict[str, str]]:
    """Return the forms of a table by the address of its CSV, for a group of links.

    The file of a page in English is the international one already.
    """
    links = [{"label": "CSV", "url": csv_url}, {"label": "XLSX", "url": in_form(csv_url, WORKBOOK)}]
    if not is_english():
        links.append({"label": _("CSV international"), "url": in_form(csv_url, CSV, international=True)})
    return links


def in_form(csv_url: str, form: str, *, international: bool = False) -> str:
    """Return the address of a table in a form, by that of its CSV."""
    address, _mark, query = csv_url.partition("?")
    parts = [one for one in (query, f"{VARIANT}={INTERNATIONAL}" if international else "") if one]
    return f"{address.removesuffix(CSV)}{form}{'?' if parts else ''}{'&'.join(parts)}"
