"""Metrics of a table of scores against labels, with the draws of a bootstrap by zone and activity."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from measures.validation import (
    Interval,
    average_precision,
    by_activity,
    hit_rate,
    interval,
    ndcg,
    roc_auc,
    two_way_draws,
)
from scoring.cells import FloatArray

Flags = npt.NDArray[np.bool_]

DRAWS = 1_000
FIRST = 10
# Over all cells at once: does a high score mean the same for two activities? Within an activity: is the order right?
POOLED: dict[str, Callable[[Flags, FloatArray, FloatArray], FloatArray]] = {
    "auc_pr": average_precision,
    "roc_auc": roc_auc,
}
WITHIN: dict[str, Callable[[Flags, FloatArray, FloatArray], FloatArray]] = {
    "auc_pr_within": average_precision,
    "roc_auc_within": roc_auc,
    "hit_10": lambda labels, scores, counts: hit_rate(labels, scores, counts, first=FIRST),
    "ndcg_10": lambda labels, scores, counts: ndcg(labels, scores, counts, first=FIRST),
}
# Within a basin: does the score tell which activity suits it, each read by its rank among basins?
BY_BASIN = "roc_auc_basin"
METRICS = (*POOLED, *WITHIN, BY_BASIN)


@dataclass(frozen=True, eq=False)
class Judge:
    """A target (n, k) and the draws that every score meets alike, the sample itself first.

    `zones` (1 + b, n) and `activities` (1 + b, k) count how many times each is drawn.
    """

    labels: Flags
    judged: Flags
    zones: FloatArray
    activities: FloatArray
    _kept: dict[str, FloatArray] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, labels: Flags, judged: Flags, *, seed: int, draws: int = DRAWS) -> "Judge":
        """Return the judge of a target; the same seed draws the same samples."""
        zone_count, activity_count = labels.shape
        zones, activities = two_way_draws(seed, zones=zone_count, activities=activity_count, draws=draws)
        return cls(
            labels,
            judged,
            np.vstack([np.ones(zone_count), zones]),
            np.vstack([np.ones(activity_count), activities]),
        )

    def measure(self, scores: FloatArray) -> dict[str, FloatArray]:
        """Return each metric of scores (n, k) on the sample, then on each draw (1 + b,)."""
        cells = (self.zones[:, :, None] * self.activities[:, None, :])[:, self.judged]
        labels, values = self.labels[self.judged], scores[self.judged]
        found = {name: metric(labels, values, cells) for name, metric in POOLED.items()}
        for name, metric in WITHIN.items():
            columns = [self._of_activity(metric, scores, column) for column in range(scores.shape[1])]
            found[name] = by_activity(np.column_stack(columns), self.activities)
        found[BY_BASIN] = self._by_basin(scores)
        return found

    def _by_basin(self, scores: FloatArray) -> FloatArray:
        """Area (1 + b,) of each basin over its activities, mean of the basins that have both kinds."""
        places = np.column_stack(
            [_percentiles(column, rows) for column, rows in zip(scores.T, self.judged.T, strict=True)]
        )
        rows = np.flatnonzero((self.labels & self.judged).any(axis=1) & (~self.labels & self.judged).any(axis=1))
        areas = [
            roc_auc(self.labels[row, seen], places[row, seen], self.activities[:, seen])
            for row in rows
            for seen in [self.judged[row]]
        ]
        return by_activity(np.column_stack(areas), self.zones[:, rows])

    def _of_activity(
        self, metric: Callable[[Flags, FloatArray, FloatArray], FloatArray], scores: FloatArray, column: int
    ) -> FloatArray:
        rows = self.judged[:, column]
        if not self.labels[rows, column].any():
            return np.full(len(self.zones), np.nan)
        return metric(self.labels[rows, column], scores[rows, column], self.zones[:, rows])


def _percentiles(scores: FloatArray, judged: Flags) -> FloatArray:
    """Share (n,) of the judged basins below each, equal ones for half: what the page calls an advantage."""
    known = np.sort(scores[judged])
    below = np.searchsorted(known, scores, side="left") + np.searchsorted(known, scores, side="right")
    share: FloatArray = below / 2 / known.size
    return share


def with_interval(values: FloatArray) -> Interval:
    """Return the figure of the sample, first of the values, with the interval of the draws after it."""
    return interval(float(values[0]), values[1:])


def ratio(ours: FloatArray, theirs: FloatArray) -> Interval:
    """Return ours over theirs, draw by draw: both have met the same samples."""
    return with_interval(np.divide(ours, theirs, out=np.full_like(ours, np.nan), where=theirs > 0))


def difference(ours: FloatArray, theirs: FloatArray) -> Interval:
    """Return ours less theirs, draw by draw."""
    return with_interval(ours - theirs)
