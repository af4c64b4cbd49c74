"""Whole tables as rows of cells: what the files to take away hold."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from basins.indicators import Indicator, indicators
from basins.models import Commune
from economy.models import ZoneSectorJobs
from economy.queries import sector_jobs_years, zone_sector_jobs_frame
from explorer import queries
from explorer.csv_tables import Cell
from explorer.presenters.commune_files import Table, commune_dictionary_table, communes_table
from scoring.facts import Facts, ZoneCard
from sources.models import Edition

ZONE_COLUMNS = ["code", "nom", "regions", "population", "population_annee"]


def zone_cells(zone: ZoneCard) -> list[Cell]:
    """Return the first cells of a row about a zone."""
    return [zone.code, zone.name, " ".join(zone.region_codes), zone.population, zone.population_year]


def known(value: Any) -> float | None:
    """Return a number, None where it is not one."""
    number = float(value)
    return None if number != number else number


def indicator_table(facts: Facts, one: Indicator) -> Table:
    """Return an indicator by zone, with its status, vintage and sources on every row."""
    values, statuses = facts.values[one.id]
    cited = sources_cell(facts, one)
    rows = (
        [*zone_cells(zone), known(value), str(one.unit), str(status), one.vintage, cited]
        for zone, value, status in zip(facts.zones, values, statuses, strict=True)
    )
    return [*ZONE_COLUMNS, one.id, "unite", "statut", "millesime", "sources"], rows


def sources_cell(facts: Facts, one: Indicator) -> str:
    """Return the producers, titles and vintages behind an indicator."""
    held = [facts.vintages[slug] for slug in one.sources if slug in facts.vintages]
    return " ; ".join(f"{producer}, {title}, {vintage}" for producer, title, vintage in held)


def held_indicators(facts: Facts) -> list[Indicator]:
    """Return the indicators of the edition, in the order of their files."""
    return [one for one in indicators().values() if one.id in facts.values]


def zones_table(facts: Facts) -> Table:
    """Return a row per zone, two columns per indicator: its value, then its status."""
    held = [(one.id, *facts.values[one.id]) for one in held_indicators(facts)]
    columns = [*ZONE_COLUMNS, *(name for key, _values, _statuses in held for name in (key, f"{key}.statut"))]
    rows = (
        [*zone_cells(zone), *(cell for _key, v, s in held for cell in (known(v[index]), str(s[index])))]
        for index, zone in enumerate(facts.zones)
    )
    return columns, rows


def dictionary_table(facts: Facts) -> Table:
    """Return what each indicator is: label, unit, vintage, method, sources."""
    columns = [
        "identifiant",
        "libelle",
        "unite",
        "decimales",
        "sens",
        "grain",
        "millesime",
        "methode",
        "sources",
        "relu",
    ]
    sense = {"more": "plus haut est favorable", "less": "plus bas est favorable", "none": "sans sens admis"}
    rows = (
        [
            one.id,
            str(one.label),
            str(one.unit),
            one.decimals,
            sense[one.better],
            one.grain,
            one.vintage,
            str(one.method),
            sources_cell(facts, one),
            one.reviewed.isoformat(),
        ]
        for one in held_indicators(facts)
    )
    return columns, rows


def jobs_table(facts: Facts) -> Table:
    """Return the jobs of every zone and A38 branch held, private and all, by year."""
    columns = ["code", "nom", "champ", "annee", "a38", "a38_libelle", "emplois", "statut"]
    return columns, _job_rows(facts)


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
    columns = [
        "identifiant",
        "producteur",
        "titre",
        "millesime",
        "partie",
        "licence",
        "lignes",
        "rejetees",
        "page",
        "limites",
    ]
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
    return columns, rows


TABLES: dict[str, Callable[[Facts], Table]] = {
    "bassins-indicateurs": zones_table,
    "dictionnaire": dictionary_table,
    "emplois-a38": jobs_table,
    "communes": communes_table,
    "communes-dictionnaire": commune_dictionary_table,
    "sources": sources_table,
}

# Tables of tens of thousands of rows, with how many, roughly: a worker makes their workbooks.
LONG_TABLES: dict[str, Callable[[Edition], int]] = {
    "communes": lambda edition: Commune.objects.of(edition).count(),
    "emplois-a38": lambda edition: ZoneSectorJobs.objects.of(edition).count(),
}


def long_workbook_url(name: str) -> str:
    """Return the address of the page where the workbook of a long table is asked."""
    return f"{reverse('reports:export-ask', args=('tableaux',))}?{urlencode({'table': name})}"
