"""Whole tables as rows of cells: what the files to take away hold."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.http import urlencode

from basins.models import Commune
from economy.models import ZoneSectorJobs
from economy.queries import sector_jobs_years, zone_sector_jobs_frame
from explorer import queries
from explorer.csv_tables import Cell
from explorer.presenters.commune_files import SOURCES, Table, commune_dictionary_table, communes_table
from explorer.presenters.file_dictionary import JOB_COLUMNS, JOB_SOURCES, SOURCE_COLUMNS, dictionary_table
from explorer.presenters.zone_files import held_indicators, known, zones_table
from scoring.facts import Facts
from sources.models import Edition


def jobs_table(facts: Facts) -> Table:
    """Return the jobs of every zone and A38 branch held, private and all, by year."""
    return list(JOB_COLUMNS), _job_rows(facts)


def _job_rows(facts: Facts) -> Iterator[list[Cell]]:
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    labels = {one.code: one.label for one in facts.nomenclature.nodes.values() if one.level == "a38"}
    for scope in ("private", "all"):
        for year in sector_jobs_years(edition, scope=scope):
            jobs, status = zone_sector_jobs_frame(edition, scope=scope, year=year)
            tables = (jobs.to_numpy().tolist(), status.fillna("missing").to_numpy().tolist())
            for zone, values, states in zip(facts.zones, *tables, strict=True):
                for a38, value, state in zip(jobs.columns, values, states, strict=True):
                    yield [zone.code, zone.name, scope, year, a38, labels.get(a38, ""), known(value), state]


def sources_table(facts: Facts) -> Table:
    """Return every source of the edition: producer, title, vintage, licence, limits."""
    rows = (
        [
            one.source.slug,
            one.source.producer,
            one.source.title,
            one.vintage,
            one.part,
            one.source.licence,
            one.row_count,
            one.rejected_count,
            one.source.page,
            one.source.note,
        ]
        for one in queries.releases_of(facts.edition)
    )
    return list(SOURCE_COLUMNS), rows


TABLES: dict[str, Callable[[Facts], Table]] = {
    "bassins-indicateurs": zones_table,
    "dictionnaire": dictionary_table,
    "emplois-a38": jobs_table,
    "communes": communes_table,
    "communes-dictionnaire": commune_dictionary_table,
    "sources": sources_table,
}


def table_sources(facts: Facts, name: str) -> set[str]:
    """Return the data sets behind a whole table, none for those that describe the others."""
    held = {slug for one in held_indicators(facts) for slug in one.sources}
    return {"bassins-indicateurs": held, "emplois-a38": set(JOB_SOURCES), "communes": set(SOURCES)}.get(name, set())


# Tables of tens of thousands of rows, with how many, roughly: a worker makes their workbooks.
LONG_TABLES: dict[str, Callable[[Edition], int]] = {
    "communes": lambda edition: Commune.objects.of(edition).count(),
    "emplois-a38": lambda edition: ZoneSectorJobs.objects.of(edition).count(),
}


def long_workbook_url(name: str) -> str:
    """Return the address of the page where the workbook of a long table is asked."""
    return f"{reverse('reports:export-ask', args=('tableaux',))}?{urlencode({'table': name})}"
