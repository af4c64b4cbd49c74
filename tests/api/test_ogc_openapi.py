"""A robot reads the description of the service and asks what it allows, and what it forbids: no answer is our fault.

`OGC_CASES` is the number of questions for each address and way of asking; a few in the suite, hundreds by hand.
"""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.ogc import served

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("OGC_CASES", "4"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as root:
        yield root


@pytest.mark.parametrize("mode", GenerationMode)
def test_a_robot_finds_no_server_error(site: str, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_url(f"{site}/ogc/api")
    operations = [result.ok() for result in described.get_all_operations()]
    # The robot leaves out the address of the description itself.
    assert len(operations) == len(described.raw_schema["paths"]) - 1
    statuses: set[int] = set()
    for operation in operations:

        @seed(2154)
        @settings(
            max_examples=CASES, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            response = case.call_and_validate(checks=CHECKS)
            statuses.add(response.status_code)

        ask()
    assert (200 if mode is GenerationMode.POSITIVE else 400) in statuses
