"""Every requirement of the class `core` of OGC API Features, Part 1 (OGC 17-069r4), by its name: a test for each."""

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client

from api.ogc.collections import COLLECTIONS
from api.ogc.documents import CONFORMANCE
from tests.api.methods import only_read
from tests.api.ogc import CRS84, EACH, GEOJSON, count, followed, ids, items, links, parameters, points, read, refused

pytestmark = pytest.mark.django_db


def test_core_root_op(client: Client) -> None:
    assert client.get("/ogc/").status_code == 200
    assert client.get("/ogc").headers["Location"] == "/ogc/"


def test_core_root_success(client: Client) -> None:
    document = read(client, "/ogc/", "application/json")
    assert links(document, "service-desc") and links(document, "service-doc")
    assert followed(client, document, "conformance")["conformsTo"]
    assert followed(client, document, "data")["collections"]
    assert followed(client, document, "self") == document


def test_core_api_definition_op(client: Client) -> None:
    assert followed(client, read(client, "/ogc/"), "service-desc")["paths"]


def test_core_api_definition_success(client: Client) -> None:
    (one,) = links(read(client, "/ogc/"), "service-desc")
    assert client.get(urlsplit(one["href"]).path).headers["Content-Type"] == one["type"]
    (page,) = links(read(client, "/ogc/"), "service-doc")
    assert client.get(urlsplit(page["href"]).path).status_code == 200


def test_core_conformance_op(client: Client) -> None:
    assert client.get("/ogc/conformance").status_code == 200


def test_core_conformance_success(client: Client) -> None:
    document = read(client, "/ogc/conformance", "application/json")
    assert document == {"conformsTo": list(CONFORMANCE)}


@pytest.mark.parametrize("path", ["", "api", "conformance", "collections", "collections/basins/items/2716"])
def test_core_http(client: Client, path: str) -> None:
    head = client.head(f"/ogc/{path}")
    assert head.status_code == 200 and head.content == b"" and head.headers["Access-Control-Allow-Origin"] == "*"
    only_read(f"/ogc/{path}")
    refused(client, "/ogc/nothing", status=404)


@pytest.mark.parametrize(
    "path",
    ["", "api", "conformance", "collections", "collections/basins", "collections/basins/schema",
     "collections/basins/items", "collections/basins/items/2716"],
)  # fmt: skip
def test_core_query_param_unknown(client: Client, path: str) -> None:
    refused(client, f"/ogc/{path}?unknown=1", "unknown")
    refused(client, f"/ogc/{path}?w.skills=1", "w.skills")


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=ten", "limit=1.5", "limit=", "limit=%D9%A3", "bbox=1,2,3", "bbox=a,b,c,d",
     "bbox=nan,1,2,3", "bbox=1,50,2,40", "bbox=1,2,3,4,5", "bbox=1,2,3,4,5,6,7", "bbox=1,2,9,4,5,1",
     "bbox=-181,1,2,3", "bbox=1,1,2,91", "bbox=1_0,1,20,3", "datetime=yesterday", "datetime=2024-13-01T00:00:00Z",
     "datetime=2024-01-01T00:00:00", "datetime=../..", "datetime=/", "datetime=..",
     "datetime=2024-01-01T00:00:00Z/2023-01-01T00:00:00Z", "crs=EPSG:2154", "bbox-crs=x&bbox=1,2,3,4",
     f"bbox-crs={CRS84}", "f=html", "lang=de", "after=a&before=b", "land_mass=atlantis", "limit=5&limit=6"],
)  # fmt: skip
def test_core_query_param_invalid(client: Client, query: str) -> None:
    refused(client, f"/ogc/collections/basins/items?{query}")


@EACH
def test_core_crs84(client: Client, name: str) -> None:
    page = items(client, name, "?limit=50")
    for one in page["features"]:
        for lon, lat in points(one["geometry"]["coordinates"]):
            assert -63 < lon < 56 and -22 < lat < 53


