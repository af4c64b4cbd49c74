"""Every criterion has a lever or the reason why nobody can move it, and the file is read strictly."""

import copy
import tomllib
from typing import Any

import pytest
from django.utils.translation import override

from explorer.presenters.gap import amount
from scoring.definitions import criteria
from scoring.levers import PATH, lever_table, read_levers
from scoring.reaches import EXTENTS, MOST_STEPS, steps_up_to


@pytest.fixture
def text() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads(PATH.read_text(encoding="utf-8")))


def test_every_criterion_is_a_lever_moves_with_one_or_is_fixed() -> None:
    table = lever_table()
    moved = [key for lever in table.levers.values() for key in lever.criteria]
    assert sorted([*moved, *table.fixed]) == sorted(one.id for one in criteria())


def test_every_lever_is_measured_and_says_what_it_is() -> None:
    table = lever_table()
    assert set(table.levers) == set(EXTENTS)
    assert table.reviewed.year >= 2026 and table.horizon_years == 5
    for lever in table.levers.values():
        for said in (lever.action, lever.why):
            assert said.fr and said.en and said.fr != said.en
        assert all(said.fr and said.en for said in (lever.unit, lever.unit_one))
    assert all(one.why.fr and one.why.en for one in table.fixed.values())


def test_what_no_basin_can_build_is_fixed() -> None:
    assert {"access.modes", "access.market", "fabric.neighbours", "dynamics.jobs", "dynamics.local"} <= set(
        lever_table().fixed
    )


def test_bounds_follow_what_is_there_and_the_project() -> None:
    trades, jobs = lever_table().levers["skills.quotient"], lever_table().levers["fabric.specialisation"]
    assert trades.most_units(100, posts=1000) == 15
    assert trades.most_units(20, posts=1000) == 10
    assert trades.most_units(100_000, posts=1000) == 300
    assert trades.most_units(100_000, posts=40) == 80
    assert jobs.most_units(0, posts=40) == 20
    assert jobs.most_units(300, posts=40) == 60
    assert lever_table().levers["land.sites"].most_units(0, posts=40) == 2


def test_a_unit_goes_with_its_amount() -> None:
    sites, vacancy = lever_table().levers["land.sites"], lever_table().levers["living.housing"]
    with override("fr"):
        assert (sites.unit_of(1), sites.unit_of(2)) == ("site prêt", "sites prêts")
        assert vacancy.unit_of(1.5).startswith("point ")
    with override("en"):
        assert vacancy.unit_of(1.5).startswith("points ")


@pytest.mark.parametrize(
    ("most", "step", "expected"),
    [(2, 1, [0, 1, 2]), (0.9, 1, [0]), (1.6, 0.5, [0, 0.5, 1.0, 1.5]), (30, 12, [0, 12, 24])],
)
def test_steps_are_multiples_within_the_bound(most: float, step: float, expected: list[float]) -> None:
    assert steps_up_to(most, step).tolist() == expected


@pytest.mark.parametrize("most", [7, 24, 25, 100, 300, 999])
def test_steps_stay_few_and_round(most: float) -> None:
    found = steps_up_to(most, 1)
    assert len(found) <= MOST_STEPS + 1
    assert found[-1] <= most < found[-1] + (found[1] - found[0])


@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("land.sites", None, "land.sites must"),
        ("land.sites", {"move": "push"}, "push"),
        ("land.sites", {"who": "god"}, "god"),
        ("land.sites", {"step": 0}, "positive"),
        ("land.sites", {"most": 0.5}, "positive"),
        ("skills.depth", {"with": "land.sites"}, "does not say so"),
        ("skills.bmo", {"why": None}, "why"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_by_name(
    text: dict[str, Any], key: str, change: dict[str, Any] | None, said: str
) -> None:
    if change is None:
        del text[key]
    else:
        text[key] = {name: value for name, value in (text[key] | change).items() if value is not None}
    with pytest.raises(ValueError, match=said):
        read_levers(text)


def test_an_entry_for_no_criterion_is_refused(text: dict[str, Any]) -> None:
    text["land.moon"] = {"move": "none"}
    with pytest.raises(ValueError, match=r"land\.moon"):
        read_levers(text)


def test_amounts_taken_away_are_told_so() -> None:
    levers = lever_table().levers
    assert {key for key, one in levers.items() if one.is_less} == {"land.power", "living.housing"}
    assert amount(3, levers["land.power"]) == "−\u00a03\u00a0km"
    assert amount(1, levers["living.care"]) == "+\u00a01\u00a0médecin généraliste"
