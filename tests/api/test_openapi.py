"""The OpenAPI document says what the interface does."""

import re
import tomllib
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from api import parameters
from api.document import PATH_SCHEMAS
from api.problems import PROBLEM_TYPE
from basins.indicators import indicators
from basins.models import EmploymentZone, Perimeter, Region
from sources.models import Edition
from tests.api.methods import only_read

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
    "/api/v1/rankings/pairs",
    "/api/v1/indicators",
    "/api/v1/indicators/{id}",
    "/api/v1/criteria",
    "/api/v1/sources",
    "/api/v1/communes",
    "/api/v1/perimeters",
    "/api/v1/perimeters/{kind}/{code}",
    "/api/v1/perimeters/{kind}/{code}/communes",
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


def test_what_every_address_shares_is_declared(document: dict[str, Any]) -> None:
    for path, one in operations(document).items():
        if path.endswith("/health"):
            continue
        assert {"400", "404", "406", "414", "429", "500", "503"} <= set(one["responses"])
        assert ({"411", "413", "415"} <= set(one["responses"])) == (path in POSTED)
        assert ("304" in one["responses"]) == (path not in POSTED)
        names = {parameter["name"] for parameter in one["parameters"]}
        assert ("Link" in one["responses"]["200"]["headers"]) == ({"limit", "offset"} <= names)
        assert "Retry-After" in one["responses"]["429"]["headers"]


@pytest.mark.django_db
def test_codes_written_in_the_document_are_those_of_the_edition(document: dict[str, Any]) -> None:
    asked = {p["name"]: p["schema"] for p in document["paths"]["/api/v1/rankings"]["get"]["parameters"]}
    assert set(asked["region"]["enum"]) == set(Region.objects.values_list("code", flat=True))
    target = next(
        p for p in document["paths"]["/api/v1/basins/{code}/gap"]["get"]["parameters"] if p["name"] == "target"
    )
    zones = EmploymentZone.objects.of(Edition.objects.current()).count()
    assert [bool(re.search(target["schema"]["pattern"], f"top{rank}")) for rank in (1, zones, zones + 1)] == [
        True, True, False,
    ]  # fmt: skip
    for code in EmploymentZone.objects.values_list("code", flat=True):
        assert re.search(parameters.BASIN_CODE, code)
    for perimeter in Perimeter.objects.values_list("code", flat=True):
        assert re.search(PATH_SCHEMAS[("perimeters", "code")]["pattern"], perimeter)
    for indicator in indicators():
        assert re.search(PATH_SCHEMAS[("indicators", "id")]["pattern"], indicator)


def test_patterns_take_what_they_should_and_nothing_else() -> None:
    pattern = parameters.pairs_pattern(("skills", "land.sites"), parameters.NUMBER)
    taken = ("skills:1", "land.sites:0", "skills:40,land.sites:0", "skills:1000", "skills:2.5")
    refused = ("", "skills", "skills:", "skills:1,", "skills:1,skills:2", "landxsites:1", "skills:-1", "skills:1001")
    assert all(re.search(pattern, one) for one in taken)
    assert not any(re.search(pattern, one) for one in refused)


def test_the_document_is_not_sent_twice(client: Client) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    only_read(ADDRESS)
    assert client.get(f"{ADDRESS}?nonsense=1").json()["parameter"] == "nonsense"


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
            if status == "304":
                assert "content" not in response
                continue
            is_health_down = path.endswith("/health") and status == "503"
            expected = "application/json" if status == "200" or is_health_down else PROBLEM_TYPE
            assert list(response["content"]) == [expected]


@pytest.mark.django_db
def test_documented_parameters_are_accepted_and_no_other(client: Client, document: dict[str, Any]) -> None:
    for path, one in operations(document).items():
        address = path.format(**{p["name"]: p["example"] for p in one["parameters"] if p["in"] == "path"})
        needed = "&".join(
            f"{p['name']}={p['example']}" for p in one["parameters"] if p["in"] == "query" and p["required"]
        )
        asked = f"{address}?{needed}&nonsense=1"
        posted = client.post(asked, "{}", content_type="application/json") if path in POSTED else None
        body = (posted or client.get(asked)).json()
        assert body["parameter"] == "nonsense"
        accepted = body["detail"].rsplit(":", 1)[1].strip(" .").split(", ")
        assert accepted == [p["name"] for p in one["parameters"] if p["in"] == "query"]
