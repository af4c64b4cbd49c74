"""From values in their own units to values in 0-1 that can be weighed together."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from measures.arrays import Floats, refuse_where, vector

__all__ = [
    "NEUTRAL",
    "Bounds",
    "Direction",
    "mid_ranks",
    "percentile",
    "quantile_bounds",
    "scale",
    "unscale",
    "zscore_to_unit",
]

Direction = Literal["more", "less", "ideal"]

NEUTRAL = 0.5
"""What every known cell of a criterion is worth when the criterion tells nobody apart."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """Values worth the two ends of the scale: two numbers, or two arrays (k,) for k columns.

    NaN at both ends: nothing was known. ValueError when a low is above its high.
    """

    low: float | Floats
    high: float | Floats

    def __post_init__(self) -> None:
        refuse_where(np.atleast_1d(np.greater(self.low, self.high)), "the low bound must not exceed the high one")


def quantile_bounds(values: Floats, *, low_quantile: float, high_quantile: float) -> Bounds:
    """Bounds of `values` (n,) or of each column of `values` (n, k), at two quantiles of the known cells, NaN ignored.

    To be computed once over all zones and kept: bounds of a filtered list would move everybody's score.
    When the two quantiles coincide though the values differ (a column nearly all zeros), the extremes are used. A
    constant column has equal bounds, an all-NaN one NaN bounds: `scale` makes both neutral.
    ValueError for an infinite value, or unless 0 <= low_quantile < high_quantile <= 1.

    >>> quantile_bounds(np.array([0.0, 1.0, 2.0, 3.0, 4.0, np.nan]), low_quantile=0.25, high_quantile=0.75)
    Bounds(low=1.0, high=3.0)
    """
    if not 0 <= low_quantile < high_quantile <= 1:
        raise ValueError(f"quantiles must satisfy 0 <= low < high <= 1, not {low_quantile} and {high_quantile}.")
    cells: Floats = np.asarray(values, dtype=np.float64)
    refuse_where(np.isinf(cells), "values must be finite or NaN")
    columns = cells[:, None] if cells.ndim == 1 else cells
    low, high = np.full((2, columns.shape[1]), np.nan)
    has_value = ~np.isnan(columns).all(axis=0)
    if has_value.any():
        known = columns[:, has_value]
        lows, highs = _known_quantiles(known, (low_quantile, high_quantile))
        coincide = lows == highs
        low[has_value] = np.where(coincide, np.nanmin(known, axis=0), lows)
        high[has_value] = np.where(coincide, np.nanmax(known, axis=0), highs)
    return Bounds(float(low[0]), float(high[0])) if cells.ndim == 1 else Bounds(low, high)


def _known_quantiles(columns: Floats, quantiles: tuple[float, float]) -> Floats:
    """Two quantiles (2, k) of the known cells of each column, by linear interpolation.

    As numpy's nanquantile, which loops over the columns in Python: ten times slower on one column of 306 zones.
    """
    ordered = np.sort(columns, axis=0)
    last = (~np.isnan(columns)).sum(axis=0) - 1
    position = np.asarray(quantiles)[:, None] * last
    below = np.floor(position).astype(np.int64)
    above = np.minimum(below + 1, last)
    lower, upper = np.take_along_axis(ordered, below, axis=0), np.take_along_axis(ordered, above, axis=0)
    found: Floats = lower + (upper - lower) * (position - below)
    return found


def scale(values: Floats, bounds: Bounds, *, direction: Direction, ideal: Bounds | None = None) -> Floats:
    """Position of `values` (n,) or (n, k) between the bounds, in 0-1, clamped; 1 is always the best.

    - "more": (x - low) / (high - low);
    - "less": 1 minus that, taken *after* scaling: inverting the values first would need other bounds;
    - "ideal": 1 within `ideal`, a straight line down to 0 at each bound; no decline on a side where the ideal reaches
      the bound or goes beyond it.

    NaN stays NaN. Where the bounds are equal or NaN, every known cell is worth 0.5 whatever the direction.
    ValueError for an unknown direction, and when `ideal` is given without the direction "ideal" or the reverse.

    >>> scale(np.array([5.0, 15.0, 99.0, np.nan]), Bounds(10.0, 20.0), direction="less")
    array([1. , 0.5, 0. , nan])
    >>> scale(np.array([2.0, 5.0, 8.0]), Bounds(0.0, 10.0), direction="ideal", ideal=Bounds(4.0, 6.0))
    array([0.5, 1. , 0.5])
    """
    if direction not in ("more", "less", "ideal"):
        raise ValueError(f"direction must be more, less or ideal, not {direction!r}.")
    if (direction == "ideal") != (ideal is not None):
        raise ValueError(f"an ideal range goes with the direction ideal and only with it, not with {direction!r}.")
    cells: Floats = np.asarray(values, dtype=np.float64)
    tells_apart = np.greater(bounds.high, bounds.low)
    low, high = np.where(tells_apart, bounds.low, 0.0), np.where(tells_apart, bounds.high, 1.0)
    if ideal is None:
        position = _climb(cells, low, high)
        oriented = 1.0 - position if direction == "less" else position
    else:
        fall = 1.0 - _climb(cells, np.asarray(ideal.high, dtype=np.float64), high, flat=0.0)
        oriented = np.minimum(_climb(cells, low, np.asarray(ideal.low, dtype=np.float64), flat=1.0), fall)
    return np.where(np.isnan(cells), np.nan, np.where(tells_apart, oriented, NEUTRAL))


def _climb(cells: Floats, foot: Floats, top: Floats, *, flat: float = NEUTRAL) -> Floats:
    """0 up to `foot`, 1 from `top`, a straight line between; `flat` where there is no slope between them."""
    is_slope = top > foot
    start, width = np.where(is_slope, foot, 0.0), np.where(is_slope, top - foot, 1.0)
    # Clamped before dividing: an outlier over a tiny width would overflow.
    return np.where(is_slope, np.clip(cells - start, 0.0, width) / width, flat)


def unscale(positions: Floats, bounds: Bounds, *, direction: Direction) -> Floats:
    """The value that `scale` places at each position, for the directions "more" and "less": its inverse in 0-1.

    - "more": low + position x (high - low);
    - "less": high - position x (high - low).

    At 0 and 1 the bound itself is given, though every value beyond it has the same position. NaN where the bounds are
    equal or NaN: no value is then better than another. ValueError for another direction (an ideal has two sides) and
    for a position outside 0-1.

    >>> unscale(np.array([0.0, 0.5, 1.0]), Bounds(10.0, 20.0), direction="less")
    array([20., 15., 10.])
    """
    if direction not in ("more", "less"):
        raise ValueError(f"only more and less can be inverted, not {direction!r}.")
    places: Floats = np.asarray(positions, dtype=np.float64)
    refuse_where((places < 0) | (places > 1), "positions must lie between 0 and 1")
    width = np.subtract(bounds.high, bounds.low)
    values = bounds.low + places * width if direction == "more" else bounds.high - places * width
    return np.where(np.greater(width, 0), values, np.nan)


def mid_ranks(values: Floats) -> Floats:
    """Rank (n,) of each value among the known ones, 1 for the smallest; equal values share the mean of their ranks.

    NaN stays NaN and takes no rank.

    >>> mid_ranks(np.array([30.0, 10.0, 30.0, np.nan]))
    array([2.5, 1. , 2.5, nan])
    """
    cells = vector(values, name="values")
    is_known = ~np.isnan(cells)
    _, group, size = np.unique(cells[is_known], return_inverse=True, return_counts=True)
    ranks = np.full(cells.shape, np.nan)
    ranks[is_known] = (np.cumsum(size) - (size - 1) / 2)[group]
    return ranks


def percentile(values: Floats) -> Floats:
    """Share (n,) of the known values below each one, equal ones counted for half: (mid-rank - 0.5) / count, in ]0, 1[.

    1 is the largest: for a criterion where less is better, take 1 minus it. A constant column is worth 0.5 everywhere.
    NaN stays NaN. Depends on the whole set: adding or hiding a zone moves the others, so it must be labelled so.

    >>> percentile(np.array([10.0, 20.0, 20.0, 40.0]))
    array([0.125, 0.5  , 0.5  , 0.875])
    """
    ranks = mid_ranks(values)
    return (ranks - 0.5) / max(int(np.count_nonzero(~np.isnan(ranks))), 1)


def zscore_to_unit(values: Floats, *, limit: float) -> Floats:
    """Deviations (n,) from the mean in standard deviations, `-limit` to 0 and `limit` to 1, clamped.

    A clipped straight line rather than the normal distribution function: it keeps the distances between values, which
    is the only reason to prefer it to the percentile. 1 is the largest: for a criterion where less is better, take 1
    minus it. The deviation is that of the known cells (divided by their count); a constant column is worth 0.5
    everywhere. NaN stays NaN. Depends on the whole set, as `percentile`. ValueError unless limit is positive.

    >>> zscore_to_unit(np.array([1.0, 3.0, np.nan]), limit=2.0)
    array([0.25, 0.75,  nan])
    """
    if not limit > 0:
        raise ValueError(f"limit must be a positive number of standard deviations, not {limit}.")
    cells = vector(values, name="values")
    known = cells[~np.isnan(cells)]
    deviation = float(known.std()) if known.size else 0.0
    # The computed deviation of a constant column may be a rounding away from zero.
    if deviation == 0 or known.min() == known.max():
        return np.where(np.isnan(cells), np.nan, NEUTRAL)
    position: Floats = np.clip(NEUTRAL + (cells - known.mean()) / deviation / (2 * limit), 0.0, 1.0)
    return position
