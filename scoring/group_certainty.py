"""How sure it is that a group does better than each of its members: the draws of the ranking, read on the group.

The scenarios of errors and the weights are those that give the ranks their intervals, so that a basin errs in the
same way alone and in a group.
"""

from functools import lru_cache

import numpy as np

from measures.arrays import Flags
from measures.robustness import Singles, scenario_cells, weight_draws
from scoring.cells import FloatArray
from scoring.complementarity import LEAST_GAIN, Answer, Group, added_cells
from scoring.definitions import FAMILIES
from scoring.group_definitions import group_rules
from scoring.ranking import Ranking
from scoring.robustness import CONCENTRATION, DRAWS, edition_positions, edition_seed

# Under this probability of doing better, a gain is no more than likely.
SURE = 0.75
# An entry holds its rankings.
SHARES_KEPT = 256


def better_together(answer: Answer, group: Group) -> float:
    """Return the share (0-1) of the draws in which the group does better than its best member of that draw.

    For a chain, better by a point at least: each step at its best member is never worse.
    """
    return _better_together(answer.rankings, group)


@lru_cache(maxsize=SHARES_KEPT)
def _better_together(rankings: tuple[Ranking, ...], group: Group) -> float:
    if len(rankings) > 1:
        steps = [member_draws(ranking, group) for ranking in rankings]
        together = np.mean([one.max(axis=0) for one in steps], axis=0)
        return float((together - np.mean(steps, axis=0).max(axis=0) >= LEAST_GAIN).mean())
    together = group_draws(rankings[0], group)
    return float((together > member_draws(rankings[0], group).max(axis=0)).mean())


def drawn_cells(ranking: Ranking, group: Group) -> Singles:
    """Return the cells (s, m, k) of the members in each scenario."""
    members = list(group.members)
    assessment = ranking.assessment
    families = list(FAMILIES)
    index = np.array([families.index(one.family) for one in ranking.used])
    facts = assessment.facts
    positions = edition_positions(facts.edition.content_hash, len(facts.zones))[:, members]
    return scenario_cells(assessment.low[members], assessment.high[members], index, positions)


def drawn_weights(ranking: Ranking) -> FloatArray:
    """Return the weights (d, k) drawn around those chosen."""
    seed = edition_seed(ranking.facts.edition.content_hash)
    return weight_draws(seed + 1, ranking.weights, draws=DRAWS, concentration=CONCENTRATION)


def member_draws(ranking: Ranking, group: Group) -> FloatArray:
    """Return the scores (m, s, d) of the members alone, 0-100."""
    cells = drawn_cells(ranking, group).transpose(1, 0, 2).astype(np.float64)
    scores: FloatArray = 100 * cells @ drawn_weights(ranking).T
    return scores


def group_draws(ranking: Ranking, group: Group) -> FloatArray:
    """Return the scores (s, d) of a group for one activity, 0-100."""
    cells = drawn_cells(ranking, group).astype(np.float64)
    together = np.empty((len(cells), len(ranking.used)))
    for column, criterion in enumerate(ranking.used):
        together[:, column] = READ[group_rules()[criterion.id]](ranking, group, column, cells[:, :, column])
    scores: FloatArray = 100 * together @ drawn_weights(ranking).T
    return scores


def _is_counted(ranking: Ranking, group: Group, column: int) -> Flags:
    """Whether (m,) a member counts: its cell is known, or it is the lead."""
    members = np.array(group.members)
    counted: Flags = ranking.assessment.is_informed[members, column] | (members == group.lead)
    return counted


def _best(ranking: Ranking, group: Group, column: int, cells: FloatArray) -> FloatArray:
    best: FloatArray = cells[:, _is_counted(ranking, group, column)].max(axis=1)
    return best


def _pooled(ranking: Ranking, group: Group, column: int, cells: FloatArray) -> FloatArray:
    jobs = np.nan_to_num(ranking.facts.private_total[list(group.members)])
    jobs = np.where(_is_counted(ranking, group, column), jobs, 0.0)
    if jobs.sum() <= 0:
        return cells[:, group.members.index(group.lead)]
    mean: FloatArray = cells @ (jobs / jobs.sum())
    return mean


def _added(ranking: Ranking, group: Group, column: int, cells: FloatArray) -> FloatArray:
    """Return the summed numbers (s,), as far between their ends as those of the lead are between its own."""
    ends = added_cells(ranking, column, np.array([group.members]))
    low, high = ranking.assessment.low[group.lead, column], ranking.assessment.high[group.lead, column]
    alone = cells[:, group.members.index(group.lead)]
    position = (alone - low) / (high - low) if high > low else np.full(len(alone), 0.5)
    summed: FloatArray = ends.low[0] + position * (ends.high[0] - ends.low[0])
    return summed


READ = {"best": _best, "pooled": _pooled, "added": _added}
