"""Reading one row of a file cell by cell: a cell that makes no sense refuses its row, by name."""

import math
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sources.numbers import decimal_comma, thousands_reading
from sources.registry import Rejected

INSEE_CODE = re.compile(r"(?:[0-9]{2}|2A|2B)[0-9]{3}")
# How producers write that a figure is kept secret or is not available.
SECRET_MARKS = frozenset({"s", "nd", "ns", "null", "n.d.", "n.s.", "secret", "...", "…", "*", "**", "c"})
ZONE_CODE = re.compile(r"[0-9]{4}")
SIREN = re.compile(r"[0-9]{9}")
# What a spreadsheet makes of codes such as MARS1, 1-2 or 2E10.
DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00)?|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}"
    r"|[0-9]{1,4}[ -]?(janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)[a-zé]*\.?[ -]?[0-9]{0,4}"
    r"|(janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)[a-zé]*\.?[ -]?[0-9]{1,4}",
    re.IGNORECASE,
)
SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
FROM_THE_SOURCE = "Le code d'origine est perdu : reprenez le fichier du producteur et importez la colonne en texte"

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
                yield repeated(line, record._fields[0], key(record))
                continue
            seen.add(key(record))
        yield record


def repeated(line: int, column: str, key: Hashable) -> Rejected:
    """Return the refusal of a row whose key stands higher in the file."""
    value = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
    return Rejected(line, column, value, "clé déjà lue plus haut dans le fichier : gardez une seule des deux lignes")


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
        raise BadCell(column, row[column], f"{reason}{code_advice(row[column], pattern)}")
    return value


def code_advice(cell: Any, pattern: re.Pattern[str]) -> str:
    """Return what happened to a code and how to mend it; empty when it cannot be told."""
    value = str(cell).strip()
    if isinstance(cell, date) or DATE.fullmatch(value):
        return f" : un tableur en a fait une date. {FROM_THE_SOURCE}"
    if SCIENTIFIC.fullmatch(value):
        return f" : un tableur l'a pris pour une puissance de dix. {FROM_THE_SOURCE}"
    if value.lower() in SECRET_MARKS:
        return " : c'est la marque d'une donnée secrète ou absente, un code est nécessaire"
    bare = value.removesuffix(".0").upper().replace(" ", "")
    for candidate in (bare, f"0{bare}"):
        if candidate != value and pattern.fullmatch(candidate):
            lost = "le zéro de tête a été perdu, " if candidate.startswith("0") and not bare.startswith("0") else ""
            return f" : {lost}écrivez {candidate}. Importez la colonne en texte"
    return ""


def text(row: Row, column: str, *, longest: int) -> str:
    """Return a text that is neither empty nor longer than its column."""
    value = str(row[column] or "").strip()
    if not value:
        raise BadCell(column, value, "texte vide")
    if len(value) > longest:
        raise BadCell(column, value, f"texte de plus de {longest} caractères")
    if "\0" in value:
        raise BadCell(column, value, "caractère nul dans le texte : supprimez-le")
    return value


def number(row: Row, column: str, *, low: float, high: float, decimal: str = "") -> float:
    """Return the number of a cell, which must lie between two bounds; see `optional_number`."""
    value = optional_number(row, column, low=low, high=high, decimal=decimal)
    if value is None:
        raise BadCell(column, "", "nombre absent")
    return value


def optional_number(row: Row, column: str, *, low: float, high: float, decimal: str = "") -> float | None:
    """Return the number of a cell, or None when it is empty.

    `decimal` is the separator the producer uses. Where it is not told, "1.234" is refused when both readings, 1.234
    and 1234, lie between the bounds; where it is told, the other separator is refused.
    """
    given = row[column]
    try:
        value = decimal_comma(given) if isinstance(given, str) else None if given is None else float(given) + 0.0
    except (TypeError, ValueError):
        raise BadCell(column, given, f"n'est pas un nombre{_number_advice(given)}") from None
    if value is None:
        return None
    if not (math.isfinite(value) and low <= value <= high):
        raise BadCell(column, given, f"nombre hors de l'intervalle attendu, de {low:g} à {high:g}")
    if isinstance(given, str):
        _refuse_ambiguity(column, given, low, high, decimal)
    return value


def _refuse_ambiguity(column: str, given: str, low: float, high: float, decimal: str) -> None:
    other = {",": ".", ".": ","}.get(decimal)
    thousands = thousands_reading(given)
    is_doubtful = thousands is not None and low <= thousands <= high if other is None else other in given
    if is_doubtful:
        whole = re.sub("[.,]", "", given.strip())
        raise BadCell(
            column, given, f"écriture ambiguë : décimales, ou {whole} ? Écrivez le nombre sans séparateur de milliers"
        )


def _number_advice(given: Any) -> str:
    value = str(given).strip()
    if value.lower() in SECRET_MARKS:
        return " : c'est la marque d'une donnée secrète ou absente, que cette colonne n'admet pas"
    if value.startswith("#"):
        return " : c'est une erreur de formule du tableur. Reprenez le fichier du producteur"
    if isinstance(given, date) or DATE.fullmatch(value):
        return f" : un tableur en a fait une date. {FROM_THE_SOURCE}"
    if re.search(r"[.,][0-9]*[.,]", value):
        return " : deux séparateurs. Écrivez 1234,5"
    return ""


def count(row: Row, column: str, *, high: int = 100_000_000) -> int:
    """Return the whole number of a cell."""
    value = optional_count(row, column, high=high, secret=False)
    if value is None:
        raise BadCell(column, "", "nombre absent")
    return value


def optional_count(row: Row, column: str, *, high: int = 100_000_000, secret: bool = True) -> int | None:
    """Return the whole number of a cell, or None when it is empty or, where `secret` is admitted, holds its mark."""
    given = row[column]
    if secret and isinstance(given, str) and given.strip().lower() in SECRET_MARKS:
        return None
    value = optional_number(row, column, low=0, high=high)
    if value is not None and not value.is_integer():
        raise BadCell(column, given, "n'est pas un nombre entier")
    return None if value is None else int(value)
