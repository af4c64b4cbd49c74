"""Every requirement of the other classes declared: OpenAPI 3.0, GeoJSON (17-069r4) and reference systems (18-058r1).

The last test holds the tests to the classes declared, requirement by requirement.
"""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client

from api.ogc.collections import COLLECTIONS
from api.ogc.documents import CONFORMANCE
from tests.api import test_ogc_core
from tests.api.ogc import (
    CRS84,
    EACH,
    EPSG,
    GEOJSON,
    PROBLEM,
    described,
    ids,
    items,
    links,
    parameters,
    points,
    read,
    refused,
)  # fmt: skip

pytestmark = pytest.mark.django_db

REQUIREMENTS = {
    "ogcapi-features-1/1.0/conf/core": (
        "root-op", "root-success", "api-definition-op", "api-definition-success", "conformance-op",
        "conformance-success", "http", "query-param-unknown", "query-param-invalid", "crs84", "fc-md-op",
        "fc-md-success", "fc-md-links", "fc-md-items", "fc-md-items-links", "fc-md-extent", "sfc-md-op",
        "sfc-md-success", "fc-op", "fc-limit-definition", "fc-limit-response-1", "fc-bbox-definition",
        "fc-bbox-response", "fc-time-definition", "fc-time-response", "fc-response", "fc-links", "fc-rel-type",
        "fc-timeStamp", "fc-numberMatched", "fc-numberReturned", "f-op", "f-success", "f-links",
    ),
    "ogcapi-features-1/1.0/conf/oas30": (
        "oas-definition-1", "oas-definition-2", "oas-impl", "completeness", "exception-codes", "security",
    ),
    "ogcapi-features-1/1.0/conf/geojson": ("definition", "content"),
    "ogcapi-features-2/1.0/conf/crs": (
        "crs-uri", "fc-md-crs-list", "fc-md-crs-list-global", "fc-md-storageCrs", "fc-md-storageCrs-valid-value",
        "fc-bbox-crs-definition", "fc-bbox-crs-valid-value", "fc-bbox-crs-default-value", "fc-bbox-crs-action",
        "bbox-crs-exception", "fc-crs-definition", "fc-crs-valid-value", "fc-crs-default-value", "fc-crs-action",
        "crs-exception", "ogc-crs-header", "ogc-crs-header-value", "geojson",
    ),
}  # fmt: skip


# ---- Part 1, OpenAPI 3.0


def test_oas30_oas_definition_1(client: Client) -> None:
    (one,) = links(read(client, "/ogc/"), "service-desc")
    assert one["type"] == "application/vnd.oai.openapi+json;version=3.0"


def test_oas30_oas_definition_2(client: Client) -> None:
    document = described(client)
    assert document["openapi"].startswith("3.0.")
    assert len(list(schemathesis.openapi.from_dict(document).get_all_operations())) == len(document["paths"])
    assert all(result.ok() for result in schemathesis.openapi.from_dict(document).get_all_operations())
    names = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(names) == len(set(names))


def test_oas30_oas_impl(client: Client) -> None:
    """Every address of the description answers what it says: status, type, schema."""
    document = described(client)
    root = urlsplit(document["servers"][0]["url"]).path
    for path, methods in document["paths"].items():
        name = path.split("/")[2] if path.count("/") > 1 else ""
        feature = items(client, name, "?limit=1")["features"][0]["id"] if "{" in path else ""
        response = client.get(root + path.replace("{featureId}", feature))
        ((media, content),) = methods["get"]["responses"]["200"]["content"].items()
        assert response.status_code == 200 and response.headers["Content-Type"] == media
        schema = {**content["schema"], "components": document["components"]}
        jsonschema_rs.validate(nullable(schema), json.loads(response.content))


