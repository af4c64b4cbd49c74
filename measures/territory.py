"""One value for a set of zones: means that give back the ratio of the sums."""

import numpy as np

from measures.arrays import Floats, refuse_where, vector

__all__ = ["harmonic_mean", "median_known", "weighted_mean"]


def weighted_mean(values: Floats, weights: Floats) -> float:
    """Mean of the known `values` (n,) by `weights` (n,), NaN where no weight is left.

    With the denominators as weights it is the ratio of the sums: doctors per inhabitant by inhabitants is all doctors
    over all inhabitants. A value or a weight that is NaN leaves its zone out. ValueError for a negative weight.

    >>> weighted_mean(np.array([10.0, 20.0, np.nan]), np.array([300.0, 100.0, 50.0]))
    12.5
    """
    known, given = _known_pairs(values, weights)
    total = given.sum()
    return float(known @ given / total) if total > 0 else float("nan")


def harmonic_mean(values: Floats, weights: Floats) -> float:
    """Harmonic mean of the known `values` (n,) by `weights` (n,), NaN where a value is zero or no weight is left.

    With the numerators as weights it is the ratio of the sums: density by inhabitants is all inhabitants over all the
    land. A value or a weight that is NaN leaves its zone out; so does a weight of zero. ValueError for a negative
    value or weight.

    >>> harmonic_mean(np.array([100.0, 50.0]), np.array([1000.0, 1000.0])).__round__(3)
    66.667
    """
    known, given = _known_pairs(values, weights)
    refuse_where(known < 0, "values must not be negative")
    known, given = known[given > 0], given[given > 0]
    if not known.size or (known == 0).any():
        return float("nan")
    return float(given.sum() / (given / known).sum())


def median_known(values: Floats) -> float:
    """Median of the known `values` (n,), NaN where none is known: for what nothing can add up or weigh.

    >>> median_known(np.array([3.0, np.nan, 1.0, 2.0]))
    2.0
    """
    known = vector(values, name="values")
    known = known[~np.isnan(known)]
    return float(np.median(known)) if known.size else float("nan")


def _known_pairs(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    known, given = vector(values, name="values"), vector(weights, name="weights")
    if known.size != given.size:
        raise ValueError(f"{known.size} values but {given.size} weights.")
    refuse_where(given < 0, "weights must not be negative")
    is_known = ~np.isnan(known) & ~np.isnan(given)
    return known[is_known], given[is_known]
