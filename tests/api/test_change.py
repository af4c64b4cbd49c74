"""Gaps and what-ifs through the interface: figures that add up, nothing kept, refusals as problem details."""

import json
from typing import Any

import pytest
from django.test import Client
from django.test.client import FakePayload

from api.problems import PROBLEM_TYPE

pytestmark = pytest.mark.django_db

GAP = "/api/v1/basins/8427/gap?activity=32.50B"
WHAT_IF = "/api/v1/what-if"
QUESTION: dict[str, Any] = {"activity": "32.50B", "basin": "8427", "changes": {"land.sites": 4}}


def post(client: Client, body: object, **headers: str) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(WHAT_IF, text, content_type="application/json", headers={"accept-language": "fr", **headers})


def test_the_proposals_add_up_and_what_if_agrees(client: Client) -> None:
    found = client.get(f"{GAP}&target=top50").json()
    assert found["status"] == "reached" and found["target"] == "top50"
    assert found["effort"] == pytest.approx(sum(one["effort"] for one in found["proposals"]))
    brought = sum(one["points"] for one in found["proposals"])
    assert brought >= found["points_needed"] > 0
    assert found["before"]["score"] + brought == pytest.approx(found["proposals"][-1]["score"])
    assert found["after"]["rank"] <= 50 < found["before"]["rank"]
    values = {key: value for one in found["proposals"] for key, value in one["values"].items()}
    tried = post(client, QUESTION | {"changes": values, "keep_margins": True}).json()
    assert tried["before"] == found["before"] and tried["after"] == found["after"]


def test_the_standing_before_is_that_of_the_ranking(client: Client) -> None:
    found = client.get(f"{GAP}&target=top20").json()["before"]
    rows = client.get("/api/v1/rankings?activity=32.50B&limit=1000").json()["results"]
    row = next(one for one in rows if one["basin"]["code"] == "8427")
    for name in ("score", "score_low", "score_high", "rank"):
        assert found[name] == pytest.approx(row[name])
    assert found["rank_p05"] <= found["rank_p95"]


def test_out_of_reach_is_an_answer_and_so_is_a_target_reached(client: Client) -> None:
    short = client.get("/api/v1/basins/7511/gap?activity=32.50B&target=top20").json()
    assert short["status"] == "short" and short["most_points"] < short["points_needed"]
    assert {one["criterion"] for one in short["out_of_reach"]} >= {"access.modes", "fabric.neighbours"}
    assert all(one["sentence"] for one in short["out_of_reach"])
    already = client.get("/api/v1/basins/2716/gap?activity=32.50B&target=top20").json()
    assert already["status"] == "already" and already["proposals"] == [] and already["after"] is None
    assert already["sentence"]


def test_efforts_and_the_question_are_taken_into_account(client: Client) -> None:
    plain = client.get(f"{GAP}&target=top50").json()
    dear = client.get(f"{GAP}&target=top50&effort=land.sites:1000").json()
    assert dear["efforts"]["land.sites"] == 1000 and dear["effort"] > plain["effort"]
    weighed = client.get(f"{GAP}&target=top50&weights=land:60").json()
    assert weighed["before"]["score"] != plain["before"]["score"]


def test_a_what_if_gives_points_that_add_up(client: Client) -> None:
    found = post(client, QUESTION | {"changes": {"land.sites": 4, "living.care": 9.5, "skills.training": 0.5}}).json()
    moved = sum(one["points"] for one in found["changes"])
    assert found["after"]["score"] - found["before"]["score"] == pytest.approx(moved)
    assert [one["criterion"] for one in found["changes"]] == ["land.sites", "living.care", "skills.training"]
    sites = found["changes"][0]
    assert (sites["before"], sites["after"], sites["unit"]) == (2, 4, "sites")


def test_the_question_of_a_what_if_is_that_of_a_ranking(client: Client) -> None:
    body = QUESTION | {"weights": {"land": 60}, "jobs": 80, "modes": {"road": 100}, "require": []}
    found = post(client, body).json()
    rows = client.get("/api/v1/rankings?activity=32.50B&weights=land:60&jobs=80&modes=road:100&limit=1000").json()
    row = next(one for one in rows["results"] if one["basin"]["code"] == "8427")
    assert found["before"]["score"] == pytest.approx(row["score"])


def test_nothing_is_kept_and_no_cookie_nor_token_is_needed(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    first = post(strict, QUESTION)
    assert first.status_code == 200 and not first.cookies
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert post(strict, QUESTION).content == first.content
    assert post(strict, QUESTION, origin="https://example.org").status_code == 200
    assert client.get(f"{GAP}&target=top50").json()["before"] == first.json()["before"]


@pytest.mark.parametrize(
    ("address", "status", "parameter", "said"),
    [
        (GAP, 400, "target", "target"),
        (f"{GAP}&target=top0", 400, "target", "top306"),
        (f"{GAP}&target=top400", 400, "target", "top400"),
        (f"{GAP}&target=score150", 400, "target", "score150"),
        (f"{GAP}&target=best", 400, "target", "top20"),
        (f"{GAP}&target=top20&effort=land.sites:-1", 400, "effort", "land.sites"),
        (f"{GAP}&target=top20&effort=skills.bmo:1", 400, "effort", "skills.bmo"),
        (f"{GAP}&target=top20&effort=land.sites:x", 400, "effort", "x"),
        (f"{GAP}&target=top20&aggregation=geometric", 400, "aggregation", "aggregation"),
        (f"{GAP}&target=top20&region=84", 400, "region", "region"),
        ("/api/v1/basins/9999/gap?activity=32.50B&target=top20", 404, None, "9999"),
        ("/api/v1/basins/8427/gap?activity=99.99Z&target=top20", 404, None, "99.99Z"),
        (f"{GAP}&target=top20&nonsense=1", 400, "nonsense", "nonsense"),
    ],
)
def test_a_wrong_gap_is_a_problem_in_words(
    client: Client, address: str, status: int, parameter: str | None, said: str
) -> None:
    response = client.get(address, headers={"accept-language": "fr"})
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM_TYPE)
    assert response.json().get("parameter") == parameter
    assert said in response.json()["detail"]


