"""Simple scores that ours must beat, made of the same numbers of the start year."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from measures.quotient import log_quotient
from measures.relatedness import co_variation, proximity, relatedness_density
from scoring.cells import FloatArray
from scoring.validation.dated import START_YEAR, Past
from scoring.validation.masked import FOLDS
from scoring.validation.targets import quotients

Density = Callable[[FloatArray, FloatArray, npt.NDArray[np.bool_]], FloatArray]

SHRINK = 50.0
# What is compared with the score; the own quotient is told apart where the target is the quotient itself.
BASELINES = ("random", "total_jobs", "industrial_jobs", "co_location", "correlation", "own_quotient")
ORACLES = {"specialised": ("own_quotient",), "grown": ()}


def baselines(past: Past, folds: npt.NDArray[np.int64], seed: int) -> dict[str, FloatArray]:
    """Return the scores (n, k) of each baseline, zones by manufacturing branch.

    The own jobs are hidden from all but `own_quotient`: the quotient of the start year where it is under 1, 1 above.
    """
    branches = past.facts.nomenclature.manufacturing
    jobs = np.nan_to_num(past.jobs[START_YEAR])
    columns = past.columns(branches)
    own = jobs[:, columns]
    total, industry = jobs.sum(axis=1, keepdims=True), own.sum(axis=1, keepdims=True)
    return {
        "random": np.random.default_rng(seed).random(own.shape),
        "total_jobs": total - own,
        "industrial_jobs": industry - own,
        "co_location": _by_branch(past, folds, jobs, _co_location_density),
        "correlation": _by_branch(past, folds, jobs, _correlation_density),
        "own_quotient": np.minimum(np.nan_to_num(quotients(past.jobs[START_YEAR])[:, columns]), 1.0),
    }


def _by_branch(past: Past, folds: npt.NDArray[np.int64], jobs: FloatArray, density: Density) -> FloatArray:
    """Density (n, k) of what is related to each branch, learned for each group of zones on the others."""
    held = np.flatnonzero(jobs.sum(axis=0) > 0)
    found = []
    for branch in past.columns(past.facts.nomenclature.manufacturing):
        others = held[held != branch]
        column = np.full(len(jobs), np.nan)
        for fold in range(FOLDS):
            here = folds == fold
            column[here] = density(jobs[:, others], jobs[:, branch], ~here)[here]
        found.append(column)
    return np.column_stack(found)


def _co_location_density(others: FloatArray, own: FloatArray, known: npt.NDArray[np.bool_]) -> FloatArray:
    """Density (n,) of Hidalgo et al. (2007), own presence masked, proximities learned on the known zones."""
    present = quotients(others) >= 1
    whole = np.column_stack([others, own])
    at_home = quotients(whole[known])[:, -1] >= 1
    near = proximity(np.column_stack([present[known], at_home]))[-1, :-1]
    return relatedness_density(present.astype(float), near)


def _correlation_density(others: FloatArray, own: FloatArray, known: npt.NDArray[np.bool_]) -> FloatArray:
    """Mean smoothed log quotient (n,) of the other branches, weighted by their correlation with the branch."""
    presence = smoothed_logs(others)
    own_logs = smoothed_logs(np.column_stack([others, own])[known])[:, -1]
    near = co_variation(np.column_stack([presence[known], own_logs]))[-1, :-1]
    return relatedness_density(presence, near)


def smoothed_logs(jobs: FloatArray) -> FloatArray:
    """Return the logarithms (n, k) of the smoothed quotients of a table of known jobs."""
    total, national = jobs.sum(axis=1), jobs.sum(axis=0) / jobs.sum()
    return log_quotient(jobs, np.outer(total, national), shrink=SHRINK)
