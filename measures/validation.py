"""How well a score finds what it should: metrics of a ranking, under the counts of a bootstrap by clusters."""

from dataclasses import dataclass

import numpy as np

from measures.arrays import Flags, Floats, matrix, refuse_where, vector

__all__ = [
    "Interval",
    "average_precision",
    "by_activity",
    "coverage",
    "hit_rate",
    "interval",
    "ndcg",
    "once",
    "roc_auc",
    "two_way_draws",
]


@dataclass(frozen=True)
class Interval:
    """A figure and the bounds that hold it in a given share of the draws."""

    value: float
    low: float
    high: float


def once(count: int) -> Floats:
    """Counts (1, n) of a sample as it is: every item once.

    >>> once(3)
    array([[1., 1., 1.]])
    """
    return np.ones((1, count))


def roc_auc(labels: Flags, scores: Floats, counts: Floats) -> Floats:
    """Area under the ROC curve (b,): the chance that a positive is scored above a negative, ties counted for half.

    `labels` and `scores` (n,); `counts` (b, n), how many times each draw holds each item. The statistic of Mann and
    Whitney, as counted by `sklearn.metrics.roc_auc_score`. NaN for a draw without a positive or without a negative.

    >>> roc_auc(np.array([True, False, True]), np.array([0.9, 0.5, 0.1]), once(3))
    array([0.5])
    """
    positives, negatives = _steps(labels, scores, counts)
    above = np.cumsum(positives, axis=1)
    # Negatives below or level with each step: positives of higher steps beat them, those of the step beat half.
    won = (negatives * (above - positives / 2)).sum(axis=1)
    pairs = positives.sum(axis=1) * negatives.sum(axis=1)
    area: Floats = np.divide(won, pairs, out=np.full(len(won), np.nan), where=pairs > 0)
    return area


def average_precision(labels: Flags, scores: Floats, counts: Floats) -> Floats:
    """Area under the precision-recall curve (b,): sum over thresholds of precision x gain of recall.

    Not interpolated, items of one score entering together, as `sklearn.metrics.average_precision_score`. A score that
    knows nothing gets the share of positives. Arguments as `roc_auc`. NaN for a draw without a positive.

    >>> average_precision(np.array([True, False, True]), np.array([0.9, 0.5, 0.1]), once(3)).round(3)
    array([0.833])
    """
    positives, negatives = _steps(labels, scores, counts)
    found, seen = np.cumsum(positives, axis=1), np.cumsum(positives + negatives, axis=1)
    precision = np.divide(found, seen, out=np.zeros_like(found), where=seen > 0)
    total = found[:, -1]
    area: Floats = np.divide(
        (precision * positives).sum(axis=1), total, out=np.full(len(total), np.nan), where=total > 0
    )
    return area


def hit_rate(labels: Flags, scores: Floats, counts: Floats, *, first: int) -> Floats:
    """Share (b,) of positives among the `first` items by score; equal scores keep the order they came in.

    An item drawn twice fills two places. Over fewer items than `first`, the share is that of them all. Arguments as
    `roc_auc`; ValueError for `first` below 1.

    >>> hit_rate(np.array([True, False, True]), np.array([0.9, 0.5, 0.1]), once(3), first=2)
    array([0.5])
    """
    is_positive, before, after = _places(labels, scores, counts, first)
    filled = np.minimum(after, first) - np.minimum(before, first)
    share: Floats = (filled * is_positive).sum(axis=1) / np.minimum(after[:, -1], first)
    return share


def ndcg(labels: Flags, scores: Floats, counts: Floats, *, first: int) -> Floats:
    """Normalised discounted gain (b,) of the `first` items: 1 when they begin with positives only.

    Sum of 1 / log2(place + 1) over the positives in the first places, over what the best order would give (Järvelin
    and Kekäläinen 2002), equal scores in the order they came in, as `sklearn.metrics.ndcg_score` when none are equal.
    Arguments as `hit_rate`, whole counts only. NaN for a draw without a positive.

    >>> ndcg(np.array([True, False, True]), np.array([0.9, 0.5, 0.1]), once(3), first=3).round(3)
    array([0.92])
    """
    is_positive, before, after = _places(labels, scores, counts, first)
    gains = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(2, first + 2)))])
    gained = gains[np.minimum(after, first).astype(int)] - gains[np.minimum(before, first).astype(int)]
    best = gains[np.minimum((np.asarray(counts) * np.asarray(labels)).sum(axis=1), first).astype(int)]
    ratio: Floats = np.divide((gained * is_positive).sum(axis=1), best, out=np.full(len(best), np.nan), where=best > 0)
    return ratio