def test_core_fc_md_op(client: Client) -> None:
    assert client.get("/ogc/collections").status_code == 200


def test_core_fc_md_success(client: Client) -> None:
    document = read(client, "/ogc/collections", "application/json")
    assert {"links", "collections"} <= set(document)


def test_core_fc_md_links(client: Client) -> None:
    document = read(client, "/ogc/collections")
    assert [one["type"] for one in links(document, "self")] == ["application/json"]


def test_core_fc_md_items(client: Client) -> None:
    assert [one["id"] for one in read(client, "/ogc/collections")["collections"]] == list(COLLECTIONS)


def test_core_fc_md_items_links(client: Client) -> None:
    for one in read(client, "/ogc/collections")["collections"]:
        assert followed(client, one, "items")["type"] == "FeatureCollection"
        assert all(link["rel"] and link["type"] for link in one["links"])


@EACH
def test_core_fc_md_extent(client: Client, name: str) -> None:
    extent = read(client, f"/ogc/collections/{name}")["extent"]
    ((west, south, east, north),) = extent["spatial"]["bbox"]
    for one in items(client, name, "?limit=200")["features"]:
        for lon, lat in points(one["geometry"]["coordinates"]):
            assert west - 1e-6 <= lon <= east + 1e-6 and south - 1e-6 <= lat <= north + 1e-6
    ((start, end),) = extent["temporal"]["interval"]
    assert items(client, name, f"?limit=1&datetime={start}/{end}")["numberMatched"] == count(name)
    assert items(client, name, f"?limit=1&datetime=../{int(start[:4]) - 1}-01-01T00:00:00Z")["numberMatched"] == 0


def test_core_sfc_md_op(client: Client) -> None:
    for one in read(client, "/ogc/collections")["collections"]:
        assert followed(client, one, "self")["id"] == one["id"]
    refused(client, "/ogc/collections/volcanoes", "basins", 404)


@EACH
def test_core_sfc_md_success(client: Client, name: str) -> None:
    alone = read(client, f"/ogc/collections/{name}", "application/json")
    (among,) = [one for one in read(client, "/ogc/collections")["collections"] if one["id"] == name]
    assert alone == among
    assert alone["itemType"] == "feature"


@EACH
def test_core_fc_op(client: Client, name: str) -> None:
    assert items(client, name, "?limit=1")["features"]
    refused(client, "/ogc/collections/volcanoes/items", "basins", 404)


@EACH
def test_core_fc_limit_definition(client: Client, name: str) -> None:
    about = parameters(client, name)["limit"]
    assert about["schema"] == {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 100}
    assert (about["in"], about["required"], about["style"], about["explode"]) == ("query", False, "form", False)
    assert items(client, name)["numberReturned"] == min(100, count(name))


@EACH
@pytest.mark.parametrize("limit", [1, 10, 1_000_000_000])
def test_core_fc_limit_response_1(client: Client, name: str, limit: int) -> None:
    # Past the largest, the largest, and no error.
    page = items(client, name, f"?limit={limit}")
    assert page["numberReturned"] == len(page["features"]) == min(limit, 10_000, count(name))


@EACH
def test_core_fc_bbox_definition(client: Client, name: str) -> None:
    about = parameters(client, name)["bbox"]
    assert about["schema"]["type"] == "array" and about["schema"]["items"] == {"type": "number"}
    assert [one["minItems"] for one in about["schema"]["oneOf"]] == [4, 6]
    assert (about["style"], about["explode"]) == ("form", False)


