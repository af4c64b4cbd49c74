"""Tables of raw numbers behind figures and lists: written for the screen here, for files in `downloads`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from explorer.citations import cited
from explorer.wording import STATUS_SIGNS, number, status_label
from scoring.facts import Facts
from scoring.numbers import is_english

NO_VALUE = "—"
# A table that no drawing stands for is open when it is no longer than this.
LONGEST_OPEN = 20
# Before a sum over basins of which some are not known.
AT_LEAST = "≥"


class Signed(NamedTuple):
    """A number with its own sign (≈, ≥) and decimals on screen; a file keeps the number alone."""

    value: float | None
    sign: str = ""
    decimals: int | None = None


Cell = str | float | int | Signed | None


@dataclass(frozen=True)
class Column:
    """A column: words when `decimals` is None, else numbers of a unit, which a file writes beside the label.

    `is_status` marks the codes of what is known of the row, written in words; `is_year` whole numbers that take no
    separator. `is_french` marks names and labels of the data, French in every language. `meaning` and `source` fill
    the dictionary of a workbook where the label and the source of the table do not say all; `key` is a name for
    programs, that no language changes.
    """

    label: str
    unit: str = ""
    decimals: int | None = None
    is_status: bool = False
    is_year: bool = False
    is_french: bool = False
    meaning: str = ""
    source: str = ""
    key: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of raw cells under columns; `sources` are data set slugs, `status` that of all rows without a column of it.

    A table whose rows name their own producer and vintage has no `sources`.
    """

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    sources: Sequence[str] = ()
    status: str = ""


@dataclass(frozen=True)
class Figure:
    """A table with how it is drawn, if at all: `chart` is called only when the drawing is shown.

    `source` is written under a table whose rows name their own.
    """

    table: Table
    subtitle: str = ""
    note: str = ""
    source: str = ""
    chart: Callable[[], dict[str, Any]] | None = field(default=None, compare=False)


def shown(facts: Facts, figure: Figure, *, csv_url: str = "") -> dict[str, Any]:
    """Return what `components/figure.html` shows of a figure: title, drawing, table, source, file."""
    table = figure.table
    return {
        "id": table.id,
        "title": table.title,
        "subtitle": figure.subtitle,
        "note": figure.note,
        "spec_id": f"chart-{table.id}",
        "spec": figure.chart() if figure.chart else None,
        "is_open": not figure.chart and len(table.rows) <= LONGEST_OPEN,
        "head": head_html(table),
        "body": body_html(table),
        "source": cited(facts, *table.sources) or figure.source,
        "csv_url": csv_url,
    }


def head_html(table: Table) -> SafeString:
    """Return the heading cells of a table."""
    cells = [f'<th scope="col"{_attributes(one)}>{escape(heading(one))}</th>' for one in table.columns]
    return mark_safe("".join(cells))  # noqa: S308 - every part is escaped


def body_html(table: Table) -> SafeString:
    """Return the rows of a table, joined in Python: a template loop over some hundred cells is ten times slower."""
    french = ' lang="fr"' if is_english() else ""
    kinds = [(_attributes(one) + (french if one.is_french else ""), one) for one in table.columns]
    lines = []
    for row in table.rows:
        (attributes, column), *others = kinds
        cells = [f'<th scope="row"{attributes}>{escape(written(row[0], column))}</th>']
        cells += [
            f"<td{attributes}>{escape(written(cell, column))}</td>"
            for cell, (attributes, column) in zip(row[1:], others, strict=True)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return mark_safe("".join(lines))  # noqa: S308 - every part is escaped


def _attributes(column: Column) -> str:
    return "" if column.decimals is None else ' class="num"'


def heading(column: Column) -> str:
    """Return the label of a column with its unit."""
    return f"{column.label} ({column.unit})" if column.unit else column.label


def written(cell: Cell, column: Column) -> str:
    """Return a cell as it stands on screen: separators of the language, sign, status in words, a dash for nothing."""
    sign, decimals = "", column.decimals or 0
    if isinstance(cell, Signed):
        decimals = decimals if cell.decimals is None else cell.decimals
        cell, sign = cell.value, cell.sign
    # NaN, which is no number, is not itself either.
    if cell is None or cell == "" or cell != cell:  # noqa: PLR0124
        return NO_VALUE
    if column.is_status:
        return status_label(str(cell))
    text = str(cell) if isinstance(cell, str) or column.is_year else number(float(cell), decimals)
    return f"{sign}\u202f{text}" if sign else text


def signed_by(status: str, value: float | None, decimals: int | None = None) -> Signed:
    """Return a number with the sign of its status."""
    return Signed(value, STATUS_SIGNS.get(status, ""), decimals)