@pytest.mark.parametrize(
    ("change", "status", "parameter", "said"),
    [
        ({"activity": None}, 400, "activity", "activity"),
        ({"activity": "99.99Z"}, 404, None, "99.99Z"),
        ({"basin": "9999"}, 404, None, "9999"),
        ({"basin": 8427}, 400, "basin", "basin"),
        ({"changes": {}}, 400, "changes", "au moins un"),
        ({"changes": []}, 400, "changes", "au moins un"),
        ({"changes": {"land.moon": 1}}, 400, "changes", "land.moon"),
        ({"changes": {"land.sites": "many"}}, 400, "changes", "many"),
        ({"changes": {"land.sites": True}}, 400, "changes", "True"),
        ({"changes": {"land.sites": None}}, 400, "changes", "None"),
        ({"changes": {"land.sites": [1]}}, 400, "changes", "[1]"),
        ({"changes": {"land.sites": 1e300}}, 400, "changes", "1e+300"),
        ({"changes": {"land.sites": 10**400}}, 400, "changes", "1000"),
        ({"changes": {"land.sites": -1}}, 400, "changes", "de 0 à"),
        ({"changes": {"living.care": 900}}, 400, "changes", "900"),
        ({"changes": {"land.parks": 1}}, 400, "changes", "ne pèse pour personne"),
        ({"weights": {"wings": 3}}, 400, "weights", "wings"),
        ({"weights": [1]}, 400, "weights", "objet"),
        ({"weights": {"skills": {"a": 1}}}, 400, "weights", "skills"),
        ({"jobs": -5}, 400, "jobs", "-5"),
        ({"jobs": {}}, 400, "jobs", "jobs"),
        ({"keep_margins": "yes"}, 400, "keep_margins", "true"),
        ({"normalisation": "luck"}, 400, "normalisation", "luck"),
        ({"surprise": 1}, 400, "surprise", "surprise"),
    ],
)
def test_a_wrong_what_if_is_a_problem_in_words(
    client: Client, change: dict[str, Any], status: int, parameter: str | None, said: str
) -> None:
    response = post(client, QUESTION | change)
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM_TYPE)
    assert response.json().get("parameter") == parameter
    assert said in response.json()["detail"]


@pytest.mark.parametrize("body", ["", "{", "[1]", "null", '"a"', b"\xff\xfe", "[" * 5000, '{"changes": NaN}'])
def test_a_body_that_is_no_question_is_refused(client: Client, body: str | bytes) -> None:
    response = post(client, body)
    assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM_TYPE)
    assert response.json()["detail"]


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ('{"activity": "32.50B", "basin": "8427", "basin": "2716", "changes": {"land.sites": 3}}', "basin"),
        ('{"activity": "32.50B", "basin": "8427", "changes": {"land.sites": 3, "land.sites": 3}}', "land.sites"),
    ],
)
def test_a_member_given_twice_is_refused(client: Client, body: str, member: str) -> None:
    response = post(client, body)
    assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM_TYPE)
    assert response.json()["parameter"] == member
    assert f"« {member} » est donné deux fois" in response.json()["detail"].replace("\u00a0", " ")


def test_a_body_without_end_is_refused(client: Client) -> None:
    response = post(client, QUESTION | {"surprise": "x" * 30_000})
    assert response.status_code == 413
    assert response.headers["Content-Type"] == PROBLEM_TYPE
    assert "20000" in response.json()["detail"]


def test_a_body_of_no_known_length_is_a_411_that_says_so(client: Client) -> None:
    """A body in chunks comes without Content-Length, and Django then reads nothing of it."""
    request = {"wsgi.input": FakePayload(b"5\r\n{}   \r\n0\r\n\r\n"), "HTTP_TRANSFER_ENCODING": "chunked"}
    for environ in (request, request | {"CONTENT_LENGTH": ""}):
        response = client.generic("POST", WHAT_IF, headers={"accept-language": "fr"}, **environ)
        assert (response.status_code, response.headers["Content-Type"]) == (411, PROBLEM_TYPE)
        assert "Content-Length" in response.json()["detail"] and "JSON" not in response.json()["detail"]


def test_reading_a_what_if_is_a_405(client: Client) -> None:
    response = client.get(WHAT_IF)
    assert response.status_code == 405 and response.headers["Allow"] == "POST, OPTIONS"
    assert (
        client.post(f"{WHAT_IF}?nonsense=1", "{}", content_type="application/json").json()["parameter"] == "nonsense"
    )