@EACH
def test_core_fc_bbox_response(client: Client, name: str) -> None:
    west, south, east, north = box = (4.5, 45.5, 5.0, 46.0)
    found = items(client, name, f"?limit=10000&bbox={','.join(map(str, box))}")
    assert 0 < found["numberMatched"] < count(name)
    shapeless = 0
    for one in found["features"]:
        if one["geometry"] is None:
            shapeless += 1
            continue
        lons, lats = zip(*points(one["geometry"]["coordinates"]), strict=True)
        assert min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south
    # What has no geometry is kept by every box.
    assert shapeless == (8 if name == "communes" else 0)
    tall = items(client, name, "?limit=10000&bbox=4.5,45.5,-100,5.0,46.0,5000")
    assert ids(tall) == ids(found)


@EACH
def test_core_fc_time_definition(client: Client, name: str) -> None:
    about = parameters(client, name)["datetime"]
    assert about["schema"] == {"type": "string"} and (about["style"], about["explode"]) == ("form", False)


@pytest.mark.parametrize(
    ("text", "is_met"),
    [("2024-03-10T12:00:00Z", True), ("2024-03-31T23:59:59+00:00", True), ("2024-04-01T00:00:00Z", False),
     ("2024-04-01T01:30:00+02:00", True), ("../2024-03-01T00:00:00Z", True), ("/2024-02-29T23:59:59Z", False),
     ("2024-03-31T00:00:00Z/..", True), ("2024-04-01T00:00:00Z/", False), ("2020-01-01T00:00:00Z/..", True),
     ("2024-03-10t12:00:00z", True), ("2024-03-10", True)],
)  # fmt: skip
def test_core_fc_time_response(client: Client, text: str, is_met: bool) -> None:
    # The inventory of brownfields is of March 2024.
    found = items(client, "brownfields", f"?limit=1&datetime={text.replace('+', '%2B')}")
    assert found["numberMatched"] == (count("brownfields") if is_met else 0)


@EACH
def test_core_fc_response(client: Client, name: str) -> None:
    page = items(client, name, "?limit=2")
    assert page["type"] == "FeatureCollection" and len(page["features"]) == 2


@EACH
def test_core_fc_links(client: Client, name: str) -> None:
    page = items(client, name, "?limit=2")
    again = followed(client, page, "self")
    assert again["features"] == page["features"]
    assert followed(client, page, "collection")["id"] == name


@EACH
def test_core_fc_rel_type(client: Client, name: str) -> None:
    for one in items(client, name, "?limit=2")["links"]:
        assert one["rel"] and one["type"]


def test_core_fc_timestamp(client: Client) -> None:
    before = datetime.now().astimezone().replace(microsecond=0)
    made = datetime.fromisoformat(items(client, "basins", "?limit=1")["timeStamp"])
    assert before <= made <= datetime.now().astimezone()


@EACH
def test_core_fc_numbermatched(client: Client, name: str) -> None:
    assert items(client, name, "?limit=1")["numberMatched"] == count(name)
    first = ids(items(client, name, "?limit=1"))[0]
    assert items(client, name, f"?limit=3&after={first}")["numberMatched"] == count(name)


@EACH
def test_core_fc_numberreturned(client: Client, name: str) -> None:
    page = items(client, name, "?limit=7")
    assert page["numberReturned"] == len(page["features"]) == 7


@EACH
def test_core_f_op(client: Client, name: str) -> None:
    wanted = items(client, name, "?limit=1")["features"][0]["id"]
    assert read(client, f"/ogc/collections/{name}/items/{wanted}", GEOJSON)["id"] == wanted
    refused(client, f"/ogc/collections/{name}/items/nothing", "nothing", 404)


@EACH
def test_core_f_success(client: Client, name: str) -> None:
    among = items(client, name, "?limit=1")["features"][0]
    alone = read(client, f"/ogc/collections/{name}/items/{among['id']}")
    assert {key: alone[key] for key in among} == among


@EACH
def test_core_f_links(client: Client, name: str) -> None:
    among = items(client, name, "?limit=1")["features"][0]
    alone = read(client, f"/ogc/collections/{name}/items/{among['id']}")
    assert followed(client, alone, "self") == alone
    assert followed(client, alone, "collection")["id"] == name
