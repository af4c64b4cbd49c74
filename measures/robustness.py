"""How sure a rank is: errors of the inputs and choices of weights, drawn together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from measures.aggregation import normalise_weights
from measures.arrays import Flags, Floats, Integers, matrix, refuse_where, vector

__all__ = [
    "RankSpread",
    "arithmetic_scores",
    "before_shares",
    "error_positions",
    "geometric_scores",
    "rank_spread",
    "scenario_cells",
    "weight_draws",
]

Singles = npt.NDArray[np.float32]
Scoring = Callable[[Singles, Singles], Singles]
"""Scores (s, d, n) in 0-1 of cells (s, n, k) under weights (d, k)."""

BLOCK_SCORES = 250_000
"""Scores made at once, about: what a processor's cache holds, twice as fast as all at once."""
LEAST_DRAWS = 100
"""Draws of a block at least: many zones make many counts to add up after each."""
EXACT_RANKS = 512
"""Ranks counted one by one; beyond, in classes that grow by 2 %."""
CLASS_GROWTH = 1.02
SMALLEST = np.float32(1e-30)
EQUAL = 1e-6
"""Scores (0-1) nearer than this are one: single precision tells no more."""


@dataclass(frozen=True, eq=False)
class RankSpread:
    """Where the draws place each zone (n,): median rank, 5th and 95th percentiles, share of draws in the first 10, 20.

    NaN for a zone that is not eligible. A percentile is a rank that was drawn, never a mean of two; beyond the first
    five hundred it is known to 2 %.
    """

    median: Floats
    p05: Floats
    p95: Floats
    top10: Floats
    top20: Floats


def error_positions(seed: int, *, scenarios: int, rows: int, families: int) -> Singles:
    """Where, between its low and its high, each zone's evidence of each family stands in each scenario: (s, n, f).

    Uniform in [0, 1[: bounds say no more than that the truth lies between. One position for a zone and a family, since
    criteria that read one table err together: this widens the spread, independent errors would cancel. The same seed
    gives the same positions.

    >>> error_positions(1, scenarios=2, rows=3, families=1).shape
    (2, 3, 1)
    """
    return np.random.default_rng(seed).random((scenarios, rows, families), dtype=np.float32)


def weight_draws(seed: int, weights: Floats, *, draws: int, concentration: float) -> Floats:
    """Weights (d, k) drawn around those chosen (k,): Dirichlet of parameters concentration x weight.

    Their mean is the weights chosen, and the standard deviation of one of w is sqrt(w (1 - w) / (concentration + 1)).
    A criterion of weight 0 keeps 0. Random weights around those chosen are the stochastic multicriteria acceptability
    analysis of Lahdelma and Salminen (2001, "SMAA-2", Operations Research 49). ValueError as `normalise_weights`.

    >>> drawn = weight_draws(1, np.array([3.0, 1.0, 0.0]), draws=50, concentration=100)
    >>> drawn.shape, bool(np.allclose(drawn.sum(axis=1), 1)), bool((drawn[:, 2] == 0).all())
    ((50, 3), True, True)
    """
    if not concentration > 0:
        raise ValueError(f"concentration must be positive, not {concentration}.")
    shares = normalise_weights(weights)
    drawn = np.zeros((draws, shares.size))
    # Below a millionth, numpy's gamma draws underflow to zero: such a weight moves nothing.
    is_used = shares > 1e-6
    drawn[:, is_used] = np.random.default_rng(seed).dirichlet(concentration * shares[is_used], size=draws)
    return drawn


def scenario_cells(low: Floats, high: Floats, family_index: Integers, positions: Singles) -> Singles:
    """Cells (s, n, k) of each scenario: low + position x (high - low), the position being that of the family.

    `low`, `high` (n, k) in 0-1, `family_index` (k,) the family of each criterion, `positions` of `error_positions`.
    ValueError when a low exceeds its high or when a bound lies outside 0-1.

    >>> positions = np.array([[[0.5]], [[1.0]]], dtype=np.float32)
    >>> scenario_cells(np.array([[0.25]]), np.array([[0.75]]), np.array([0]), positions).ravel()
    array([0.5 , 0.75], dtype=float32)
    """
    bottom, top = matrix(low, name="low"), matrix(high, name="high")
    refuse_where(~((bottom >= 0) & (top <= 1) & (bottom <= top)), "bounds must be known, 0 <= low <= high <= 1")
    width = (top - bottom).astype(np.float32)
    cells: Singles = positions[:, :, np.asarray(family_index)]
    cells *= width
    cells += bottom.astype(np.float32)
    return cells


