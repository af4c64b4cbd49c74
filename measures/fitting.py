"""Iterative proportional fitting: a table that keeps the shape of a seed and meets known totals and known cells."""

from dataclasses import dataclass

import numpy as np

from measures.arrays import Flags, Floats, matrix, refuse_where, vector

__all__ = ["FitResult", "fit_margins"]

# Where no table exists, the sums of a column may sink towards zero from turn to turn: dividing by them would overflow.
SMALLEST_SUM = 1e-200


@dataclass(frozen=True, eq=False)
class FitResult:
    """A fitted table `values` (r, c) and how well it fits.

    The gaps are the largest absolute differences with the row totals and with the rescaled column totals, in the unit
    of the totals. `column_factor` is what the column totals were multiplied by to sum to the row totals.
    """

    values: Floats
    max_row_gap: float
    max_column_gap: float
    iterations: int
    column_factor: float
    is_converged: bool


def fit_margins(
    seed: Floats,
    row_totals: Floats,
    column_totals: Floats,
    *,
    pinned: Floats | None = None,
    tolerance: float,
    max_iterations: int,
) -> FitResult:
    """The table (r, c) nearest to `seed` (least relative entropy) whose rows and columns sum to the totals.

    Rows then columns are scaled in turn (Deming and Stephan 1940). `pinned` (r, c) holds the cells known beforehand,
    NaN where free; pinned cells are returned as given and only what they leave of the totals is fitted. A zero of the
    seed stays zero. Column totals that do not sum to the row totals are multiplied by one factor, returned.
    Stops when every row is within `tolerance` (unit of the totals), or at `max_iterations` with `is_converged` False:
    a pattern of zeros may admit no table, and then the gaps say by how much.

    ValueError, with positions, for: anything negative or NaN (save free pins); totals that no factor reconciles;
    pinned cells that exceed a total by more than `tolerance`; a total left to reach where no free cell has a seed.

    >>> fit = fit_margins(
    ...     np.ones((2, 2)), np.array([30.0, 70.0]), np.array([40.0, 60.0]), tolerance=1e-9, max_iterations=50
    ... )
    >>> fit.values.round(6)
    array([[12., 18.],
           [28., 42.]])
    """
    start, rows, columns = _checked(seed, row_totals, column_totals, tolerance)
    factor = _column_factor(rows, columns)
    known = np.full(start.shape, np.nan) if pinned is None else _checked_pins(pinned, start)
    is_free = np.isnan(known)
    values = np.where(is_free, start, 0.0)
    held = np.where(is_free, 0.0, known)
    free_rows = _left_to_fit(rows, held, values, axis=1, tolerance=tolerance)
    free_columns = _left_to_fit(columns * factor, held, values, axis=0, tolerance=tolerance)
    values, iterations = _scaled_in_turn(values, free_rows, free_columns, tolerance, max_iterations)
    fitted = np.where(is_free, values, held)
    row_gap = float(np.abs(fitted.sum(axis=1) - rows).max(initial=0.0))
    column_gap = float(np.abs(fitted.sum(axis=0) - columns * factor).max(initial=0.0))
    return FitResult(fitted, row_gap, column_gap, iterations, factor, max(row_gap, column_gap) <= tolerance)


def _checked(
    seed: Floats, row_totals: Floats, column_totals: Floats, tolerance: float
) -> tuple[Floats, Floats, Floats]:
    start = matrix(seed, name="seed")
    rows, columns = vector(row_totals, name="row_totals"), vector(column_totals, name="column_totals")
    if start.shape != (rows.size, columns.size):
        raise ValueError(f"seed has shape {start.shape}, the totals ask for {(rows.size, columns.size)}.")
    if not tolerance > 0:
        raise ValueError(f"tolerance must be positive, not {tolerance}.")
    for name, values in (("seed", start), ("row_totals", rows), ("column_totals", columns)):
        refuse_where(~np.isfinite(values) | (values < 0), f"{name} must be known, finite and not negative")
    largest = start.max(initial=0.0)
    return (start / largest if largest > 0 else start), rows, columns


def _column_factor(rows: Floats, columns: Floats) -> float:
    row_sum, column_sum = float(rows.sum()), float(columns.sum())
    if row_sum == column_sum:
        return 1.0
    if row_sum == 0 or column_sum == 0:
        raise ValueError(f"row totals sum to {row_sum:g}, column totals to {column_sum:g}: no factor reconciles them.")
    return row_sum / column_sum


def _checked_pins(pinned: Floats, seed: Floats) -> Floats:
    known = matrix(pinned, name="pinned")
    if known.shape != seed.shape:
        raise ValueError(f"pinned has shape {known.shape}, the seed {seed.shape}.")
    refuse_where((known < 0) | np.isinf(known), "pinned cells must be finite and not negative (NaN where free)")
    return known


def _left_to_fit(totals: Floats, held: Floats, seed: Floats, *, axis: int, tolerance: float) -> Floats:
    """What the pinned cells leave of each total, once it is sure that something can carry it."""
    name = "row" if axis == 1 else "column"
    left: Floats = totals - held.sum(axis=axis)
    refuse_where(left < -tolerance, f"the pinned cells of a {name} sum to more than its total")
    has_no_seed: Flags = seed.sum(axis=axis) == 0
    refuse_where(has_no_seed & (left > tolerance), f"a {name} has a total to reach but no free cell with a seed")
    return np.maximum(left, 0.0)


def _scaled_in_turn(
    values: Floats, rows: Floats, columns: Floats, tolerance: float, max_iterations: int
) -> tuple[Floats, int]:
    for iteration in range(1, max_iterations + 1):
        values = values * _ratio(rows, values.sum(axis=1))[:, None]
        values = values * _ratio(columns, values.sum(axis=0))[None, :]
        if np.abs(values.sum(axis=1) - rows).max(initial=0.0) <= tolerance:
            return values, iteration
    return values, max_iterations


def _ratio(wanted: Floats, current: Floats) -> Floats:
    ratio: Floats = np.divide(wanted, current, out=np.zeros_like(wanted), where=current > SMALLEST_SUM)
    return ratio
