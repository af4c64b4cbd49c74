"""Activities related to the one asked: those that hire the same people and those found in the same places."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from measures.quotient import log_quotient, rarity
from measures.relatedness import co_location, profile_overlap, relatedness_density
from scoring.activity_profile import MERGED_EXCESS, ActivityProfile, hire_shares
from scoring.cells import FloatArray, Measured
from scoring.criteria.skills import RARITY_FLOOR_SHARE
from scoring.facts import Facts
from scoring.fine_grain import fine_jobs

# Below this number of covered zones, what is found together is chance.
LEAST_ZONES = 30
REST = "rest"


def known_branches(facts: Facts) -> tuple[str, ...]:
    """Return the branches known somewhere (k)."""
    table = facts.private_jobs
    return tuple(code for column, code in enumerate(table.codes) if not np.isnan(table.end[:, column]).all())


@lru_cache(maxsize=4)
def branch_logs(facts: Facts, shrink: float) -> tuple[tuple[str, ...], FloatArray]:
    """Return the branches known somewhere, and the logarithms (n, k) of their smoothed quotients."""
    codes, total = known_branches(facts), facts.private_total
    jobs = facts.private_jobs.end[:, facts.private_jobs.columns(codes)]
    return codes, np.column_stack([_logs(column, total, shrink) for column in jobs.T])


def _logs(jobs: FloatArray, total: FloatArray, shrink: float) -> FloatArray:
    is_known = ~np.isnan(jobs) & ~np.isnan(total)
    share = jobs[is_known].sum() / max(float(total[is_known].sum()), 1.0)
    return log_quotient(jobs, total * share, shrink=shrink)


@lru_cache(maxsize=4)
def branch_profiles(facts: Facts) -> tuple[FloatArray, FloatArray]:
    """Return the shares (k, f) of families in the hires of each known branch, and the rarity (f,) of each family."""
    nomenclature = facts.nomenclature
    nodes = [nomenclature.nodes[f"a38:{code}"] for code in known_branches(facts)]
    hires = np.sum([nomenclature.hires[node.key] for node in nodes], axis=0)
    profiles = np.array([hire_shares(node, nomenclature)[0] for node in nodes])
    return profiles, rarity(hires / max(float(hires.sum()), 1.0), floor_share=RARITY_FLOOR_SHARE)


@lru_cache(maxsize=4)
def branch_co_location(facts: Facts, shrink: float) -> FloatArray:
    """Return how much more often than by chance two branches are at home in the same zones (k, k)."""
    _codes, logs = branch_logs(facts, shrink)
    return co_location(logs[~np.isnan(logs).all(axis=1)] > 0)


def relatedness(facts: Facts, profile: ActivityProfile, shrink: float) -> dict[str, float]:
    """Return how related (0-1) each branch is to the activity, its own branches at 0.

    Geometric mean of the occupations shared and of the co-location of the activity's branches. Occupations alone where
    the branch merges divisions, since what is found beside cars is not what is found beside aircraft, for a branch of
    which no job is known, and where nothing that shares an occupation is found beside it beyond chance.
    """
    codes = known_branches(facts)
    profiles, rare = branch_profiles(facts)
    shared = np.nan_to_num(profile_overlap(profile.scored_shares, profiles, rare))
    own = [i for i, code in enumerate(codes) if code in profile.node.a38]
    is_read = bool(own) and profile.excess_of_branch < MERGED_EXCESS
    together = branch_co_location(facts, shrink)[own].mean(axis=0) if is_read else shared
    related = np.sqrt(shared * together)
    related[own] = 0.0
    if not related.any():
        related = shared.copy()
        related[own] = 0.0
    return dict(zip(codes, related.tolist(), strict=True))


def related(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Geometric mean of the quotients of the branches related to the activity, its own branch masked.

    Quotients are smoothed, so that a small zone needs jobs to stand out, and held between 1/cap and cap, so that one
    branch does not speak for all. Where the zone's jobs are known by sub-class, the rest of the activity's own branch
    counts among the related. Estimated where a related branch is estimated or unknown; missing where none is known.
    """
    codes, logs = branch_logs(facts, parameters["shrink"])
    weights = np.array(list(relatedness(facts, profile, parameters["shrink"]).values()))
    presence = np.clip(logs, -np.log(parameters["cap"]), np.log(parameters["cap"]))
    labels = np.array(codes)
    if profile.covered_share:
        presence, weights, labels = _with_rest(facts, profile, parameters, presence, weights, labels)
    mean = relatedness_density(presence, weights)
    status = facts.private_jobs.end_status[:, facts.private_jobs.columns(codes)]
    used = weights[: len(codes)] > 0
    is_plain = (status[:, used] == "observed").all(axis=1)
    value = np.exp(mean)
    found = np.select([np.isnan(mean), is_plain], ["missing", "observed"], "estimated")
    leads = _leads(facts, profile, np.nan_to_num(presence) * weights, labels)
    return Measured(value, value, value, found, facts=leads)


