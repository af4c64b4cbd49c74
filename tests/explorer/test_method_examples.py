"""Worked examples of the method: each gives back the very figure of the ranking, for any activity and basin."""

import datetime
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from django.utils.translation import override

from explorer.formulas import mathml
from explorer.method.criteria import METHODS
from explorer.method.texts import changes, limits
from explorer.method.topics import TOPICS
from explorer.method.topics.marks import ends, in_unit, quantile
from explorer.method.worked import Case, Example
from explorer.presenters.method_criteria import criterion_card
from scoring.definitions import criteria, criterion
from scoring.facts import EditionCard, Facts
from scoring.question import Question
from scoring.service import current_facts, rank
from sources.apps import discover_datasets
from sources.registry import DATASETS
from tests.scoring.test_fine_grain import EVERYWHERE, with_subclasses
from tests.scoring.world import tiny_facts

# Merged branches, plain ones, a wide activity, one that draws power, one without heavy industry.
ACTIVITIES = (
    ("32.50B", "subclass"),
    ("27.20Z", "subclass"),
    ("14.13Z", "subclass"),
    ("25.62A", "subclass"),
    ("20.1", "group"),
    ("CL", "a38"),
    ("C", "section"),
)
# Single precision of the draws; everything else is the same arithmetic in another order.
DRAWN, EXACT = 1e-5, 1e-9
# Basins equal to single precision may change places in one of the ten thousand draws that a share counts, in percent.
ONE_DRAW = 100 / 10_000 + DRAWN


@pytest.fixture
def real(db: None) -> Facts:
    return current_facts()


def some_zones(facts: Facts, activity: str) -> list[int]:
    """Return basins over the whole list, the last and the islands among them: others for each activity."""
    start = sum(map(ord, activity)) % 29
    overseas = [place for place, zone in enumerate(facts.zones) if zone.land_mass != "mainland"]
    return [*range(start, len(facts.zones), 29), *overseas[::4]]


def lines(example: Example) -> list[str]:
    return [step.tex for step in example.steps]


@pytest.mark.parametrize(("activity", "level"), ACTIVITIES, ids=[code for code, _level in ACTIVITIES])
def test_the_example_of_a_criterion_gives_its_value(real: Facts, activity: str, level: str) -> None:
    ranking = rank(real, Question(activity, level))
    worked = set()
    for one, cells in zip(ranking.used, ranking.cells, strict=True):
        for zone in some_zones(real, activity):
            value = float(cells.measured.value[zone])
            if math.isnan(value):
                continue
            example = METHODS[one.id].example(Case(ranking, zone), one)
            assert example is not None, one.id
            assert example.result == pytest.approx(value, rel=EXACT, abs=1e-12), (one.id, real.zones[zone].name)
            assert example.steps and all(mathml(tex) for tex in lines(example))
            worked.add(one.id)
    assert worked == {one.id for one in ranking.used}


@pytest.mark.parametrize("topic", TOPICS, ids=[topic.id for topic in TOPICS])
def test_the_example_of_a_section_gives_the_figure_of_the_engine(real: Facts, topic) -> None:
    found = 0
    for activity, level in ACTIVITIES:
        ranking = rank(real, Question(activity, level))
        best = int(np.argmax(ranking.score))
        for zone in (best, *some_zones(real, activity)[::5]):
            for one in topic.examples(Case(ranking, zone)):
                near = DRAWN if topic.id == "robustesse" else EXACT
                step = ONE_DRAW if topic.id == "robustesse" and one.unit == "%" else near
                assert one.example.result == pytest.approx(one.engine, rel=near, abs=step), (activity, one.label)
                assert one.example.steps and all(mathml(tex) for tex in lines(one.example))
                found += 1
    assert found >= len(ACTIVITIES)


@pytest.mark.parametrize("value", [0.5, 4.0, 60.0])
def test_the_weights_of_a_reader_are_worked_out_too(real: Facts, value: float) -> None:
    topic = next(one for one in TOPICS if one.id == "poids")
    ranking = rank(real, Question("25.62A", "subclass", weights=(("fabric.fine_presence", value),)))
    checked = topic.examples(Case(ranking, 0))
    assert len(checked) == 2
    for one in checked:
        assert one.example.result == pytest.approx(one.engine, rel=EXACT)


