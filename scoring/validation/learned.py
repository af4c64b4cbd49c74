"""Scores learned from the answer on other zones: how far the data could go, and other designs of the score.

scikit-learn is a tool of the bench, not of the site: it is imported where it is used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from measures.access import decayed_sum, within_km_sum
from measures.quotient import log_quotient
from scoring.cells import FloatArray
from scoring.definitions import PILLARS
from scoring.validation.baselines import SHRINK, smoothed_logs
from scoring.validation.dated import START_YEAR, Past
from scoring.validation.groups import VARIANTS
from scoring.validation.masked import FOLDS, Masked, weights_of

Flags = npt.NDArray[np.bool_]

NEAR_KM, DECAY_KM = 50.0, 40.0
REGULARISATION = 0.05


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a learner may read for one branch (n, c), its own jobs in the zone hidden."""

    criteria: FloatArray
    pillars: FloatArray
    others: FloatArray  # smoothed log quotients of the other branches
    around: FloatArray  # of the branch around the zone: within 50 km, and decaying


def evidence(past: Past, branches: tuple[Masked, ...]) -> tuple[Evidence, ...]:
    """Return what is known of each branch without its own jobs."""
    jobs = np.nan_to_num(past.jobs[START_YEAR])
    held = np.flatnonzero(jobs.sum(axis=0) > 0)
    kept = sorted(set.union(*(set(one.cells) for one in branches)) & set(VARIANTS["score"]))
    found = []
    for one in branches:
        own = past.columns([one.branch])[0]
        cells = [one.cells[key].normalised if key in one.cells else np.full(len(jobs), 0.5) for key in kept]
        found.append(
            Evidence(
                criteria=np.column_stack(cells),
                pillars=_pillar_marks(one, past.facts.data_sets),
                others=smoothed_logs(jobs[:, held[held != own]]),
                around=_around(past, jobs, own),
            )
        )
    return tuple(found)


def _pillar_marks(masked: Masked, data_sets: frozenset[str]) -> FloatArray:
    """Mark (n, p) of each pillar in the score under test, a half where nothing of it is kept."""
    weights = weights_of(masked, VARIANTS["score"], data_sets)
    marks = []
    for pillar in PILLARS:
        own = {key: weight for key, weight in weights.items() if key.startswith(f"{pillar.id}.") and weight > 0}
        cells = [weight * masked.cells[key].normalised for key, weight in own.items()]
        count = len(next(iter(masked.cells.values())).normalised)
        marks.append(np.sum(cells, axis=0) / sum(own.values()) if own else np.full(count, 0.5))
    return np.column_stack(marks)


def _around(past: Past, jobs: FloatArray, own: int) -> FloatArray:
    total, share = jobs.sum(axis=1), jobs[:, own].sum() / jobs.sum()
    distance = past.facts.distance_km

    def decayed(column: FloatArray) -> FloatArray:
        return decayed_sum(distance, column, decay_km=DECAY_KM) - column

    def near(column: FloatArray) -> FloatArray:
        return within_km_sum(distance, column, radius_km=NEAR_KM, exclude_self=True)

    columns = [
        # Sums of floats: what is left of a subtraction may be a rounding under zero.
        log_quotient(np.maximum(reach(jobs[:, own]), 0), np.maximum(reach(total), 0) * share, shrink=SHRINK)
        for reach in (near, decayed)
    ]
    return np.column_stack(columns)


def trees(known: tuple[Evidence, ...], labels: Flags, judged: Flags, folds: npt.NDArray[np.int64]) -> FloatArray:
    """Return the scores (n, k) of gradient-boosted trees that read everything, one model for all branches."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    tables = [
        np.column_stack([one.criteria, one.pillars, one.others, one.around, np.full(len(labels), float(place))])
        for place, one in enumerate(known)
    ]

    def model() -> Any:
        return HistGradientBoostingClassifier(
            max_iter=120, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=20, random_state=0
        )

    return one_model(tables, labels, judged, folds, model)


def designs(
    known: tuple[Evidence, ...], labels: Flags, judged: Flags, folds: npt.NDArray[np.int64]
) -> dict[str, FloatArray]:
    """Return the scores (n, k) of other designs, each learned on the other groups of zones.

    Weights of pillars, then of criteria, common to all branches; then, branch by branch, what the other branches tell,
    alone and with the neighbours.
    """
    return {
        "learned_pillars": one_model([one.pillars for one in known], labels, judged, folds, _logistic),
        "learned_criteria": one_model([one.criteria for one in known], labels, judged, folds, _logistic),
        "learned_space": _model_each([one.others for one in known], labels, judged, folds),
        "learned_space_neighbours": _model_each(
            [np.column_stack([one.others, one.around]) for one in known], labels, judged, folds
        ),
    }


def _logistic() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=2000))


def one_model(
    tables: list[FloatArray], labels: Flags, judged: Flags, folds: npt.NDArray[np.int64], model: Callable[[], Any]
) -> FloatArray:
    """Scores (n, k) of one model for all branches, fitted for each group of zones on the others."""
    from threadpoolctl import threadpool_limits

    found = np.full(labels.shape, np.nan)
    # Threads wait for one another in loops: on a busy machine, one alone is many times faster.
    with threadpool_limits(limits=1):
        for fold in range(FOLDS):
            known = [(folds != fold) & judged[:, column] for column in range(len(tables))]
            rows = np.vstack([table[rows] for table, rows in zip(tables, known, strict=True)])
            answers = np.concatenate([labels[rows, column] for column, rows in enumerate(known)])
            fitted = model().fit(rows, answers)
            here = folds == fold
            places = np.vstack([table[here] for table in tables])
            found[here] = fitted.predict_proba(places)[:, 1].reshape(len(tables), -1).T
    return found


def _model_each(tables: list[FloatArray], labels: Flags, judged: Flags, folds: npt.NDArray[np.int64]) -> FloatArray:
    """Scores (n, k) of a logistic regression for each branch; its share of positives where there is one kind only."""
    found = np.full(labels.shape, np.nan)
    for column, table in enumerate(tables):
        for fold in range(FOLDS):
            here, known = folds == fold, (folds != fold) & judged[:, column]
            answers = labels[known, column]
            if answers.all() or not answers.any():
                found[here, column] = answers.mean()
            else:
                found[here, column] = _logistic().fit(table[known], answers).predict_proba(table[here])[:, 1]
    return found
