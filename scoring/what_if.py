"""What would become of a basin's score if some of its values were others, everybody else staying the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext as _

from measures.aggregation import TIE_DECIMALS
from scoring.cells import Cells, FloatArray, Measured
from scoring.definitions import Criterion, criterion
from scoring.errors import BadQuestion
from scoring.normalising import frozen_position
from scoring.numbers import number
from scoring.ranking import Ranking

# A page compares a handful of scenarios, and asks them again when one more is kept; the draws are what costs.
CHANGED_KEPT = 32


@dataclass(frozen=True)
class Standing:
    """Where a basin stands: score with its bounds, rank (None under a veto) and the ranks of 9 draws out of 10."""

    score: float
    score_low: float
    score_high: float
    rank: int | None
    rank_p05: float | None
    rank_p95: float | None


@lru_cache(maxsize=CHANGED_KEPT)
def standing(ranking: Ranking, index: int) -> Standing:
    """Return where a zone stands in a ranking: 200 x 50 draws are made for its interval, unless it is vetoed."""
    p05, p95 = ranking.robustness.interval_of(index) if ranking.is_eligible[index] else (None, None)
    return Standing(
        score=float(ranking.score[index]),
        score_low=float(ranking.score_low[index]),
        score_high=float(ranking.score_high[index]),
        rank=int(ranking.rank[index]) or None,
        rank_p05=p05,
        rank_p95=p95,
    )


@dataclass(frozen=True)
class Limits:
    """The least and the greatest value accepted for a criterion, in its unit."""

    low: float
    high: float


def limits(ranking: Ranking, criterion_id: str) -> Limits:
    """Return what a value may plausibly be: from the lowest to the highest known among all basins, margins included.

    Widened to the ends of the scale where they are fixed, and rounded outwards to the decimals on screen. Raises
    `BadQuestion` for a criterion without data for this activity.
    """
    column = column_of(ranking, criterion_id)
    one, measured = ranking.used[column], ranking.cells[column].measured
    ends = [float(np.nanmin(measured.low)), float(np.nanmax(measured.high))]
    if one.bounds_rule == "fixed" and one.scale != "saturating":
        ends += one.bounds
    unit = 10.0**one.decimals
    # A quotient worth 1 may be computed as a hair more.
    low, high = round(min(ends) * unit, 6), round(max(ends) * unit, 6)
    return Limits(float(np.floor(low) / unit), float(np.ceil(high) / unit))


def column_of(ranking: Ranking, criterion_id: str) -> int:
    """Return the position of a criterion in a ranking; raises `BadQuestion` when it has no data for the activity."""
    for column, one in enumerate(ranking.used):
        if one.id == criterion_id:
            return column
    raise BadQuestion(
        "changes",
        _(
            "« %(label)s » (%(id)s) n'a de donnée dans aucun bassin pour cette activité : ce critère ne pèse pour "
            "personne, le changer ne dirait rien."
        )
        % {"label": criterion(criterion_id).label, "id": criterion_id},
    )


def check_change(ranking: Ranking, criterion_id: str, value: float) -> None:
    """Raise `BadQuestion` for a criterion without data or a value that no basin comes near."""
    accepted = limits(ranking, criterion_id)
    if accepted.low <= value <= accepted.high:
        return
    one = criterion(criterion_id)
    raise BadQuestion(
        "changes",
        _(
            "« %(label)s » (%(id)s) ne peut pas valoir %(value)s : de %(low)s à %(high)s (%(unit)s), d'un bout à "
            "l'autre de ce que connaissent les bassins ou de l'échelle."
        )
        % {
            "label": one.label,
            "id": criterion_id,
            "value": number(value, max(one.decimals, 2)),
            "low": number(accepted.low, one.decimals),
            "high": number(accepted.high, one.decimals),
            "unit": one.unit,
        },
    )


def changed(ranking: Ranking, index: int, changes: Mapping[str, float], *, keeps_margins: bool) -> Ranking:
    """Return the ranking where a zone has other values for some criteria; the bounds of the scale do not move.

    A value changed is taken as exact, or keeps the margin of today's estimate with `keeps_margins`. Values are to be
    checked before. Raises `BadQuestion` for a criterion without data.
    """
    return _changed(ranking, index, tuple(sorted(changes.items())), keeps_margins)


@lru_cache(maxsize=CHANGED_KEPT)
def _changed(ranking: Ranking, index: int, changes: tuple[tuple[str, float], ...], keeps_margins: bool) -> Ranking:
    columns = {column_of(ranking, key): value for key, value in changes}
    cells = tuple(
        _changed_cells(ranking, column, index, columns[column], keeps_margins) if column in columns else cell
        for column, cell in enumerate(ranking.cells)
    )
    # Sentences already written quote the old values.
    return replace(ranking, assessment=replace(ranking.assessment, cells=cells, _kept={}))


def _changed_cells(ranking: Ranking, column: int, index: int, value: float, keeps_margins: bool) -> Cells:
    one, cell = ranking.used[column], ranking.cells[column]
    ends = values_with_margins(one, cell.measured, index, np.array([value]), keeps_margins=keeps_margins)
    low, high = positions(ranking, column, ends)
    measured = replace(
        cell.measured,
        value=_put(cell.measured.value, index, value),
        low=_put(cell.measured.low, index, float(ends[0, 0])),
        high=_put(cell.measured.high, index, float(ends[1, 0])),
        status=_put(cell.measured.status, index, "estimated" if ends[0, 0] != ends[1, 0] else "observed"),
    )
    return Cells(
        measured,
        _put(cell.normalised, index, float(low[0] + high[0]) / 2),
        _put(cell.low, index, float(low[0])),
        _put(cell.high, index, float(high[0])),
    )


def _put(values: np.ndarray, index: int, value: object) -> np.ndarray:
    # As wide as any status: an array of texts cuts what is longer than its longest.
    copy = values.astype("<U10") if values.dtype.kind == "U" else values.copy()
    copy[index] = value
    return copy


def values_with_margins(
    one: Criterion, measured: Measured, index: int, values: FloatArray, *, keeps_margins: bool
) -> FloatArray:
    """Return the low and high ends (2, m) of new values (m,) of a zone: themselves, or with today's margin around.

    The margin is a ratio on a log scale, a difference elsewhere; a zone without a value today has none.
    """
    today = float(measured.value[index])
    if not keeps_margins or np.isnan(today) or (one.scale == "log" and today <= 0):
        return np.array([values, values])
    ends = np.array([[measured.low[index]], [measured.high[index]]])
    return values * (ends / today) if one.scale == "log" else values + (ends - today)


def positions(ranking: Ranking, column: int, ends: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and highest positions (m,) of ends (2, m) on the frozen scale of a criterion, in 0-1."""
    cell, one = ranking.cells[column], ranking.used[column]
    # A count cannot be negative, even at the end of a margin.
    floor = 0.0 if one.scale in ("log", "saturating") else -np.inf
    place = frozen_position(one, cell.measured, normalisation=ranking.question.normalisation)
    first, last = place(np.maximum(ends[0], floor)), place(np.maximum(ends[1], floor))
    return np.fmin(first, last), np.fmax(first, last)


def rank_with(ranking: Ranking, index: int, score: float) -> int | None:
    """Return the rank that a zone would have with a score, the others keeping theirs; None when it is vetoed."""
    if not ranking.is_eligible[index]:
        return None
    is_other = np.arange(len(ranking.score)) != index
    others = np.round(ranking.score[is_other & ranking.is_eligible], TIE_DECIMALS)
    return int((others > round(score, TIE_DECIMALS)).sum()) + 1