@pytest.mark.parametrize("covered", [(), EVERYWHERE, EVERYWHERE[:2]], ids=["none", "everywhere", "some"])
@pytest.mark.parametrize("activity", ["30.11Z", "26.11Z", "62.01Z"])
def test_examples_hold_in_a_tiny_world_too(activity: str, covered: tuple[int, ...]) -> None:
    facts = with_subclasses(tiny_facts(), covered) if covered else tiny_facts()
    # The draws of an edition come from its hash, a number.
    facts = replace(facts, edition=EditionCard("tiny", f"{len(covered):015x}"))
    ranking = rank(facts, Question(activity, "subclass"))
    silent = set()
    for one, cells in zip(ranking.used, ranking.cells, strict=True):
        for zone in range(len(facts.zones)):
            value, case = float(cells.measured.value[zone]), Case(ranking, zone)
            if math.isnan(value):
                assert criterion_card(case, one)["silence"]
                continue
            example = METHODS[one.id].example(case, one)
            if example is None:
                silent.add(one.id)
                assert criterion_card(case, one)["silence"]
                continue
            assert example.result == pytest.approx(value, rel=EXACT, abs=1e-12), (one.id, zone)
    # Alike basins, changes (the sites) and purchases read tables of the edition, which the tiny world has not.
    for topic in [one for one in TOPICS if one.id not in ("semblables", "progresser", "achats")]:
        for zone in range(len(facts.zones)):
            for checked in topic.examples(Case(ranking, zone)):
                assert checked.example.result == pytest.approx(checked.engine, rel=DRAWN, abs=DRAWN), topic.id
    assert silent <= {"fabric.neighbours", "fabric.related", "dynamics.local"}
    assert bool(silent) == bool(ranking.profile.covered_share)


def test_what_is_printed_computes_to_what_is_printed(real: Facts) -> None:
    ranking = rank(real, Question("32.50B", "subclass"))
    one = criterion("fabric.specialisation")
    plain = re.compile(r"q = \\frac\{(\d+) \+ (\d+)\}\{([\d.]+) \+ (\d+)\} (?:=|\\approx) ([\d.]+)")
    for zone in range(0, len(real.zones), 7):
        if math.isnan(ranking.cells[ranking.used.index(one)].measured.value[zone]):
            continue
        example = METHODS[one.id].example(Case(ranking, zone), one)
        assert example is not None
        match = next(found for found in map(plain.fullmatch, lines(example)) if found)
        jobs, over, expected, under, result = (float(text) for text in match.groups())
        # Expected jobs are printed to a tenth, the quotient to a thousandth.
        slack = 0.0005 + 0.05 * (jobs + over) / (expected + under) ** 2
        assert abs((jobs + over) / (expected + under) - result) <= slack


def test_bounds_of_the_table_are_where_marks_stop(real: Facts) -> None:
    ranking = rank(real, Question("27.20Z", "subclass"))
    for column, one in enumerate(ranking.used):
        cells, (floor, ceiling) = ranking.cells[column], (in_unit(one, end) for end in ends(Case(ranking, 0), column))
        is_plain = ~np.isnan(cells.measured.value) & (cells.measured.low == cells.measured.high)
        value, mark = cells.measured.value[is_plain], cells.normalised[is_plain]
        best = 0.0 if one.direction == "less" else 1.0
        top = math.inf if ceiling is None else ceiling
        assert floor is not None and floor < top, one.id
        slack = 1e-9 * max(1.0, abs(floor))
        assert mark[value <= floor - slack] == pytest.approx(1 - best), one.id
        assert mark[value >= top + slack] == pytest.approx(best), one.id
        inside = mark[(value > floor + slack) & (value < top - slack)]
        assert ((inside > 0) & (inside < 1)).all(), one.id


def test_a_quantile_by_hand() -> None:
    assert quantile([0.0, 10.0, 20.0, 30.0], 0.5) == 15
    assert quantile([0.0, 10.0, 20.0, 30.0], 0.0) == 0 and quantile([0.0, 10.0, 20.0, 30.0], 1.0) == 30
    assert quantile([4.0], 0.98) == 4


def test_every_criterion_can_be_judged() -> None:
    """An example, letters that are explained, a registered source, an author, a review that has taken place."""
    discover_datasets()
    assert set(METHODS) == {one.id for one in criteria()}
    for one in criteria():
        method = METHODS[one.id]
        with override("fr"):
            assert mathml(method.formula) and method.symbols(), one.id
        assert one.sources and set(one.sources) <= set(DATASETS), one.id
        assert one.author and datetime.date(2026, 11, 1) <= one.reviewed, one.id
        for text in (one.why, one.formula, one.label, one.unit):
            assert text.fr and text.en, one.id


def test_limits_and_changes_are_in_both_languages() -> None:
    texts = [text for group in limits() for one in group.limits for text in (group.title, one.title, one.text)]
    texts += [text for one in changes() for text in (one.title, one.why, one.effect)]
    assert len(texts) > 60
    assert all(text.fr and text.en and text.fr != text.en for text in texts)
    dates = [one.date for one in changes()]
    assert dates == sorted(dates, reverse=True)
