"""Rows of raw cells as CSV: two variants, nothing for the unknown, no formula that runs; streamed row by row."""

import csv
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import QueryDict, StreamingHttpResponse
from django.utils.translation import gettext as _

from scoring.errors import BadQuestion

VARIANT = "variante"
INTERNATIONAL = "international"
BYTE_ORDER_MARK = "\ufeff"
CONTENT_TYPE = "text/csv; charset=utf-8"
ROWS_A_CHUNK = 200
DECIMALS = 6
# What a spreadsheet skips before it looks for a formula; some take these for the beginning of one.
SKIPPED = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*")
FORMULA_SIGNS = "=+-@"
CONTROLS = "\t\r\n"

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
    """Return rows as a file to keep, sent as they are read.

    Semicolons, decimal commas and the byte order mark without which French spreadsheets misread accents; or, for
    programs, commas, decimal points and no mark, which would stick to the name of the first column.
    """
    response = StreamingHttpResponse(csv_chunks(columns, rows, international=international), content_type=CONTENT_TYPE)
    suffix = f".{INTERNATIONAL}" if international else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{suffix}.csv"'
    return response


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, international: bool) -> Iterator[str]:
    """Yield the file, some rows at a time; lines end in CR LF."""
    writer: Any = csv.writer(_Echo(), delimiter="," if international else ";", lineterminator="\r\n")
    mark = "" if international else BYTE_ORDER_MARK
    lines = [mark + writer.writerow(list(map(safe, columns)))]
    for row in rows:
        lines.append(writer.writerow([written(cell, international=international) for cell in row]))
        if len(lines) >= ROWS_A_CHUNK:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def written(cell: Cell, *, international: bool) -> str:
    """Return a cell as text: nothing for what is not known, no exponent, no formula."""
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, int):
        return str(cell)
    if cell is None or math.isnan(cell):
        return ""
    text = positional(cell)
    return text if international else text.replace(".", ",")


def positional(value: float) -> str:
    """Return a number to six decimals at most, with a decimal point; never in powers of ten, no zero with a sign."""
    return f"{round(value, DECIMALS) + 0.0:.{DECIMALS}f}".rstrip("0").rstrip(".")


def safe(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe before what would begin a formula; NUL is dropped.

    Numbers never pass here: a negative one stays a number.
    """
    if text[:1].isalnum():
        return text if "\0" not in text else text.replace("\0", "")
    text = text.replace("\0", "")
    return f"'{text}" if begins_formula(text) else text


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula: signs in any width, after spaces or control characters."""
    blank = SKIPPED.match(text)
    skipped, rest = (blank.group(), text[blank.end() :]) if blank else ("", text)
    sign = unicodedata.normalize("NFKC", rest[:1])[:1]
    return any(one in skipped for one in CONTROLS) or sign != "" and sign in FORMULA_SIGNS
