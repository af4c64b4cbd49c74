"""Suppliers and customers within reach."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from measures.access import decayed_sum, within_km_sum
from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured, unknown
from scoring.fabric_tables import AGRICULTURE
from scoring.facts import Facts


def tradable_branches(facts: Facts) -> tuple[str, ...]:
    """Return the branches that make or transform goods, sections A to F, of which flows and jobs are both known.

    Services are bought everywhere and stand where people do: with them, the chain of everything is the large cities.
    """
    jobs = branch_jobs(facts)
    return tuple(
        code
        for code in facts.flows.codes
        if code[0] in "ABCDEF" and code in facts.private_jobs.codes and np.nansum(jobs[code]) > 0
    )


@lru_cache(maxsize=2)
def branch_jobs(facts: Facts) -> dict[str, FloatArray]:
    """Return the jobs (n,) of each branch: private, and all of them in agriculture, unknown ones counted as none."""
    table = {code: facts.private_jobs.end[:, i] for i, code in enumerate(facts.private_jobs.codes)}
    table[AGRICULTURE] = facts.flows.farm_jobs
    return {code: np.nan_to_num(column) for code, column in table.items()}


def trade_shares(facts: Facts, own: tuple[str, ...]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the shares of each other branch in what the branches `own` buy, and in what they sell, each summing to 1.

    Goods only; empty where nothing is bought, or sold.
    """
    columns = facts.flows.positions(own)
    others = [code for code in tradable_branches(facts) if code not in own]
    rows = facts.flows.positions(tuple(others))
    bought = facts.flows.total[np.ix_(rows, columns)].sum(axis=1)
    sold = facts.flows.total[np.ix_(columns, rows)].sum(axis=0)
    return _shares(others, bought), _shares(others, sold)


def _shares(codes: list[str], amounts: FloatArray) -> dict[str, float]:
    total = float(amounts.sum())
    return dict(zip(codes, (amounts / total).tolist(), strict=True)) if total > 0 else {}


@lru_cache(maxsize=8)
def reached_shares(facts: Facts, decay_km: float) -> tuple[dict[str, FloatArray], FloatArray]:
    """Return the share of each branch's national jobs within reach of each zone (n,), and of all private jobs."""
    total = np.nan_to_num(facts.private_total)
    jobs = {code: column for code, column in branch_jobs(facts).items() if column.sum() > 0}
    reached = {code: decayed_sum(facts.distance_km, column, decay_km=decay_km) for code, column in jobs.items()}
    return (
        {code: column / jobs[code].sum() for code, column in reached.items()},
        decayed_sum(facts.distance_km, total, decay_km=decay_km) / total.sum(),
    )


@lru_cache(maxsize=2)
def near_jobs(facts: Facts, radius_km: float) -> dict[str, FloatArray]:
    """Return the jobs (n,) of each branch within the radius of each zone, its own included."""
    return {
        code: within_km_sum(facts.distance_km, column, radius_km=radius_km, exclude_self=False)
        for code, column in branch_jobs(facts).items()
    }


def _quotient(facts: Facts, weights: Mapping[str, float], decay_km: float, shrink: float) -> FloatArray:
    """Return (jobs of the chain reached + shrink) / (jobs reached + shrink), the chain's on the scale of all jobs."""
    by_branch, everything = reached_shares(facts, decay_km)
    nation = float(np.nansum(facts.private_jobs.end))
    chain_share = np.sum([weight * by_branch[code] for code, weight in weights.items()], axis=0)
    return (nation * chain_share + shrink) / (nation * everything + shrink)


def chain(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Suppliers and customers within reach, over what the jobs of all kinds within reach would give; own branch out.

    Each branch weighs its share of what the activity's branch buys or sells in the country (half and half), and its
    jobs are counted as a share of the branch's. In level it would repeat the market criterion. The bounds are those of
    a shorter and a longer reach. Missing where the zone's own jobs are, and for all where the branch trades no good.
    """
    suppliers, customers = trade_shares(facts, profile.node.a38)
    sides = [side for side in (suppliers, customers) if side]
    if not sides:
        return unknown(len(facts.zones))
    weights = {code: sum(side.get(code, 0.0) for side in sides) / len(sides) for code in {*suppliers, *customers}}
    is_unknown = np.isnan(facts.private_total)
    value, *others = (
        np.where(is_unknown, np.nan, _quotient(facts, weights, km, parameters["shrink"]))
        for km in (parameters["decay_km"], parameters["least_decay_km"], parameters["most_decay_km"])
    )
    return Measured(
        value,
        np.min([value, *others], axis=0),
        np.max([value, *others], axis=0),
        np.where(is_unknown, "missing", "estimated"),
        facts=_leads(facts, suppliers, customers, parameters),
    )


def _leads(
    facts: Facts, suppliers: Mapping[str, float], customers: Mapping[str, float], parameters: Mapping[str, Any]
) -> dict[str, npt.NDArray[Any]]:
    """Return, for each side, the branch that counts most around each zone and its jobs within the radius (n,)."""
    by_branch, _everything = reached_shares(facts, parameters["decay_km"])
    near = near_jobs(facts, parameters["decay_km"])
    rows = np.arange(len(facts.zones))
    found: dict[str, npt.NDArray[Any]] = {}
    for name, side in (("supplier", suppliers), ("customer", customers)):
        if not side:
            found |= {name: np.full(len(rows), ""), f"{name}_jobs": np.zeros(len(rows))}
            continue
        codes = sorted(side)
        lead = np.argmax([side[code] * by_branch[code] for code in codes], axis=0)
        found[name] = np.array(codes)[lead]
        found[f"{name}_jobs"] = np.array([near[code] for code in codes])[lead, rows]
    return found
