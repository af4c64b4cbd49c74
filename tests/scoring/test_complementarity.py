"""Groups of basins: by hand on the tiny world, by identities on the built-in edition."""

import numpy as np
import pytest
from django.http import QueryDict

from scoring.complementarity import LEAST_GAIN, Answer, complementarity, group_cells, group_scores
from scoring.definitions import criteria
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.group_definitions import group_rules, preset_chains
from scoring.group_question import API_NAMES, MOST_STEPS, PAGE_NAMES, GroupQuestion, parse_group_question
from scoring.group_shares import member_points, member_shares, step_shares, unmet
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.service import compute_ranking
from scoring.shared_pool import HEAD, POOL_KM, shared_pools
from tests.scoring.world import ALPHA, BETA, SIGMA


def asked(facts: Facts, query: str) -> GroupQuestion:
    return parse_group_question(facts, QueryDict(query), PAGE_NAMES)


def answer(facts: Facts, query: str) -> Answer:
    return complementarity(facts, asked(facts, query))


@pytest.fixture
def ranking(tiny: Facts) -> Ranking:
    return compute_ranking(tiny, Question("26.11Z", "subclass"))


def test_every_criterion_has_one_rule() -> None:
    assert set(group_rules()) == {one.id for one in criteria()}
    assert {one for one, rule in group_rules().items() if rule == "added"} == {"skills.depth"}


def test_each_criterion_of_a_pair_is_read_by_its_rule(tiny: Facts, ranking: Ranking) -> None:
    members, lead = np.array([[ALPHA, BETA]]), np.array([ALPHA])
    together = group_cells(ranking, members, lead)[0]
    jobs = tiny.private_total
    for column, criterion in enumerate(ranking.used):
        cells, known = ranking.assessment.normalised[:, column], ranking.assessment.is_informed[:, column]
        if not known[[ALPHA, BETA]].all():
            continue
        if group_rules()[criterion.id] == "best":
            expected = max(cells[ALPHA], cells[BETA])
        elif group_rules()[criterion.id] == "pooled":
            expected = (jobs[ALPHA] * cells[ALPHA] + jobs[BETA] * cells[BETA]) / (jobs[ALPHA] + jobs[BETA])
        else:
            # On its logarithmic scale from 1 to 20 jobs per post, the middle of the summed ends.
            measured = ranking.cells[column].measured
            ends = [min(20.0, one[ALPHA] + one[BETA]) for one in (measured.low, measured.high)]
            expected = np.mean([np.clip(np.log(one) / np.log(20), 0, 1) for one in ends])
        assert together[column] == pytest.approx(expected), criterion.id


def test_what_a_partner_does_not_know_brings_nothing(tiny: Facts, ranking: Ranking) -> None:
    """Sigma hides its branch: next to Alpha, that criterion stays what Alpha has."""
    column = [one.id for one in ranking.used].index("fabric.specialisation")
    assert not ranking.assessment.is_informed[SIGMA, column]
    together = group_cells(ranking, np.array([[ALPHA, SIGMA]]), np.array([ALPHA]))[0]
    assert together[column] == ranking.assessment.normalised[ALPHA, column]


@pytest.mark.parametrize(
    "query", ["activite=32.50B", "activite=27.20Z&distance=100", "activite=14.13Z&weights=land:60"]
)
def test_what_the_members_bring_sums_to_the_gain(real: Facts, query: str) -> None:
    found = answer(real, query)
    assert found.groups
    ranking = found.rankings[0]
    for group in found.groups[:40]:
        points = member_points(ranking, group)
        assert points.sum() == pytest.approx(group.gain, abs=1e-9)
        assert points[group.members.index(group.lead)] == pytest.approx(0, abs=1e-12)
        shares = member_shares(found, group)
        assert shares[0].is_lead and sum(one.points for one in shares) == pytest.approx(group.gain)


def test_groups_are_near_really_better_than_their_parts_and_best_first(real: Facts) -> None:
    found = answer(real, "activite=27.20Z&distance=100")
    scores = [one.score for one in found.groups]
    assert scores == sorted(scores, reverse=True)
    assert {len(one.members) for one in found.groups} == {2, 3}
    ranking = found.rankings[0]
    for group in found.groups[:60]:
        assert group.margin >= LEAST_GAIN and group.gain >= group.margin - 1e-9
        assert group.alone == max(ranking.score[list(group.members)]) == ranking.score[group.lead]
        assert all(km <= 100 for _one, _other, km in found.distances(group))
        if len(group.members) == 3:
            for left_out in group.members:
                pair = [one for one in group.members if one != left_out]
                lead = max(pair, key=lambda one: found.alone[one])
                part = group_scores(found.rankings, np.array([pair]), np.array([lead]))[0]
                assert group.score - part >= LEAST_GAIN - 1e-9


def test_a_chain_gives_each_step_to_its_best_member(real: Facts) -> None:
    found = answer(real, "etapes=22.29A:pièces,32.50B:montage,52.10B:logistique")
    best = found.groups[0]
    shares = step_shares(found, best)
    assert [one.place for one in shares] == [0, 1, 2]
    assert len({one.index for one in shares}) >= 2
    for one, ranking in zip(shares, found.rankings, strict=True):
        assert one.score == max(ranking.score[list(best.members)])
        assert one.rank == ranking.rank[one.index]
    assert best.score == pytest.approx(np.mean([one.score for one in shares]))
    each = [np.mean([ranking.score[member] for ranking in found.rankings]) for member in best.members]
    assert best.alone == pytest.approx(max(each))


