"""The basins that resemble one: the same list as the page and as scoring, outcomes beside."""

from typing import Any

import pytest
from django.test import Client

from scoring.peer_traits import peer_rules
from scoring.peers import find_peers
from scoring.service import current_facts

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/basins/2716/peers"


def get(client: Client, query: str = "") -> dict[str, Any]:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200, response.content.decode()
    return response.json()


@pytest.mark.parametrize("purpose", list(peer_rules().purposes))
def test_the_list_is_that_of_scoring(client: Client, purpose: str) -> None:
    body = get(client, f"?for={purpose}&limit=7")
    found = find_peers(current_facts(), "2716", peer_rules().purposes[purpose], exclude_region=False, limit=7)
    assert [row["basin"]["code"] for row in body["results"]] == [one.zone.code for one in found.peers]
    assert [row["distance"] for row in body["results"]] == pytest.approx([one.distance for one in found.peers])
    assert body["purpose"] == purpose and body["count"] == found.compared
    assert sum(body["weights"].values()) == pytest.approx(100)


def test_a_page_follows_the_one_before(client: Client) -> None:
    whole, second = get(client, "?limit=6"), get(client, "?limit=3&offset=3")
    assert second["results"] == whole["results"][3:]
    assert [row["rank"] for row in second["results"]] == [4, 5, 6]


def test_the_region_can_be_left_out_and_the_default_keeps_it(client: Client) -> None:
    facts = current_facts()
    regions = {zone.code: set(zone.region_codes) for zone in facts.zones}
    kept, without = get(client, "?limit=1000"), get(client, "?limit=1000&exclude_region=true")
    assert any(regions[row["basin"]["code"]] & regions["2716"] for row in kept["results"])
    assert not any(regions[row["basin"]["code"]] & regions["2716"] for row in without["results"])
    assert kept["exclude_region"] is False and without["exclude_region"] is True
    assert kept["nearest"] == without["nearest"]


def test_outcomes_are_those_of_the_indicators(client: Client) -> None:
    body = get(client, "?limit=2")
    for code, outcomes in (
        ("2716", body["outcomes"]),
        (body["results"][0]["basin"]["code"], body["results"][0]["outcomes"]),
    ):
        indicators = client.get(f"/api/v1/basins/{code}").json()["indicators"]
        values = {one["id"]: one["value"] for one in indicators}
        assert {one["id"] for one in outcomes} == set(peer_rules().outcomes)
        assert all(one["value"] == values[one["id"]] for one in outcomes)


def test_a_basin_without_peer_has_an_empty_list(client: Client) -> None:
    mayotte = next(zone.code for zone in current_facts().zones if zone.land_mass == "mayotte")
    body = client.get(f"/api/v1/basins/{mayotte}/peers").json()
    assert body["count"] == 0 and body["results"] == [] and body["nearest"] is None
