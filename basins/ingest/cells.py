"""Reading one row of a file cell by cell: a cell that makes no sense refuses its row, by name."""

import math
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from sources.readers import decimal_comma
from sources.registry import Rejected

INSEE_CODE = re.compile(r"(\d\d|2A|2B)\d{3}")
ZONE_CODE = re.compile(r"\d{4}")
SIREN = re.compile(r"\d{9}")

Row = Mapping[str, Any]


class BadCell(Exception):
    """A cell that refuses its row: column, value, reason."""

    def __init__(self, column: str, value: Any, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = str(value)
        self.reason = reason


def records(
    rows: Iterable[tuple[int, Row]], read: Callable[[Row], Any], *, key: Callable[[Any], Hashable] | None = None
) -> Iterator[Any]:
    """Yield `read(row)` for each row, or the `Rejected` that says why not; with `key`, a repeated key is refused."""
    seen: set[Hashable] = set()
    for line, row in rows:
        try:
            record = read(row)
        except BadCell as bad:
            yield Rejected(line, bad.column, bad.value, bad.reason)
            continue
        if key is not None:
            if key(record) in seen:
                yield Rejected(line, record._fields[0], str(key(record)), "code déjà lu plus haut dans le fichier")
                continue
            seen.add(key(record))
        yield record


def insee_code(row: Row, column: str) -> str:
    """Return the five characters of a commune code."""
    return _matching(row, column, INSEE_CODE, "n'est pas un code INSEE de commune (5 caractères)")


def zone_code(row: Row, column: str) -> str:
    """Return the four digits of a zone d'emploi code."""
    return _matching(row, column, ZONE_CODE, "n'est pas un code de zone d'emploi (4 chiffres)")


def siren(row: Row, column: str) -> str:
    """Return the nine digits of a legal unit's number; a spreadsheet may hold it as a number."""
    cell = row[column]
    given = {column: str(int(cell))} if isinstance(cell, float) and cell.is_integer() else row
    return _matching(given, column, SIREN, "n'est pas un numéro SIREN (9 chiffres)")


def _matching(row: Row, column: str, pattern: re.Pattern[str], reason: str) -> str:
    value = str(row[column]).strip()
    if not pattern.fullmatch(value):
        raise BadCell(column, value, reason)
    return value


def text(row: Row, column: str, *, longest: int) -> str:
    """Return a text that is neither empty nor longer than its column."""
    value = str(row[column] or "").strip()
    if not value:
        raise BadCell(column, value, "texte vide")
    if len(value) > longest:
        raise BadCell(column, value, f"texte de plus de {longest} caractères")
    return value


def number(row: Row, column: str, *, low: float, high: float) -> float:
    """Return the number of a cell, which must lie between two bounds."""
    value = optional_number(row, column, low=low, high=high)
    if value is None:
        raise BadCell(column, "", "nombre absent")
    return value


def optional_number(row: Row, column: str, *, low: float, high: float) -> float | None:
    """Return the number of a cell, or None when it is empty."""
    given = row[column]
    try:
        value = decimal_comma(given) if isinstance(given, str) else None if given is None else float(given)
    except (TypeError, ValueError):
        raise BadCell(column, given, "n'est pas un nombre") from None
    if value is None:
        return None
    if not (math.isfinite(value) and low <= value <= high):
        raise BadCell(column, given, f"nombre hors de l'intervalle attendu, de {low:g} à {high:g}")
    return value


def count(row: Row, column: str, *, high: int = 100_000_000) -> int:
    """Return the whole number of a cell."""
    value = number(row, column, low=0, high=high)
    if not value.is_integer():
        raise BadCell(column, row[column], "n'est pas un nombre entier")
    return int(value)