def _with_rest(
    facts: Facts,
    profile: ActivityProfile,
    parameters: Mapping[str, Any],
    presence: FloatArray,
    weights: FloatArray,
    labels: Any,
) -> tuple[FloatArray, FloatArray, Any]:
    """Return presence (n, k + 1), weights (k + 1,) and labels with the rest of the own branch, in the covered zones.

    What is found with the activity is then read on the activity itself, no longer on its branch.
    """
    fine = fine_jobs(facts, profile.node)
    total = facts.private_total
    own_logs, rest_logs = (_logs(part, total, parameters["shrink"]) for part in (fine.end, fine.rest))
    is_counted = ~np.isnan(own_logs) & ~np.isnan(rest_logs)
    if is_counted.sum() < LEAST_ZONES:
        return presence, weights, labels
    columns = np.column_stack([presence, rest_logs, own_logs])[is_counted]
    together = co_location(columns > 0)[-1, :-1]
    profiles, rare = branch_profiles(facts)
    rest_profile = _rest_profile(facts, profile)
    shared = np.nan_to_num(profile_overlap(profile.scored_shares, np.vstack([profiles, rest_profile]), rare))
    found = np.sqrt(shared * together)
    found[:-1][np.isin(labels, profile.node.a38)] = 0.0
    if not found.any():
        return presence, weights, labels
    limit = np.log(parameters["cap"])
    return (
        np.column_stack([presence, np.clip(rest_logs, -limit, limit)]),
        found,
        np.append(labels, REST),
    )


def _rest_profile(facts: Facts, profile: ActivityProfile) -> FloatArray:
    """Return the shares (f,) of families in the hires of the activity's branch without the activity."""
    branch = facts.nomenclature.nodes[f"a38:{profile.node.a38[0]}"]
    hires = facts.nomenclature.hires[branch.key] - facts.nomenclature.hires[profile.node.key]
    return hires / hires.sum() if hires.sum() > 0 else hire_shares(branch, facts.nomenclature)[0]


def _leads(facts: Facts, profile: ActivityProfile, parts: FloatArray, labels: Any) -> dict[str, Any]:
    """Return the two branches that lift each zone most (n,), "" for none, and their jobs."""
    held = [label for label in labels if label != REST]
    jobs = facts.private_jobs.end[:, facts.private_jobs.columns(tuple(held))]
    if REST in labels:
        jobs = np.column_stack([jobs, fine_jobs(facts, profile.node).rest])
    rows = np.arange(len(parts))
    order = np.argsort(-parts, axis=1, kind="stable")
    found: dict[str, Any] = {}
    for place, name in enumerate(("first", "second")):
        column = order[:, min(place, order.shape[1] - 1)]
        lifts = (parts[rows, column] > 0) & (place < order.shape[1])
        found[name] = np.where(lifts, labels[column], "")
        found[f"{name}_jobs"] = np.where(lifts, jobs[rows, column], np.nan)
    return found
