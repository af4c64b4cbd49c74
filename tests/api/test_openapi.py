"""The OpenAPI document says what the interface does."""

import tomllib
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from api.problems import PROBLEM_TYPE

ADDRESS = "/api/v1/openapi.json"
# The addresses of the public contract.
PATHS = {
    "/api/v1/health",
    "/api/v1/basins",
    "/api/v1/basins/{code}",
    "/api/v1/basins/{code}/activities",
    "/api/v1/basins/{code}/peers",
    "/api/v1/activities",
    "/api/v1/activities/{code}",
    "/api/v1/rankings",
    "/api/v1/complementarity",
    "/api/v1/basins/{code}/gap",
    "/api/v1/what-if",
}
# The only question too long for an address; it keeps nothing.
POSTED = {"/api/v1/what-if"}


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json()


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {path: next(iter(methods.values())) for path, methods in document["paths"].items()}


def test_the_version_is_the_one_of_the_project(document: dict[str, Any]) -> None:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert document["info"]["version"] == project["version"]


def test_it_lists_every_address_for_reading_only(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == PATHS
    assert all(
        set(methods) == ({"post"} if path in POSTED else {"get"}) for path, methods in document["paths"].items()
    )


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            here = [part["$ref"]] if "$ref" in part else []
            return here + [found for value in part.values() for found in references(value)]
        return [found for value in part for found in references(value)] if isinstance(part, list) else []

    found = references(document)
    assert found
    for reference in found:
        start, *steps = reference.split("/")
        assert start == "#"
        place = document
        for step in steps:
            place = place[step]


def test_names_of_operations_and_parameters_are_unique(document: dict[str, Any]) -> None:
    names = [one["operationId"] for one in operations(document).values()]
    assert len(names) == len(set(names))
    for one in operations(document).values():
        places = [(parameter["in"], parameter["name"]) for parameter in one["parameters"]]
        assert len(places) == len(set(places))


def test_every_parameter_and_operation_is_explained(document: dict[str, Any]) -> None:
    for path, one in operations(document).items():
        assert one["summary"] and one["description"]
        assert {f"{{{p['name']}}}" for p in one["parameters"] if p["in"] == "path"} == {
            part for part in path.split("/") if part.startswith("{")
        }
        assert all(parameter.get("description") for parameter in one["parameters"])


def test_errors_are_problem_details(document: dict[str, Any]) -> None:
    for path, one in operations(document).items():
        assert "200" in one["responses"] and "400" in one["responses"]
        for status, response in one["responses"].items():
            is_health_down = path.endswith("/health") and status == "503"
            expected = "application/json" if status == "200" or is_health_down else PROBLEM_TYPE
            assert list(response["content"]) == [expected]


@pytest.mark.django_db
def test_documented_parameters_are_accepted_and_no_other(client: Client, document: dict[str, Any]) -> None:
    for path, one in operations(document).items():
        address = path.format(code="2716" if "/basins/" in path else "32.50B")
        needed = "&".join(
            f"{p['name']}={p['example']}" for p in one["parameters"] if p["in"] == "query" and p["required"]
        )
        ask = client.post if path in POSTED else client.get
        body = ask(f"{address}?{needed}&nonsense=1").json()
        assert body["parameter"] == "nonsense"
        accepted = body["detail"].rsplit(":", 1)[1].strip(" .").split(", ")
        assert accepted == [p["name"] for p in one["parameters"] if p["in"] == "query"]
