"""Criteria on occupations: are the needed ones there, and are there enough of them?"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from measures.quotient import expected_jobs, log_quotient, rarity
from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured, statuses, unknown
from scoring.facts import Facts

RARITY_FLOOR_SHARE = 0.001


def needed_families(facts: Facts, profile: ActivityProfile) -> tuple[FloatArray, list[int]]:
    """Shares (m,) of the scored families needed, summing to 1, and their positions in the occupation table."""
    pairs = [
        (share, facts.occupations.codes.index(code))
        for code, share in zip(facts.nomenclature.family_codes, profile.scored_shares, strict=True)
        if share > 0 and code in facts.occupations.codes
    ]
    shares = np.array([share for share, _column in pairs])
    return shares / shares.sum(), [column for _share, column in pairs]


def quotient(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Rarity-weighted geometric mean of the smoothed quotients of the needed families, 1 = national presence.

    The error bar is the weighted mean of the families' relative errors, taken on the logarithm.
    """
    shares, columns = needed_families(facts, profile)
    jobs = facts.occupations.jobs[:, columns]
    totals = np.nansum(facts.occupations.jobs, axis=1)
    national = np.nansum(facts.occupations.jobs, axis=0) / totals.sum()
    weights = shares * rarity(national[columns], floor_share=RARITY_FLOOR_SHARE)
    weights /= weights.sum()
    by_family = log_quotient(jobs, expected_jobs(totals, national[columns]), shrink=parameters["shrink"])
    logs = by_family @ weights
    error = np.log1p(facts.occupations.error_share[:, columns]) @ weights
    # The trade that speaks most for the basin, not the largest of the profile: unskilled hands are everywhere.
    lead = np.argmax(np.nan_to_num(by_family) * weights, axis=1)
    return Measured(
        value=np.exp(logs),
        low=np.exp(logs - error),
        high=np.exp(logs + error),
        status=statuses(logs, known="estimated"),
        facts={
            "jobs": jobs.sum(axis=1),
            "lead_jobs": jobs[np.arange(len(jobs)), lead],
            "lead_family": np.array([facts.occupations.codes[column] for column in columns])[lead],
        },
    )


def depth(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Existing jobs per post to fill in the needed families, each capped, averaged by their shares."""
    shares, columns = needed_families(facts, profile)
    jobs = facts.occupations.jobs[:, columns]
    error = facts.occupations.error_share[:, columns]
    posts = profile.jobs * shares
    value, low, high = (
        _capped_mean(jobs * factor / posts, shares, parameters["cap"])
        for factor in (1.0, 1.0 / (1 + error), 1 + error)
    )
    return Measured(value, low, high, statuses(value, known="estimated"), facts={"jobs": jobs.sum(axis=1)})


def _capped_mean(per_post: FloatArray, shares: FloatArray, cap: float) -> FloatArray:
    """Mean (n,) of capped numbers (n, m); at the cap everywhere it is the cap, whatever the last bit of a sum."""
    capped = np.minimum(per_post, cap)
    return np.where((capped == cap).all(axis=1), cap, capped @ shares)


def availability(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Recruitment tightness of the needed families, averaged by their shares; lower is easier.

    A family counts where the basin holds more than `least_jobs` of it, give or take an error that is larger where the
    department publishes no figure of its own. Elsewhere nobody can tell, but it is not easy: such a family stands
    between the country's tightness and the hardest end of the scale. Families that the country does not follow are
    left out. Missing where the zone has no stock, or no department with a figure.
    """
    table = facts.tightness
    followed = {code for code, index in zip(table.codes, table.national, strict=True) if not np.isnan(index)}
    shares, columns = needed_families(facts, profile)
    codes = [facts.occupations.codes[column] for column in columns]
    kept = [place for place, code in enumerate(codes) if code in followed]
    if not kept:
        return unknown(len(facts.zones))
    weights = shares[kept] / shares[kept].sum()
    here = [table.codes.index(codes[place]) for place in kept]
    jobs = facts.occupations.jobs[:, [columns[place] for place in kept]]
    index, national = table.index[:, here], np.broadcast_to(table.national[here], jobs.shape)
    is_there = jobs > parameters["least_jobs"]
    own = table.own_share[:, here]
    error = own * parameters["own_error"] + (1 - own) * parameters["wider_error"]
    hardest = np.maximum(parameters["hardest"], national)
    low = np.where(is_there, index - error, national) @ weights
    high = np.where(is_there, index + error, hardest) @ weights
    is_unknown = np.isnan(jobs).any(axis=1) | np.isnan(index).any(axis=1)
    low, high = (np.where(is_unknown, np.nan, one) for one in (low, high))
    there = is_there @ weights
    there_index, there_national = (
        (np.where(is_there, np.nan_to_num(part), 0.0) @ weights) / np.where(there > 0, there, 1.0)
        for part in (index, national)
    )
    return Measured(
        value=(low + high) / 2,
        low=low,
        high=high,
        status=statuses(low, known="estimated"),
        facts={"there_share": there, "there_index": there_index, "there_national": there_national},
    )
