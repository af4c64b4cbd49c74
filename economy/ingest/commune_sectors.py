"""Establishments and jobs by commune and NAF sub-class, in the layout of the Urssaf export."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, insee_code, optional_count, records
from economy.nomenclature import dotted
from economy.raw import RawCommuneSector
from sources.readers import LayoutError, csv_layout, csv_rows
from sources.registry import Rejected, ingestor

COMMUNE, APE = "Code commune", "Code APE"
ESTABLISHMENTS, JOBS = "Nombre d'établissements", "Effectifs salariés"
YEAR_COLUMN = re.compile(rf"(?:{ESTABLISHMENTS}|{JOBS}) ([12][0-9]{{3}})")


class CommuneSector(NamedTuple):
    insee_code: str
    naf_code: str
    years: list[int]
    establishment_counts: list[int | None]
    jobs: list[int | None]


def years_of(path: Path) -> list[int]:
    """Return the years of a file, in order; raises `LayoutError` when it has none, or one of them half."""
    header = csv_layout(path, (COMMUNE, APE), delimiter=";").header
    years = sorted({int(match[1]) for name in header if (match := YEAR_COLUMN.fullmatch(name))})
    if not years:
        raise LayoutError(
            f"{path.name} : aucune colonne « {JOBS} AAAA ». Téléchargez l'export CSV « commune x APE » "
            "d'open.urssaf.fr, en gardant les libellés de colonnes."
        )
    return years


def year_columns(years: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return the names of the columns of establishments and of jobs, year by year."""
    return [f"{ESTABLISHMENTS} {year}" for year in years], [f"{JOBS} {year}" for year in years]


def row_reader(years: list[int]) -> Callable[[Row], CommuneSector]:
    """Return the function that reads a row of a file holding these years."""
    establishments, jobs = year_columns(years)

    def read(row: Row) -> CommuneSector:
        try:
            naf_code = dotted(row[APE])
        except ValueError:
            raise BadCell(APE, row[APE], "n'est pas un code APE de la NAF rév. 2, comme 2562B") from None
        counts = [year_counts(row, *names) for names in zip(establishments, jobs, strict=True)]
        return CommuneSector(
            insee_code(row, COMMUNE), naf_code, years, [one[0] for one in counts], [one[1] for one in counts]
        )

    return read


def year_counts(row: Row, establishments: str, jobs: str) -> tuple[int | None, int | None]:
    """Return the establishments and jobs of one year: two blanks are nothing declared, hence 0 and 0.

    Any other blank, and any secret mark, is null: what is hidden is told from what does not exist.
    """
    if not str(row[establishments] or "").strip() and not str(row[jobs] or "").strip():
        return 0, 0
    return optional_count(row, establishments), optional_count(row, jobs)


def last_year(path: Path) -> str:
    """Return the last year of a file: its vintage."""
    return str(years_of(path)[-1])


def needed_columns(years: list[int]) -> tuple[str, ...]:
    """Return the columns read in a file holding these years."""
    establishments, jobs = year_columns(years)
    return COMMUNE, APE, *establishments, *jobs


def parse_commune_blocks(path: Path) -> Iterator[Any]:
    """Yield the same rows as `parse_commune_sectors`, by blocks."""
    from basins.ingest.blocks import record_blocks
    from economy.ingest.commune_sector_blocks import plain_rows
    from sources.blocks import csv_chunks

    years = years_of(path)
    chunks = csv_chunks(path, needed_columns(years), delimiter=";")
    yield from record_blocks(chunks, row_reader(years), plain_rows(years))


@ingestor(
    slug="urssaf-commune-ape",
    title="Établissements et effectifs salariés du secteur privé par commune et activité (APE)",
    producer="Urssaf",
    vintage="2025",
    find_vintage=last_year,
    licence="ODbL 1.0",
    page="https://open.urssaf.fr/explore/dataset/etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last/",
    patterns=(
        "urssaf-commune-ape*.csv*",
        "urssaf_commune_x_ape*.csv*",
        "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape*.csv*",
    ),
    record=CommuneSector,
    model=RawCommuneSector,
    is_optional=True,
    parse_blocks=parse_commune_blocks,
    note=gettext_noop(
        "Effectifs au 31 décembre, une colonne par année. Ni agriculture, ni agents publics, ni Mayotte. Une case "
        "vide vaut zéro ou rien de déclaré. Les codes de commune sont ceux du fichier. Licence à partage à "
        "l'identique : les effectifs dérivés la gardent."
    ),
)
def parse_commune_sectors(path: Path) -> Iterator[CommuneSector | Rejected]:
    """Yield one record a commune and sub-class, codes as the file has them; see `year_counts` for blank and secret."""
    years = years_of(path)
    rows = csv_rows(path, needed_columns(years), delimiter=";", open_ended=True)
    yield from records(rows, row_reader(years), key=lambda one: one[:2])
