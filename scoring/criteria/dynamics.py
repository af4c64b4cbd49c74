"""Criteria on momentum: what the branch gains here, and all jobs."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from measures.shift_share import clip_recodings, shift_share
from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured, statuses, unknown
from scoring.criteria.fabric import is_whole
from scoring.facts import JOBS_START_YEAR, Facts
from scoring.fine_grain import FineJobs, fine_jobs, with_branch


def local(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Local effect of the branch since the start year, in % of its (jobs + shrink) at the start, breaks clipped.

    Of the activity itself where the zone's jobs are known by sub-class, over the years of that file: its national
    growth is that of the covered zones and, elsewhere, of its share of the branch.
    """
    columns = facts.private_jobs.columns(profile.node.a38)
    if not columns:
        return unknown(len(facts.zones))
    told = _edge(facts.private_jobs.start, facts.private_jobs.end, columns, parameters)
    told["start_year"] = np.full(len(facts.zones), JOBS_START_YEAR)
    is_fine = np.zeros(len(facts.zones), dtype=bool)
    if profile.covered_share:
        fine = fine_jobs(facts, profile.node)
        # Nobody did it at the start: there is no growth to compare with, and the branch speaks.
        is_fine = fine.is_known & ~np.isnan(fine.start) & (np.nansum(fine.start) > 0)
        if is_fine.any():
            own = _own_edge(facts, fine, columns, parameters)
            own["start_year"] = np.full(len(facts.zones), fine.years[0])
            told = {name: np.where(is_fine, own[name], told[name]) for name in told}
    value = 100 * told["gain"] / (told["before"] + parameters["shrink"])
    is_mixed = profile.covered_share > 0 and not is_whole(profile)
    status = statuses(value, known="estimated" if is_mixed else "observed")
    return Measured(value, value, value, status, facts=told | {"is_fine": is_fine})


def _edge(
    start: FloatArray, end: FloatArray, columns: list[int], parameters: Mapping[str, Any]
) -> dict[str, npt.NDArray[Any]]:
    """Return what the columns gained beyond national growth (n,), their jobs before, and whether any is clipped."""
    clipped = clip_recodings(start, end, min_jobs=parameters["min_jobs"], max_ratio=parameters["max_ratio"])
    effects = shift_share(start, clipped.end)
    return {
        "gain": effects.local_effect[:, columns].sum(axis=1),
        "before": start[:, columns].sum(axis=1),
        "is_clipped": np.any(clipped.is_clipped[:, columns], axis=1),
    }


def _own_edge(
    facts: Facts, fine: FineJobs, columns: list[int], parameters: Mapping[str, Any]
) -> dict[str, npt.NDArray[Any]]:
    """Return the edge of the activity's own jobs, the zones not covered standing by their share of the branch."""
    before, after = (table[:, columns].sum(axis=1) for table in (facts.private_jobs.start, facts.private_jobs.end))
    start = with_branch(fine.start, before, fine.share_of_branch)[:, None]
    end = with_branch(fine.end, after, fine.share_of_branch)[:, None]
    return _edge(start, end, [0], parameters)


def jobs(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Yearly growth of all salaried jobs over the last ten years, in %."""
    value, status = facts.values["economy.jobs_growth_pct"]
    return Measured(value, value, value, status)


def programmes(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Mean of two marks, in %: people living in a Territoire d'industrie, and industrial firms aided per job.

    The second is full at twice the national rate. It is that of departments: raw numbers of firms follow their size.
    A mark not known widens the bounds.
    """
    eligible, _status = facts.values["economy.industry_territory_share_pct"]
    rate, _rate_status = facts.values["economy.aided_firms_per_1000"]
    marks = np.column_stack([eligible / 100, np.clip(rate / parameters["full_rate"], 0.0, 1.0)])
    low, high = (50 * np.where(np.isnan(marks), end, marks).sum(axis=1) for end in (0.0, 1.0))
    is_missing = np.isnan(marks).all(axis=1)
    low, high = np.where(is_missing, np.nan, low), np.where(is_missing, np.nan, high)
    status = np.where(is_missing, "missing", "estimated")
    return Measured((low + high) / 2, low, high, status, facts={"eligible_pct": eligible, "rate": rate})
