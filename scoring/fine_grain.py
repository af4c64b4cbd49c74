"""The activity's own jobs where a zone's jobs by sub-class are loaded, beside those of its branch elsewhere."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.nomenclature import FINE_LEVELS, Node


@dataclass(frozen=True, eq=False)
class FineJobs:
    """Jobs of an activity by zone (n,), known where the zone is covered and no number is hidden: `is_known`.

    `start` and `end` are NaN elsewhere. `rest` are the jobs of the rest of its branch at the end. `share_of_branch` is
    the part of the activity in the branch where only the branch is known. `years` are those of start and end.
    """

    start: FloatArray
    end: FloatArray
    rest: FloatArray
    is_known: npt.NDArray[np.bool_]
    share_of_branch: float
    years: tuple[int, int]


def covered_share(facts: Facts, node: Node) -> float:
    """Return the share (0-1) of the branch's jobs that lie in zones covered by sub-class; 0 when that changes nothing.

    Nothing changes for an activity that is its whole branch, or wider, nor in an edition without jobs by sub-class.
    """
    if not is_narrower(facts, node) or not facts.subclass_jobs.is_covered.any():
        return 0.0
    jobs = branch_jobs_of(facts, node)
    total = float(np.nansum(jobs))
    return float(np.nansum(jobs[facts.subclass_jobs.is_covered])) / total if total > 0 else 0.0


def is_narrower(facts: Facts, node: Node) -> bool:
    """Tell whether a node is a part of one A38 branch, and not the whole of it."""
    if node.level not in FINE_LEVELS:
        return False
    return len(node.subclasses) < len(facts.nomenclature.nodes[f"a38:{node.a38[0]}"].subclasses)


def branch_jobs_of(facts: Facts, node: Node) -> FloatArray:
    """Return the private jobs (n,) of the node's branch, NaN where unknown."""
    columns = facts.private_jobs.columns(node.a38)
    return facts.private_jobs.end[:, columns].sum(axis=1) if columns else np.full(len(facts.zones), np.nan)


@lru_cache(maxsize=64)
def fine_jobs(facts: Facts, node: Node) -> FineJobs:
    """Return the jobs of an activity by sub-class; to be asked only where `covered_share` is not 0.

    What the activity weighs in its branch where zones are not covered is read in the covered ones and in the hires,
    each for the part of the branch's jobs it speaks for: one region's own share would make its specialities look
    ordinary, and hires alone count turnover.
    """
    table, branch = facts.subclass_jobs, facts.nomenclature.nodes[f"a38:{node.a38[0]}"]
    own, whole = table.columns(node.subclasses), table.columns(branch.subclasses)
    covered = table.is_covered
    end, start = (np.where(covered, part[:, own].sum(axis=1), np.nan) for part in (table.end, table.start))
    all_of_branch = np.where(covered, table.end[:, whole].sum(axis=1), np.nan)
    is_known = ~np.isnan(end)
    both = is_known & ~np.isnan(all_of_branch)
    found = float(end[both].sum()) / max(float(all_of_branch[both].sum()), 1.0)
    hires = facts.nomenclature.hires
    hired = float(hires[node.key].sum()) / max(float(hires[branch.key].sum()), 1.0)
    covered_part = covered_share(facts, node)
    return FineJobs(
        start=start if len(set(table.years)) > 1 else np.full(len(covered), np.nan),
        end=end,
        rest=all_of_branch - end,
        is_known=is_known,
        share_of_branch=covered_part * found + (1 - covered_part) * (hired or found),
        years=(table.years[0], table.years[-1]),
    )


def with_branch(fine: FloatArray, branch: FloatArray, share_of_branch: float) -> FloatArray:
    """Return the activity's jobs (n,): its own where known, its share of the branch's elsewhere."""
    return np.where(np.isnan(fine), branch * share_of_branch, fine)
