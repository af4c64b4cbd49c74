"""Pages about the figures: sources, an indicator over all basins, whole tables as files."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from basins.indicators import Indicator, indicators
from explorer import params, queries
from explorer.csv_tables import VARIANT, is_international, table_response
from explorer.downloads import CSV, WORKBOOK
from explorer.file_provenance import provenance_cells, with_provenance
from explorer.long_workbook import workbook_response
from explorer.permalinks import permalink
from explorer.presenters.commune_files import Table
from explorer.presenters.data import data_page, indicator_url
from explorer.presenters.embed import indicator_sharing
from explorer.presenters.indicator import SORTS, indicator_page
from explorer.presenters.table_files import LONG_TABLES, TABLES, long_workbook_url, table_sources
from explorer.presenters.zone_files import indicator_table
from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts

SORT = "tri"


class Told(NamedTuple):
    """What a file says of itself: its name, the page of this site that describes it, the data sets behind it."""

    name: str
    page_url: str
    sources: Iterable[str]


@params.accepts()
def data(request: HttpRequest) -> HttpResponse:
    """Every source with its licence, and what each indicator covers."""
    facts = service.current_facts()
    return render(request, "explorer/data.html", data_page(facts, queries.releases_of(facts.edition)))


@params.accepts()
def downloads(request: HttpRequest) -> HttpResponse:
    """Lead to the list of files, which is on the page of data."""
    return HttpResponseRedirect(f"{reverse('explorer:data')}#explorer-files")


@params.accepts(SORT)
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """One indicator: how it is made, where it is known, and its value in every basin."""
    facts = service.current_facts()
    sort = request.GET.get(SORT, "").strip() or next(iter(SORTS))
    if sort not in SORTS:
        sentence = _("« %(sort)s » n'est pas un tri connu. Tris : %(accepted)s.")
        raise BadQuestion(SORT, sentence % {"sort": sort[:40], "accepted": ", ".join(SORTS)})
    releases = queries.releases_of(facts.edition)
    one = known_indicator(facts, indicator)
    page = indicator_page(facts, one, releases, sort) | {"sharing": indicator_sharing(request, facts, one)}
    return render(request, "explorer/indicator.html", page)


@params.accepts(VARIANT)
def indicator_file(request: HttpRequest, indicator: str, form: str = CSV) -> HttpResponseBase:
    """One indicator as a file."""
    facts = service.current_facts()
    one = known_indicator(facts, indicator)
    told = Told(indicator, indicator_url(indicator), one.sources)
    return whole_table(request, facts, told, indicator_table(facts, one), form)


@params.accepts(VARIANT)
def table_file(request: HttpRequest, name: str, form: str = CSV) -> HttpResponseBase:
    """A whole table as a file; raises `NotFound` on a table that does not exist."""
    facts = service.current_facts()
    if name not in TABLES:
        sentence = _("Il n'y a pas de fichier « %(name)s ». Fichiers : %(accepted)s.")
        raise NotFound(sentence % {"name": name[:40], "accepted": ", ".join(TABLES)})
    told = Told(name, reverse("explorer:data"), table_sources(facts, name))
    return whole_table(request, facts, told, TABLES[name](facts), form)


def whole_table(request: HttpRequest, facts: Facts, told: Told, table: Table, form: str) -> HttpResponseBase:
    """Return a table of the edition in the form asked: CSV leaves as it is read, a workbook when it is whole.

    The workbook of a long table takes longer than a reader waits: it is asked on a page of its own.
    """
    international = is_international(request.GET)
    if form == WORKBOOK and told.name in LONG_TABLES:
        return HttpResponseRedirect(long_workbook_url(told.name))
    cells = provenance_cells(facts, told.sources, permalink(request, told.page_url, facts.edition))
    if form == WORKBOOK:
        return workbook_response(facts, told.name, table, cells)
    return table_response(told.name, *with_provenance(table, cells), international=international)


def known_indicator(facts: Facts, name: str) -> Indicator:
    """Return an indicator that the edition holds; raises `NotFound`."""
    if name not in facts.values or name not in indicators():
        sentence = _("Aucun indicateur ne porte l'identifiant « %(name)s ». La page des données en donne la liste.")
        raise NotFound(sentence % {"name": name[:40]})
    return indicators()[name]
