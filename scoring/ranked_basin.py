"""A row of a ranking: a basin with its rank, the interval of its rank, and its most telling reasons."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scoring.contribution import Contribution
from scoring.facts import ZoneCard
from scoring.requirements import RequirementCheck
from scoring.robustness import TIE

if TYPE_CHECKING:
    from scoring.ranking import Ranking


@dataclass(frozen=True)
class RankCertainty:
    """National ranks that the draws give to a basin, shares (0-1) of draws among the first, and before the next one.

    `before_next` is the probability of coming before the next basin of the list, None for the last.
    """

    median: int
    p05: int
    p95: int
    top10: float
    top20: float
    before_next: float | None

    @property
    def is_tied(self) -> bool:
        """Whether the next basin of the list cannot be told from this one."""
        return self.before_next is not None and self.before_next < TIE


@dataclass(frozen=True, eq=False)
class RankedBasin:
    """A row of the ranking; `rank` is None when vetoed, `coverage` the weight share (0-1) of what is known.

    Contributions are made when asked: a list shows three in fifteen.
    """

    ranking: "Ranking"
    index: int
    rank: int | None
    rank_in_filter: int | None
    zone: ZoneCard
    score: float
    score_low: float
    score_high: float
    coverage: float
    map_class: int

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """Every criterion, in the order of the pillars."""
        return tuple(self.ranking.contribution(self.index, column) for column in range(len(self.ranking.used)))

    @cached_property
    def strengths(self) -> tuple[Contribution, ...]:
        """The two known criteria that lift it most above the median basin, best first."""
        best = self.ranking.telling(self.index)[:2]
        return tuple(self.ranking.contribution(self.index, column) for column in best if column is not None)

    @cached_property
    def weakness(self) -> Contribution | None:
        """The known criterion that costs it most against the median basin, if any does."""
        worst = self.ranking.telling(self.index)[2]
        return None if worst is None else self.ranking.contribution(self.index, worst)

    @property
    def interval(self) -> RankCertainty | None:
        """Where the draws place it; None when vetoed."""
        if self.rank is None:
            return None
        spread, index = self.ranking.robustness.spread, self.index
        return RankCertainty(
            median=int(spread.median[index]),
            p05=int(spread.p05[index]),
            p95=int(spread.p95[index]),
            top10=float(spread.top10[index]),
            top20=float(spread.top20[index]),
            before_next=self.ranking.before_next(index),
        )

    @property
    def requirements(self) -> tuple[RequirementCheck, ...]:
        """The activity's requirements held against it."""
        return tuple(outcome.check(self.index) for outcome in self.ranking.outcomes)

    @property
    def vetoes(self) -> tuple[RequirementCheck, ...]:
        """The applied requirements that it does not meet."""
        return tuple(one for one in self.requirements if one.applied and one.passed is False)
