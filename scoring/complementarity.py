"""Which near basins together cover the needs of an activity, or of a chain, better than each alone."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np

from measures.aggregation import weighted_sum
from measures.arrays import Flags, Integers
from measures.complementarity import (
    added,
    assigned,
    best_alone,
    best_part,
    chain_alone,
    hosted,
    near_groups,
    pooled,
)
from scoring.cells import Cells, FloatArray, Measured
from scoring.facts import Facts, ZoneCard
from scoring.group_definitions import group_rules
from scoring.group_question import SIZES, GroupQuestion
from scoring.normalising import normalise
from scoring.ranking import Ranking
from scoring.service import rank

# Under a point, what a group adds is within what separates neighbours in the ranking.
LEAST_GAIN = 1.0
ANSWERS_KEPT = 32


@dataclass(frozen=True)
class Group:
    """Near basins, by position: their score together, that of the best alone (the lead), what the group adds.

    `gain` is against the lead; `margin` against the best smaller group within it, itself included.
    """

    members: tuple[int, ...]
    lead: int
    score: float
    alone: float
    margin: float

    @property
    def gain(self) -> float:
        return self.score - self.alone


@dataclass(frozen=True, eq=False)
class Answer:
    """The groups with a real gain, best score first, among `considered` within the distance.

    `alone` (n,) is the score of each basin by itself; `rankings` those of the steps. `closest` is, where nothing gains
    enough with the basin asked, the pair with it that comes nearest to: it may lose by it.
    """

    facts: Facts
    question: GroupQuestion
    rankings: tuple[Ranking, ...]
    alone: FloatArray
    groups: tuple[Group, ...]
    considered: int
    closest: Group | None = None

    def zone(self, index: int) -> ZoneCard:
        return self.facts.zones[index]

    def rank_alone(self, score: float) -> int:
        """Return the rank that a score would have among basins alone."""
        return int((self.alone > score).sum()) + 1

    @property
    def nearest_km(self) -> float | None:
        """How far the centre of the basin asked is from the nearest other, in km; None where no basin is asked."""
        if not self.question.basin:
            return None
        place = self.facts.zone(self.question.basin)
        return float(np.delete(self.facts.distance_km[place], place).min())

    def distances(self, group: Group) -> tuple[tuple[int, int, float], ...]:
        """Return the km between the centres of each two members."""
        pairs = combinations(group.members, 2)
        return tuple((one, other, float(self.facts.distance_km[one, other])) for one, other in pairs)


def complementarity(facts: Facts, question: GroupQuestion) -> Answer:
    """Return the groups that a question asks about; the same question on the same edition is answered once."""
    answer = _every_group(facts, replace(question, basin=None, size=None))
    kept = answer.groups
    if question.size:
        kept = tuple(one for one in kept if len(one.members) == question.size)
    closest = None
    if question.basin:
        place = facts.zone(question.basin)
        kept = tuple(one for one in kept if place in one.members)
        closest = None if kept else _closest(answer, question, place)
    return replace(answer, question=question, groups=kept, closest=closest)


def _closest(answer: Answer, question: GroupQuestion, place: int) -> Group | None:
    """Return the pair that gains most, or loses least, with a zone; None where it has no neighbour."""
    pairs = near_groups(answer.facts.distance_km, radius_km=question.distance_km, size=2)
    groups = _groups(answer.rankings, answer.alone, pairs[(pairs == place).any(axis=1)])
    return max(groups, key=lambda one: one.margin, default=None)


def _groups(rankings: tuple[Ranking, ...], alone: FloatArray, pairs: Integers) -> list[Group]:
    """Return pairs as groups, whatever they gain."""
    lead = best_alone(alone, pairs)
    scores = group_scores(rankings, pairs, lead).tolist()
    return [
        Group(tuple(members), first, score, float(alone[first]), score - float(alone[first]))
        for members, first, score in zip(pairs.tolist(), lead.tolist(), scores, strict=True)
    ]


@lru_cache(maxsize=ANSWERS_KEPT)
def _every_group(facts: Facts, question: GroupQuestion) -> Answer:
    rankings = tuple(rank(facts, one.question) for one in question.steps)
    alone = rankings[0].score if len(rankings) == 1 else chain_alone(step_scores(rankings), np.ones(len(rankings)))
    found: list[Group] = []
    considered = 0
    pairs = pair_scores = None
    for size in SIZES:
        members = near_groups(facts.distance_km, radius_km=question.distance_km, size=size)
        considered += len(members)
        lead = best_alone(alone, members)
        scores = group_scores(rankings, members, lead)
        margins = scores - best_part(alone, members, pairs, pair_scores)
        kept = (margins >= LEAST_GAIN) & is_wanted(facts, rankings, members)
        found += [
            Group(tuple(members[row].tolist()), int(lead[row]), float(scores[row]), float(alone[lead[row]]), margin)
            for row, margin in zip(np.nonzero(kept)[0].tolist(), margins[kept].tolist(), strict=True)
        ]
        pairs, pair_scores = members, scores
    found.sort(key=lambda one: (-one.score, one.members))
    return Answer(facts, question, rankings, alone, tuple(found), considered)


def step_scores(rankings: tuple[Ranking, ...]) -> FloatArray:
    """Return the scores (s, n) of every basin for each step."""
    return np.array([one.score for one in rankings])


def group_scores(rankings: tuple[Ranking, ...], members: Integers, lead: Integers) -> FloatArray:
    """Return the score (g,) of each group, 0-100."""
    if len(members) == 0:
        return np.zeros(0)
    if len(rankings) > 1:
        return assigned(step_scores(rankings), np.ones(len(rankings)), members)[1]
    return 100 * weighted_sum(group_cells(rankings[0], members, lead), rankings[0].weights)


def group_cells(ranking: Ranking, members: Integers, lead: Integers) -> FloatArray:
    """Return the cell (g, k) of each group on each criterion, by the rule of `data/group_rules.toml`."""
    cells, is_known = ranking.assessment.normalised, ranking.assessment.is_informed
    rules = [group_rules()[one.id] for one in ranking.used]
    both = {
        "best": hosted(cells, is_known, members, lead),
        "pooled": pooled(cells, is_known, ranking.facts.private_total, members, lead),
    }
    columns = [
        added_cells(ranking, column, members).normalised if rule == "added" else both[rule][:, column]
        for column, rule in enumerate(rules)
    ]
    return np.column_stack(columns)


def added_cells(ranking: Ranking, column: int, members: Integers) -> Cells:
    """Return the cells (g,) of the summed numbers of the members, low and high ends summed too."""
    criterion, measured = ranking.used[column], ranking.cells[column].measured
    cap = criterion.parameters["cap"]
    value, low, high = (added(one, members, cap=cap) for one in (measured.value, measured.low, measured.high))
    status = np.where(np.isnan(value), "missing", "estimated")
    return normalise(criterion, Measured(value, low, high, status), normalisation="bounds")


def is_wanted(facts: Facts, rankings: tuple[Ranking, ...], members: Integers) -> Flags:
    """Return whether (g,) a group touches the region asked and meets each applied requirement in some member."""
    region = rankings[0].question.region
    is_in = np.array([region is None or region in zone.region_codes for zone in facts.zones])
    needs = [is_in, *(one.passed != 0 for ranking in rankings for one in ranking.outcomes if one.is_applied)]
    wanted: Flags = np.all([one[members].any(axis=1) for one in needs], axis=0)
    return wanted
