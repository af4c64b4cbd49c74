"""Groups of basins in the interface: the answer of the page, its shape, its refusals."""

import math
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from api import group_views
from api.group_views import Complementarity
from scoring import group_certainty
from scoring.complementarity import complementarity
from scoring.group_question import API_NAMES, SIZES, parse_group_question
from scoring.robustness import SCENARIOS
from scoring.service import current_facts
from tests.api.test_contract import assert_shape

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/complementarity"


def get(client: Client, query: str, status: int = 200) -> dict[str, Any]:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == status
    return response.json()


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[tuple[Any, ...]]:
    """Return what a function of a module is called with from now on."""
    calls, function = [], getattr(module, name)

    def called(*values: Any) -> Any:
        calls.append(values)
        return function(*values)

    monkeypatch.setattr(module, name, called)
    return calls


@pytest.mark.parametrize(
    "query", ["activity=32.50B", "activity=27.20Z&distance=100&size=3", "steps=22.29A:parts,32.50B:assembly"]
)
def test_the_answer_has_its_published_shape_and_the_numbers_of_scoring(client: Client, query: str) -> None:
    body = get(client, query)
    assert_shape(body, Complementarity)
    facts = current_facts()
    answer = complementarity(facts, parse_group_question(facts, QueryDict(query), API_NAMES))
    assert body["count"] == len(answer.groups) and body["considered"] == answer.considered
    assert [one["score"] for one in body["results"]] == pytest.approx([one.score for one in answer.groups[:50]])
    for one in body["results"]:
        assert one["gain"] == pytest.approx(one["score"] - one["score_alone"])
        assert one["members"][0]["is_lead"] and one["members"][0]["score_alone"] == one["score_alone"]
        assert 0 <= one["p_better"] <= 1


def test_points_sum_to_the_gain_and_steps_to_the_chain(client: Client) -> None:
    for one in get(client, "activity=14.13Z")["results"]:
        assert math.fsum(member["points"] for member in one["members"]) == pytest.approx(one["gain"])
    for one in get(client, "steps=22.29A,25.62A,32.50B")["results"]:
        assert sorted(step for member in one["members"] for step in member["steps"]) == [0, 1, 2]


def test_pages_follow_each_other(client: Client) -> None:
    both = get(client, "activity=14.13Z&limit=4")["results"]
    assert get(client, "activity=14.13Z&limit=2&offset=2")["results"] == both[2:]
    assert get(client, "activity=32.50B&distance=5")["results"] == []


@pytest.mark.parametrize(
    "query",
    [
        "activity=27.20Z&distance=150&weights=land:43",
        "steps=27.20Z,25.62A,32.50B,22.29A,14.13Z,29.10Z&distance=150&weights=land:43",
    ],
)
def test_the_heaviest_question_draws_a_page_of_groups_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    """Each step is drawn once a block of scenarios, for the basins of the page; each group of it is told once."""
    drawn, told = counted(monkeypatch, group_certainty, "drawn_cells"), counted(monkeypatch, group_views, "group")
    group_certainty._shares.cache_clear()
    largest = next(one for one in group_views.COMPLEMENTARITY if one["name"] == "limit")["schema"]["maximum"]
    body = get(client, f"{query}&limit={largest}")
    assert body["count"] > 1000 and len(body["results"]) == len(told) == largest == 100
    steps, scenarios = len(body["steps"]), SCENARIOS // group_certainty.SCENARIOS_AT_ONCE
    assert len(drawn) <= len(SIZES) * scenarios * steps
    assert max(len(zones) for _ranking, zones, _scenarios in drawn) <= len(current_facts().zones)


@pytest.mark.parametrize(
    ("query", "status", "parameter", "told"),
    [
        ("", 400, "activity", "steps=25.62A"),
        ("steps=,", 400, "steps", "aucune étape"),
        ("steps=25.62A", 400, "steps", "au moins 2"),
        ("steps=25.62A,99.99X", 404, None, "Étape 2"),
        ("activity=32.50B&steps=25.62A,32.50B", 400, "steps", "ensemble"),
        ("activity=32.50B&distance=0", 400, "distance", "de 5 à 150 km"),
        ("activity=32.50B&distance=5000", 400, "distance", "de 5 à 150 km"),
        ("activity=32.50B&distance=loin", 400, "distance", "loin"),
        ("activity=32.50B&size=4", 400, "size", "4"),
        ("activity=32.50B&basin=99", 404, None, "99"),
        ("activity=32.50B&distance=", 400, "distance", "vide"),
        ("steps=25.62A,32.50B&hectares=3", 400, "hectares", "chaîne"),
        ("activity=32.50B&aggregation=geometric", 400, "aggregation", "n'existe pas ici"),
        ("activity=14.13Z&limit=101", 400, "limit", "de 1 à 100"),
        ("activity=14.13Z&offset=9000", 404, "offset", "9000"),
    ],
)
def test_a_refusal_says_what_is_accepted(
    client: Client, query: str, status: int, parameter: str | None, told: str
) -> None:
    problem = get(client, query, status)
    assert problem.get("parameter") == parameter and told in problem["detail"]
