"""The score of a perimeter for an activity: its zones' scores weighted by what it holds in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.definitions import PILLARS
from scoring.facts import ZoneCard
from scoring.ranking import Ranking

# What the members of a perimeter decide on: land to open, places of training, housing. The rest they inherit.
WITHIN_REACH = frozenset({"land.sites", "land.parks", "skills.training", "living.housing"})


@dataclass(frozen=True)
class ZonePart:
    """A zone in the score: the weight (0-1) that the perimeter gives it, its score with bounds, its national rank."""

    zone: ZoneCard
    weight: float
    score: float
    low: float
    high: float
    rank: int | None


@dataclass(frozen=True)
class CriterionPart:
    """A criterion over the perimeter: the points it brings of the most it could, both weighted over the zones."""

    id: str
    label: str
    pillar: str
    points: float
    most: float
    is_within_reach: bool

    @property
    def lost(self) -> float:
        return self.most - self.points


@dataclass(frozen=True)
class PerimeterScore:
    """The weighted score with its bounds, what each zone and each criterion puts in it.

    The points of the criteria sum to the score in the arithmetic aggregation, the only one asked of a perimeter.
    """

    score: float
    low: float
    high: float
    zones: tuple[ZonePart, ...]
    criteria: tuple[CriterionPart, ...]

    @property
    def lowest(self) -> ZonePart:
        return min(self.zones, key=lambda one: one.score)

    @property
    def highest(self) -> ZonePart:
        return max(self.zones, key=lambda one: one.score)


def perimeter_score(ranking: Ranking, weights: Mapping[str, float]) -> PerimeterScore:
    """Return the score of a set of zones with positive weights by code; raises `ValueError` when none is positive."""
    facts = ranking.facts
    kept = {code: float(weight) for code, weight in weights.items() if weight > 0}
    if not kept:
        raise ValueError("no zone has a weight")
    indexes = [facts.zone_index[code] for code in kept]
    shares = np.array(list(kept.values())) / sum(kept.values())
    basins = [ranking.basin(code) for code in kept]
    parts = tuple(
        ZonePart(one.zone, float(share), one.score, one.score_low, one.score_high, one.rank)
        for one, share in zip(basins, shares, strict=True)
    )
    return PerimeterScore(
        score=float(shares @ ranking.score[indexes]),
        low=float(shares @ ranking.score_low[indexes]),
        high=float(shares @ ranking.score_high[indexes]),
        zones=tuple(sorted(parts, key=lambda one: -one.weight)),
        criteria=_criteria(ranking, indexes, shares),
    )


def _criteria(ranking: Ranking, indexes: Sequence[int], shares: np.ndarray) -> tuple[CriterionPart, ...]:
    points = shares @ ranking.points[list(indexes)]
    order = {pillar.id: place for place, pillar in enumerate(PILLARS)}
    rows = [
        CriterionPart(
            id=one.id,
            label=str(one.label),
            pillar=one.pillar,
            points=float(point),
            most=100 * float(weight),
            is_within_reach=one.id in WITHIN_REACH,
        )
        for one, point, weight in zip(ranking.used, points, ranking.weights, strict=True)
        if weight > 0
    ]
    return tuple(sorted(rows, key=lambda one: (order[one.pillar], -one.lost)))
