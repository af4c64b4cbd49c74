"""What tests of OGC API Features share: reading, refusing, following links, and counts of the database itself."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import Client

from api.ogc.collections import COLLECTIONS
from basins.models import Commune, EmploymentZone, Perimeter
from infrastructure.models import BrownfieldSite, LogisticsNode

EACH = pytest.mark.parametrize("name", COLLECTIONS)
GEOJSON, PROBLEM = "application/geo+json", "application/problem+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
MODELS = {
    "basins": EmploymentZone,
    "communes": Commune,
    "brownfields": BrownfieldSite,
    "logistics_nodes": LogisticsNode,
    "perimeters": Perimeter,
}


def count(name: str) -> int:
    """How many features a collection has, by the database."""
    return MODELS[name].objects.count()


def read(client: Client, path: str, media_type: str | None = None) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, response.content[:300]
    assert media_type is None or response.headers["Content-Type"] == media_type
    return json.loads(response.content)


def refused(client: Client, path: str, words: str = "", status: int = 400) -> None:
    response = client.get(path, headers={"accept-language": "fr"})
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM)
    assert words in response.json()["detail"]


def links(document: dict[str, Any], relation: str) -> list[dict[str, str]]:
    return [one for one in document["links"] if one["rel"] == relation]


def followed(client: Client, document: dict[str, Any], relation: str) -> dict[str, Any]:
    """What the first link of a relation leads to, of the type that the link says."""
    one = links(document, relation)[0]
    parts = urlsplit(one["href"])
    assert parts.netloc == "testserver"
    return read(client, f"{parts.path}?{parts.query}", one["type"])


def items(client: Client, name: str, query: str = "") -> dict[str, Any]:
    return read(client, f"/ogc/collections/{name}/items{query}", GEOJSON)


def described(client: Client) -> dict[str, Any]:
    return read(client, "/ogc/api")


def parameters(client: Client, name: str) -> dict[str, dict[str, Any]]:
    """The parameters of the features of a collection in the description, references followed."""
    document = described(client)
    shared = document["components"]["parameters"]
    found = document["paths"][f"/collections/{name}/items"]["get"]["parameters"]
    resolved = [shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in found]
    return {one["name"]: one for one in resolved}


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["features"]]


def points(coordinates: Any) -> list[list[float]]:
    """Every position of a geometry."""
    if isinstance(coordinates[0], (int, float)):
        return [coordinates]
    return [point for part in coordinates for point in points(part)]


class Quiet(WSGIRequestHandler):
    """Requests are not worth a line each."""

    def log_message(self, *_message: Any) -> None:
        return


@contextmanager
def served() -> Iterator[str]:
    """Serve the site from the database of the tests, as committed, and give its address."""
    with ThreadedWSGIServer(("127.0.0.1", 0), Quiet) as server:
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
