"""The answer to a question: every basin with its score, bounds, reasons and rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from measures.aggregation import (
    contributions,
    effective_shares,
    geometric_by_pillar,
    order_descending,
    rank_descending,
    weighted_sum,
)
from scoring.activity_profile import ActivityProfile
from scoring.assessment import Assessment
from scoring.cells import Cells, FloatArray, known
from scoring.contribution import Contribution, SectorCard
from scoring.criteria.fabric import is_whole
from scoring.definitions import FAMILIES, Criterion, criteria
from scoring.facts import EditionCard, Facts
from scoring.fine_grain import fine_jobs
from scoring.question import Question
from scoring.ranked_basin import RankedBasin
from scoring.requirements import Outcome, lacking
from scoring.robustness import GEOMETRIC_FLOOR, Robustness
from scoring.sentences.grain import grain_note
from scoring.weights import PillarWeight, pillar_weights

# Neighbours of the list compared at once.
PAIRS_READ = 50
# Upper ends of the map's first six classes, in points: fixed, so that two maps can be compared.
MAP_BREAKS = (30.0, 36.0, 42.0, 48.0, 54.0, 60.0)


@dataclass(frozen=True, eq=False)
class Ranking:
    """Scores of every zone for a question; arrays follow the order of `facts.zones`.

    `weights` (k,) sum to 1 over `used`; `chosen` are the same before the profile moved any (merged branch).
    """

    assessment: Assessment
    question: Question
    set_values: dict[str, float]
    chosen: dict[str, float]
    weights: FloatArray
    outcomes: tuple[Outcome, ...]

    @property
    def grain(self) -> str:
        """Grain of the local jobs read: "a38", "subclass", or "mixed" where only some zones are known by sub-class."""
        if not self.profile.covered_share:
            return "a38"
        return "subclass" if is_whole(self.profile) else "mixed"

    @cached_property
    def covered_zones(self) -> int:
        """How many zones have their jobs read by sub-class for this activity."""
        return int(fine_jobs(self.facts, self.profile.node).is_known.sum()) if self.profile.covered_share else 0

    @property
    def grain_note(self) -> str:
        """What the reader must know of the grain, "" where the branch alone is read everywhere."""
        if self.grain == "a38":
            return ""
        return grain_note(self.facts, self.profile, self.covered_zones)

    @property
    def facts(self) -> Facts:
        return self.assessment.facts

    @property
    def profile(self) -> ActivityProfile:
        return self.assessment.profile

    @property
    def used(self) -> tuple[Criterion, ...]:
        return self.assessment.used

    @property
    def cells(self) -> tuple[Cells, ...]:
        return self.assessment.cells

    @property
    def edition(self) -> EditionCard:
        return self.facts.edition

    @cached_property
    def sector(self) -> SectorCard:
        node = self.profile.node
        return SectorCard(node.code, node.label, node.level, node.parent_code)

    @cached_property
    def score(self) -> FloatArray:
        """Scores (n,), 0-100."""
        return self._aggregate(self.assessment.normalised)

    @cached_property
    def score_low(self) -> FloatArray:
        return self._aggregate(self.assessment.low)

    @cached_property
    def score_high(self) -> FloatArray:
        return self._aggregate(self.assessment.high)

    def _aggregate(self, cells: FloatArray) -> FloatArray:
        if self.question.aggregation == "geometric":
            return 100 * geometric_by_pillar(cells, self.weights, self.assessment.pillar_index, floor=GEOMETRIC_FLOOR)
        return 100 * weighted_sum(cells, self.weights)

    @cached_property
    def points(self) -> FloatArray:
        """Points (n, k) of each criterion: they sum to the score; in the geometric mean, points lost against 100."""
        if self.question.aggregation == "arithmetic":
            return 100 * contributions(self.assessment.normalised, self.weights)
        return self._points_lost()

    def _points_lost(self) -> FloatArray:
        """Minus the points lost (n, k), shared among pillars by -W ln(mean) and within each by w (1 - n)."""
        missing = self.weights * (1 - self.assessment.normalised)
        lost = np.zeros_like(missing)
        for pillar in set(self.assessment.pillar_index.tolist()):
            columns = self.assessment.pillar_index == pillar
            weight = self.weights[columns].sum()
            if weight > 0:
                mean = (self.assessment.normalised[:, columns] * self.weights[columns]).sum(axis=1) / weight
                part = missing[:, columns] / np.maximum(missing[:, columns].sum(axis=1, keepdims=True), 1e-12)
                lost[:, columns] = -weight * np.log(np.clip(mean, GEOMETRIC_FLOOR, 1.0))[:, None] * part
        total = lost.sum(axis=1, keepdims=True)
        return -lost / np.where(total > 0, total, 1.0) * (100 - self.score)[:, None]

    @cached_property
    def coverage(self) -> FloatArray:
        """Weight share (n,) of the criteria that carry information."""
        return self.assessment.is_informed @ self.weights

    @cached_property
    def is_eligible(self) -> npt.NDArray[np.bool_]:
        """False (n,) where an applied requirement is not met."""
        vetoed = [outcome.passed == 0 for outcome in self.outcomes if outcome.is_applied]
        return ~np.any(vetoed, axis=0) if vetoed else np.ones(len(self.facts.zones), dtype=bool)

    @cached_property
    def rank(self) -> npt.NDArray[np.int64]:
        """National ranks (n,), 0 when vetoed."""
        return rank_descending(self.score, self.is_eligible)

    @cached_property
    def _listed(self) -> list[int]:
        """Positions of the zones in the filter, best first, vetoed last."""
        order = order_descending(self.score, self.is_eligible)
        region = self.question.region
        return [int(i) for i in order if region is None or region in self.facts.zones[i].region_codes]

    @property
    def count(self) -> int:
        """How many basins the filter keeps."""
        return len(self._listed)

    @cached_property
    def _rank_in_filter(self) -> dict[int, int]:
        eligible = [index for index in self._listed if self.is_eligible[index]]
        return {index: place for place, index in enumerate(eligible, start=1)}

    @cached_property
    def robustness(self) -> Robustness:
        """How sure the ranks are: drawn when asked."""
        is_geometric = self.question.aggregation == "geometric"
        return Robustness(self.assessment, self.weights, self.score, self.is_eligible, is_geometric)

    @cached_property
    def _before_next(self) -> dict[int, float]:
        return {}

    def before_next(self, index: int) -> float | None:
        """Return the probability that a zone of the list comes before the next one; None for the last and for
        those that the filter or a veto leaves out.

        Read by blocks of the list, since a page shows its head.
        """
        if index not in self._rank_in_filter:
            return None
        if index not in self._before_next:
            known = [one for one in self._listed if self.is_eligible[one]]
            place = known.index(index)
            block = known[place - place % PAIRS_READ :][: PAIRS_READ + 1]
            if len(block) < 2 or index == known[-1]:
                return None
            found = self.robustness.before(block[:-1], block[1:])
            self._before_next.update(zip(block[:-1], found.tolist(), strict=True))
        return self._before_next[index]

    @cached_property
    def map_classes(self) -> dict[str, int]:
        """Class 0 (lowest) to 6 of every zone, by fixed score bands."""
        classes = np.searchsorted(MAP_BREAKS, self.score, side="right")
        return {zone.code: int(one) for zone, one in zip(self.facts.zones, classes, strict=True)}

    @cached_property
    def _median_points(self) -> FloatArray:
        return np.median(self.points, axis=0)

    def rows(self, offset: int, limit: int) -> list[RankedBasin]:
        """Return basins of the filter in display order."""
        return [self._row(index) for index in self._listed[offset : offset + limit]]

    def able(self) -> Iterator[RankedBasin]:
        """Yield the ranked basins of the filter that are not known to lack what the activity cannot do without."""
        for index in self._listed:
            if self.is_eligible[index] and not lacking(self.facts, self.profile.node, index):
                yield self._row(index)

    def basin(self, code: str) -> RankedBasin:
        """Return one basin, in the filter or not; raises `NotFound`."""
        return self._row(self.facts.zone(code))

    def _row(self, index: int) -> RankedBasin:
        zone = self.facts.zones[index]
        return RankedBasin(
            ranking=self,
            index=index,
            rank=int(self.rank[index]) or None,
            rank_in_filter=self._rank_in_filter.get(index),
            zone=zone,
            score=float(self.score[index]),
            score_low=float(self.score_low[index]),
            score_high=float(self.score_high[index]),
            coverage=float(self.coverage[index]),
            map_class=self.map_classes[zone.code],
        )

    @cached_property
    def gaps_to_median(self) -> FloatArray:
        """Points (n, k) above the median basin, 0 where the criterion is not known."""
        return np.where(self.assessment.is_known, self.points - self._median_points, 0.0)

    @cached_property
    def _telling(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """Columns (n, 3) of the two most favourable gaps and of the worst, and whether each is one."""
        gaps = self.gaps_to_median
        best = np.argsort(-gaps, axis=1, kind="stable")[:, :2]
        columns = np.column_stack([best, np.argmin(gaps, axis=1)])
        return columns, np.take_along_axis(gaps, columns, axis=1) * (1, 1, -1) > 0

    def telling(self, index: int) -> tuple[int | None, ...]:
        """Columns of the two criteria that lift a zone most above the median basin, and of the one that costs most.

        None where no known criterion does.
        """
        columns, counts = (one[index].tolist() for one in self._telling)
        return tuple(column if told else None for column, told in zip(columns, counts, strict=True))

    def contribution(self, index: int, column: int) -> Contribution:
        """Return what a criterion brings to a zone, both by position."""
        criterion, cell = self.used[column], self.cells[column]
        return Contribution(
            criterion=criterion.id,
            label=str(criterion.label),
            pillar=criterion.pillar,
            value=known(cell.measured.value[index]),
            unit=str(criterion.unit),
            decimals=criterion.decimals,
            status=str(cell.measured.status[index]),
            normalised=float(cell.normalised[index]),
            low=float(cell.low[index]),
            high=float(cell.high[index]),
            weight=float(self.weights[column]),
            contribution=float(self.points[index, column]),
            above_median=float(self.points[index, column] - self._median_points[column]),
            assessment=self.assessment,
            index=index,
            column=column,
        )

    @cached_property
    def _effective_pct(self) -> FloatArray:
        return 100 * effective_shares(self.assessment.normalised, self.weights)

    @property
    def pillars(self) -> tuple[PillarWeight, ...]:
        """Chosen, default, used and effective weights, by pillar and criterion; labels in the active language."""
        return pillar_weights(self.used, self.set_values, self.chosen, self.weights, self._effective_pct)

    @property
    def families(self) -> tuple[tuple[str, float], ...]:
        """Weight (%) resting on each family of evidence, largest first."""
        totals = {
            str(label): 100 * sum(w for one, w in zip(self.used, self.weights, strict=True) if one.family == key)
            for key, label in FAMILIES.items()
        }
        return tuple(sorted(((label, float(pct)) for label, pct in totals.items() if pct), key=lambda pair: -pair[1]))

    @property
    def not_loaded(self) -> tuple[str, ...]:
        """Labels of the criteria that no data feeds for this activity: no weight for anybody."""
        used = {one.id for one in self.used}
        return tuple(str(one.label) for one in criteria() if one.id not in used)
