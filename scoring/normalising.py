"""From measured criteria to cells in [0, 1], bounds frozen over all zones of the edition."""

from collections.abc import Callable
from functools import partial

import numpy as np

from measures.access import saturating_count, unsaturated_count
from measures.normalisation import Bounds, Direction, quantile_bounds, scale, unscale
from scoring.cells import Cells, FloatArray, Measured
from scoring.definitions import Criterion

ZSCORE_LIMIT = 3.0


def normalise(criterion: Criterion, measured: Measured, *, normalisation: str) -> Cells:
    """Return the cells of a criterion.

    A cell lies between the positions of its low and high values and is worth their middle; an unknown one lies between
    0 and 1; an absent one is worth 0.
    """
    value, low, high = (_on_scale(criterion, column) for column in (measured.value, measured.low, measured.high))
    position = _positioner(criterion, value, normalisation)
    ends = (position(low), position(high))
    bottom, top = np.fmin(*ends), np.fmax(*ends)
    is_absent = measured.status == "absent"
    is_unknown = np.isnan(measured.value) & ~is_absent
    bottom = np.where(is_absent | is_unknown, 0.0, bottom)
    top = np.where(is_absent, 0.0, np.where(is_unknown, 1.0, top))
    return Cells(measured, (bottom + top) / 2, bottom, top)


def frozen_position(
    criterion: Criterion, measured: Measured, *, normalisation: str
) -> Callable[[FloatArray], FloatArray]:
    """Return the function that places values in the unit of the criterion, bounds being those of `measured`."""
    position = _positioner(criterion, _on_scale(criterion, measured.value), normalisation)
    return lambda values: position(_on_scale(criterion, values))


def value_at(criterion: Criterion, measured: Measured, positions: FloatArray, *, normalisation: str) -> FloatArray:
    """Return the values placed at positions in 0-1 by `frozen_position`; infinite where no value reaches that far.

    For percentiles, which climb by steps, the smallest known value (largest where less is better) that stands at the
    position or above it. NaN where nothing tells the zones apart.
    """
    on_scale = _on_scale(criterion, measured.value)
    if normalisation == "percentile":
        return _known_value_at(criterion, measured, positions)
    bounds = _bounds(criterion, on_scale, normalisation)
    found = unscale(positions, bounds, direction=_direction(criterion))
    if criterion.scale == "log":
        return np.exp(found)
    if criterion.scale == "saturating":
        return unsaturated_count(np.clip(found, 0.0, 1.0), scale=criterion.parameters["scale"])
    return found


def _known_value_at(criterion: Criterion, measured: Measured, positions: FloatArray) -> FloatArray:
    worst_first = np.unique(measured.value[~np.isnan(measured.value)])
    if criterion.direction == "less":
        worst_first = worst_first[::-1]
    if not worst_first.size:
        return np.full(np.shape(positions), np.nan)
    places = frozen_position(criterion, measured, normalisation="percentile")(worst_first)
    at = np.searchsorted(places, positions, side="left")
    return np.where(at < worst_first.size, worst_first[np.minimum(at, worst_first.size - 1)], np.inf)


def _direction(criterion: Criterion) -> Direction:
    return "less" if criterion.direction == "less" else "more"


def _on_scale(criterion: Criterion, values: FloatArray) -> FloatArray:
    if criterion.scale == "log":
        return np.log(np.maximum(values, 1e-9))
    if criterion.scale == "saturating":
        return saturating_count(values, scale=criterion.parameters["scale"])
    return values


def _positioner(criterion: Criterion, value: FloatArray, normalisation: str) -> Callable[[FloatArray], FloatArray]:
    """Return the function that places values between the ends of the scale, 1 being the favourable end."""
    direction = _direction(criterion)
    if normalisation == "percentile":
        known = np.sort(value[~np.isnan(value)])
        below = partial(_share_below, known=known)
        return below if direction == "more" else lambda column: 1 - below(column)
    return partial(scale, bounds=_bounds(criterion, value, normalisation), direction=direction)


def _bounds(criterion: Criterion, value: FloatArray, normalisation: str) -> Bounds:
    if normalisation == "zscore":
        known = value[~np.isnan(value)]
        centre = float(known.mean()) if known.size else 0.0
        # The computed deviation of a constant column may be a rounding away from zero.
        spread = float(known.std()) if known.size and known.min() < known.max() else 0.0
        return Bounds(centre - ZSCORE_LIMIT * spread, centre + ZSCORE_LIMIT * spread)
    low, high = criterion.bounds
    if criterion.bounds_rule == "quantiles":
        return quantile_bounds(value, low_quantile=low, high_quantile=high)
    return Bounds(float(np.log(low)), float(np.log(high))) if criterion.scale == "log" else Bounds(low, high)


def _share_below(column: FloatArray, *, known: FloatArray) -> FloatArray:
    """Share of the known values, sorted, below each number, equal ones counted for half."""
    below = np.searchsorted(known, column, side="left") + np.searchsorted(known, column, side="right")
    return np.where(np.isnan(column), np.nan, below / 2 / max(known.size, 1))
