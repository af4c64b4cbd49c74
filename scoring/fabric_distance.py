"""How far an activity is from what a basin already does: there, near, far, or not known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from measures.quotient import log_quotient
from scoring.cells import FloatArray, known
from scoring.criteria.fabric import branch_share
from scoring.definitions import criterion
from scoring.facts import Facts
from scoring.fine_grain import branch_jobs_of
from scoring.nomenclature import Node
from scoring.score_cube import ScoreCube

PRESENT, NEAR, FAR, UNKNOWN = "present", "near", "far", "unknown"
DISTANCES = (PRESENT, NEAR, FAR, UNKNOWN)

# Judgement, set on the country as a whole: about 4 % of the pairs of a basin and a manufacturing sub-class are there,
# a third near. Fewer jobs than these are a workshop, which the quotient of a small basin would swell.
STRONG_QUOTIENT, STRONG_JOBS = 3.0, 200.0
NEAR_QUOTIENT, NEAR_JOBS = 1.5, 50.0
OWN_JOBS = 20.0
# Among the first 15 % of basins for the activities related to one, a basin is near it.
RELATED_SHARE = 0.15
RELATED, SPECIALISATION = "fabric.related", "fabric.specialisation"


@dataclass(frozen=True)
class FabricDistance:
    """Where an activity stands from the fabric of a basin, and what says so.

    `same_class` and `same_group` count the establishments known there (heritage firms, large plants), those of the
    class being among those of the group. `own_jobs` are the activity's, where published by sub-class; `branch_jobs`
    and `quotient` those of its A38 branches. `related_rank` is the basin's, for the activities related to it. None
    where it is not known.
    """

    same_class: int
    same_group: int
    own_jobs: float | None
    branch_jobs: float | None
    quotient: float | None
    related_rank: int | None
    basins: int

    @property
    def is_strong_branch(self) -> bool:
        """Whether the branch is strong enough for an establishment of the group to stand for the activity."""
        return self._has_branch(STRONG_QUOTIENT, STRONG_JOBS)

    @property
    def is_related(self) -> bool:
        """Whether the activities related to it are more present than in most basins."""
        return self.related_rank is not None and self.related_rank <= RELATED_SHARE * self.basins

    @property
    def kind(self) -> str:
        """ "present": an establishment of its class, jobs of its own, or a strong branch with one of its group.

        "near": one of its group, a branch above the national share, or related activities; "unknown" where the jobs
        of the branch and of the related ones are not known; else "far".
        """
        if self.same_class or (self.own_jobs or 0.0) >= OWN_JOBS or (self.same_group and self.is_strong_branch):
            return PRESENT
        if self.same_group or self._has_branch(NEAR_QUOTIENT, NEAR_JOBS) or self.is_related:
            return NEAR
        return UNKNOWN if self.quotient is None else FAR

    def _has_branch(self, quotient: float, jobs: float) -> bool:
        return (self.quotient or 0.0) >= quotient and (self.branch_jobs or 0.0) >= jobs


def fabric_distances(facts: Facts, cube: ScoreCube, index: int) -> list[FabricDistance]:
    """Return the distance of each activity of the cube from the fabric of a basin, by position."""
    by_class, by_group = _plants(facts, index)
    branches = _branches(facts)
    own = _own_jobs(facts, index)
    ranks = _related_ranks(facts, cube, index)
    return [
        FabricDistance(
            same_class=sum(by_class[code] for code in {leaf[:5] for leaf in node.subclasses}),
            same_group=sum(by_group[code] for code in {leaf[:4] for leaf in node.subclasses}),
            own_jobs=None if own is None else _summed(own, node),
            branch_jobs=known(branches[node.a38][0][index]),
            quotient=known(branches[node.a38][1][index]),
            related_rank=rank,
            basins=len(facts.zones),
        )
        for node, rank in zip(cube.nodes, ranks, strict=True)
    ]


def _plants(facts: Facts, index: int) -> tuple[Counter[str], Counter[str]]:
    """Establishments known in a basin, by class and by group."""
    here = facts.plants.naf_index[facts.plants.zone == index]
    codes = [facts.plants.naf_codes[i] for i in here]
    return Counter(code[:5] for code in codes), Counter(code[:4] for code in codes)


@lru_cache(maxsize=2)
def _branches(facts: Facts) -> dict[tuple[str, ...], tuple[FloatArray, FloatArray]]:
    """Private jobs (n,) of the branches of each activity, and their smoothed quotient (n,)."""
    shrink, total = criterion(SPECIALISATION).parameters["shrink"], facts.private_total
    found: dict[tuple[str, ...], tuple[FloatArray, FloatArray]] = {}
    for node in facts.nomenclature.nodes.values():
        if node.a38 not in found:
            jobs = branch_jobs_of(facts, node)
            logs = log_quotient(jobs, total * branch_share(jobs, total), shrink=shrink)
            found[node.a38] = jobs, np.exp(logs)
    return found


def _own_jobs(facts: Facts, index: int) -> Mapping[str, float] | None:
    """Jobs of a basin by sub-class where they are published, hidden ones left out; None elsewhere."""
    table = facts.subclass_jobs
    if not table.is_covered[index]:
        return None
    jobs = table.end[index]
    return {code: float(one) for code, one in zip(table.naf_codes, jobs, strict=True) if not np.isnan(one)}


def _summed(own: Mapping[str, float], node: Node) -> float | None:
    """The jobs of an activity from those of its sub-classes; at least, where some are hidden."""
    return sum(own.get(code, 0.0) for code in node.subclasses)


def _related_ranks(facts: Facts, cube: ScoreCube, index: int) -> list[int | None]:
    """The basin's rank on the criterion of related activities, for each activity of the cube."""
    cells = cube.cells(RELATED)
    if cells is None or np.isnan(facts.private_total[index]):
        return [None] * len(cube.nodes)
    return [int(rank) for rank in (cells > cells[:, [index]]).sum(axis=1) + 1]