def test_a_basin_a_size_and_a_region_filter_without_moving_scores(real: Facts) -> None:
    everything = {one.members: one.score for one in answer(real, "activite=14.13Z").groups}
    roanne = real.zone("8426")
    with_roanne = answer(real, "activite=14.13Z&bassin=8426").groups
    assert with_roanne and all(roanne in one.members for one in with_roanne)
    triples = answer(real, "activite=14.13Z&taille=3").groups
    assert triples and all(len(one.members) == 3 for one in triples)
    brittany = answer(real, "activite=14.13Z&region=53").groups
    assert brittany and all(any("53" in real.zones[m].region_codes for m in one.members) for one in brittany)
    for one in (*with_roanne, *triples, *brittany):
        assert everything[one.members] == one.score


def test_an_applied_need_is_met_by_one_member_for_all(real: Facts) -> None:
    found = answer(real, "activite=27.20Z&distance=100&require=battery-site")
    outcome = next(one for one in found.rankings[0].outcomes if one.requirement.id == "battery-site")
    assert found.groups and outcome.is_applied
    for group in found.groups:
        assert (outcome.passed[list(group.members)] != 0).any()
        assert outcome not in unmet(found, group)


def test_neighbours_at_the_head_share_their_hands_once(real: Facts) -> None:
    found = answer(real, "activite=32.50B")
    pool = shared_pools(found)[0]
    names = {real.zones[one].name for one in pool.members}
    assert names == {"Oyonnax", "Saint-Claude"} and pool.ranks == (1, 2)
    jobs_of = found.rankings[0].profile.jobs
    assert pool.posts == 2 * jobs_of and pool.posts_alone == jobs_of
    for one in shared_pools(answer(real, "activite=14.13Z")):
        assert one.farthest_km <= POOL_KM and max(one.ranks) <= HEAD
        assert one.pool_low < one.pool < one.pool_high
        alone = np.nansum(real.occupations.jobs[list(one.members)])
        assert 0 < one.pool < alone


def test_a_question_is_written_back_as_it_was_asked(real: Facts) -> None:
    for query in (
        "activite=32.50B",
        "activite=27.20Z&weights=land:40&jobs=300&distance=100&taille=3&bassin=3213",
        "etapes=22.29A:pièces,25.62A:vis et charnières&region=84&distance=80",
        "etapes=22.29A,25.62A",
    ):
        question = asked(real, query)
        assert asked(real, question.to_query(PAGE_NAMES)) == question
        assert parse_group_question(real, QueryDict(question.to_query(API_NAMES)), API_NAMES) == question


def test_every_chain_to_start_from_can_be_asked(real: Facts) -> None:
    for chain in preset_chains():
        assert 2 <= len(chain.steps) <= MOST_STEPS
        steps = ",".join(f"{one.code}:{one.name}" for one in chain.steps)
        question = asked(real, f"etapes={steps}")
        assert [one.question.activity for one in question.steps] == [one.code for one in chain.steps]
        assert answer(real, f"etapes={steps}&distance=100").groups, chain.id


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "32.50B"),
        ("etapes=", "aucune étape"),
        ("etapes=,,", "aucune étape"),
        ("etapes=25.62A:vis", "au moins 2 étapes"),
        ("etapes=25.62A,25.62B,32.50B,22.29A,52.10B,71.20B,26.11Z", "7 étapes"),
        ("etapes=:vis,32.50B", "Étape 1"),
        ("etapes=25.62A:vis:autre,32.50B", "Étape 1"),
        ("etapes=25.62A,32.50B&activite=32.50B", "ensemble"),
        ("etapes=25.62A,32.50B&jobs=40", "chaîne"),
        ("activite=32.50B&distance=0", "de 5 à 150 km"),
        ("activite=32.50B&distance=-3", "de 5 à 150 km"),
        ("activite=32.50B&distance=5000", "de 5 à 150 km"),
        ("activite=32.50B&distance=loin", "« loin »"),
        ("activite=32.50B&taille=4", "2 (paires)"),
        ("activite=32.50B&aggregation=geometric", "n'existe pas ici"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(real: Facts, query: str, told: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        asked(real, query)
    assert told in refused.value.sentence


@pytest.mark.parametrize(
    ("query", "told"), [("etapes=25.62A,99.99X", "Étape 2"), ("activite=32.50B&bassin=99", "« 99 »")]
)
def test_an_unknown_code_is_not_found(real: Facts, query: str, told: str) -> None:
    with pytest.raises(NotFound) as refused:
        asked(real, query)
    assert told in refused.value.sentence


def test_too_near_for_anybody_is_an_empty_answer(real: Facts) -> None:
    found = answer(real, "activite=32.50B&distance=5")
    assert found.groups == () and found.considered == 0


def test_where_nothing_gains_enough_the_closest_pair_is_told(real: Facts) -> None:
    found = answer(real, "activite=14.13Z&bassin=5206")
    assert found.groups == () and found.closest is not None
    cholet, pair = real.zone("5206"), found.closest
    assert cholet in pair.members and pair.margin == pytest.approx(pair.gain) and pair.margin < LEAST_GAIN
    near = [one for one in range(len(real.zones)) if one != cholet and real.distance_km[cholet, one] <= 60]
    for one in near:
        members = np.array([sorted((cholet, one))])
        lead = np.array([max((cholet, one), key=lambda zone: found.alone[zone])])
        assert group_scores(found.rankings, members, lead)[0] - found.alone[lead[0]] <= pair.margin + 1e-9
    assert answer(real, "activite=14.13Z").closest is None
