"""From normalised criteria and weights to scores, ranks and what each criterion brings to them."""

from dataclasses import dataclass

import numpy as np

from measures.arrays import Flags, Floats, Integers, matrix, refuse_where, vector
from measures.normalisation import mid_ranks

__all__ = [
    "ScoreBounds",
    "contributions",
    "effective_shares",
    "geometric_by_pillar",
    "normalise_weights",
    "order_descending",
    "rank_descending",
    "score_bounds",
    "spearman",
    "weighted_sum",
]

TIE_DECIMALS = 12
"""Scores equal to this many decimals are ties: what differs beyond is the order of the additions, not the zones."""


@dataclass(frozen=True, eq=False)
class ScoreBounds:
    """Lowest and highest score (n,) that the unknown and uncertain cells of each zone allow."""

    low: Floats
    high: Floats


def normalise_weights(weights: Floats) -> Floats:
    """`weights` (k,) over their sum, in 0-1.

    ValueError, naming the positions, when one is negative, NaN or infinite, and when all are zero.

    >>> normalise_weights(np.array([30.0, 10.0, 0.0]))
    array([0.75, 0.25, 0.  ])
    """
    given = vector(weights, name="weights")
    refuse_where(~np.isfinite(given) | (given < 0), "a weight must be a finite number that is not negative")
    largest = given.max(initial=0.0)
    if largest == 0:
        raise ValueError("at least one weight must be positive.")
    # By the largest first: the sum of very large weights would overflow.
    relative = given / largest
    shares: Floats = relative / relative.sum()
    return shares


def contributions(normalised: Floats, weights: Floats) -> Floats:
    """What each criterion brings to each score (n, k): w_c x n_c, the weights normalised. Rows sum to the score.

    `normalised` (n, k) in 0-1. A criterion of weight 0 brings 0 whatever it holds. Elsewhere NaN is refused: what an
    unknown cell is worth is decided before (half, with bounds), never here. ValueError for a value outside 0-1.

    >>> contributions(np.array([[1.0, 0.5], [0.0, 0.5]]), np.array([3.0, 1.0]))
    array([[0.75 , 0.125],
           [0.   , 0.125]])
    """
    cells, shares = _checked(normalised, weights)
    brought: Floats = np.where(shares > 0, cells, 0.0) * shares
    return brought


