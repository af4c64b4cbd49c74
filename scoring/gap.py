"""What must change for a basin to reach a target: the least effort, in the units of those who would act."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from measures.gap import Choice, cheapest_choice, largest_choice
from scoring.definitions import Criterion, criterion
from scoring.errors import BadQuestion
from scoring.levers import Fixed, Lever, lever_table
from scoring.normalising import value_at
from scoring.numbers import number
from scoring.ranking import Ranking
from scoring.reaches import Blocked, Reach, reach
from scoring.targets import Target
from scoring.what_if import changed, rank_with

LARGEST_EFFORT = 1000.0
# Beyond the score of the basin overtaken, for a strict rank whatever the order of the additions.
MARGIN = 1e-6
# Out of reach, the proposal stops at this share of all that the levers could bring: the last points cost most.
WORTH_SHARE = 0.9
# A lever that can bring less is not proposed then: pages show one decimal.
LEAST_SEEN_POINTS = 0.1


@dataclass(frozen=True)
class Proposal:
    """A change proposed: how much of a lever, its effort, the points it brings, and where the basin then stands.

    `values` are those of the criteria moved; `score` and `rank` count the proposals before it too.
    """

    reach: Reach
    amount: float
    effort: float
    points: float
    values: dict[str, float]
    score: float
    rank: int | None


@dataclass(frozen=True)
class Alone:
    """A lever by itself: the least amount that would reach the target, None when all it can do falls short."""

    reach: Reach
    amount: float | None
    effort: float | None
    most: float
    most_points: float


@dataclass(frozen=True)
class Stuck:
    """A criterion that cannot be moved: why, the points it costs, and the value that would reach the target alone.

    `needed` is None when even the best value would not, or when nothing is needed.
    """

    criterion: Criterion
    who: str
    why: str
    value: float | None
    points_lost: float
    needed: float | None


@dataclass(frozen=True, eq=False)
class Gap:
    """The answer: `status` is already, reached, short (all levers pushed fall short) or vetoed (no rank to reach).

    `need` is in points; `after` is the ranking with the proposals made, None when there are none; `most_points` what
    all levers pushed to their end would bring. Short of the target, the proposals bring nine tenths of what is seen.
    """

    ranking: Ranking
    index: int
    target: Target
    status: str
    need: float
    most_points: float
    proposals: tuple[Proposal, ...]
    alone: tuple[Alone, ...]
    stuck: tuple[Stuck, ...]
    efforts: dict[str, float]
    after: Ranking | None

    @property
    def best_rank(self) -> int | None:
        """The rank that all levers pushed to their end would give."""
        return rank_with(self.ranking, self.index, float(self.ranking.score[self.index]) + self.most_points)

    @property
    def effort(self) -> float:
        return sum(one.effort for one in self.proposals)

    @property
    def values(self) -> dict[str, float]:
        """The values of all the criteria moved."""
        return {key: value for one in self.proposals for key, value in one.values.items()}


def check_gap(ranking: Ranking) -> None:
    """Raise `BadQuestion` where points do not add up: the least effort is then another problem."""
    if ranking.question.aggregation != "arithmetic":
        raise BadQuestion(
            "aggregation",
            _(
                "L'écart à une cible se calcule avec la somme pondérée (aggregation=arithmetic) : en moyenne "
                "géométrique, les points d'un critère dépendent des autres."
            ),
        )


def check_efforts(efforts: Mapping[str, float]) -> None:
    """Raise `BadQuestion` for an effort that is negative or endless."""
    for key, value in efforts.items():
        if not 0 <= value <= LARGEST_EFFORT:
            raise BadQuestion(
                "effort",
                _("L'effort d'une unité de « %(label)s » (%(key)s) va de 0 à %(most)s ; %(value)s ne convient pas.")
                % {
                    "label": criterion(key).label,
                    "key": key,
                    "most": number(LARGEST_EFFORT, 0),
                    "value": number(value, 2),
                },
            )


def gap(ranking: Ranking, zone_code: str, target: Target, efforts: Mapping[str, float]) -> Gap:
    """Return what would bring a basin to a target at the least effort; raises `NotFound` and `BadQuestion`.

    `efforts` are the points of one unit by lever; those not named keep their default.
    """
    check_gap(ranking)
    check_efforts(efforts)
    index = ranking.facts.zone(zone_code)
    table = lever_table()
    asked = {key: lever.effort for key, lever in table.levers.items()} | dict(efforts)
    need = needed_points(ranking, index, target)
    found = [reach(ranking, index, lever) for lever in usable_levers(ranking)]
    reaches = [one for one in found if isinstance(one, Reach)]
    blocked = [one for one in found if isinstance(one, Blocked)]
    status, choice = _solved(ranking, index, target, need, reaches, asked)
    proposals = _proposals(ranking, index, reaches, choice, asked)
    values = {key: value for one in proposals for key, value in one.values.items()}
    return Gap(
        ranking=ranking,
        index=index,
        target=target,
        status=status,
        need=need,
        most_points=sum(float(one.gains.max()) for one in reaches),
        proposals=proposals,
        alone=tuple(_alone(one, need, asked[one.lever.id]) for one in reaches) if need > 0 else (),
        stuck=_stuck(ranking, index, need, blocked),
        efforts=asked,
        after=changed(ranking, index, values, keeps_margins=True) if values else None,
    )


def usable_levers(ranking: Ranking) -> list[Lever]:
    """Return the levers of the criteria that weigh something for this question."""
    weighing = {one.id for one, weight in zip(ranking.used, ranking.weights, strict=True) if weight > 0}
    return [one for key, one in lever_table().levers.items() if weighing & set(one.criteria) and key in weighing]


def needed_points(ranking: Ranking, index: int, target: Target) -> float:
    """Return the points between a zone and a target: negative or nil when it is reached."""
    score = float(ranking.score[index])
    if target.kind == "score":
        return target.number - score
    is_other = np.arange(len(ranking.score)) != index
    others = np.sort(ranking.score[is_other & ranking.is_eligible])[::-1]
    place = int(target.number) - 1
    return float(others[place]) + MARGIN - score if place < others.size else 0.0


def is_reached(ranking: Ranking, index: int, target: Target) -> bool:
    """Tell whether a zone stands where the target asks."""
    if target.kind == "score":
        return bool(ranking.score[index] >= target.number)
    return 0 < int(ranking.rank[index]) <= target.number


def _solved(
    ranking: Ranking, index: int, target: Target, need: float, reaches: list[Reach], efforts: Mapping[str, float]
) -> tuple[str, Choice | None]:
    if target.kind == "top" and not ranking.is_eligible[index]:
        return "vetoed", None
    if is_reached(ranking, index, target):
        return "already", None
    gains, costs = [one.gains for one in reaches], [one.efforts(efforts[one.lever.id]) for one in reaches]
    choice = cheapest_choice(gains, costs, need=need)
    if choice is not None:
        return "reached", choice
    # All levers pushed to their end would spend on what is hardly seen.
    seen = [gain if gain.max() >= LEAST_SEEN_POINTS else np.zeros_like(gain) for gain in gains]
    return "short", cheapest_choice(seen, costs, need=WORTH_SHARE * largest_choice(seen, costs).gain)


def _proposals(
    ranking: Ranking, index: int, reaches: list[Reach], choice: Choice | None, efforts: Mapping[str, float]
) -> tuple[Proposal, ...]:
    """Return the steps chosen, the most points for one point of effort first."""
    if choice is None:
        return ()
    taken = [
        (one, step, float(one.gains[step]), float(one.efforts(efforts[one.lever.id])[step]))
        for one, step in zip(reaches, choice.steps, strict=True)
        if step
    ]
    taken.sort(key=lambda row: (-row[2] / row[3] if row[3] > 0 else -np.inf, row[0].lever.id))
    score, proposals = float(ranking.score[index]), []
    for one, step, points, effort in taken:
        score += points
        proposals.append(
            Proposal(
                reach=one,
                amount=float(one.amounts[step]),
                effort=effort,
                points=points,
                values={key: float(values[step]) for key, values in one.values.items()},
                score=score,
                rank=rank_with(ranking, index, score),
            )
        )
    return tuple(proposals)


def _alone(one: Reach, need: float, effort: float) -> Alone:
    enough = np.flatnonzero(one.gains >= need)
    best = int(np.argmax(one.gains >= one.gains.max() - 1e-12))
    return Alone(
        reach=one,
        amount=float(one.amounts[enough[0]]) if enough.size else None,
        effort=float(one.efforts(effort)[enough[0]]) if enough.size else None,
        most=float(one.amounts[best]),
        most_points=float(one.gains[best]),
    )


def _stuck(ranking: Ranking, index: int, need: float, blocked: list[Blocked]) -> tuple[Stuck, ...]:
    """Return the criteria that weigh and cannot be moved, those that cost most first."""
    reasons: dict[str, Fixed | Blocked] = dict(lever_table().fixed) | {one.lever.id: one for one in blocked}
    rows = []
    for column, (one, weight) in enumerate(zip(ranking.used, ranking.weights, strict=True)):
        if weight <= 0 or one.id not in reasons:
            continue
        reason, note = reasons[one.id], float(ranking.assessment.normalised[index, column])
        value = float(ranking.cells[column].measured.value[index])
        rows.append(
            Stuck(
                criterion=one,
                who=reason.who if isinstance(reason, Fixed) else reason.lever.who,
                why=str(reason.why),
                value=None if np.isnan(value) else value,
                points_lost=100 * weight * (1 - note),
                needed=_needed_value(ranking, column, note + need / (100 * weight)) if need > 0 else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.points_lost))


def _needed_value(ranking: Ranking, column: int, note: float) -> float | None:
    if note > 1:
        return None
    measured = ranking.cells[column].measured
    found = float(
        value_at(ranking.used[column], measured, np.array([note]), normalisation=ranking.question.normalisation)[0]
    )
    return found if np.isfinite(found) else None