def nullable(schema: Any) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema: `nullable` is a word that the latter does not know."""
    if isinstance(schema, list):
        return [nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: nullable(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if schema.get("nullable") is True else inner


def test_oas30_completeness(client: Client) -> None:
    """The description holds every address and parameter that the service takes, no other."""
    document = described(client)
    wanted = {"/", "/conformance", "/api", "/collections"}
    for name in COLLECTIONS:
        root = f"/collections/{name}"
        wanted |= {root, f"{root}/schema", f"{root}/items", f"{root}/items/{{featureId}}"}
    assert set(document["paths"]) == wanted
    for name, about in COLLECTIONS.items():
        response = client.get(f"/ogc/collections/{name}/items?unknown=1", headers={"accept-language": "fr"})
        told = set(re.split(", ", response.json()["detail"].partition("acceptés : ")[2].rstrip(".")))
        assert told == set(parameters(client, name))
        assert set(about.filters) < told


def test_oas30_exception_codes(client: Client) -> None:
    document = described(client)
    for path, methods in document["paths"].items():
        statuses = set(methods["get"]["responses"])
        assert {"200", "400", "500", "503"} <= statuses
        assert ("404" in statuses) == ("{" in path)
        for status in statuses - {"200", "304"}:
            reference = methods["get"]["responses"][status]["$ref"].rpartition("/")[2]
            assert list(document["components"]["responses"][reference]["content"]) == [PROBLEM]


def test_oas30_security(client: Client) -> None:
    # Nothing is asked of who reads, and nothing else is said.
    document = described(client)
    assert "security" not in document and "securitySchemes" not in document["components"]


# ---- Part 1, GeoJSON


@EACH
def test_geojson_definition(client: Client, name: str) -> None:
    page = client.get(f"/ogc/collections/{name}/items?limit=1")
    wanted = json.loads(page.content)["features"][0]["id"]
    alone = client.get(f"/ogc/collections/{name}/items/{wanted}")
    assert page.headers["Content-Type"] == alone.headers["Content-Type"] == GEOJSON


@EACH
def test_geojson_content(client: Client, name: str) -> None:
    page = items(client, name, "?limit=100")
    assert {"links", "timeStamp", "numberMatched", "numberReturned"} <= set(page)
    assert "crs" not in page
    schema = read(client, f"/ogc/collections/{name}/schema", "application/schema+json")
    known = set(schema["properties"]["properties"]["properties"])
    validator = jsonschema_rs.validator_for(schema)
    for one in page["features"]:
        validator.validate(one)
        assert "crs" not in (one["geometry"] or {})
        assert {"source", "vintage"} <= set(one["properties"]) <= known


# ---- Part 2, coordinate reference systems


@EACH
def test_crs_crs_uri(client: Client, name: str) -> None:
    assert read(client, f"/ogc/collections/{name}")["crs"] == [CRS84, f"{EPSG}4326", f"{EPSG}2154"]


@EACH
def test_crs_fc_md_crs_list(client: Client, name: str) -> None:
    for system in read(client, f"/ogc/collections/{name}")["crs"]:
        assert items(client, name, f"?limit=1&crs={system}")["features"]


def test_crs_fc_md_crs_list_global(client: Client) -> None:
    document = read(client, "/ogc/collections")
    assert all(document["crs"] == one["crs"] for one in document["collections"])


@EACH
def test_crs_fc_md_storagecrs(client: Client, name: str) -> None:
    assert read(client, f"/ogc/collections/{name}")["storageCrs"] == CRS84


@EACH
def test_crs_fc_md_storagecrs_valid_value(client: Client, name: str) -> None:
    document = read(client, f"/ogc/collections/{name}")
    assert document["storageCrs"] in document["crs"]


@EACH
def test_crs_fc_bbox_crs_definition(client: Client, name: str) -> None:
    about = parameters(client, name)["bbox-crs"]
    assert (about["in"], about["schema"]["type"], about["schema"]["format"]) == ("query", "string", "uri")


@EACH
def test_crs_fc_bbox_crs_valid_value(client: Client, name: str) -> None:
    for system in read(client, f"/ogc/collections/{name}")["crs"]:
        assert items(client, name, f"?limit=1&bbox=1,2,3,4&bbox-crs={system}")["type"]


@EACH
def test_crs_fc_bbox_crs_default_value(client: Client, name: str) -> None:
    query = "?limit=1000&bbox=4.8,45.7,4.9,45.8"
    assert ids(items(client, name, query)) == ids(items(client, name, f"{query}&bbox-crs={CRS84}"))


@EACH
def test_crs_fc_bbox_crs_action(client: Client, name: str) -> None:
    found = items(client, name, "?limit=1000&bbox=4.8,45.7,4.9,45.8")
    swapped = items(client, name, f"?limit=1000&bbox=45.7,4.8,45.8,4.9&bbox-crs={EPSG}4326")
    assert ids(swapped) == ids(found)
    # Around the same place, a box in metres holds a smaller box in degrees, and is held by a larger.
    metres = set(ids(items(client, name, f"?limit=1000&bbox=840000,6510000,848000,6522000&bbox-crs={EPSG}2154")))
    larger = set(ids(items(client, name, "?limit=1000&bbox=4.75,45.65,4.95,45.85")))
    smaller = set(ids(items(client, name, "?limit=1000&bbox=4.82,45.71,4.88,45.77")))
    assert smaller <= metres <= larger


@EACH
def test_crs_bbox_crs_exception(client: Client, name: str) -> None:
    refused(client, f"/ogc/collections/{name}/items?bbox=1,2,3,4&bbox-crs={EPSG}3857", "3857")


@EACH
def test_crs_fc_crs_definition(client: Client, name: str) -> None:
    about = parameters(client, name)["crs"]
    assert (about["in"], about["schema"]["type"], about["schema"]["format"]) == ("query", "string", "uri")


@EACH
def test_crs_fc_crs_valid_value(client: Client, name: str) -> None:
    wanted = items(client, name, "?limit=1")["features"][0]["id"]
    for system in read(client, f"/ogc/collections/{name}")["crs"]:
        assert read(client, f"/ogc/collections/{name}/items/{wanted}?crs={system}")["id"] == wanted


@EACH
def test_crs_fc_crs_default_value(client: Client, name: str) -> None:
    default, named = items(client, name, "?limit=3"), items(client, name, f"?limit=3&crs={CRS84}")
    assert default["features"] == named["features"]


@EACH
def test_crs_fc_crs_action(client: Client, name: str) -> None:
    plain = items(client, name, "?limit=5&bbox=4.8,45.7,4.9,45.8")["features"]
    swapped = items(client, name, f"?limit=5&bbox=4.8,45.7,4.9,45.8&crs={EPSG}4326")["features"]
    metres = items(client, name, f"?limit=5&bbox=4.8,45.7,4.9,45.8&crs={EPSG}2154")["features"]
    for one, other, third in zip(plain, swapped, metres, strict=True):
        if one["geometry"] is None:
            assert other["geometry"] is third["geometry"] is None
            continue
        flat = points(one["geometry"]["coordinates"])
        assert [point[::-1] for point in points(other["geometry"]["coordinates"])] == flat
        for x, y in points(third["geometry"]["coordinates"]):
            assert 0 < x < 1_300_000 and 6_000_000 < y < 7_200_000


@EACH
def test_crs_crs_exception(client: Client, name: str) -> None:
    refused(client, f"/ogc/collections/{name}/items?crs={EPSG}3857", "3857")
    refused(client, f"/ogc/collections/{name}/items/x?crs={EPSG}3857", "3857")


@EACH
def test_crs_ogc_crs_header(client: Client, name: str) -> None:
    for system in (CRS84, f"{EPSG}4326", f"{EPSG}2154"):
        response = client.get(f"/ogc/collections/{name}/items?limit=1&crs={system}")
        assert response.headers["Content-Crs"] == f"<{system}>"


@EACH
def test_crs_ogc_crs_header_value(client: Client, name: str) -> None:
    usual = client.get(f"/ogc/collections/{name}/items?limit=1")
    assert usual.headers["Content-Crs"] == f"<{CRS84}>"
    # Scripts of other sites must know in which axes they read.
    assert "Content-Crs" in usual.headers["Access-Control-Expose-Headers"].split(", ")


def test_crs_geojson(client: Client) -> None:
    """By prior arrangement, GeoJSON in another system keeps its media type and says its system in the header only."""
    page = items(client, "basins", f"?limit=1&crs={EPSG}2154")
    assert "crs" not in page and "crs" not in page["features"][0]["geometry"]


def test_there_is_a_test_for_every_requirement_of_what_is_declared() -> None:
    assert [one.removeprefix("http://www.opengis.net/spec/") for one in CONFORMANCE] == list(REQUIREMENTS)
    tests = {**vars(test_ogc_core), **globals()}
    for conformance_class, names in REQUIREMENTS.items():
        prefix = conformance_class.rpartition("/")[2]
        for name in names:
            assert f"test_{prefix}_{name.replace('-', '_').lower()}" in tests, name
