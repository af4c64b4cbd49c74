"""Where a whole table comes from, on each of its rows: a file that is cut or pasted elsewhere still says it."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format

from explorer import queries
from explorer.csv_tables import Cell
from explorer.presenters.commune_files import Table
from explorer.presenters.file_dictionary import PROVENANCE_COLUMNS
from scoring.facts import Facts


def with_provenance(table: Table, cells: list[str]) -> Table:
    """Return a table whose rows end with the cells of `PROVENANCE_COLUMNS`, less those whose name it has; streamed."""
    columns, rows = table
    kept = [place for place, name in enumerate(PROVENANCE_COLUMNS) if name not in columns]
    told: list[Cell] = [cells[place] for place in kept]
    return [*columns, *(PROVENANCE_COLUMNS[place] for place in kept)], ([*row, *told] for row in rows)


def provenance_cells(facts: Facts, slugs: Iterable[str], permalink: str) -> list[str]:
    """Return the cells under `PROVENANCE_COLUMNS`: edition, day, link, licences of the data sets."""
    edition = f"{facts.edition.name} ({facts.edition.content_hash[:12]})"
    return [edition, date_format(timezone.localdate(), "j F Y"), permalink, licences(facts, slugs)]


def licences(facts: Facts, slugs: Iterable[str]) -> str:
    """Return the licences of data sets, each once."""
    wanted = set(slugs)
    found = [one.source.licence for one in queries.releases_of(facts.edition) if one.source_id in wanted]
    return " ; ".join(dict.fromkeys(found))
