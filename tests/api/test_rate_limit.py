"""How much one client may ask: counted together by all processes, refused in words, never in the way of usual work."""

import pytest
from django.db import InternalError, OperationalError
from django.test import Client, RequestFactory

from api import rate_limit
from api.costs import COSTS
from api.models import RateCount
from api.problems import PROBLEM_TYPE

pytestmark = pytest.mark.django_db

BASIN = "/api/v1/basins/2716"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Stand at the twentieth second of a minute."""
    now = [60_000_020.0 - 60_000_020.0 % 60 + 20]
    monkeypatch.setattr("api.rate_limit.time", lambda: now[0])
    return now


def left(response) -> tuple[int, int]:
    """Return the units left and the seconds to the next minute that an answer says."""
    name, units, seconds = response.headers["RateLimit"].split(";")
    assert name == '"minute"'
    return int(units.removeprefix("r=")), int(seconds.removeprefix("t="))


def test_units_go_down_and_come_back_with_the_minute(client: Client, settings, clock: list[float]) -> None:
    settings.API_UNITS_PER_MINUTE = 10
    first, second = client.get(BASIN), client.get(f"{BASIN}/peers")
    assert first.headers["RateLimit-Policy"] == '"minute";q=10;w=60'
    assert left(first) == (9, 41)
    assert left(second) == (9 - COSTS["basins/{code}/peers"].base, 41)
    clock[0] += 41
    assert left(client.get(BASIN)) == (9, 60)


def test_too_many_is_a_429_that_says_when_to_come_back(client: Client, settings, clock: list[float]) -> None:
    settings.API_UNITS_PER_MINUTE = 2
    assert [client.get(BASIN).status_code for _turn in range(2)] == [200, 200]
    refused = client.get(BASIN)
    assert (refused.status_code, refused.headers["Content-Type"]) == (429, PROBLEM_TYPE)
    assert refused.headers["Retry-After"] == "41" and left(refused) == (0, 41)
    assert refused.headers["Cache-Control"] == "no-store" and "ETag" not in refused.headers
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]
    body = refused.json()
    assert (body["status"], body["title"]) == (429, "Too Many Requests")
    assert "2 unités" in body["detail"] and "41 secondes" in body["detail"]
    assert client.get("/api/v1/health").status_code == 200
    assert client.get("/bassins/2716/").status_code == 200
    clock[0] += 41
    assert client.get(BASIN).status_code == 200


def test_each_client_has_its_own_units_and_no_address_is_kept(client: Client, settings, clock: list[float]) -> None:
    settings.API_UNITS_PER_MINUTE = 1
    for address in ("192.0.2.1", "192.0.2.2"):
        assert client.get(BASIN, REMOTE_ADDR=address).status_code == 200
        assert client.get(BASIN, REMOTE_ADDR=address).status_code == 429
    assert RateCount.objects.count() == 2
    assert not any("192.0.2" in one.client for one in RateCount.objects.all())


def test_an_answer_already_held_costs_one_unit(client: Client, settings, clock: list[float]) -> None:
    settings.API_UNITS_PER_MINUTE = 100
    address = "/api/v1/rankings?activity=32.50B&limit=1"
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert left(again)[0] == 100 - (COSTS["rankings"].base + 1) - 1


def cost(route: str, query: str = "") -> int:
    request = RequestFactory().get(f"/?{query}")
    request.resolver_match = type("Match", (), {"route": f"api/v1/{route}".replace("{", "<").replace("}", ">")})()
    return rate_limit.cost_of(request)


def test_every_cost_is_that_of_an_address(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {f"/api/v1/{route}" for route in COSTS} <= set(paths)
    for route in COSTS:
        assert COSTS[route].base <= cost(route) <= COSTS[route].most
    assert cost("basins") == 1


@pytest.mark.parametrize(
    ("route", "query", "units"),
    [
        ("rankings", "activity=27.20Z&limit=10", 4 + 1),
        ("rankings", "activity=27.20Z&limit=1000", 4 + 31),
        ("complementarity", "activity=27.20Z&limit=1", 10 + 1),
        ("complementarity", "activity=27.20Z", 10 + 10),
        ("complementarity", "activity=27.20Z&limit=100", 10 + 20),
        ("complementarity", "steps=27.20Z,25.62A,32.50B&limit=8", 10 + 2 * 2 + 2),
        ("complementarity", "steps=a,b,c,d,e,f&limit=100", COSTS["complementarity"].most),
        # Refused: nothing is drawn.
        ("complementarity", "activity=27.20Z&limit=101", 10),
        ("complementarity", f"limit={'9' * 400}", 10),
        ("complementarity", "limit=-3", 10),
        ("complementarity", "steps=" + "," * 900, COSTS["complementarity"].most - 20 + 10),
        ("rankings/pairs", "activity=27.20Z&limit=1", 4),
        ("rankings/pairs", "activity=27.20Z&limit=100", 4 + 20),
        ("basins/{code}/activities", "limit=1000", 8),
        ("basins/{code}/activities", "limit=30&weights=land:43", 8 + 30),
        ("basins/{code}/activities", "limit=1000&preset=industry", 8 + 200),
    ],
)
def test_what_makes_more_be_computed_costs_more(route: str, query: str, units: int) -> None:
    assert cost(route, query) == units


def test_no_limit_and_no_count_when_it_is_set_to_none(client: Client, settings) -> None:
    settings.API_UNITS_PER_MINUTE = 0
    assert "RateLimit" not in client.get(BASIN).headers
    assert not RateCount.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client_is"),
    [
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "127.0.0.1", "198.51.100.7", "198.51.100.7"),
        (1, "127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "127.0.0.1", "forged, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "192.0.2.1", "", "192.0.2.1"),
        (1, "192.0.2.1", "nonsense", "192.0.2.1"),
        (0, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::/64"),
        (0, "", "", ""),
    ],
)
def test_the_client_is_who_the_trusted_proxies_say(
    settings, proxies: int, peer: str, forwarded: str, client_is: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert rate_limit.client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == client_is


@pytest.mark.parametrize(
    "error",
    [InternalError("cannot execute INSERT in a read-only transaction"), OperationalError("deadlock detected")],
)
def test_a_database_that_cannot_be_written_still_answers(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    class OnlyReads:
        def cursor(self):
            raise error

    monkeypatch.setattr(rate_limit, "connections", {"default": OnlyReads()})
    response = client.get(BASIN)
    assert response.status_code == 200 and "RateLimit" not in response.headers


def test_clients_of_past_minutes_are_cleared_away(client: Client, settings, monkeypatch, clock: list[float]) -> None:
    monkeypatch.setattr("api.rate_limit.random.random", lambda: 0.0)
    client.get(BASIN, REMOTE_ADDR="192.0.2.1")
    clock[0] += 60
    client.get(BASIN, REMOTE_ADDR="192.0.2.2")
    assert RateCount.objects.count() == 1
