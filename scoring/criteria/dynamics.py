"""Criteria on momentum: what the branch gains here, and all jobs."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from measures.shift_share import clip_recodings, shift_share
from scoring.activity_profile import ActivityProfile
from scoring.cells import Measured, statuses
from scoring.facts import Facts


def local(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Local effect of the branch since the start year, in % of its (jobs + shrink) at the start, breaks clipped."""
    start, end = facts.private_jobs.start, facts.private_jobs.end
    clipped = clip_recodings(start, end, min_jobs=parameters["min_jobs"], max_ratio=parameters["max_ratio"])
    effects = shift_share(start, clipped.end)
    columns = facts.private_jobs.columns(profile.node.a38)
    if not columns:
        unknown = np.full(len(facts.zones), np.nan)
        return Measured(unknown, unknown, unknown, statuses(unknown, known="observed"))
    gain = effects.local_effect[:, columns].sum(axis=1)
    before = start[:, columns].sum(axis=1)
    value = 100 * gain / (before + parameters["shrink"])
    return Measured(
        value,
        value,
        value,
        statuses(value, known="observed"),
        facts={"gain": gain, "before": before, "is_clipped": np.any(clipped.is_clipped[:, columns], axis=1)},
    )


def jobs(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Yearly growth of all salaried jobs over the last ten years, in %."""
    value, status = facts.values["economy.jobs_growth_pct"]
    return Measured(value, value, value, status)
