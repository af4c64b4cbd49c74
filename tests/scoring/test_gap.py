"""The gap to a target: exact against all combinations, sane in its bounds, honest about what is out of reach."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.gap import LEAST_SEEN_POINTS, WORTH_SHARE, Gap, gap, needed_points
from scoring.gap_words import gap_sentence
from scoring.levers import lever_table
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.reaches import Reach, reach
from scoring.service import compute_ranking, rank
from scoring.targets import Target, parse_target
from scoring.what_if import changed, column_of

pytestmark = pytest.mark.django_db

GLASSES, TURNING, BATTERIES = (Question(code, "subclass") for code in ("32.50B", "25.62A", "27.20Z"))
ROMANS, SAINT_CLAUDE, GUERET, ARVE, DUNKERQUE = "8427", "2716", "7511", "8414", "3213"
CASES = [
    (GLASSES, ROMANS, "top50"),
    (GLASSES, ROMANS, "top40"),
    (GLASSES, ARVE, "top100"),
    (TURNING, DUNKERQUE, "top40"),
    (TURNING, GUERET, "score49"),
    (BATTERIES, DUNKERQUE, "top24"),
]


def ask(facts: Facts, question: Question, code: str, target: str, **efforts: float) -> Gap:
    named = {key.replace("__", "."): value for key, value in efforts.items()}
    return gap(rank(facts, question), code, parse_target(target, len(facts.zones)), named)


@pytest.mark.parametrize(("question", "code", "target"), CASES)
def test_no_combination_of_steps_is_cheaper(real: Facts, question: Question, code: str, target: str) -> None:
    found = ask(real, question, code, target)
    assert found.status == "reached"
    reaches = [one.reach for one in found.alone]
    # The levers that matter least are left at nothing, for the enumeration to end.
    reaches = sorted(reaches, key=lambda one: -one.gains.max())[:4]
    assert {one.reach.lever.id for one in found.proposals} <= {one.lever.id for one in reaches}
    efforts = [one.efforts(found.efforts[one.lever.id]) for one in reaches]
    cheapest = min(
        sum(cost[step] for cost, step in zip(efforts, steps, strict=True))
        for steps in product(*(range(len(one.gains)) for one in reaches))
        if sum(one.gains[step] for one, step in zip(reaches, steps, strict=True)) >= found.need
    )
    assert found.effort == pytest.approx(cheapest)


@pytest.mark.parametrize(("question", "code", "target"), CASES)
def test_the_proposals_do_reach_the_target(real: Facts, question: Question, code: str, target: str) -> None:
    found = ask(real, question, code, target)
    index, asked = found.index, parse_target(target, 306)
    after = changed(found.ranking, index, found.values, keeps_margins=True)
    assert found.after is not None and after.score[index] == found.after.score[index]
    if asked.kind == "top":
        assert after.rank[index] <= asked.number
    else:
        assert after.score[index] >= asked.number
    # What is announced is what the changed ranking gives, but for the rounding of values to the favourable side.
    assert found.proposals[-1].score == pytest.approx(float(after.score[index]), abs=0.02)
    assert found.proposals[-1].score <= after.score[index] + 1e-9
    assert [one.points / one.effort for one in found.proposals] == sorted(
        (one.points / one.effort for one in found.proposals), reverse=True
    )


def test_a_higher_target_never_costs_less(real: Facts) -> None:
    efforts = [ask(real, GLASSES, ROMANS, f"top{rank}").effort for rank in (53, 50, 47, 44, 41, 38)]
    assert efforts == sorted(efforts)
    assert efforts[0] > 0


def test_nothing_is_to_be_done_where_the_target_is_reached(real: Facts) -> None:
    for target in ("top20", "top2", "score60"):
        found = ask(real, GLASSES, SAINT_CLAUDE, target)
        assert (found.status, found.effort, found.proposals, found.after) == ("already", 0, (), None)
        assert "rien n'est à changer" in gap_sentence(found)
    assert ask(real, GLASSES, SAINT_CLAUDE, "top1").status != "already"


def test_out_of_reach_is_said_with_how_near_the_levers_bring(real: Facts) -> None:
    found = ask(real, GLASSES, GUERET, "top20")
    assert found.status == "short"
    assert found.most_points < found.need
    brought = sum(one.points for one in found.proposals)
    seen = sum(one.most_points for one in found.alone if one.most_points >= LEAST_SEEN_POINTS)
    assert WORTH_SHARE * seen <= brought <= found.most_points + 1e-9
    assert "Hors de portée" in gap_sentence(found)
    assert all(one.amount is None for one in found.alone)


def test_where_no_rank_can_be_gained_the_answer_says_so(real: Facts) -> None:
    found = ask(real, GLASSES, SAINT_CLAUDE, "top1")
    assert (found.status, found.best_rank) == ("short", 2)
    assert "sans changer son rang" in gap_sentence(found)
    assert all(one.reach.gains.max() >= LEAST_SEEN_POINTS for one in found.proposals)


def test_the_score_to_reach_is_that_of_the_basin_that_holds_the_rank(real: Facts) -> None:
    ranking = rank(real, GLASSES)
    index = real.zone(ROMANS)
    holder = float(ranking.score[ranking.rank == 20][0])
    assert needed_points(ranking, index, Target("top", 20)) == pytest.approx(holder - ranking.score[index], abs=1e-5)


def test_efforts_change_the_advice(real: Facts) -> None:
    default = ask(real, GLASSES, ROMANS, "top50")
    assert [one.reach.lever.id for one in default.proposals] == ["land.sites"]
    dear = ask(real, GLASSES, ROMANS, "top50", land__sites=1000)
    assert "land.sites" not in {one.reach.lever.id for one in dear.proposals}
    assert dear.effort > default.effort
    free = ask(real, GLASSES, ROMANS, "top50", fabric__specialisation=0)
    assert free.effort == 0 and free.status == "reached"


@pytest.mark.parametrize("code", [ROMANS, SAINT_CLAUDE, GUERET, ARVE, DUNKERQUE])
@pytest.mark.parametrize("question", [GLASSES, TURNING, BATTERIES], ids=lambda one: one.activity)
def test_no_absurd_amount_is_ever_proposed(real: Facts, question: Question, code: str) -> None:
    found = ask(real, question, code, "top1")
    for one in found.proposals:
        assert 0 < one.amount <= one.reach.lever.most
        assert one.points > 0
        assert one.amount / one.reach.lever.step == pytest.approx(round(one.amount / one.reach.lever.step))
    amounts = {one.reach.lever.id: one.amount for one in found.proposals}
    assert amounts.get("skills.training", 0) <= 48
    assert amounts.get("skills.quotient", 0) <= 2 * found.ranking.profile.jobs


@pytest.mark.parametrize("question", [GLASSES, BATTERIES], ids=lambda one: one.activity)
def test_every_criterion_that_weighs_is_either_moved_or_explained(real: Facts, question: Question) -> None:
    found = ask(real, question, GUERET, "top20")
    weighing = {one.id for one, weight in zip(found.ranking.used, found.ranking.weights, strict=True) if weight > 0}
    told = {one.criterion.id for one in found.stuck} | {key for one in found.alone for key in one.reach.values}
    assert weighing <= told
    assert all(one.why for one in found.stuck)
    lost = [one.points_lost for one in found.stuck]
    assert lost == sorted(lost, reverse=True)


def test_the_value_that_would_do_it_alone_does_it(real: Facts) -> None:
    found = ask(real, GLASSES, ROMANS, "top20")
    tried = 0
    for one in found.stuck:
        if one.needed is not None:
            after = changed(found.ranking, found.index, {one.criterion.id: one.needed}, keeps_margins=False)
            assert after.score[found.index] == pytest.approx(found.ranking.score[found.index] + found.need, abs=1e-6)
            tried += 1
    assert tried >= 2


@pytest.mark.parametrize("lever", sorted(lever_table().levers))
def test_gains_start_from_nothing_and_never_fall(real: Facts, lever: str) -> None:
    moved = 0
    for question in (GLASSES, BATTERIES):
        ranking = rank(real, question)
        if lever not in {one.id for one in ranking.used}:
            continue
        for code in (ROMANS, SAINT_CLAUDE, GUERET, ARVE, DUNKERQUE, "7513", "1109"):
            found = reach(ranking, real.zone(code), lever_table().levers[lever])
            if isinstance(found, Reach):
                moved += 1
                assert found.amounts[0] == 0 and found.gains[0] == 0
                assert (np.diff(found.gains) >= -1e-12).all()
                today = ranking.cells[column_of(ranking, lever)].measured.value[real.zone(code)]
                assert found.values[lever][0] == pytest.approx(float(today), rel=1e-9)
            else:
                assert found.why
    # No region has loaded its business parks in the built-in edition.
    assert moved or lever == "land.parks"


def test_one_more_site_is_worth_what_the_scale_says(real: Facts) -> None:
    ranking = rank(real, GLASSES)
    index = real.zone(ROMANS)
    found = reach(ranking, index, lever_table().levers["land.sites"])
    assert isinstance(found, Reach)
    weight = float(ranking.weights[column_of(ranking, "land.sites")])
    sites = float(found.values["land.sites"][0])
    assert found.gains[1] == pytest.approx(100 * weight * (np.exp(-sites / 3) - np.exp(-(sites + 1) / 3)))
    # 1 ha: 3 points of effort and a tenth more.
    assert found.efforts(3.0)[1] == pytest.approx(3 * (1 + ranking.profile.hectares / 10))


def test_people_trained_are_divided_by_the_posts(real: Facts) -> None:
    ranking = rank(real, BATTERIES)
    found = reach(ranking, real.zone(SAINT_CLAUDE), lever_table().levers["skills.training"])
    assert isinstance(found, Reach)
    # Values are written with four decimals.
    assert np.diff(found.values["skills.training"]) == pytest.approx(12 / ranking.profile.jobs, abs=1.01e-4)
    assert (found.values["skills.training"][1:] == np.round(found.values["skills.training"][1:], 4)).all()


def test_the_same_people_move_presence_and_depth_and_are_paid_once(real: Facts) -> None:
    found = ask(real, BATTERIES, SAINT_CLAUDE, "top20")
    people = next(one for one in found.proposals if one.reach.lever.id == "skills.quotient")
    assert set(people.values) == {"skills.quotient", "skills.depth"}
    assert people.effort == pytest.approx(people.amount * 0.1)


def test_a_basin_under_a_veto_has_no_rank_to_reach(real: Facts) -> None:
    question = Question("24.10Z", "subclass", require=("steel-refining-grid",))
    ranking = rank(real, question)
    vetoed = real.zones[int(np.flatnonzero(~ranking.is_eligible)[0])].code
    found = gap(ranking, vetoed, Target("top", 20), {})
    assert (found.status, found.proposals) == ("vetoed", ())
    assert "critère éliminatoire" in gap_sentence(found)
    # A score can still be aimed at.
    assert gap(ranking, vetoed, Target("score", 99), {}).status == "short"


def test_the_geometric_mean_is_refused_in_words(real: Facts) -> None:
    with pytest.raises(BadQuestion) as refused:
        ask(real, replace(GLASSES, aggregation="geometric"), ROMANS, "top20")
    assert refused.value.parameter == "aggregation"


@pytest.mark.parametrize("normalisation", ["percentile", "zscore"])
def test_other_normalisations_are_solved_too(real: Facts, normalisation: str) -> None:
    question = replace(GLASSES, normalisation=normalisation)
    ranking = rank(real, question)
    today = int(ranking.rank[real.zone(ROMANS)])
    found = ask(real, question, ROMANS, f"top{today - 2}")
    assert found.status == "reached" and found.after is not None
    assert found.after.rank[found.index] <= today - 2


@pytest.mark.parametrize(
    ("text", "target"),
    [("top20", Target("top", 20)), (" TOP1 ", Target("top", 1)), ("score60", Target("score", 60)),
     ("score61,5", Target("score", 61.5)), ("score100", Target("score", 100))],
)  # fmt: skip
def test_targets_are_read(text: str, target: Target) -> None:
    assert parse_target(text, 306) == target
    assert parse_target(target.text, 306) == target


@pytest.mark.parametrize(
    "text", ["", "top0", "top307", "top400", "top-1", "top2.5", "score0", "score150", "score", "best", "20", "topx"]
)
def test_targets_that_make_no_sense_are_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        parse_target(text, 306)
    assert refused.value.parameter == "target"
    assert any(accepted in refused.value.sentence for accepted in ("top20", "top306", "100"))


def test_an_unknown_basin_and_wrong_efforts_are_refused(real: Facts) -> None:
    with pytest.raises(NotFound):
        ask(real, GLASSES, "9999", "top20")
    for effort in (-1, 1001):
        with pytest.raises(BadQuestion) as refused:
            ask(real, GLASSES, ROMANS, "top20", land__sites=effort)
        assert refused.value.parameter == "effort"


def test_with_all_the_weight_on_what_cannot_move_nothing_is_proposed(real: Facts) -> None:
    question = replace(
        GLASSES, weights=tuple((key, 0.0) for key in ("dynamics", "fabric", "land", "living", "skills"))
    )
    found = ask(real, question, GUERET, "top20")
    assert (found.status, found.proposals, found.after) == ("short", (), None)
    assert "aucun levier" in gap_sentence(found)


def test_the_tiny_world_has_answers_for_all(tiny: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.reaches.candidate_count", lambda *args, **kwargs: 2)
    ranking: Ranking = compute_ranking(tiny, Question("26.11Z", "subclass"))
    for zone in tiny.zones:
        found = gap(ranking, zone.code, Target("top", 1), {})
        assert found.status in ("already", "reached", "short")
        assert gap_sentence(found)
