"""The two criteria on hiring and training, on the tiny world, against numbers worked out by hand."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from scoring.activity_profile import build_profile
from scoring.cells import Measured
from scoring.criteria import MEASURES, READS
from scoring.criteria.hiring import needed_trades, supplies
from scoring.definitions import loaded_criteria
from scoring.facts import Facts
from scoring.labour import Training
from skills.models import TrainingPlace
from skills.trades import trades
from skills.training import ENGINEERING, domains
from tests.scoring.world import ALPHA, BETA, DELTA, GAMMA, MAYO, SIGMA, altered, nomenclature


def measure(facts: Facts, criterion: str, **changes: object) -> Measured:
    entry = next(one for one in loaded_criteria() if one.id == criterion)
    profile = build_profile(facts.nomenclature.find("26.11Z"), facts.nomenclature, None)
    return MEASURES[criterion](facts, replace(profile, **changes), entry.parameters)


def hiring(facts: Facts, **trade_hires: int) -> Facts:
    """The world where components hire these trades and nobody else hires any."""
    rows = tuple(("26.11Z", trade, hires) for trade, hires in trade_hires.items())
    return altered(facts, trade_hires=nomenclature(rows))


def test_trades_lean_on_the_branch_as_families_do(tiny):
    shares = needed_trades(tiny, build_profile(tiny.nomenclature.find("26.11Z"), tiny.nomenclature, None))
    # Trades in order: handling, machining, engineers, welders. Section, then branch, division and group, which hold
    # the components and the boards, then class and sub-class, which hold the components alone.
    with_boards, alone = np.array([10, 60, 30, 0]), np.array([0, 60, 30, 0])
    expected = np.array([10, 110, 30, 250]) / 400
    for hires in (with_boards, with_boards, with_boards, alone, alone):
        expected = (hires + 150 * expected) / (hires.sum() + 150)
    assert list(shares) == ["handling", "machining", "research_engineer", "sheet_metal"]
    assert list(shares.values()) == pytest.approx(expected.tolist())


def test_projects_are_compared_with_all_the_projects_of_the_zone_and_surveys_averaged(tiny):
    found = measure(hiring(tiny, machining=60), "skills.bmo")
    # Turners sought in France: 90 + 10 + 5 + 0, and 2.5 hidden in Sigma, of 5,100 projects; then 107.5 of 4,100.
    first = (90 + 20) / (2000 * 107.5 / 5100 + 20)
    second = (80 + 20) / (1800 * 107.5 / 4100 + 20)
    assert found.value[ALPHA] == pytest.approx((first * second) ** 0.5)
    assert found.low[ALPHA] == pytest.approx(found.high[ALPHA])
    assert found.status.tolist() == ["observed", "estimated", "estimated", "estimated", "suppressed", "missing"]
    # Delta stands in one survey only, where it seeks no turner: known, and low.
    assert found.value[DELTA] == pytest.approx(20 / (400 * 107.5 / 5100 + 20))
    assert np.isnan(found.value[[SIGMA, MAYO]]).all()
    assert np.isnan([found.low[SIGMA], found.high[SIGMA]]).all()


def test_bounds_of_projects_become_bounds_of_the_quotient(tiny):
    found = measure(hiring(tiny, machining=60), "skills.bmo")
    expected = ((1500 * 107.5 / 5100 + 20) * (1200 * 107.5 / 4100 + 20)) ** 0.5
    assert found.low[BETA] == pytest.approx(((10 * 0.9 + 20) * (15 * 0.9 + 20)) ** 0.5 / expected)
    assert found.high[BETA] == pytest.approx(((10 * 1.1 + 22) * (15 * 1.1 + 22)) ** 0.5 / expected)


def test_rare_trades_weigh_more_than_common_ones(tiny):
    world = hiring(tiny, handling=50, machining=50)
    world = altered(world, hiring=only_first_survey(world))
    found = measure(world, "skills.bmo")
    # Sigma hides turners but has no row of handlers: 2 in the middle of 0 to 4.
    national = {"handling": (200 + 100 + 60 + 30 + 2) / 5100, "machining": 107.5 / 5100}
    weights = {trade: log(1 / share) for trade, share in national.items()}
    logs = {
        "handling": log((200 + 20) / (2000 * national["handling"] + 20)),
        "machining": log((90 + 20) / (2000 * national["machining"] + 20)),
    }
    mean = sum(weights[trade] * logs[trade] for trade in logs) / sum(weights.values())
    assert log(found.value[ALPHA]) == pytest.approx(mean)
    assert str(found.facts["lead_trade"]) == "machining"
    assert found.facts["lead_projects"][ALPHA] == 90
    assert np.isnan(found.facts["lead_projects"][SIGMA])
    assert int(found.facts["lead_year"]) == 2023


def only_first_survey(facts: Facts):
    table = facts.hiring
    names = ("value", "low", "high", "published", "status", "totals")
    return replace(table, years=(2023,), **{name: getattr(table, name)[:1] for name in names})


def test_people_trained_within_forty_kilometres_are_divided_by_the_posts(tiny):
    found = measure(hiring(tiny, machining=60), "skills.training", jobs=100.0)
    # Thirty candidates at 10 km and a BTS at 40 km, worth 24 places, from 16 to 36; other domains do not count.
    assert found.value[ALPHA] == pytest.approx(0.54)
    assert (found.low[ALPHA], found.high[ALPHA]) == (pytest.approx(0.46), pytest.approx(0.66))
    assert found.facts["people"][ALPHA] == 54
    assert found.value[[GAMMA, DELTA, SIGMA, MAYO]].tolist() == [0, 0, 0, 0]
    assert set(found.status) == {"estimated"}


def test_each_training_is_capped_at_one_person_a_post(tiny):
    world = hiring(tiny, machining=60, research_engineer=30)
    found = measure(world, "skills.training", jobs=100.0)
    # Two thirds of the posts for turners, one third for engineers, whose school is near Beta only.
    assert found.value[ALPHA] == pytest.approx(0.54)
    assert found.value[BETA] == pytest.approx(0.54 + 1 / 3)
    assert measure(world, "skills.training", jobs=5.0).value[BETA] == pytest.approx(1)


def test_trades_with_the_same_training_share_its_places(tiny):
    found = measure(hiring(tiny, machining=30, sheet_metal=30), "skills.training", jobs=100.0)
    assert found.value[ALPHA] == pytest.approx(0.54)


def test_trades_learnt_at_work_have_no_training_anywhere(tiny):
    assert set(measure(hiring(tiny, handling=10), "skills.training").status) == {"missing"}
    both = measure(hiring(tiny, handling=90, machining=10), "skills.training", jobs=100.0)
    assert both.value[ALPHA] == pytest.approx(0.54)


def test_an_edition_without_survey_nor_schools_says_nothing(tiny):
    empty = Training(np.array([], str), np.array([], str), np.array([]), np.array([]), np.zeros((6, 0)))
    none = np.zeros((0, 6, 0))
    table = replace(
        tiny.hiring, years=(), trades=(), value=none, low=none, high=none, published=none,
        status=none.astype(str), totals=np.zeros((0, 6)),
    )  # fmt: skip
    bare = altered(tiny, trade_hires=nomenclature(()), hiring=table, training=empty)
    for criterion in ("skills.bmo", "skills.training"):
        assert set(measure(bare, criterion).status) == {"missing"}
    assert set(measure(altered(tiny, hiring=table), "skills.bmo").status) == {"missing"}
    assert set(measure(altered(tiny, training=empty), "skills.training").status) == {"missing"}


def test_what_the_cells_are_kept_by_is_what_the_measures_read(tiny):
    profile = build_profile(tiny.nomenclature.find("26.11Z"), tiny.nomenclature, None)
    larger = replace(profile, jobs=profile.jobs * 2)
    assert READS["skills.bmo"](profile) == READS["skills.bmo"](larger)
    assert READS["skills.training"](profile) != READS["skills.training"](larger)


def test_every_training_supply_names_known_trades_domains_and_kinds():
    assert set(supplies()) <= set(trades())
    for supply in supplies().values():
        assert set(supply.domains) <= {*domains(), ENGINEERING}
        assert set(supply.kinds) <= set(TrainingPlace.Kind.values)
