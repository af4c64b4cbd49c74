"""Schemathesis asks every address what its document allows, and what it does not: answers keep to the document.

The long run is by hand, on a served site, and counts over ten thousand questions: `schemathesis --config-file
tests/api/schemathesis.toml run http://127.0.0.1:8000/api/v1/openapi.json --max-examples 420`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from config.wsgi import application

pytestmark = pytest.mark.django_db

CONFIG = schemathesis.Config.from_path(Path(__file__).parent / "schemathesis.toml")
# Two thousand questions by themselves: they are of the long run.
CONFIG.projects.default.phases.coverage.enabled = False
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=CONFIG)


@pytest.fixture(autouse=True)
def short_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few intervals: what is tried is the form of answers."""
    monkeypatch.setattr("api.views.DRAWING_SECONDS", 0.05)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the connection of the test from one question to the next, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_answers_keep_to_the_document(case: schemathesis.Case) -> None:
    # The checks read the body as it comes.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
