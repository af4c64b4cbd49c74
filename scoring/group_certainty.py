"""How sure it is that groups do better than each of their members: the draws of the ranking, read on the groups.

The scenarios of errors and the weights are those that give the ranks their intervals, so that a basin errs in the
same way alone and in a group. Groups are drawn together: each basin is scored once a scenario, whatever its groups.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from measures.arrays import Flags, Integers
from measures.robustness import scenario_cells, weight_draws
from scoring.cells import FloatArray
from scoring.complementarity import LEAST_GAIN, Answer, Group, added_cells
from scoring.definitions import FAMILIES
from scoring.group_definitions import group_rules
from scoring.group_question import SIZES
from scoring.ranking import Ranking
from scoring.robustness import CONCENTRATION, DRAWS, SCENARIOS, edition_positions, edition_seed

# Under this probability of doing better, a gain is no more than likely.
SURE = 0.75
# An entry holds its rankings and its groups.
SHARES_KEPT = 32
# Drawn at once: every basin under so many scenarios is 6 MB a step, so many groups of three 4 MB.
SCENARIOS_AT_ONCE, GROUPS_AT_ONCE = 50, 64


@dataclass(frozen=True, eq=False)
class Sets:
    """Groups of one size: positions of their members (g, m) and of the lead of each (g,)."""

    members: Integers
    lead: Integers

    @classmethod
    def of(cls, groups: Sequence[Group]) -> "Sets":
        return cls(np.array([one.members for one in groups]), np.array([one.lead for one in groups]))

    def part(self, rows: slice) -> "Sets":
        return Sets(self.members[rows], self.lead[rows])

    @property
    def is_lead(self) -> Flags:
        """Whether (g, m) a member is the lead; once where a basin is there twice."""
        first = (self.members == self.lead[:, None]).argmax(axis=1)
        found: Flags = np.arange(self.members.shape[1]) == first[:, None]
        return found


def better_together(answer: Answer, groups: Sequence[Group]) -> tuple[float, ...]:
    """Return for each group the share (0-1) of the draws in which it does better than its best member of that draw.

    For a chain, better by a point at least: each step at its best member is never worse. Some 0.2 ms a group.
    """
    return _shares(answer.rankings, tuple(groups))


@lru_cache(maxsize=SHARES_KEPT)
def _shares(rankings: tuple[Ranking, ...], groups: tuple[Group, ...]) -> tuple[float, ...]:
    found = np.zeros(len(groups))
    for size in SIZES:
        rows = [row for row, one in enumerate(groups) if len(one.members) == size]
        if rows:
            found[rows] = wins(rankings, Sets.of([groups[row] for row in rows])) / (SCENARIOS * DRAWS)
    return tuple(found.tolist())


def wins(rankings: tuple[Ranking, ...], sets: Sets) -> Integers:
    """Return in how many draws (g,) each group does better than its best member."""
    zones, inverse = np.unique(sets.members, return_inverse=True)
    places = inverse.reshape(sets.members.shape)
    weights = [drawn_weights(one) for one in rankings]
    found = np.zeros(len(places), dtype=np.int64)
    for scenarios in blocks(SCENARIOS, SCENARIOS_AT_ONCE):
        cells = [drawn_cells(one, zones, scenarios) for one in rankings]
        alone = [scores(one, drawn) for one, drawn in zip(cells, weights, strict=True)]
        for rows in blocks(len(places), GROUPS_AT_ONCE):
            members = [one[places[rows]] for one in alone]
            if len(rankings) > 1:
                does_better = chain_gain(members) >= LEAST_GAIN
            else:
                read = group_cells(rankings[0], sets.part(rows), cells[0][places[rows]])
                does_better = scores(read, weights[0]) > members[0].max(axis=1)
            found[rows] += np.count_nonzero(does_better, axis=(1, 2))
    return found


def blocks(count: int, most: int) -> Iterator[slice]:
    """Yield the slices of `most` rows, the last one shorter, that cover `count` rows."""
    for start in range(0, count, most):
        yield slice(start, min(count, start + most))


def chain_gain(steps: Sequence[FloatArray]) -> FloatArray:
    """Return what groups gain (g, s, d), each step at its best member, over the member best at the whole chain.

    `steps` are the scores (g, m, s, d) of the members alone for each step.
    """
    together = np.mean([one.max(axis=1) for one in steps], axis=0)
    gain: FloatArray = together - np.mean(steps, axis=0).max(axis=1)
    return gain


def drawn_cells(ranking: Ranking, zones: Integers, scenarios: slice = slice(None)) -> FloatArray:
    """Return the cells (z, s, k) of zones, by position, in each scenario."""
    assessment, families = ranking.assessment, list(FAMILIES)
    index = np.array([families.index(one.family) for one in ranking.used])
    positions = edition_positions(ranking.facts.edition.content_hash, len(ranking.facts.zones))[scenarios][:, zones]
    drawn = scenario_cells(assessment.low[zones], assessment.high[zones], index, positions)
    return drawn.transpose(1, 0, 2).astype(np.float64)


def drawn_weights(ranking: Ranking) -> FloatArray:
    """Return the weights (d, k) drawn around those chosen."""
    seed = edition_seed(ranking.facts.edition.content_hash)
    return weight_draws(seed + 1, ranking.weights, draws=DRAWS, concentration=CONCENTRATION)


def scores(cells: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the scores (…, s, d), 0-100, of cells (…, s, k) under weights (d, k)."""
    found: FloatArray = 100 * cells @ weights.T
    return found


