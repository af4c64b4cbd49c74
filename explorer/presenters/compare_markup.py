"""The rows of a comparison as table cells, joined in Python: a template loop over some hundred cells is ten times
slower."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.presenters.compare_rows import CompareCell, CompareRow
from explorer.tables import Column, written
from explorer.wording import STATUS_SIGNS, number, status_label
from scoring.numbers import is_english

# Before the most favourable figure of a row, with words for those who cannot see it.
BEST_MARK = "◆"


def rows_html(rows: Sequence[CompareRow], *, with_sources: bool) -> SafeString:
    """Return the rows of a table: label with unit and, if asked, source; a cell a basin; the nation."""
    return mark_safe("".join(_row(one, with_sources) for one in rows))  # noqa: S308 - every part is escaped


def _row(row: CompareRow, with_source: bool) -> str:
    french = ' lang="fr"' if is_english() else ""
    unit = f' <span class="unit">{escape(row.unit)}</span>' if row.unit else ""
    source = f'<span class="cited"{french}>{escape(row.source)}</span>' if with_source else ""
    head = f'<th scope="row"><span{french if row.is_french else ""}>{escape(row.label)}</span>{unit}{source}</th>'
    cells = "".join(_cell(row, position) for position in range(len(row.cells)))
    national = "—" if row.national is None else escape(written(row.national, Column("", decimals=row.decimals)))
    return f'<tr>{head}{cells}<td class="num national">{national}</td></tr>'


def _cell(row: CompareRow, position: int) -> str:
    cell = row.cells[position]
    if cell.value is None:
        text = escape(cell.text or status_label(cell.status))
        detail = _small(cell.detail) if cell.detail and cell.detail != status_label(cell.status) else ""
        return f'<td class="words">{text}{detail}</td>'
    best = _best() if position in row.best else ""
    figure = f"<strong>{_figure(cell, row)}</strong>"
    return f'<td class="num">{best}{figure}{_difference(row, position)}{_small(cell.detail)}</td>'


def _best() -> str:
    words = escape(_("le plus favorable :"))
    return f'<span class="best-mark" aria-hidden="true">{BEST_MARK}</span><span class="sr">{words} </span>'


def _figure(cell: CompareCell, row: CompareRow) -> str:
    sign = STATUS_SIGNS.get(cell.status, "") if row.has_signs else ""
    told = (
        f'<span aria-hidden="true">{sign}\u202f</span><span class="sr">{escape(_("estimé"))} </span>' if sign else ""
    )
    return f"{told}{escape(number(cell.value or 0.0, row.decimals))}"


def _difference(row: CompareRow, position: int) -> str:
    gap = row.difference(position)
    if gap is None:
        return ""
    words = signed(gap, row.decimals)
    return f'<span class="difference"><span class="sr">{escape(_("écart au premier :"))} </span>{escape(words)}</span>'


def signed(value: float, decimals: int) -> str:
    """Return a difference with its sign; one that rounds to nothing is an equality."""
    if round(value, decimals) == 0:
        return "="
    return f"{'+' if value > 0 else ''}{number(value, decimals)}"


def _small(text: str) -> str:
    return f'<span class="detail-line">{escape(text)}</span>' if text else ""
