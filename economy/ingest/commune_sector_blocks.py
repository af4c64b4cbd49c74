"""Jobs by commune and NAF sub-class read by columns: which rows are plain, and how COPY reads them."""

import pyarrow as pa
import pyarrow.compute as pc

from basins.ingest.blocks import PlainRows
from basins.ingest.cells import INSEE_CODE
from economy.ingest.commune_sectors import APE, COMMUNE, year_columns

# An empty cell comes as null, which is also how COPY reads an empty element of a list.
NULL = "null"
NUMBER = rf"(?:\d{{1,8}}|{NULL})"
DOTTED_CODE = r"\d\d\.\d\d[A-Z]"


def plain_rows(years: list[int]) -> PlainRows:
    """Return how the plain rows of a file holding these years are recognised and written."""
    establishments, jobs = year_columns(years)
    all_years = pa.scalar("{" + ",".join(map(str, years)) + "}")

    def write(table: pa.Table) -> list[pa.Array | pa.Scalar]:
        counted = _nothing_as_zero(table, establishments, jobs)
        return [
            table[COMMUNE].combine_chunks(),
            pc.binary_replace_slice(table[APE].combine_chunks(), start=2, stop=2, replacement="."),
            all_years,
            _list_text(counted, establishments),
            _list_text(counted, jobs),
        ]

    series = rf"\{{{NUMBER}(?:,{NUMBER}){{{len(years) - 1}}}\}}"
    return PlainRows(
        write=write,
        patterns=(INSEE_CODE.pattern, DOTTED_CODE, ".*", series, series),
        key_size=2,
        key_name="insee_code",
    )


def _nothing_as_zero(table: pa.Table, establishments: list[str], jobs: list[str]) -> dict[str, pa.ChunkedArray]:
    """Return the cells of the years, those of a year blank in both columns being 0, as `year_counts` reads them."""
    counted = {}
    for pair in zip(establishments, jobs, strict=True):
        nothing = pc.and_(pc.is_null(table[pair[0]]), pc.is_null(table[pair[1]]))
        counted |= {name: pc.if_else(nothing, "0", table[name]) for name in pair}
    return counted


def _list_text(table: dict[str, pa.ChunkedArray], names: list[str]) -> pa.Array:
    """Return the cells of several columns as the text of a list; a cell that holds a comma makes it too long."""
    cells = [cell for name in names for cell in (table[name], pa.scalar(","))][:-1]
    return pc.binary_join_element_wise(
        pa.scalar("{"), *cells, pa.scalar("}"), "", null_handling="replace", null_replacement=NULL
    ).combine_chunks()
