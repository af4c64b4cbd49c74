"""How sure a ranking is: every basin under drawn errors of the data and drawn weights, the same at each asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from measures.robustness import (
    RankSpread,
    Scoring,
    Singles,
    arithmetic_scores,
    before_shares,
    error_positions,
    geometric_scores,
    rank_spread,
    scenario_cells,
    weight_draws,
    zone_rank_interval,
)
from scoring.assessment import Assessment
from scoring.cells import FloatArray
from scoring.definitions import FAMILIES

SCENARIOS, DRAWS = 200, 50
# A weight of 10 % is drawn between 5.5 and 15.5 % nine times in ten.
CONCENTRATION = 100.0
# Under this probability of coming first, two neighbours of the list are tied.
TIE = 0.75
GEOMETRIC_FLOOR = 0.01
# The head of a ranking, which the causes and the weights are judged on.
HEAD, LEADING = 10, 20
# Share of the first ten that stays there when weights are drawn: the Jaccard index of 0.7 of the method is 8.2 of ten.
STEADY, SHAKY = 0.82, 0.6
WEIGHTS, MISSING = "weights", "missing"


@dataclass(frozen=True)
class Cause:
    """A part (0-1) of the spread of the leading basins: a family of evidence, missing data, the choice of weights."""

    id: str
    share: float


@dataclass(frozen=True)
class Head:
    """What drawing the weights, data unchanged, does to the head of the ranking.

    `kept` is the mean share of the first ten that stay there, `leads` the share of draws that the first basin leads.
    """

    kept: float
    leads: float

    @property
    def verdict(self) -> str:
        """ "steady", "partly" or "shaky": whether the first ten depend on the weights."""
        return "steady" if self.kept >= STEADY else "shaky" if self.kept < SHAKY else "partly"


@dataclass(frozen=True, eq=False)
class Robustness:
    """The draws of one ranking: 200 scenarios of errors times 50 weights; arrays follow the zones (n,).

    `weights` (k,) sum to 1; zones that are not eligible have no rank: NaN.
    """

    assessment: Assessment
    weights: FloatArray
    score: FloatArray
    is_eligible: npt.NDArray[np.bool_]
    is_geometric: bool

    @cached_property
    def spread(self) -> RankSpread:
        """Median, P5 and P95 ranks (n,), shares of draws among the first ten and twenty."""
        cells = scenario_cells(self._low, self._high, self._family_index, self._positions)
        return rank_spread(cells, self._drawn_weights, self.is_eligible, score=self._scoring)

    @property
    def rank_median(self) -> FloatArray:
        return self.spread.median

    @property
    def rank_p05(self) -> FloatArray:
        return self.spread.p05

    @property
    def rank_p95(self) -> FloatArray:
        return self.spread.p95

    @property
    def p_top10(self) -> FloatArray:
        return self.spread.top10

    @property
    def p_top20(self) -> FloatArray:
        return self.spread.top20

    def interval_of(self, index: int) -> tuple[float, float]:
        """Return the 5th and 95th percentiles of the rank of one eligible zone: those of `spread`, faster alone."""
        cells = scenario_cells(self._low, self._high, self._family_index, self._positions)
        weights = self._drawn_weights
        return zone_rank_interval(cells, weights, self.is_eligible, index, score=self._scoring)

    def p_before(self, first: int, second: int) -> float:
        """Return the probability that a zone comes before another, both by position."""
        return float(self.before([first], [second])[0])

    def before(self, first: Sequence[int], second: Sequence[int]) -> FloatArray:
        """Return the probability (m,) that each zone comes before the one facing it, by position."""
        return before_shares(
            self._low,
            self._high,
            self._family_index,
            self._positions,
            self._drawn_weights,
            (np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)),
            score=self._scoring,
        )

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What makes the scores of the leading basins spread, largest first; empty when nothing does.

        Empty for the geometric mean too, whose variance is not the sum of parts.

        Variances are exact, not drawn: an error uniform between two bounds has the square of their distance over 12;
        Dirichlet weights of mean w and concentration c give to sum(x_k w_k) the variance of x under w, over c + 1.
        """
        leading = self._leading
        if self.is_geometric or not leading.size:
            return ()
        half = (self._high - self._low)[leading] * self.weights[self._columns]
        is_informed = self.assessment.is_informed[leading][:, self._columns]
        parts = {WEIGHTS: self._weights_variance(leading), MISSING: 0.0}
        for index, family in enumerate(FAMILIES):
            columns = self._family_index == index
            known = np.where(is_informed, half, 0.0)[:, columns].sum(axis=1)
            unknown = np.where(is_informed, 0.0, half)[:, columns].sum(axis=1)
            parts[family] = float((known**2).mean() / 12)
            # What is missing errs with what is known of its family: all that it adds is its own.
            parts[MISSING] += float(((known + unknown) ** 2 - known**2).mean() / 12)
        total = sum(parts.values())
        found = [Cause(key, part / total) for key, part in parts.items() if total > 0 and part > 0]
        return tuple(sorted(found, key=lambda one: -one.share))

    @cached_property
    def head(self) -> Head | None:
        """What the weights alone do to the first ten; None when no basin is eligible."""
        order = self._order
        if not order.size:
            return None
        cells = self._middle[None, self.is_eligible].astype(np.float32)
        scores = self._scoring(cells, self._drawn_weights.astype(np.float32))[0]
        size = min(HEAD, scores.shape[1])
        places = np.flatnonzero(self.is_eligible)[np.argsort(-scores, axis=1, kind="stable")]
        kept = np.isin(places[:, :size], order[:size]).sum(axis=1).mean() / size
        return Head(float(kept), float((places[:, 0] == order[0]).mean()))

    def _weights_variance(self, leading: npt.NDArray[np.int64]) -> float:
        gaps = self._middle[leading] - self._middle[self.is_eligible].mean(axis=0)
        weights = self.weights[self._columns]
        return float((gaps**2 @ weights - (gaps @ weights) ** 2).mean() / (CONCENTRATION + 1))

    @cached_property
    def _order(self) -> npt.NDArray[np.int64]:
        """Positions of the eligible zones, best score first."""
        places = np.flatnonzero(self.is_eligible)
        return places[np.argsort(-self.score[places], kind="stable")]

    @property
    def _leading(self) -> npt.NDArray[np.int64]:
        return self._order[:LEADING]

    @cached_property
    def _columns(self) -> npt.NDArray[np.int64]:
        """Criteria that weigh something: the others move no rank."""
        return np.flatnonzero(self.weights > 0)

    @property
    def _low(self) -> FloatArray:
        return self.assessment.low[:, self._columns]

    @property
    def _high(self) -> FloatArray:
        return self.assessment.high[:, self._columns]

    @property
    def _middle(self) -> FloatArray:
        return self.assessment.normalised[:, self._columns]

    @cached_property
    def _family_index(self) -> npt.NDArray[np.int64]:
        order = list(FAMILIES)
        return np.array([order.index(self.assessment.used[column].family) for column in self._columns])

    @property
    def _positions(self) -> Singles:
        facts = self.assessment.facts
        return edition_positions(facts.edition.content_hash, len(facts.zones))

    @cached_property
    def _drawn_weights(self) -> FloatArray:
        """Weights (50, k) of the criteria that weigh something, drawn once for all that is asked of a ranking."""
        seed = edition_seed(self.assessment.facts.edition.content_hash)
        return weight_draws(seed + 1, self.weights, draws=DRAWS, concentration=CONCENTRATION)[:, self._columns]

    @property
    def _scoring(self) -> Scoring:
        if not self.is_geometric:
            return arithmetic_scores
        return geometric_scores(self.assessment.pillar_index[self._columns], floor=GEOMETRIC_FLOOR)


def edition_seed(content_hash: str) -> int:
    """Return the seed of the draws of an edition: the same question has the same answer on every machine."""
    return int(content_hash[:15], 16)


@lru_cache(maxsize=2)
def edition_positions(content_hash: str, rows: int) -> Singles:
    """Return the errors (200, n, families) drawn once for an edition."""
    return error_positions(edition_seed(content_hash), scenarios=SCENARIOS, rows=rows, families=len(FAMILIES))
