"""What happens around every address: a 304 before any work, formats refused, other sites welcome, links of pages."""

import json
from typing import Any

import pytest
from django.test import Client

from api.problems import PROBLEM_TYPE
from scoring import service
from sources.models import Edition

pytestmark = pytest.mark.django_db

RANKING = "/api/v1/rankings?activity=32.50B&limit=2"
WHAT_IF = "/api/v1/what-if"
QUESTION = json.dumps({"activity": "32.50B", "basin": "8427", "changes": {"land.sites": 4}})
# An address of each kind of answer.
ADDRESSES = (RANKING, "/api/v1/basins", "/api/v1/indicators/living.rent_house", "/api/v1/sources", "/api/v1/communes")


def links(response: Any) -> dict[str, str]:
    """Return the Link header by relation, addresses without their origin."""
    parts = [one.split(">; rel=") for one in response.headers.get("Link", "").split(", ") if one]
    return {name.strip('"'): address.removeprefix("<http://testserver") for address, name in parts}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_already_held_is_told_so_before_any_work(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]
    assert first.status_code == 200 and tag.startswith('W/"')
    monkeypatch.setattr(service, "current_facts", lambda: pytest.fail("something was computed"))
    for held in (tag, tag.removeprefix("W/"), f'"other", {tag}'):
        again = client.get(address, headers={"if-none-match": held})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag and again.headers["Cache-Control"] == "no-cache"
        assert "Accept-Language" in again.headers["Vary"]
        assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_the_tag_follows_the_question_the_language_the_edition_and_the_code(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tag(address: str, **headers: str) -> str:
        return client.get(address, headers=headers).headers["ETag"]

    first = tag(RANKING)
    assert tag(RANKING) == first
    others = {tag("/api/v1/rankings?activity=32.50B&limit=3"), tag(RANKING, **{"accept-language": "en"})}
    monkeypatch.setattr("api.exchange.code_hash", lambda: "later code")
    others.add(tag(RANKING))
    monkeypatch.undo()
    Edition.objects.filter(is_current=True).update(content_hash="f" * 64)
    others.add(tag("/api/v1/basins?limit=1"))
    assert len(others | {first}) == 5


def test_an_error_has_no_tag_and_is_not_taken_for_an_answer(client: Client) -> None:
    refused = client.get("/api/v1/basins?limit=0", headers={"if-none-match": "*"})
    assert refused.status_code == 400 and "ETag" not in refused.headers
    assert refused.headers["Cache-Control"] == "no-store"


def test_an_answer_sent_compressed_keeps_its_tag(client: Client) -> None:
    plain = client.get("/api/v1/basins")
    small = client.get("/api/v1/basins", headers={"accept-encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip" and len(small.content) < len(plain.content) / 2
    assert small.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in small.headers["Vary"]


def test_head_says_what_get_says(client: Client) -> None:
    got, head = client.get(RANKING), client.head(RANKING)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Link", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (None, 200), ("", 200), ("*/*", 200), ("application/json", 200), ("application/*;q=0.5", 200),
        ("application/problem+json", 200), ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("text/csv", 406), ("application/xml", 406), ("application/geo+json, text/html", 406),
    ],
)  # fmt: skip
def test_formats_that_exclude_json_are_refused(client: Client, accept: str | None, status: int) -> None:
    response = client.get("/api/v1/basins/2716", headers={} if accept is None else {"accept": accept})
    assert response.status_code == status
    if status == 406:
        assert response.headers["Content-Type"] == PROBLEM_TYPE
        assert accept in response.json()["detail"] and "application/json" in response.json()["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_that_is_not_json_is_refused(client: Client, kind: str) -> None:
    response = client.post(WHAT_IF, QUESTION, content_type=kind)
    assert (response.status_code, response.headers["Content-Type"]) == (415, PROBLEM_TYPE)
    assert response.headers["Accept"] == "application/json"
    assert "Content-Type: application/json" in response.json()["detail"]


def test_a_body_in_json_with_its_encoding_is_read(client: Client) -> None:
    assert client.post(WHAT_IF, QUESTION, content_type="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize(("address", "methods"), [(RANKING, "GET, HEAD, OPTIONS"), (WHAT_IF, "POST, OPTIONS")])
def test_a_browser_that_asks_first_is_answered(client: Client, address: str, methods: str) -> None:
    asked = {"origin": "https://example.org", "access-control-request-method": "POST"}
    response = client.options(address, headers={**asked, "access-control-request-headers": "content-type"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == response.headers["Access-Control-Allow-Methods"] == methods
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert int(response.headers["Access-Control-Max-Age"]) > 0
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_scripts_of_other_sites_may_read_the_headers_that_matter(client: Client) -> None:
    exposed = client.get(RANKING).headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"} <= set(exposed.split(", "))
    assert client.options("/api/v1/nothing").status_code == 404


def test_links_lead_from_page_to_page_until_the_last(client: Client) -> None:
    address, codes = "/api/v1/basins?limit=100", []
    while address:
        response = client.get(address)
        codes += [one["code"] for one in response.json()["results"]]
        found = links(response)
        address = found.get("next", "")
    assert codes == [one["code"] for one in client.get("/api/v1/basins?limit=1000").json()["results"]]
    assert found == {"first": "/api/v1/basins?limit=100&offset=0", "prev": "/api/v1/basins?limit=100&offset=200"}


@pytest.mark.parametrize(
    ("offset", "limit", "expected"),
    [
        (0, 306, {}),
        (0, 305, {"next": 305, "last": 305}),
        (10, 100, {"first": 0, "prev": 0, "next": 110, "last": 300}),
        (305, 1, {"first": 0, "prev": 304}),
    ],
)
def test_links_of_a_page(client: Client, offset: int, limit: int, expected: dict[str, int]) -> None:
    found = links(client.get(f"/api/v1/basins?limit={limit}&offset={offset}"))
    assert {name: int(address.rpartition("=")[2]) for name, address in found.items()} == expected


def test_links_keep_the_question(client: Client) -> None:
    found = links(client.get("/api/v1/rankings?activity=32.50B&weights=skills:40,land:0&limit=10"))
    assert found["next"] == "/api/v1/rankings?activity=32.50B&weights=skills:40,land:0&limit=10&offset=10"


def test_a_single_object_has_no_links(client: Client) -> None:
    assert "Link" not in client.get("/api/v1/basins/2716").headers


@pytest.mark.parametrize("question", ["rankings?activity=32.50B&", "communes?", "indicators?"])
def test_a_limit_without_end_is_refused(client: Client, question: str) -> None:
    response = client.get(f"/api/v1/{question}limit=1000000000")
    assert response.status_code == 400
    assert "1000" in response.json()["detail"] and response.json()["parameter"] == "limit"


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("gzip", "gzip"), ("br, gzip;q=0.2", "gzip"), ("GZip ; Q=1.000", "gzip"), ("*", "gzip"), ("x-gzip", "gzip"),
        ("gzip;q=0, *", "identity"), ("gzip;q=0", "identity"), ("gzip; q=0.000", "identity"), ("*;q=0", "identity"),
        ("x-gzip-not", "identity"), ("br", "identity"), ("", "identity"), ("gzip;q=much", "identity"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/tiles/zones/5/16/11.mvt", "/ogc/collections"])
def test_an_answer_is_packed_for_who_takes_it_only(client: Client, address: str, asked: str, coding: str) -> None:
    response = client.get(address, headers={"accept-encoding": asked})
    assert response.headers["Content-Encoding"] == coding
    assert (response.content[:2] == b"\x1f\x8b") == (coding == "gzip")
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    ["/api/v1/basins/2716", "/api/v1/health", "/api/v1/openapi.json", "/tiles/zones.json", "/ogc/collections"],
)
def test_an_answer_that_is_not_the_one_asked_for_is_a_412_in_words(client: Client, address: str) -> None:
    refused = client.get(address, headers={"if-match": '"other"', "accept-language": "fr"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (412, PROBLEM_TYPE)
    assert 'If-Match ("other")' in refused.json()["detail"] and "If-None-Match" in refused.json()["detail"]
    assert refused.headers["Access-Control-Allow-Origin"] == "*" and refused.headers["Cache-Control"] == "no-store"
    assert client.get(address, headers={"if-match": "*"}).status_code == 200


def test_the_answer_asked_for_by_its_strong_tag_is_given(client: Client) -> None:
    tag = client.get("/tiles/zones.json").headers["ETag"]
    assert client.get("/tiles/zones.json", headers={"if-match": f'"other", {tag}'}).status_code == 200
    weak = client.get("/ogc/collections").headers["ETag"]
    assert client.get("/ogc/collections", headers={"if-match": weak}).status_code == 412
    assert client.get("/api/v1/basins/9999", headers={"if-match": weak}).status_code == 404