def by_activity(values: Floats, counts: Floats) -> Floats:
    """Mean (b,) over activities of a metric known by draw and activity (b, k), each counted `counts` (b, k) times.

    An activity whose metric is NaN (no positive) is left out of its draw. NaN when every one is.

    >>> by_activity(np.array([[0.5, 1.0, np.nan]]), np.array([[1.0, 3.0, 2.0]]))
    array([0.875])
    """
    known = ~np.isnan(values)
    total = (counts * known).sum(axis=1)
    sums = (np.where(known, values, 0.0) * counts).sum(axis=1)
    mean: Floats = np.divide(sums, total, out=np.full(len(total), np.nan), where=total > 0)
    return mean


def two_way_draws(seed: int, *, zones: int, activities: int, draws: int) -> tuple[Floats, Floats]:
    """Counts of a bootstrap by clusters in two ways: of each zone (b, n) and of each activity (b, k).

    Zones are drawn with replacement, and activities too, independently: a cell counts the product of both (the
    pigeonhole bootstrap of Owen, 2007, Annals of Applied Statistics 1). Cells of one zone err together, and cells of
    one activity too: drawing cells one by one would make intervals too narrow. The same seed gives the same draws.

    >>> zones, activities = two_way_draws(1, zones=4, activities=3, draws=2)
    >>> zones.sum(axis=1), activities.sum(axis=1)
    (array([4., 4.]), array([3., 3.]))
    """
    chance = np.random.default_rng(seed)

    def counts(size: int) -> Floats:
        return chance.multinomial(size, np.full(size, 1 / size), size=draws).astype(np.float64)

    return counts(zones), counts(activities)


def interval(value: float, draws: Floats, *, share: float = 0.95) -> Interval:
    """A figure with the percentile interval that holds `share` of its draws (b,), NaN ones left out.

    >>> interval(0.5, np.array([0.0, 0.25, 0.5, 0.75, 1.0]), share=0.5)
    Interval(value=0.5, low=0.25, high=0.75)
    """
    if not 0 < share < 1:
        raise ValueError(f"share must lie strictly between 0 and 1, not {share}.")
    known = vector(draws, name="draws")
    known = known[~np.isnan(known)]
    if not known.size:
        return Interval(float(value), float("nan"), float("nan"))
    low, high = np.quantile(known, [(1 - share) / 2, (1 + share) / 2])
    return Interval(float(value), float(low), float(high))


def coverage(low: Floats, high: Floats, actual: Floats) -> Floats:
    """Share (k,) of the rows (n, k) whose actual number lies between low and high, ends included.

    A row where any of the three is unknown is left out; NaN for a column without any known row.

    >>> coverage(np.array([[1.0], [5.0]]), np.array([[4.0], [9.0]]), np.array([[4.0], [10.0]]))
    array([0.5])
    """
    bottom, top, truth = matrix(low, name="low"), matrix(high, name="high"), matrix(actual, name="actual")
    known = ~(np.isnan(bottom) | np.isnan(top) | np.isnan(truth))
    refuse_where(known & (bottom > top), "low must not exceed high")
    inside = known & (truth >= bottom) & (truth <= top)
    count = known.sum(axis=0)
    share: Floats = np.divide(inside.sum(axis=0), count, out=np.full(len(count), np.nan), where=count > 0)
    return share


def _checked(labels: Flags, scores: Floats, counts: Floats) -> tuple[Floats, Floats, Floats]:
    positive, given = vector(labels, name="labels"), vector(scores, name="scores")
    times = matrix(counts, name="counts")
    if not positive.size or positive.size != given.size or times.shape[1] != given.size:
        raise ValueError(
            f"{positive.size} labels, {given.size} scores and {times.shape[1]} counts; at least 1 of each."
        )
    refuse_where(np.isnan(given), "scores must be known")
    refuse_where(times < 0, "counts must not be negative")
    return positive, given, times


def _steps(labels: Flags, scores: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Positives and negatives (b, s) at each distinct score, from the best one."""
    positive, given, times = _checked(labels, scores, counts)
    order = np.argsort(-given, kind="stable")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(given[order])) + 1])
    held = times[:, order]
    positives = np.add.reduceat(held * positive[order], starts, axis=1)
    return positives, np.add.reduceat(held, starts, axis=1) - positives


def _places(labels: Flags, scores: Floats, counts: Floats, first: int) -> tuple[Floats, Floats, Floats]:
    """Whether each item is positive (n,), and the places filled before and after it (b, n), from the best one."""
    if first < 1:
        raise ValueError(f"first must be 1 at least, not {first}.")
    positive, given, times = _checked(labels, scores, counts)
    order = np.argsort(-given, kind="stable")
    after = np.cumsum(times[:, order], axis=1)
    return positive[order], after - times[:, order], after
