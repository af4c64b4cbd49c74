"""What each member brings to a group: points by criterion for one activity, steps for a chain."""

from dataclasses import dataclass

import numpy as np

from measures.arrays import Flags
from scoring.cells import FloatArray
from scoring.complementarity import Answer, Group, added_cells
from scoring.group_definitions import group_rules
from scoring.ranking import Ranking
from scoring.requirements import Outcome, is_lacking

# Under this many points a criterion is not worth a word.
LEAST_TOLD = 0.2


@dataclass(frozen=True)
class Brought:
    """A criterion by which a member lifts the group (points above 0) or draws it down, against the lead alone.

    `column` is its position among the criteria of the ranking.
    """

    criterion: str
    label: str
    rule: str
    points: float
    column: int


@dataclass(frozen=True)
class MemberShare:
    """A member of a group: what it brings against the lead alone, largest first; for the lead, where it is ahead."""

    index: int
    is_lead: bool
    brought: tuple[Brought, ...]
    points: float


@dataclass(frozen=True)
class StepShare:
    """A step of a chain in a group: the member that does it, its score there, and the rank of that score."""

    place: int
    index: int
    score: float
    rank: int


def member_points(ranking: Ranking, group: Group) -> FloatArray:
    """Return what each member brings by criterion (m, k), in points; the lead brings 0, the whole sums to the gain."""
    is_known = ranking.assessment.is_informed[list(group.members)]
    lifts = [
        LIFTS[group_rules()[criterion.id]](ranking, group, column, is_known[:, column])
        for column, criterion in enumerate(ranking.used)
    ]
    return 100 * ranking.weights * np.column_stack(lifts)


def _by_provider(ranking: Ranking, group: Group, column: int, is_known: Flags) -> FloatArray:
    """The lift of the cell (m,), all to the member that provides the thing."""
    cells = ranking.assessment.normalised[list(group.members), column]
    offered = np.where(is_known, cells, -np.inf)
    lift = max(0.0, float(offered.max()) - float(ranking.assessment.normalised[group.lead, column]))
    return np.where(np.arange(len(cells)) == offered.argmax(), lift, 0.0)


def _by_pool(ranking: Ranking, group: Group, column: int, is_known: Flags) -> FloatArray:
    """The lift of the cell (m,), to each partner its jobs in the pool times its distance to the lead."""
    members = list(group.members)
    cells = ranking.assessment.normalised[members, column]
    is_counted = is_known | (np.array(members) == group.lead)
    jobs = np.where(is_counted, np.nan_to_num(ranking.facts.private_total[members]), 0.0)
    total = jobs.sum()
    gaps = cells - ranking.assessment.normalised[group.lead, column]
    return jobs * gaps / total if total > 0 else np.zeros(len(members))


def _by_sum(ranking: Ranking, group: Group, column: int, is_known: Flags) -> FloatArray:
    """The lift of the cell (m,), to each partner in proportion to its number."""
    members = np.array([group.members])
    lift = (
        float(added_cells(ranking, column, members).normalised[0]) - ranking.assessment.normalised[group.lead, column]
    )
    values = np.nan_to_num(ranking.cells[column].measured.value[members[0]])
    parts = np.where(members[0] == group.lead, 0.0, values)
    return lift * parts / parts.sum() if parts.sum() > 0 else np.zeros(len(parts))


LIFTS = {"best": _by_provider, "pooled": _by_pool, "added": _by_sum}


def reason(answer: Answer, index: int, column: int) -> str:
    """Return the figure behind what a member brings, "" where it is not known."""
    assessment = answer.rankings[0].assessment
    return assessment.reason(index, column) if assessment.is_known[index, column] else ""


def member_shares(answer: Answer, group: Group) -> tuple[MemberShare, ...]:
    """Return what each member brings to a group for one activity, the lead first."""
    ranking = answer.rankings[0]
    points = member_points(ranking, group)
    shares = [
        MemberShare(
            index=index,
            is_lead=index == group.lead,
            brought=_told(ranking, _ahead(ranking, group) if index == group.lead else points[place]),
            points=float(points[place].sum()),
        )
        for place, index in enumerate(group.members)
    ]
    return tuple(sorted(shares, key=lambda one: not one.is_lead))


def _ahead(ranking: Ranking, group: Group) -> FloatArray:
    """Points (k,) by which the lead is above its best partner; nothing where it is not, or not known."""
    cells, is_known = ranking.assessment.normalised, ranking.assessment.is_informed
    others = [one for one in group.members if one != group.lead]
    gap = cells[group.lead] - cells[others].max(axis=0)
    ahead: FloatArray = np.where(is_known[group.lead], 100 * ranking.weights * np.maximum(gap, 0.0), 0.0)
    return ahead


def _told(ranking: Ranking, points: FloatArray) -> tuple[Brought, ...]:
    order = [int(one) for one in np.argsort(-points, kind="stable") if abs(points[one]) >= LEAST_TOLD]
    return tuple(
        Brought(
            criterion=ranking.used[column].id,
            label=str(ranking.used[column].label),
            rule=group_rules()[ranking.used[column].id],
            points=float(points[column]),
            column=column,
        )
        for column in order
    )


def step_shares(answer: Answer, group: Group) -> tuple[StepShare, ...]:
    """Return which member does each step of a chain, in the order of the steps."""
    found = []
    for place, ranking in enumerate(answer.rankings):
        index = max(group.members, key=lambda one: (ranking.score[one], -one))
        rank = int((ranking.score > ranking.score[index]).sum()) + 1
        found.append(StepShare(place, index, float(ranking.score[index]), rank))
    return tuple(found)


def unmet(answer: Answer, group: Group) -> tuple[Outcome, ...]:
    """Return the needs that are known to be met by no member, those that the activity cannot do without."""
    members = list(group.members)
    return tuple(
        one
        for ranking in answer.rankings
        for one in ranking.outcomes
        if all(is_lacking(one.requirement, one.passed[member]) for member in members)
    )
