"""What must tell nothing: the score judged on answers that are not its own."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from measures.validation import Interval, interval, once, roc_auc
from scoring.cells import FloatArray
from scoring.validation.masked import Masked, weights_of

Flags = npt.NDArray[np.bool_]

TURNS = 200


def mean_area(labels: Flags, judged: Flags, scores: FloatArray) -> float:
    """Return the area under the ROC curve, mean of the branches that have both kinds."""
    areas = [
        roc_auc(labels[rows, column], scores[rows, column], once(int(rows.sum())))[0]
        for column, rows in enumerate(judged.T)
    ]
    return float(np.nanmean(areas))


def controls(
    branches: tuple[Masked, ...],
    kept: tuple[str, ...],
    scores: FloatArray,
    labels: Flags,
    judged: Flags,
    *,
    data_sets: frozenset[str],
    seed: int,
    turns: int = TURNS,
) -> dict[str, Interval]:
    """Return the area (mean and 95 % of the turns) under each control.

    `shuffled_basins`: labels moved among the basins of their branch. `shuffled_cells`: among all cells, so that
    neither basin nor activity is kept. `shuffled_activities`: each branch judged on another one's labels; what is left
    above one half is what makes a basin industrial, whatever the branch. `random_weights`: signs and sizes of the
    weights drawn at random. `positive_weights`: sizes alone, which keeps what the criteria know.
    """
    chance = np.random.default_rng(seed)
    count = labels.shape[1]

    def drawn(turn: Callable[[], float]) -> Interval:
        values = np.array([turn() for _turn in range(turns)])
        return interval(float(values.mean()), values)

    def basins() -> float:
        moved = labels.copy()
        for column, rows in enumerate(judged.T):
            moved[rows, column] = chance.permutation(labels[rows, column])
        return mean_area(moved, judged, scores)

    def cells() -> float:
        moved = labels.copy()
        moved[judged] = chance.permutation(labels[judged])
        return mean_area(moved, judged, scores)

    def activities() -> float:
        order = _all_moved(chance, count)
        return mean_area(labels[:, order], judged & judged[:, order], scores)

    def weights(*, signed: bool) -> float:
        tables = np.column_stack([_under_random_weights(one, kept, data_sets, chance, signed) for one in branches])
        return mean_area(labels, judged, tables)

    return {
        "shuffled_basins": drawn(basins),
        "shuffled_cells": drawn(cells),
        "shuffled_activities": drawn(activities),
        "random_weights": drawn(lambda: weights(signed=True)),
        "positive_weights": drawn(lambda: weights(signed=False)),
    }


def _all_moved(chance: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """A permutation that leaves nothing in its place."""
    while True:
        order = chance.permutation(count)
        if (order != np.arange(count)).all():
            return order


def _under_random_weights(
    masked: Masked, kept: tuple[str, ...], data_sets: frozenset[str], chance: np.random.Generator, signed: bool
) -> FloatArray:
    used = list(weights_of(masked, kept, data_sets))
    drawn = chance.normal(size=len(used)) if signed else chance.exponential(size=len(used))
    marks: FloatArray = np.column_stack([masked.cells[key].normalised for key in used]) @ drawn
    return marks
