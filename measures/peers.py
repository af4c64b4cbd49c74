"""How unlike zones are: gaps trait by trait on one scale, and one distance that averages them."""

from dataclasses import dataclass

import numpy as np

from measures.arrays import Flags, Floats, matrix, refuse_where, vector

__all__ = ["Trait", "composition_trait", "covered_share", "gaps_from", "number_trait", "parts", "structural_distance"]


@dataclass(frozen=True, eq=False)
class Trait:
    """What zones are compared on, ready to be subtracted: `points` (n, c), NaN in the rows of what is not known.

    `is_absent` (n,) marks the zones where the thing does not exist, which is known. `typical` is the median gap of two
    zones that differ, in the units of `points`: the gap that counts for 1. NaN where no two zones differ.
    """

    points: Floats
    is_absent: Flags
    typical: float


def number_trait(values: Floats, *, is_absent: Flags, log_offset: float | None) -> Trait:
    """Return a number (n,) as a trait; `log_offset` compares ratios of (value + offset), None differences.

    Dividing by the median gap of the pairs is Rousseeuw and Croux's robust scale (JASA, 1993) without its constant:
    units and origin vanish, and half the zones may be outliers. ValueError for the logarithm of a number that is not
    positive.

    >>> trait = number_trait(np.array([1.0, 10.0, 1000.0]), is_absent=np.zeros(3, dtype=bool), log_offset=0.0)
    >>> (trait.typical / np.log(10)).round(6)
    np.float64(2.0)
    """
    points = vector(values, name="values")
    if log_offset is not None:
        refuse_where(points + log_offset <= 0, "the logarithm of a number that is not positive")
        points = np.log(points + log_offset)
    return _scaled(points[:, None], is_absent)


def composition_trait(amounts: Floats) -> Trait:
    """Return parts of a whole (n, c) as a trait: the square roots of their shares, whose distance is Hellinger's.

    A zone whose parts are unknown or sum to zero has no composition. ValueError for a negative amount.

    >>> composition_trait(np.array([[3.0, 1.0], [0.0, 0.0]])).points.round(3).tolist()
    [[0.866, 0.5], [nan, nan]]
    """
    given = matrix(amounts, name="amounts")
    refuse_where(given < 0, "amounts must not be negative")
    total = given.sum(axis=1, keepdims=True)
    return _scaled(np.sqrt(given / np.where(total > 0, total, np.nan)), np.zeros(len(given), dtype=bool))


def _scaled(points: Floats, is_absent: Flags) -> Trait:
    known = points[~np.isnan(points).any(axis=1) & ~is_absent]
    first, second = np.triu_indices(len(known), k=1)
    gaps = np.linalg.norm(known[first] - known[second], axis=1)
    differing = gaps[gaps > 0]
    return Trait(points, np.asarray(is_absent, dtype=bool), float(np.median(differing)) if differing.size else np.nan)


def gaps_from(trait: Trait, index: int, *, largest: float) -> Floats:
    """Return the gap (n,) of every zone to one of them: 0 alike, 1 as two zones usually are, `largest` at most.

    NaN where either is not known. A thing that exists in neither makes them alike; in one only, as unlike as can be.
    The bound keeps one extreme number from drowning all the others.

    >>> trait = number_trait(np.array([1.0, 2.0, 4.0]), is_absent=np.zeros(3, dtype=bool), log_offset=None)
    >>> gaps_from(trait, 0, largest=1.25).tolist()
    [0.0, 0.5, 1.25]
    """
    distance = np.linalg.norm(trait.points - trait.points[index], axis=1)
    # Where no two zones differ the distance is 0 or unknown: any scale says so.
    gaps = np.minimum(distance / (1.0 if np.isnan(trait.typical) else trait.typical), largest)
    known = trait.is_absent | ~np.isnan(trait.points).any(axis=1)
    gaps = np.where(trait.is_absent == trait.is_absent[index], gaps, largest)
    gaps = np.where(trait.is_absent & trait.is_absent[index], 0.0, gaps)
    return np.where(known & known[index], gaps, np.nan)


def structural_distance(gaps: Floats, weights: Floats) -> Floats:
    """Return the distance (n,) from the gaps (t, n) of each trait: the root of their weighted mean square.

    A trait unknown in a pair is left out of that pair, the weights of the others then summing to 1; NaN where nothing
    is left. Read it with `covered_share`. ValueError for a negative weight.

    >>> structural_distance(np.array([[0.6, 2.0], [0.8, np.nan]]), np.array([1.0, 1.0])).round(4).tolist()
    [0.7071, 2.0]
    """
    squares, shares = _weighed(gaps, weights)
    total = shares.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt((shares * squares).sum(axis=0) / total)


def covered_share(gaps: Floats, weights: Floats) -> Floats:
    """Return the share (n,) of the weight that the known gaps (t, n) of a pair hold, 0-1.

    >>> covered_share(np.array([[0.6, 2.0], [0.8, np.nan]]), np.array([3.0, 1.0])).tolist()
    [1.0, 0.75]
    """
    _squares, shares = _weighed(gaps, weights)
    return np.asarray(shares.sum(axis=0))


def parts(gaps: Floats, weights: Floats) -> Floats:
    """Return what each trait (t, n) adds to the square of the distance, NaN where it is left out; they sum to it.

    >>> parts(np.array([[1.0], [2.0]]), np.array([1.0, 3.0])).tolist()
    [[0.25], [3.0]]
    """
    squares, shares = _weighed(gaps, weights)
    total = shares.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.isnan(gaps), np.nan, shares * squares / total)


def _weighed(gaps: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The squares of the gaps (t, n), 0 where unknown, and the share of the weight that each holds, 0 there too."""
    given, weighing = matrix(gaps, name="gaps"), vector(weights, name="weights")
    if len(given) != weighing.size:
        raise ValueError(f"{len(given)} traits but {weighing.size} weights.")
    refuse_where(weighing < 0, "weights must not be negative")
    if not weighing.sum() > 0:
        raise ValueError("the weights must not all be zero.")
    is_known = ~np.isnan(given)
    return np.where(is_known, given**2, 0.0), is_known * (weighing / weighing.sum())[:, None]
