"""How sure a gain is: the draws of a group against those of its members, and plain loops."""

import numpy as np
import pytest
from django.http import QueryDict

from scoring import group_certainty
from scoring.complementarity import LEAST_GAIN, Answer, Group, complementarity
from scoring.facts import Facts
from scoring.group_certainty import (
    Sets,
    better_together,
    drawn_cells,
    drawn_weights,
    group_cells,
    scores,
)
from scoring.group_definitions import group_rules
from scoring.group_question import PAGE_NAMES, parse_group_question
from scoring.ranking import Ranking
from scoring.robustness import DRAWS, SCENARIOS


def answer(facts: Facts, query: str) -> Answer:
    return complementarity(facts, parse_group_question(facts, QueryDict(query), PAGE_NAMES))


def draws(ranking: Ranking, group: Group) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the cells (m, s, k) of the members of one group, their scores (m, s, d) and those (s, d) of the group."""
    cells, weights = drawn_cells(ranking, np.array(group.members)), drawn_weights(ranking)
    return cells, scores(cells, weights), scores(group_cells(ranking, Sets.of([group]), cells[None]), weights)[0]


def slow_cell(ranking: Ranking, group: Group, column: int, cells: list[float]) -> float:
    """The cell of a group in one scenario, members one by one; only for what is not added."""
    informed = ranking.assessment.is_informed
    counted = [
        (place, member)
        for place, member in enumerate(group.members)
        if informed[member, column] or member == group.lead
    ]
    if group_rules()[ranking.used[column].id] == "best":
        return max(cells[place] for place, _member in counted)
    jobs = {place: ranking.facts.private_total[member] for place, member in counted}
    return sum(jobs[place] * cells[place] for place in jobs) / sum(jobs.values())


def test_the_draws_of_a_group_are_those_of_the_loops(real: Facts) -> None:
    found = answer(real, "activite=27.20Z&distance=100")
    ranking, group = found.rankings[0], next(one for one in found.groups if len(one.members) == 3)
    weights, (cells, _alone, drawn) = drawn_weights(ranking), draws(ranking, group)
    assert drawn.shape == (SCENARIOS, DRAWS) and weights.sum(axis=1) == pytest.approx(1)
    added = [column for column, one in enumerate(ranking.used) if group_rules()[one.id] == "added"]
    kept = [column for column in range(len(ranking.used)) if column not in added]
    for scenario in (0, 7, SCENARIOS - 1):
        slow = np.array([slow_cell(ranking, group, column, cells[:, scenario, column].tolist()) for column in kept])
        rest = drawn[scenario] - 100 * weights[:, kept] @ slow
        # What is left is the added criterion: between nothing and its whole weight, one cell for every weight.
        share = rest / (100 * weights[:, added].sum(axis=1))
        assert share == pytest.approx(np.full(DRAWS, share[0]), abs=1e-4) and 0 <= share[0] <= 1 + 1e-6


def test_a_clear_gain_is_surer_than_a_thin_one(real: Facts) -> None:
    found = answer(real, "activite=27.20Z&distance=100")
    shares = dict(zip(found.groups, better_together(found, found.groups), strict=True))
    assert all(0 <= share <= 1 for share in shares.values())
    clear = [share for one, share in shares.items() if one.gain >= 4]
    thin = [share for one, share in shares.items() if one.gain < 1.3]
    assert np.mean(clear) > np.mean(thin) + 0.1


def test_a_partner_that_is_the_lead_again_never_does_better(real: Facts) -> None:
    """A group of one basin twice: what is hosted and pooled is its own, so that only what is added could differ."""
    ranking = answer(real, "activite=32.50B").rankings[0]
    oyonnax = real.zone("8425")
    twice = Group((oyonnax, oyonnax), oyonnax, 0.0, 0.0, 0.0)
    column = [one.id for one in ranking.used].index("skills.depth")
    _cells, (alone, _same), together = draws(ranking, twice)
    most = 100 * drawn_weights(ranking)[:, column]
    assert (together >= alone - 1e-4).all() and (together <= alone + most + 1e-4).all()


def test_a_chain_in_which_one_member_leads_each_step_gains_nothing_surely(real: Facts) -> None:
    found = answer(real, "etapes=22.29A,32.50B")
    oyonnax, mende = real.zone("8425"), int(np.argmin(found.alone))
    group = Group((min(oyonnax, mende), max(oyonnax, mende)), oyonnax, 0.0, 0.0, 0.0)
    least, most = better_together(found, [group, found.groups[0]])
    assert least < 0.05 and most > 0.5


@pytest.mark.parametrize("query", ["activite=27.20Z&distance=100", "etapes=22.29A,25.62A,32.50B&distance=100"])
def test_groups_drawn_together_are_as_sure_as_one_by_one(
    real: Facts, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More groups than a block holds, of both sizes; each share is the count of its own draws."""
    monkeypatch.setattr(group_certainty, "GROUPS_AT_ONCE", 3)
    group_certainty._shares.cache_clear()
    found = answer(real, query)
    together = dict(zip(found.groups, better_together(found, found.groups), strict=True))
    pairs, triples = ([one for one in found.groups if len(one.members) == size] for size in (2, 3))
    assert len(triples) > 4
    for group in (pairs[0], pairs[-1], triples[2], triples[3], triples[-1]):
        drawn = [draws(ranking, group) for ranking in found.rankings]
        if len(drawn) == 1:
            _cells, alone, score = drawn[0]
            slow = (score > alone.max(axis=0)).mean()
        else:
            steps = np.array([alone for _cells, alone, _score in drawn])
            slow = (steps.max(axis=1).mean(axis=0) - steps.mean(axis=0).max(axis=0) >= LEAST_GAIN).mean()
        assert together[group] == slow
        assert better_together(found, [group]) == (slow,)
