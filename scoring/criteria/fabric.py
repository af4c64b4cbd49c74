"""Criteria on the productive fabric: the activity itself, its exact trace, its neighbours."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from measures.access import within_km_sum
from measures.quotient import log_quotient
from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured, statuses
from scoring.facts import Facts
from scoring.fine_grain import branch_jobs_of, fine_jobs, with_branch
from scoring.nomenclature import Node, Nomenclature

# Shares of jobs are sums of floats.
WHOLE_TOLERANCE = 1e-9


def branch_jobs(facts: Facts, profile: ActivityProfile) -> tuple[FloatArray, FloatArray]:
    """Private jobs (n,) of the activity's A38 branches, and all private jobs (n,); NaN where unknown."""
    return branch_jobs_of(facts, profile.node), facts.private_total


def branch_share(jobs: FloatArray, total: FloatArray) -> float:
    """Share (0-1) of the branch in the private jobs of the zones (n,) where it is known; NaN when it is nowhere."""
    is_known = ~np.isnan(jobs)
    return float(jobs[is_known].sum() / total[is_known].sum()) if is_known.any() else np.nan


def specialisation(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Smoothed quotient of the A38 branch, or of the activity itself where the zone's jobs are known by sub-class.

    Bounds are wider where the branch is wider than the activity; by sub-class they are as wide as the part of the
    country that is not covered makes the national reference uncertain.
    """
    jobs, total = branch_jobs(facts, profile)
    expected = total * branch_share(jobs, total)
    status = _branch_status(facts, profile, np.isnan(jobs))
    error = np.full(len(facts.zones), parameters["excess_error"] * profile.excess_of_branch)
    is_fine = np.zeros(len(facts.zones), dtype=bool)
    if profile.covered_share:
        fine = fine_jobs(facts, profile.node)
        is_fine = fine.is_known & ~np.isnan(total)
        whole = with_branch(fine.end, jobs, fine.share_of_branch)
        jobs = np.where(is_fine, fine.end, jobs)
        expected = np.where(is_fine, total * branch_share(whole, total), expected)
        error = np.where(is_fine, parameters["excess_error"] * profile.branch_excess, error)
        known = "observed" if is_whole(profile) else "estimated"
        status = np.where(is_fine, known, np.where(status == "observed", "estimated", status))
    logs = log_quotient(jobs, expected, shrink=parameters["shrink"])
    return Measured(
        value=np.exp(logs),
        low=np.exp(logs - error),
        high=np.exp(logs + error),
        status=status,
        facts={"jobs": jobs, "expected": expected, "is_fine": is_fine},
    )


def is_whole(profile: ActivityProfile) -> bool:
    """Tell whether every zone whose branch is known is covered by sub-class."""
    return profile.covered_share > 1 - WHOLE_TOLERANCE


def _branch_status(facts: Facts, profile: ActivityProfile, is_unknown: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    branch = facts.private_jobs.end_status[:, facts.private_jobs.columns(profile.node.a38)]
    cases = [
        is_unknown & (branch == "suppressed").any(axis=1),
        is_unknown,
        (branch == "estimated").any(axis=1),
    ]
    return np.select(cases, ["suppressed", "missing", "estimated"], "observed")


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

    Of the activity itself where the jobs of every such zone are known by sub-class. Absent for a zone without any
    other centre within the radius: it is known to have no neighbour to lean on. Missing for all when the branch is
    known nowhere.
    """
    jobs, total = branch_jobs(facts, profile)
    near = (facts.distance_km <= parameters["radius_km"]) & ~np.eye(len(facts.zones), dtype=bool)
    around, quotient = _around(facts, jobs, total, branch_share(jobs, total), parameters)
    is_fine = np.zeros(len(facts.zones), dtype=bool)
    if profile.covered_share:
        fine = fine_jobs(facts, profile.node)
        share = branch_share(with_branch(fine.end, jobs, fine.share_of_branch), total)
        is_fine = near.any(axis=1) & ~(near & ~np.isnan(jobs) & ~fine.is_known).any(axis=1)
        fine_around, fine_quotient = _around(facts, fine.end, total, share, parameters)
        around, quotient = np.where(is_fine, fine_around, around), np.where(is_fine, fine_quotient, quotient)
    is_alone = ~near.any(axis=1) & ~np.isnan(quotient)
    value = np.where(is_alone, np.nan, quotient)
    status = np.where(is_alone, "absent", statuses(quotient, known="observed"))
    if profile.covered_share and not is_whole(profile):
        status = np.where(status == "observed", "estimated", status)
    told = {"jobs": around, "count": near.sum(axis=1), "is_fine": is_fine}
    return Measured(value, value, value, status, facts=told)


def _around(
    facts: Facts, jobs: FloatArray, total: FloatArray, share: float, parameters: Mapping[str, Any]
) -> tuple[FloatArray, FloatArray]:
    """Return the jobs of the zones near each (n,), itself excluded, and their smoothed quotient to the share."""
    is_known = ~np.isnan(jobs)
    mass, everything = (
        within_km_sum(
            facts.distance_km, np.where(is_known, part, 0.0), radius_km=parameters["radius_km"], exclude_self=True
        )
        for part in (jobs, total)
    )
    return mass, np.exp(log_quotient(mass, everything * share, shrink=parameters["shrink"]))