def arithmetic_scores(cells: Singles, weights: Singles) -> Singles:
    """Weighted means (s, d, n) of cells (s, n, k) under weights (d, k) that sum to 1.

    >>> cells = np.array([[[1.0, 0.5], [0.0, 0.5]]], dtype=np.float32)
    >>> arithmetic_scores(cells, np.array([[0.75, 0.25]], dtype=np.float32))
    array([[[0.875, 0.125]]], dtype=float32)
    """
    scores: Singles = np.matmul(weights, cells.transpose(0, 2, 1))
    return scores


def geometric_scores(pillar_index: Integers, *, floor: float) -> Scoring:
    """Return the scoring of `measures.aggregation.geometric_by_pillar`, for many scenarios and weights at once.

    >>> cells = np.array([[[1.0, 0.25]]], dtype=np.float32)
    >>> geometric_scores(np.array([0, 1]), floor=0.01)(cells, np.array([[0.5, 0.5]], dtype=np.float32)).round(3)
    array([[[0.5]]], dtype=float32)
    """
    pillars = np.asarray(pillar_index)

    def scores(cells: Singles, weights: Singles) -> Singles:
        logs = np.zeros((len(cells), len(weights), cells.shape[1]), dtype=np.float32)
        for pillar in np.unique(pillars):
            columns = pillars == pillar
            total = weights[:, columns].sum(axis=1, keepdims=True)
            inside = weights[:, columns] / np.maximum(total, SMALLEST)
            means = arithmetic_scores(np.ascontiguousarray(cells[:, :, columns]), inside)
            logs += total * np.log(np.clip(means, np.float32(floor), np.float32(1)))
        return np.exp(logs)

    return scores


def rank_spread(cells: Singles, weights: Floats, eligible: Flags, *, score: Scoring = arithmetic_scores) -> RankSpread:
    """Where all scenarios (s, n, k) under all weights (d, k) place each zone among those eligible (n,).

    Each of the s x d draws is a whole ranking, and its places are counted. Equal scores keep the order of the zones,
    as in `rank_descending`. ValueError when no weight or no scenario is given.

    >>> cells = np.array([[[0.9], [0.5]], [[0.1], [0.5]], [[0.2], [0.5]]], dtype=np.float32)
    >>> rank_spread(cells, np.array([[1.0]]), np.array([True, True])).median
    array([2., 1.])
    """
    is_eligible = np.asarray(eligible, dtype=np.bool_)
    if not len(cells) or not len(weights):
        raise ValueError("at least one scenario and one draw of weights are needed.")
    kept = cells if is_eligible.all() else np.ascontiguousarray(cells[:, is_eligible])
    count = kept.shape[1]
    spread = np.full((5, is_eligible.size), np.nan)
    if count:
        found = _rank_counts(kept, np.asarray(weights, dtype=np.float32), score)
        spread[:, is_eligible] = _summary(found, *_rank_classes(count))
    return RankSpread(*spread)


def _rank_counts(cells: Singles, weights: Singles, score: Scoring) -> Integers:
    """How many draws (n, c) put each zone in each class of ranks."""
    count = cells.shape[1]
    class_of, ranks = _rank_classes(count)
    classes = len(ranks)
    counts = np.zeros(count * classes, dtype=np.int64)
    for scores in _blocks(cells, weights, score):
        best_first = _orders(scores)
        best_first *= classes
        best_first += class_of
        counts += np.bincount(best_first.ravel(), minlength=count * classes)
    return counts.reshape(count, classes)


