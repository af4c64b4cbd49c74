"""Cells of the exchange layouts of the CNIG: NA for nothing, oui or non, codes, labels of closed lists."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from basins.ingest.cells import BadCell, insee_code, optional_number, records, text

NOTHING = ("", "NA", "NaN", "N/A")
YES_NO = {"oui": True, "non": False}
LONGEST_CODE = 40


def value_of(row: Mapping[str, str], column: str) -> str:
    """Return the text of a cell, "" for what the standard takes for a missing value."""
    given = str(row[column] or "").strip()
    return "" if given in NOTHING else given


def identifier(row: Mapping[str, str], column: str) -> str:
    """Return the identifier of a row."""
    return text({column: value_of(row, column)}, column, longest=LONGEST_CODE)


def commune_code(row: Mapping[str, str], column: str) -> str:
    """Return the five characters of a commune code; four digits have lost a zero in a spreadsheet and find it back."""
    given = value_of(row, column)
    whole = f"0{given}" if len(given) == 4 and given.isdigit() else given
    return insee_code({column: whole}, column)


def amount(row: Mapping[str, str], column: str, *, high: float) -> float:
    """Return a number that must be there, from 0 to `high`."""
    found = optional_amount(row, column, high=high)
    if found is None:
        raise BadCell(column, str(row[column]), "nombre absent")
    return found


def optional_amount(row: Mapping[str, str], column: str, *, high: float) -> float | None:
    """Return a number from 0 to `high`, None for a missing value."""
    return optional_number({column: value_of(row, column)}, column, low=0, high=high)


def known_label(row: Mapping[str, str], column: str, known: Sequence[str]) -> str:
    """Return a label of a closed list; case does not matter."""
    given = value_of(row, column)
    by_lower = {label.lower(): label for label in known}
    if given.lower() not in by_lower:
        raise BadCell(column, given, f"valeur hors de la liste : {', '.join(known)}"[:300])
    return by_lower[given.lower()]


def yes_no(row: Mapping[str, str], column: str) -> bool | None:
    """Return True, False or None for a missing value."""
    given = value_of(row, column).lower()
    if given and given not in YES_NO:
        raise BadCell(column, given, "ni oui ni non")
    return YES_NO.get(given)


def iso_date(row: Mapping[str, str], column: str) -> date:
    """Return a date written AAAA-MM-JJ."""
    given = value_of(row, column)
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadCell(column, given, "n'est pas une date AAAA-MM-JJ") from None


def french_date(row: Mapping[str, str], column: str) -> date | None:
    """Return a date written jj/mm/aaaa, None for a missing value."""
    given = value_of(row, column)
    try:
        day, month, year = (int(part) for part in given.split("/")) if given else (0, 0, 0)
        return date(year, month, day) if given else None
    except ValueError:
        raise BadCell(column, given, "n'est pas une date jj/mm/aaaa") from None


def refuse_geometry(column: str, value: str, reason: str) -> None:
    """Raise `BadCell` for a geometry that was given and refused; an empty cell is for the caller to judge."""
    if value and reason:
        raise BadCell(column, value, reason)


def listed(
    rows: Iterable[tuple[int, Mapping[str, str]]], read: Callable[[int, Mapping[str, str]], Any]
) -> Iterator[Any]:
    """Yield `read(place, row)` of each row, or its refusal; an identifier given twice is refused the second time.

    The place is that of the row among its geometries, which are checked in one go before.
    """
    placed = ((line, {"place": place, "row": row}) for place, (line, row) in enumerate(rows))
    yield from records(placed, lambda one: read(one["place"], one["row"]), key=lambda record: record.code)


def area_m2(surface: Any) -> float | None:
    """Return the area on the ellipsoid of a surface in degrees, None for no surface."""
    from pyproj import Geod

    if surface is None:
        return None
    # The sign follows the way the outline is walked.
    return sum(abs(Geod(ellps="WGS84").geometry_area_perimeter(part)[0]) for part in _oriented(surface))


def _oriented(surface: Any) -> list[Any]:
    import shapely
    from shapely.geometry.polygon import orient

    return [orient(part) for part in shapely.get_parts(surface)]
