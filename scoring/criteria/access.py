"""Criteria on access: the networks the activity uses, and the industrial customers within reach."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from measures.access import decayed_sum, utility
from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured
from scoring.facts import Facts


def modes(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Utility of the networks weighted by the mode shares, in %; a mode served by two kinds of node is their mean.

    A network known not to exist there is worth 0; one whose file does not cover the territory leaves its share open
    between 0 and 1. The whole is missing only when every mode used is.
    """
    low, high, unknown = (np.zeros(len(facts.zones)) for _ in range(3))
    for mode, share in profile.modes.items():
        if share > 0:
            worst, best, is_open = _mode_utility(facts, parameters, mode)
            low, high, unknown = low + share * worst, high + share * best, unknown + share * is_open
    status = np.select([unknown > 1 - 1e-9, unknown > 0], ["missing", "estimated"], "observed")
    value = np.where(status == "missing", np.nan, 100 * (low + high) / 2)
    return Measured(value, 100 * low, 100 * high, status, facts={"open_share": unknown})


def _mode_utility(facts: Facts, parameters: Mapping[str, Any], mode: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    worst, best, is_open = [], [], []
    for kind in parameters["modes"][mode]:
        full_km, none_km = parameters["thresholds_km"][kind]
        column = facts.access.kinds.index(kind)
        known = utility(facts.access.km[:, column], full_km=full_km, none_km=none_km)
        missing = facts.access.status[:, column] == "missing"
        worst.append(np.nan_to_num(known))
        best.append(np.where(missing, 1.0, np.nan_to_num(known)))
        is_open.append(missing.astype(float))
    return np.mean(worst, axis=0), np.mean(best, axis=0), np.mean(is_open, axis=0)


def market(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Industrial jobs around, each basin's weighing exp(-distance / decay), its own included."""
    jobs = facts.industrial_jobs
    is_unknown = np.isnan(jobs)
    reached = decayed_sum(facts.distance_km, np.where(is_unknown, 0.0, jobs), decay_km=parameters["decay_km"])
    value = np.where(is_unknown, np.nan, reached)
    border_km, _status = facts.values["access.border_km"]
    return Measured(
        value,
        value,
        value,
        np.where(is_unknown, "missing", "observed"),
        facts={"is_border": border_km <= parameters["border_km"]},
    )