def _blocks(cells: Singles, weights: Singles, score: Scoring) -> Iterator[Singles]:
    """Scores (s, d, n) of all scenarios and weights, some at a time."""
    block = max(LEAST_DRAWS, BLOCK_SCORES // cells.shape[1])
    draws = min(len(weights), block)
    scenarios = max(1, block // draws)
    for start in range(0, len(cells), scenarios):
        for first in range(0, len(weights), draws):
            yield score(cells[start : start + scenarios], weights[first : first + draws])


def _orders(scores: Singles) -> Integers:
    """Positions (s, d, n) of the zones from the best score.

    The position is packed in the low bits of the score as a whole number: plain sorting of whole numbers is several
    times faster than an argsort. Scores are told apart to 2**-22 or better.
    """
    count = scores.shape[-1]
    bits = max(1, (count - 1).bit_length())
    kind: type[np.unsignedinteger] = np.uint32 if bits <= 10 else np.uint64
    steps = np.float32(2.0 ** (32 - bits if kind is np.uint32 else 32) * (1 - 2.0**-22))
    keys = (np.clip(scores, 0, 1) * steps).astype(kind)
    # Worst first once sorted: the score is taken from the top, and equal ones come in the order of the zones.
    np.subtract(kind(steps), keys, out=keys)
    keys <<= kind(bits)
    keys |= np.arange(count, dtype=kind)
    keys.sort(axis=-1)
    keys &= kind(2**bits - 1)
    return keys.astype(np.int32 if count <= EXACT_RANKS else np.int64)


def _rank_classes(count: int) -> tuple[Integers, Integers]:
    """Class (n,) of each rank from the first, and the greatest rank (c,) of each class."""
    tops = list(range(1, min(count, EXACT_RANKS) + 1))
    while tops[-1] < count:
        tops.append(min(count, int(tops[-1] * CLASS_GROWTH) + 1))
    greatest = np.array(tops)
    return np.searchsorted(greatest, np.arange(1, count + 1)).astype(np.int32), greatest


def _summary(counts: Integers, _class_of: Integers, ranks: Integers) -> Floats:
    """Median, percentiles 5 and 95, shares of the first 10 and 20, as rows (5, n)."""
    below = np.cumsum(counts, axis=1)
    total = below[:, -1:]
    quantiles = [ranks[(below < share * total).sum(axis=1)] for share in (0.5, 0.05, 0.95)]
    tops = [below[:, min(top, len(ranks)) - 1] / total[:, 0] for top in (10, 20)]
    return np.array([*quantiles, *tops], dtype=np.float64)


def before_shares(
    low: Floats,
    high: Floats,
    family_index: Integers,
    positions: Singles,
    weights: Floats,
    pairs: tuple[Integers, Integers],
    *,
    score: Scoring = arithmetic_scores,
) -> Floats:
    """Probability (m,) that the first zone of each pair comes before the second; an equal score counts for half.

    Each draw is taken twice, the two zones exchanging their errors: two identical zones then come out at one half
    exactly, and a zone that the other dominates on every bound never above it. Arguments as `scenario_cells`;
    `pairs` are positions (m,), (m,) of zones.

    >>> low, high = np.array([[0.5], [0.0]]), np.array([[0.9], [0.4]])
    >>> positions = error_positions(1, scenarios=4, rows=2, families=1)
    >>> before_shares(low, high, np.array([0]), positions, np.array([[1.0]]), (np.array([0]), np.array([1])))
    array([1.])
    """
    drawn = np.asarray(weights, dtype=np.float32)
    wins = np.zeros(len(pairs[0]))
    for swapped in (False, True):
        one, other = (
            scenario_cells(low[zones], high[zones], family_index, positions[:, places])
            for zones, places in zip(pairs, pairs[::-1] if swapped else pairs, strict=True)
        )
        lead = _lead(one, other, drawn, score)
        before = np.count_nonzero(lead > EQUAL, axis=(0, 1)) - np.count_nonzero(lead < -EQUAL, axis=(0, 1))
        wins += before / (len(positions) * len(drawn))
    shares: Floats = 0.5 + wins / 4
    return vector(shares, name="shares")


def _lead(one: Singles, other: Singles, weights: Singles, score: Scoring) -> Singles:
    """By how much (s, d, m) each first zone of the pairs leads; a difference of means is a mean of differences."""
    if score is arithmetic_scores:
        return arithmetic_scores(one - other, weights)
    return score(one, weights) - score(other, weights)