def group_cells(ranking: Ranking, sets: Sets, cells: FloatArray) -> FloatArray:
    """Return the cells (g, s, k) of groups for one activity, from those of their members (g, m, s, k)."""
    together = np.empty((cells.shape[0], *cells.shape[2:]))
    rules = [group_rules()[one.id] for one in ranking.used]
    # Where its cell is known, or for the lead, a member is counted.
    is_counted = ranking.assessment.is_informed[sets.members] | sets.is_lead[:, :, None]
    for column, rule in enumerate(rules):
        together[:, :, column] = READ[rule](ranking, sets, column, cells[..., column], is_counted[..., column])
    return together


def _best(_ranking: Ranking, _sets: Sets, _column: int, cells: FloatArray, is_counted: Flags) -> FloatArray:
    best: FloatArray = np.where(is_counted[:, :, None], cells, -np.inf).max(axis=1)
    return best


def _pooled(ranking: Ranking, sets: Sets, _column: int, cells: FloatArray, is_counted: Flags) -> FloatArray:
    jobs = np.where(is_counted, np.nan_to_num(ranking.facts.private_total[sets.members]), 0.0)
    # A lead without jobs, alone in being counted, keeps its own cell.
    jobs = np.where(jobs.sum(axis=1, keepdims=True) > 0, jobs, sets.is_lead)
    mean: FloatArray = np.einsum("gm,gms->gs", jobs / jobs.sum(axis=1, keepdims=True), cells)
    return mean


def _added(ranking: Ranking, sets: Sets, column: int, cells: FloatArray, _is_counted: Flags) -> FloatArray:
    """Return the summed numbers (g, s), as far between their ends as those of the lead are between its own."""
    ends = added_cells(ranking, column, sets.members)
    low, high = (one[sets.lead, column][:, None] for one in (ranking.assessment.low, ranking.assessment.high))
    width, alone = high - low, cells[sets.is_lead]
    position = np.divide(alone - low, width, out=np.full_like(alone, 0.5), where=width > 0)
    summed: FloatArray = ends.low[:, None] + position * (ends.high - ends.low)[:, None]
    return summed


Read = Callable[[Ranking, Sets, int, FloatArray, Flags], FloatArray]
"""Cells (g, s) of groups on a criterion, from those of their members (g, m, s) and whether each is counted (g, m)."""
READ: dict[str, Read] = {"best": _best, "pooled": _pooled, "added": _added}