def _checked(normalised: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Cells (n, k) and normalised weights (k,), refused as `contributions` says."""
    cells, shares = matrix(normalised, name="normalised"), normalise_weights(weights)
    if cells.shape[1] != shares.size:
        raise ValueError(f"{cells.shape[1]} criteria but {shares.size} weights.")
    is_used = shares > 0
    seen = cells if is_used.all() else cells[:, is_used]
    # Extremes first: naming the wrong cells costs several passes over a matrix that is nearly always right. A NaN is
    # within no bounds.
    if seen.size and not (seen.min() >= 0 and seen.max() <= 1):
        is_wrong = ~((cells >= 0) & (cells <= 1)) & is_used
        refuse_where(is_wrong, "normalised values must lie between 0 and 1 and be known")
    return cells, shares


def weighted_sum(normalised: Floats, weights: Floats) -> Floats:
    """Score (n,) in 0-1: the weighted arithmetic mean, sum of `contributions`, with the same refusals.

    >>> weighted_sum(np.array([[1.0, 0.5], [0.0, 0.5]]), np.array([3.0, 1.0]))
    array([0.875, 0.125])
    """
    cells, shares = _checked(normalised, weights)
    is_used = shares > 0
    used, parts = (cells, shares) if is_used.all() else (cells[:, is_used], shares[is_used])
    # Not `@`: a linear algebra library adds in another order from row to row, and the last bit of a score would depend
    # on the zones around it.
    scores: Floats = np.einsum("ij,j->i", np.ascontiguousarray(used), parts)
    return scores


def score_bounds(low: Floats, high: Floats, weights: Floats) -> ScoreBounds:
    """Scores (n,) of the lowest and highest values (n, k) that each cell may take, same rules as `weighted_sum`.

    A known cell has low = high; an unknown one 0 and 1; an estimated one its error bar. ValueError when a low exceeds
    its high.

    >>> bounds = score_bounds(np.array([[0.8, 0.0]]), np.array([[0.8, 1.0]]), np.array([3.0, 1.0]))
    >>> bounds.low.round(3), bounds.high.round(3)
    (array([0.6]), array([0.85]))
    """
    refuse_where(np.asarray(low) > np.asarray(high), "the low value of a cell must not exceed its high one")
    return ScoreBounds(weighted_sum(low, weights), weighted_sum(high, weights))


def geometric_by_pillar(normalised: Floats, weights: Floats, pillar_index: Integers, *, floor: float) -> Floats:
    """Score (n,) less compensatory than the sum: arithmetic mean within a pillar, weighted geometric mean across.

    With W_p the weight of pillar p and m_p the weighted mean of its criteria: product of max(m_p, floor) ** W_p.
    `pillar_index` (k,) numbers each criterion's pillar from 0. `floor`, in ]0, 1[, keeps one empty pillar from
    cancelling the others. Never above the weighted sum, save by the floor; equal to it when all pillars are equal.
    A pillar of weight 0 has no part. Same refusals as `contributions`, and ValueError for the floor or the index.

    >>> geometric_by_pillar(np.array([[1.0, 0.25]]), np.array([1.0, 1.0]), np.array([0, 1]), floor=0.01)
    array([0.5])
    """
    if not 0 < floor < 1:
        raise ValueError(f"floor must lie strictly between 0 and 1, not {floor}.")
    brought, shares = contributions(normalised, weights), normalise_weights(weights)
    pillars = np.asarray(pillar_index)
    if pillars.shape != shares.shape or pillars.min() < 0:
        raise ValueError("pillar_index must give each criterion the number of its pillar, from 0.")
    belongs = (pillars[:, None] == np.arange(pillars.max() + 1)).astype(np.float64)
    pillar_shares: Floats = shares @ belongs
    is_used = pillar_shares > 0
    means = (brought @ belongs)[:, is_used] / pillar_shares[is_used]
    score: Floats = np.exp(np.log(np.clip(means, floor, 1.0)) @ pillar_shares[is_used])
    return score


def order_descending(scores: Floats, eligible: Flags) -> Integers:
    """Positions (n,) in the order of a list: eligible zones from the best score, then vetoed ones in the same way.

    This is an order, not ranks: the first number is the position of the best zone. Scores equal to 12 decimals keep
    the order they came in. ValueError if a score is NaN, which would have no place.

    >>> order_descending(np.array([0.2, 0.9, 0.7, 0.9]), np.array([True, True, False, True]))
    array([1, 3, 0, 2])
    """
    given, is_eligible = vector(scores, name="scores"), np.asarray(eligible, dtype=np.bool_)
    if is_eligible.shape != given.shape:
        raise ValueError(f"{given.size} scores but eligible has shape {is_eligible.shape}.")
    refuse_where(np.isnan(given), "a score must be known to be ranked")
    keys = -np.round(given, TIE_DECIMALS)
    if is_eligible.all():
        return _stable_order(keys)
    eligible_first = np.flatnonzero(is_eligible), np.flatnonzero(~is_eligible)
    return np.concatenate([places[_stable_order(keys[places])] for places in eligible_first])


def _stable_order(keys: Floats) -> Integers:
    """Positions in increasing order, equal keys as they came; the slower stable sort runs only where there are any."""
    order = np.argsort(keys)
    ordered = keys[order]
    if (ordered[1:] == ordered[:-1]).any():
        order = np.argsort(keys, kind="stable")
    return order.astype(np.int64, copy=False)


def rank_descending(scores: Floats, eligible: Flags) -> Integers:
    """Rank (n,) of each zone, in the place of the zone: 1 for the best eligible score, 0 (no rank) when vetoed.

    Ranks of eligible zones are 1, 2, 3...: ties are broken by position, see `order_descending` for the list, vetoed
    last. ValueError if a score is NaN.

    >>> rank_descending(np.array([0.2, 0.9, 0.7, 0.9]), np.array([True, True, False, True]))
    array([3, 1, 0, 2])
    """
    order = order_descending(scores, eligible)
    ranks = np.empty_like(order)
    ranks[order] = np.arange(1, order.size + 1)
    return np.where(eligible, ranks, 0)


def effective_shares(normalised: Floats, weights: Floats) -> Floats:
    """Part (k,) that each criterion really has in the differences of score: w_c x cov(n_c, S) / var(S), summing to 1.

    Beside the chosen weight it shows which criteria lead: one that barely varies has almost no part, one that goes
    against the others a negative part. All zeros when every score is the same, since nothing is then explained.
    Same refusals as `contributions`.

    >>> effective_shares(np.array([[0.0, 0.5], [1.0, 0.5]]), np.array([1.0, 3.0]))
    array([1., 0.])
    """
    brought = contributions(normalised, weights)
    scores = brought.sum(axis=1)
    if scores.size == 0 or np.ptp(scores) <= 10.0**-TIE_DECIMALS:
        return np.zeros(brought.shape[1])
    deviations = scores - scores.mean()
    shares: Floats = deviations @ (brought - brought.mean(axis=0)) / (deviations @ deviations)
    return shares


def spearman(a: Floats, b: Floats) -> float:
    """Rank correlation of two vectors (n,), in -1 to 1: the linear correlation of their mid-ranks.

    Pairs with a NaN are left out. NaN when fewer than two pairs remain or when one side is constant: there is then no
    correlation to speak of. ValueError for two lengths.

    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 1000.0, 100.0]))
    0.5
    """
    first, second = vector(a, name="a"), vector(b, name="b")
    if first.shape != second.shape:
        raise ValueError(f"spearman needs two vectors of one length, not {first.size} and {second.size}.")
    is_pair = ~(np.isnan(first) | np.isnan(second))
    ranks_a, ranks_b = mid_ranks(first[is_pair]), mid_ranks(second[is_pair])
    # Every vector of n mid-ranks has the mean (n + 1) / 2, an exact number.
    ranks_a, ranks_b = ranks_a - (ranks_a.size + 1) / 2, ranks_b - (ranks_b.size + 1) / 2
    spread = float((ranks_a @ ranks_a) * (ranks_b @ ranks_b)) ** 0.5
    return float(ranks_a @ ranks_b) / spread if spread > 0 else float("nan")
