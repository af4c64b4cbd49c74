"""A ranking as CSV, under names of columns that no language changes, and what each column is in a file beside."""

from collections.abc import Iterator, Sequence

from explorer.csv_tables import Cell, csv_chunks
from explorer.downloads import raw_cells
from explorer.tables import Column
from explorer.workbooks import nature
from reports.contents.ranking import ranking_provenance
from reports.document import Provenance
from reports.ranking_table import ranking_columns, ranking_table
from scoring.ranking import Ranking

DICTIONARY_COLUMNS = ("colonne", "libelle", "unite", "nature", "sens", "source")
# What every row repeats, so that what is sorted, cut or pasted elsewhere still says where it comes from.
PROVENANCE_COLUMNS = ("edition", "fait_le", "demande", "lien", "licence")


def ranking_csv(ranking: Ranking, permalink: str, *, international: bool) -> str:
    """Return every basin of the filter; the statuses are codes in the file for programs, words in the other."""
    table, told = ranking_table(ranking), provenance_cells(ranking_provenance(ranking, permalink))
    keys = [one.key for one in table.columns]
    rows = ([*cells(row, table.columns, international), *told] for row in table.rows)
    return "".join(csv_chunks([*keys, *PROVENANCE_COLUMNS], rows, international=international))


def cells(row: Sequence[Cell], columns: Sequence[Column], international: bool) -> Sequence[Cell]:
    return row if international else raw_cells(row, columns)


def provenance_cells(told: Provenance) -> list[str]:
    """Return the cells under `PROVENANCE_COLUMNS`."""
    edition = f"{told.edition_name} ({told.edition_hash[:12]})"
    asked = " | ".join(f"{label} : {words}" for label, words in told.asked)
    return [edition, told.made_on, asked, told.permalink, told.licence]


def ranking_dictionary(ranking: Ranking, permalink: str, *, international: bool) -> str:
    """Return what each column of the CSV is, then the sources with their licences."""
    told = ranking_provenance(ranking, permalink)
    return "".join(csv_chunks(DICTIONARY_COLUMNS, _dictionary_rows(ranking, told), international=international))


def _dictionary_rows(ranking: Ranking, told: Provenance) -> Iterator[Sequence[Cell]]:
    for one in ranking_columns(ranking):
        yield one.key, one.label, one.unit, nature(one), one.meaning, one.source
    for key, words in zip(PROVENANCE_COLUMNS, provenance_cells(told), strict=True):
        yield key, key, "", "", words, ""
    for line in told.sources:
        yield "sources", line.title, "", line.vintage, line.licence, f"{line.producer} {line.page}".strip()
