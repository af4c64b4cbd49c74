"""Whole tables as CSV files with columns named once for all, streamed row by row, in two variants."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import QueryDict, StreamingHttpResponse
from django.utils.translation import gettext as _

from explorer.downloads import positional, safe
from scoring.errors import BadQuestion

VARIANT = "variante"
INTERNATIONAL = "international"
BYTE_ORDER_MARK = "\ufeff"
ROWS_A_CHUNK = 200

Cell = str | float | int | None


class _Echo:
    """What `csv` writes to: it gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def is_international(params: QueryDict) -> bool:
    """Whether the file is asked with commas and decimal points; raises `BadQuestion` on an unknown variant."""
    asked = params.get(VARIANT, "").strip()
    if asked not in ("", INTERNATIONAL):
        sentence = _("« %(asked)s » n'est pas une variante de fichier : laissez vide, ou écrivez %(accepted)s.")
        raise BadQuestion(VARIANT, sentence % {"asked": asked[:40], "accepted": INTERNATIONAL})
    return asked == INTERNATIONAL


def table_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, international: bool
) -> StreamingHttpResponse:
    """Return a table as a file: semicolons and decimal commas as French spreadsheets read them, or the other way.

    UTF-8, with the byte order mark that they need to see accents, in both variants. For a whole table of the edition,
    whose column names are an interface that no language changes; what a page shows is `downloads.csv_response`.
    """
    response = StreamingHttpResponse(
        csv_chunks(columns, rows, international=international), content_type="text/csv; charset=utf-8"
    )
    suffix = ".international" if international else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{suffix}.csv"'
    return response


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, international: bool) -> Iterator[str]:
    """Yield the file, some rows at a time."""
    writer: Any = csv.writer(_Echo(), delimiter="," if international else ";", lineterminator="\r\n")
    lines = [BYTE_ORDER_MARK + writer.writerow(columns)]
    for row in rows:
        lines.append(writer.writerow([written(cell, international=international) for cell in row]))
        if len(lines) >= ROWS_A_CHUNK:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def written(cell: Cell, *, international: bool) -> str:
    """Return a cell as text: nothing for what is not known, no exponent, no formula."""
    if cell is None or isinstance(cell, float) and math.isnan(cell):
        return ""
    if isinstance(cell, float):
        text = positional(cell)
        return text if international else text.replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    return safe(cell)
