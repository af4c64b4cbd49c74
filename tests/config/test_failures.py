"""Foreseen failures have their answer; a database out of reach is waited for by few."""

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from psycopg_pool import PoolTimeout

from config.errors import answer
from config.middleware import SECONDS_REFUSED, ForeseenFailuresMiddleware
from scoring.errors import BadQuestion, NoEdition, NotFound

HEALTH = "/api/v1/health"
BASINS = "/api/v1/basins"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("config.middleware.monotonic", lambda: now[0])
    return now


@pytest.fixture
def middleware() -> ForeseenFailuresMiddleware:
    return ForeseenFailuresMiddleware(lambda _request: HttpResponse("never asked"))


def request_of(address: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    return request


def out_of_reach() -> OperationalError:
    error = OperationalError("couldn't get a connection after 2.00 sec")
    error.__cause__ = PoolTimeout("couldn't get a connection after 2.00 sec")
    return error


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (BadQuestion("jobs", "Un projet compte au moins un emploi."), 400),
        (NotFound("Aucun bassin.", (("2716", "Saint-Claude"),)), 404),
        (NoEdition(), 503),
        (OperationalError("server closed the connection"), 503),
        (InterfaceError("connection already closed"), 503),
        (psycopg.OperationalError("terminating connection"), 503),
        (PoolTimeout("couldn't get a connection"), 503),
    ],
)
def test_each_foreseen_failure_has_its_status(failure: Exception, status: int) -> None:
    response = answer(request_of(BASINS), failure)
    assert response is not None and response.status_code == status
    assert ("Retry-After" in response.headers) == (status == 503)


@pytest.mark.parametrize("failure", [ValueError("ours"), KeyError("ours"), ZeroDivisionError()])
def test_any_other_failure_is_left_to_be_recorded(failure: Exception) -> None:
    assert answer(request_of(BASINS), failure) is None


def test_the_page_of_an_outage_stands_alone() -> None:
    # No mark for the database: a query would fail this test.
    response = answer(request_of("/"), out_of_reach())
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
    assert "<h1>" in page and "<script" not in page and "style=" not in page


def test_others_are_refused_at_once_for_a_moment(clock: list[float], middleware: ForeseenFailuresMiddleware) -> None:
    assert middleware.process_view(request_of(BASINS)) is None
    assert middleware.process_exception(request_of(BASINS), out_of_reach()).status_code == 503
    assert middleware.process_view(request_of(BASINS)).status_code == 503
    assert middleware.process_view(request_of("/")).status_code == 503
    assert middleware.process_view(request_of(HEALTH)) is None
    clock[0] += SECONDS_REFUSED
    assert middleware.process_view(request_of(BASINS)) is None


def test_a_slow_query_shuts_nobody_out(clock: list[float], middleware: ForeseenFailuresMiddleware) -> None:
    failure = OperationalError("canceling statement due to statement timeout")
    assert middleware.process_exception(request_of(BASINS), failure).status_code == 503
    assert middleware.process_view(request_of(BASINS)) is None


@pytest.mark.django_db
def test_a_failure_of_the_database_in_a_page_is_a_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("scoring.service.current_facts", fail)
    response = client.get(BASINS)
    assert response.status_code == 503
    assert response.headers["Retry-After"].isdigit()
    assert response.json()["detail"]
