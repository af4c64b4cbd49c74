"""Criteria on the productive fabric: the activity itself, its exact trace, its neighbours."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from measures.access import within_km_sum
from measures.quotient import log_quotient
from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured, statuses
from scoring.facts import Facts
from scoring.nomenclature import Node, Nomenclature


def branch_jobs(facts: Facts, profile: ActivityProfile) -> tuple[FloatArray, FloatArray]:
    """Private jobs (n,) of the activity's A38 branches, and all private jobs (n,); NaN where unknown."""
    columns = facts.private_jobs.columns(profile.node.a38)
    known = facts.private_jobs.end[:, columns]
    total = np.where(np.isnan(facts.private_jobs.end).all(axis=1), np.nan, np.nansum(facts.private_jobs.end, axis=1))
    return (known.sum(axis=1) if columns else np.full(len(facts.zones), np.nan)), total


def branch_share(jobs: FloatArray, total: FloatArray) -> float:
    """Share (0-1) of the branch in the private jobs of the zones (n,) where it is known; NaN when it is nowhere."""
    is_known = ~np.isnan(jobs)
    return float(jobs[is_known].sum() / total[is_known].sum()) if is_known.any() else np.nan


def specialisation(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Smoothed quotient of the A38 branch; wider bounds when the branch is wider than the activity."""
    jobs, total = branch_jobs(facts, profile)
    expected = total * branch_share(jobs, total)
    logs = log_quotient(jobs, expected, shrink=parameters["shrink"])
    error = parameters["excess_error"] * profile.branch_excess
    columns = facts.private_jobs.columns(profile.node.a38)
    branch_status = facts.private_jobs.end_status[:, columns]
    is_unknown = np.isnan(logs)
    status = np.select(
        [
            is_unknown & (branch_status == "suppressed").any(axis=1),
            is_unknown,
            (branch_status == "estimated").any(axis=1),
        ],
        ["suppressed", "missing", "estimated"],
        "observed",
    )
    return Measured(
        value=np.exp(logs),
        low=np.exp(logs - error),
        high=np.exp(logs + error),
        status=status,
        facts={"jobs": jobs, "expected": expected},
    )


def plant_weights(nomenclature: Nomenclature, node: Node, parameters: Mapping[str, Any]) -> dict[str, float]:
    """Weight of each NAF sub-class as a trace of the activity: 1 within it, less in its class, group or division."""
    weights: dict[str, float] = {}
    for ancestor in reversed(nomenclature.chain(node)):
        weight = 1.0 if ancestor is node else parameters.get(f"{ancestor.level}_weight")
        if weight is not None:
            weights |= dict.fromkeys(ancestor.subclasses, weight)
    return weights


def fine_presence(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Heritage firms and large plants of the activity over what industrial jobs would give, both plus one."""
    weights = plant_weights(facts.nomenclature, profile.node, parameters)
    of_plant = np.array([weights.get(code, 0.0) for code in facts.plants.naf_codes])[facts.plants.naf_index]
    count = len(facts.zones)
    evidence = np.bincount(facts.plants.zone, weights=of_plant, minlength=count)
    industry = facts.industrial_jobs
    expected = evidence.sum() * industry / np.nansum(industry)
    value = (evidence + parameters["shrink"]) / (expected + parameters["shrink"])
    same = of_plant == 1.0
    exact = {
        kind: np.bincount(facts.plants.zone, weights=same & (facts.plants.kind == kind), minlength=count)
        for kind in ("epv", "large_plant")
    }
    near = np.bincount(facts.plants.zone, weights=(of_plant > 0) & ~same, minlength=count)
    return Measured(value, value, value, statuses(value, known="observed"), facts={**exact, "near": near})


def neighbours(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Smoothed quotient of the branch in the zones whose centre is near, the zone itself excluded.

    Absent for a zone without any other centre within the radius: it is known to have no neighbour to lean on. Missing
    for all when the branch is known nowhere.
    """
    jobs, total = branch_jobs(facts, profile)
    is_known = ~np.isnan(jobs)
    around = {
        name: within_km_sum(
            facts.distance_km, np.where(is_known, mass, 0.0), radius_km=parameters["radius_km"], exclude_self=True
        )
        for name, mass in (("jobs", jobs), ("total", total))
    }
    expected = around["total"] * branch_share(jobs, total)
    quotient = np.exp(log_quotient(around["jobs"], expected, shrink=parameters["shrink"]))
    near = (facts.distance_km <= parameters["radius_km"]) & ~np.eye(len(facts.zones), dtype=bool)
    is_alone = ~near.any(axis=1) & ~np.isnan(quotient)
    value = np.where(is_alone, np.nan, quotient)
    status = np.where(is_alone, "absent", statuses(quotient, known="observed"))
    return Measured(value, value, value, status, facts={"jobs": around["jobs"], "count": near.sum(axis=1)})
