"""Criteria on the labour market: what employers here plan to hire, who is trained within reach."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from measures.quotient import expected_jobs, log_quotient, rarity
from scoring.activity_profile import ActivityProfile, hire_shares
from scoring.cells import FloatArray, Measured, unknown
from scoring.criteria.skills import RARITY_FLOOR_SHARE
from scoring.facts import Facts
from scoring.labour import Training
from skills.training import Supply, supplies

KNOWN = ("observed", "estimated")

# (kind, domain) -> candidates and courses around each zone (n,).
NearSupply = dict[tuple[str, str], tuple[FloatArray, FloatArray]]


def needed_trades(facts: Facts, profile: ActivityProfile) -> dict[str, float]:
    """Return the trades that the activity hires and their shares, summing to 1; none in an edition without trades.

    Each level of the nomenclature is shrunk towards its parent, as for occupation families.
    """
    codes = facts.trade_hires.family_codes
    if not codes:
        return {}
    shares, _hires, _basis = hire_shares(profile.node, facts.trade_hires)
    return {code: float(share) for code, share in zip(codes, shares, strict=True) if share > 0}


def bmo(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Rarity-weighted geometric mean of the smoothed quotients of hiring projects in the needed trades.

    Each survey is compared with all the projects of the zone, in its own nomenclature; the surveys that know the zone
    are then averaged. A secret or absent number stands in the middle of its bounds. Suppressed, or missing, where no
    survey publishes any number of any needed trade.
    """
    needed = needed_trades(facts, profile)
    codes = [code for code in needed if code in facts.hiring.trades]
    columns = [facts.hiring.trades.index(code) for code in codes]
    shares = np.array([needed[code] for code in codes])
    if not columns:
        return unknown(len(facts.zones))
    logs, lead = [], 0
    for year in range(len(facts.hiring.years)):
        bounds = [table[year][:, columns] for table in (facts.hiring.value, facts.hiring.low, facts.hiring.high)]
        found, lead = _survey_logs(bounds, facts.hiring.totals[year], shares, parameters["shrink"])
        logs.append(found)
    status = facts.hiring.status[:, :, columns]
    is_known = np.isin(status, KNOWN).any(axis=(0, 2))
    value, low, high = (np.where(is_known, np.exp(one), np.nan) for one in _mean_of_known(np.array(logs)))
    is_secret = (status == "suppressed").any(axis=(0, 2))
    said = np.select([is_known, is_secret], ["estimated", "suppressed"], "missing")
    return Measured(
        value,
        low,
        high,
        np.where((status == "observed").all(axis=(0, 2)), "observed", said),
        facts={
            "lead_projects": facts.hiring.published[-1][:, columns[lead]],
            "lead_trade": np.array(codes[lead]),
            "lead_year": np.array(facts.hiring.years[-1]),
        },
    )


def _survey_logs(
    bounds: list[FloatArray], totals: FloatArray, shares: FloatArray, shrink: float
) -> tuple[FloatArray, int]:
    """Return the logarithms (3, n) of value, low and high in one survey, and the position of the heaviest trade."""
    national = np.nansum(bounds[0], axis=0) / np.nansum(totals)
    weights = shares * rarity(national, floor_share=RARITY_FLOOR_SHARE)
    weights /= weights.sum()
    expected = expected_jobs(totals, national)
    logs = np.array([log_quotient(projects, expected, shrink=shrink) @ weights for projects in bounds])
    return logs, int(np.argmax(weights))


def _mean_of_known(logs: FloatArray) -> FloatArray:
    """Return the mean (3, n) over the surveys (y, 3, n) that know the zone; NaN where none does."""
    known = (~np.isnan(logs)).sum(axis=0)
    return np.where(known > 0, np.nansum(logs, axis=0) / np.maximum(known, 1), np.nan)


def training_pools(facts: Facts, profile: ActivityProfile) -> dict[Supply, float]:
    """Return the trainings of the needed trades with their shares, summing to 1; trades may share one."""
    pools: dict[Supply, float] = {}
    for code, share in needed_trades(facts, profile).items():
        if code in supplies():
            pools[supplies()[code]] = pools.get(supplies()[code], 0.0) + share
    total = sum(pools.values())
    return {supply: share / total for supply, share in pools.items()}


def training(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """People trained a year within reach for each post to fill, each pool of training capped, averaged by shares.

    Candidates to the baccalauréat are counted; a course after it is worth a number of places that is a judgement: the
    bounds divide and multiply it. Missing for all when no needed trade has a training.
    """
    pools = training_pools(facts, profile)
    if not pools or not len(facts.training.kind):
        return unknown(len(facts.zones))
    table = near_supply(facts.training, parameters["radius_km"])
    error = parameters["places_error"]
    value, low, high = (
        _per_post(table, pools, profile.jobs, parameters, factor) for factor in (1.0, 1 / error, error)
    )
    people = people_trained(table, tuple(pools), parameters["places"])
    return Measured(value, low, high, np.full(len(facts.zones), "estimated"), facts={"people": people})


def _per_post(
    table: NearSupply, pools: Mapping[Supply, float], jobs: float, parameters: Mapping[str, Any], factor: float
) -> FloatArray:
    """People trained per post to fill (n,), places of courses times the factor."""
    places = {kind: number * factor for kind, number in parameters["places"].items()}
    parts = [
        share * np.minimum(people_trained(table, (supply,), places) / (jobs * share), parameters["cap"])
        for supply, share in pools.items()
    ]
    return np.sum(parts, axis=0)


@lru_cache(maxsize=4)
def near_supply(supply: Training, radius_km: float) -> NearSupply:
    """Return by (kind, domain) the candidates (n,) and the courses (n,) within the radius of each zone's centre."""
    is_near = (supply.distance_km <= radius_km).astype(float)
    pairs = sorted(set(zip(supply.kind.tolist(), supply.domain.tolist(), strict=True)))
    found = {}
    for kind, domain in pairs:
        of_pair = (supply.kind == kind) & (supply.domain == domain)
        found[kind, domain] = (
            is_near @ np.where(of_pair, np.nan_to_num(supply.candidates), 0.0),
            is_near @ np.where(of_pair, np.nan_to_num(supply.courses), 0.0),
        )
    return found


def people_trained(table: NearSupply, wanted: tuple[Supply, ...], places: Mapping[str, float]) -> FloatArray:
    """People trained a year (n,) by any of the trainings wanted; a course counts the places of its kind."""
    parts = [
        candidates + courses * places.get(kind, 0.0)
        for (kind, domain), (candidates, courses) in table.items()
        if any(kind in one.kinds and domain in one.domains for one in wanted)
    ]
    some = next(iter(table.values()))[0]
    return np.sum(parts, axis=0) if parts else np.zeros_like(some)
