"""What the features of a collection are: those of a slow count, each once over all pages, at their place."""

import gzip
import json
import random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from api.ogc import items as items_module
from api.ogc import provenance, statements
from api.ogc.collections import COLLECTIONS
from sources.models import Edition
from tests.api.ogc import EACH, EPSG, GEOJSON, MODELS, count, ids, items, points, refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    items_module.counts.clear()
    provenance._about.cache_clear()
    statements.last_seen.clear()


def link(page: dict[str, Any], relation: str) -> str | None:
    found = [one["href"] for one in page["links"] if one["rel"] == relation]
    return found[0].removeprefix("http://testserver") if found else None


def every_page(client: Client, path: str, relation: str = "next") -> list[dict[str, Any]]:
    pages = []
    while path:
        pages.append(json.loads(client.get(path).content))
        path = link(pages[-1], relation)
    return pages


@pytest.mark.parametrize(
    ("name", "query"),
    [("basins", "limit=50"), ("logistics_nodes", "limit=1000&kind=motorway"), ("perimeters", "limit=300"),
     ("communes", "limit=20&department=01"), ("communes", "limit=7&bbox=4.8,45.7,4.9,45.8"),
     ("brownfields", "limit=3000&is_usable=true"), ("basins", "limit=153"), ("basins", "limit=306")],
)  # fmt: skip
def test_pages_hold_each_feature_once_forwards_and_backwards(client: Client, name: str, query: str) -> None:
    pages = every_page(client, f"/ogc/collections/{name}/items?{query}")
    forwards = [one for page in pages for one in ids(page)]
    assert len(forwards) == len(set(forwards)) == pages[0]["numberMatched"]
    assert {page["numberMatched"] for page in pages} == {len(forwards)}
    last = link(pages[-1], "self")
    backwards = every_page(client, last, "prev")
    assert [one for page in backwards[::-1] for one in ids(page)] == forwards
    assert link(pages[0], "prev") is None


def test_every_commune_is_read_by_following_pages(client: Client) -> None:
    found = [one for page in every_page(client, "/ogc/collections/communes/items?limit=10000") for one in ids(page)]
    assert sorted(found) == sorted(MODELS["communes"].objects.values_list("insee_code", flat=True))


@EACH
@pytest.mark.parametrize("seed", range(6))
def test_a_box_keeps_what_a_slow_count_keeps_in_each_system(client: Client, name: str, seed: int) -> None:
    draw = random.Random(seed)
    place = "point" if name in ("brownfields", "logistics_nodes") else "geom"
    west, south = draw.uniform(-4, 7), draw.uniform(42, 50)
    east, north = west + draw.uniform(0, 2), south + draw.uniform(0, 2)
    key, table = COLLECTIONS[name].key, COLLECTIONS[name].table
    shape = "ST_MakeEnvelope(%s, %s, %s, %s, 4326)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key} FROM {table} WHERE ST_Intersects({place}::geometry, {shape}) OR {place} IS NULL",
            [west, south, east, north],
        )
        expected = {one for (one,) in cursor.fetchall()}
    page = items(client, name, f"?limit=10000&bbox={west!r},{south!r},{east!r},{north!r}")
    assert set(ids(page)) == expected and page["numberMatched"] == len(expected)
    swapped = items(client, name, f"?limit=10000&bbox={south!r},{west!r},{north!r},{east!r}&bbox-crs={EPSG}4326")
    assert set(ids(swapped)) == expected


# Metres: mainland; the whole world; overseas alone; a strip from Guyane to the mainland.
PLANES = (
    (840_000, 6_510_000, 880_000, 6_560_000), (-5e7, -5e7, 5e7, 5e7), (1e7, 4e5, 1.1e7, 6e5),
    (-7e6, 3.9e6, 5e5, 6.7e6),
    (652_000, 6_862_000, 652_000, 6_862_000), (0, 6_500_000, 1_300_000, 6_500_000),
)  # fmt: skip


@EACH
@pytest.mark.parametrize("box", PLANES)
def test_a_box_in_metres_keeps_what_a_slow_count_keeps(client: Client, name: str, box: tuple[float, ...]) -> None:
    place = "point" if name in ("brownfields", "logistics_nodes") else "geom"
    key, table = COLLECTIONS[name].key, COLLECTIONS[name].table
    shape = "ST_SetSRID(ST_Envelope(ST_Collect(ST_MakePoint(%s,%s), ST_MakePoint(%s,%s))), 2154)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, ST_Intersects(ST_Transform({place}::geometry, 2154), {shape}), "
            f"ST_Distance(ST_Boundary({shape}), ST_Transform({place}::geometry, 2154)) < 1 FROM {table}",
            [*box, *box],
        )
        rows = cursor.fetchall()
    # A metre from the edge, the side of a box in degrees is not quite the same.
    sure = {one for one, is_in, near_edge in rows if (is_in is None or is_in) and not near_edge}
    doubtful = {one for one, _is_in, near_edge in rows if near_edge}
    page = items(client, name, f"?limit=10000&bbox={','.join(map(repr, box))}&bbox-crs={EPSG}2154")
    if page["numberMatched"] <= 10_000:
        assert sure <= set(ids(page)) <= sure | doubtful
    assert len(sure - doubtful) <= page["numberMatched"] <= len(sure | doubtful)


def test_a_box_across_the_antimeridian_is_two_boxes(client: Client) -> None:
    # From the east of Paris round the globe to the west of Brest: everything but the middle.
    around = set(ids(items(client, "basins", "?limit=1000&bbox=3,-90,-4,90")))
    middle = set(ids(items(client, "basins", "?limit=1000&bbox=-4,-90,3,90")))
    assert len(around | middle) == count("basins") and around & middle
    assert items(client, "brownfields", "?limit=1&bbox=170,-90,-170,90")["numberMatched"] == 0


@pytest.mark.parametrize(
    ("name", "query", "kept"),
    [("basins", "region=11", lambda one: "11" in one["region"]),
     ("basins", "land_mass=corsica", lambda one: one["land_mass"] == "corsica"),
     ("communes", "basin=2716", lambda one: one["basin"] == "2716"),
     ("communes", "department=2A", lambda one: one["department"] == "2A"),
     ("communes", "ept=200057867", lambda one: one.get("ept") == "200057867"),
     ("brownfields", "site_type=industrial&site_status=without_project&is_usable=true",
      lambda one: one["site_type"] == "industrial" and one["is_usable"] is True),
     ("logistics_nodes", "kind=seaport&country=FR", lambda one: one["kind"] == "seaport" and one["country"] == "FR"),
     ("perimeters", "kind=industry_territory", lambda one: one["kind"] == "industry_territory")],
)  # fmt: skip
def test_a_filter_keeps_what_has_the_value_and_all_of_it(client: Client, name: str, query: str, kept: Any) -> None:
    pages = every_page(client, f"/ogc/collections/{name}/items?limit=10000")
    everything = [one["properties"] for page in pages for one in page["features"]]
    found = items(client, name, f"?limit=10000&{query}")
    assert [one["properties"] for one in found["features"]] == [one for one in everything if kept(one)]
    assert found["numberMatched"] == len(found["features"]) > 0


@pytest.mark.parametrize(
    "text", ["' OR true --", "1; DROP TABLE basins_commune", "100%", "%s", "{value}", "\\", "é", "'", '"', "a\u2028b"]
)
def test_what_a_reader_writes_is_only_a_value(client: Client, text: str) -> None:
    for name in ("department", "epci", "basin", "after", "before"):
        response = client.get("/ogc/collections/communes/items", {name: text, "limit": "1"})
        assert response.status_code == 200
        assert name in ("after", "before") or response.json()["numberMatched"] == 0
    assert client.get("/ogc/collections/communes/items/" + text.replace("%", "%25")).status_code == 404


def test_ids_with_any_sign_lead_to_their_feature(client: Client) -> None:
    page = items(client, "logistics_nodes", "?limit=10000")
    odd = [one for one in ids(page) if any(sign in one for sign in "/&?#%+é")]
    assert len(odd) > 10
    for wanted in odd[:20]:
        alone = client.get("/ogc/collections/logistics_nodes/items/" + _escaped(wanted))
        assert alone.json()["id"] == wanted
        assert client.get(link(alone.json(), "self")).json()["id"] == wanted


def _escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_overseas_in_lambert_93_comes_back_to_its_place(client: Client) -> None:
    zone = MODELS["basins"].objects.get(code="0401")
    feature = client.get(f"/ogc/collections/basins/items/0401?crs={EPSG}2154").json()
    x, y = points(feature["geometry"]["coordinates"])[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 2154), 4326) AS p) q",
            [x, y],
        )
        lon, lat = cursor.fetchone()
    first = zone.geom.coords[0][0][0]
    assert (lon, lat) == pytest.approx(first, abs=1e-6)


def test_a_missing_figure_is_left_out_and_said(client: Client) -> None:
    wanted = MODELS["brownfields"].objects.filter(surface_ha=None).first()
    said = client.get(f"/ogc/collections/brownfields/items/{wanted.code}").json()["properties"]
    assert "surface_ha" not in said and said["surface_status"] == "missing"
    lacking = MODELS["communes"].objects.filter(geom=None).first()
    told = client.get(f"/ogc/collections/communes/items/{lacking.insee_code}").json()
    assert told["geometry"] is None and told["properties"]["outline_status"] == "missing"


def test_provenance_is_that_of_the_release_of_each_row(client: Client) -> None:
    for one in items(client, "logistics_nodes", "?limit=10000")["features"][::500]:
        row = MODELS["logistics_nodes"].objects.select_related("release__source").get(code=one["id"])
        source = row.release.source
        assert one["properties"]["source"] == f"{source.producer}, {source.title}"
        assert one["properties"]["vintage"] == row.release.vintage
    told = {one["properties"]["kind"]: one["properties"]["source"] for kind in ("region", "industry_territory", "epci")
            for one in items(client, "perimeters", f"?limit=1&kind={kind}")["features"]}  # fmt: skip
    assert told["industry_territory"].startswith("ANCT") and told["epci"].startswith("DGCL")


# ---- The answer


def test_an_answer_is_packed_open_to_all_and_sent_once(client: Client) -> None:
    path = "/ogc/collections/basins/items?limit=3"
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Content-Type"] == GEOJSON
    assert json.loads(gzip.decompress(packed.content))["numberReturned"] == 3
    assert packed.headers["Access-Control-Allow-Origin"] == "*" and not packed.cookies
    assert packed.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert {"Accept-Encoding", "Accept-Language"} <= set(packed.headers["Vary"].split(", "))
    tag = packed.headers["ETag"]
    again = client.get(path, headers={"if-none-match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == tag
    tags = {tag, client.get(path + "0").headers["ETag"], client.get(path + "&lang=en").headers["ETag"]}
    Edition.objects.update(content_hash="e" * 64)
    assert len(tags | {client.get(path).headers["ETag"]}) == 4


def test_another_edition_has_its_own_features(client: Client) -> None:
    assert items(client, "basins", "?limit=1")["numberMatched"] == count("basins")
    Edition.objects.update(is_current=False)
    Edition.objects.create(name="suivante", content_hash="d" * 64, is_current=True)
    page = items(client, "basins", "?limit=1&bbox=1,2,3,4")
    assert page["features"] == [] and page["numberMatched"] == 0 and link(page, "next") is None
    assert "spatial" not in client.get("/ogc/collections/basins").json()["extent"]
    Edition.objects.update(is_current=False)
    refused(client, "/ogc/collections/basins/items", status=503)
    refused(client, "/ogc/", status=503)


# ---- Bounded work


def test_features_are_counted_once(client: Client, django_assert_num_queries: Any) -> None:
    path = "/ogc/collections/communes/items?limit=10&bbox=4,45,5,46"
    client.get("/ogc/collections/communes/items?limit=1")
    items_module.counts.clear()
    with django_assert_num_queries(1):
        first = client.get(path).json()
    assert len(items_module.counts._held) == 1
    with django_assert_num_queries(1):
        second = client.get(link(first, "next")).json()
    assert second["numberMatched"] == first["numberMatched"] > 20


def test_a_statement_too_long_is_given_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/ogc/collections/communes")
    monkeypatch.setattr(statements, "MOST_MILLISECONDS", 1)
    with transaction.atomic():
        response = client.get("/ogc/collections/communes/items?limit=10000&bbox=-180,-90,180,90")
        transaction.set_rollback(True)
    assert response.status_code == 503 and response.headers["Retry-After"]


@EACH
@pytest.mark.parametrize("box", ["4.5,45.5,4.6,45.6", f"840000,6510000,850000,6520000&bbox-crs={EPSG}2154"])
def test_a_small_box_is_found_by_the_index(client: Client, name: str, box: str, monkeypatch: Any) -> None:
    asked: list[str] = []
    real = statements.exchanged
    monkeypatch.setattr(statements, "exchanged", lambda one, first="": asked.append(one) or real(one, first))
    items(client, name, f"?limit=10&bbox={box}")
    about = COLLECTIONS[name]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = 0; ANALYZE {about.table}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + asked[0])
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexdef LIKE %s",
            [about.table, f"%gist ({about.indexed}%"],
        )
        (index,) = cursor.fetchone()
    assert index in plan, plan


@EACH
def test_no_property_is_null_and_only_those_that_may_lack_do(client: Client, name: str) -> None:
    everything = items(client, name, "?limit=10000")["features"]
    always = {one.name for one in COLLECTIONS[name].properties if not one.may_lack}
    for one in everything:
        assert None not in one["properties"].values() and always <= set(one["properties"])


def test_a_name_that_looks_like_a_missing_property_stays_whole(client: Client) -> None:
    odd = 'a,"ept":null,"epci":null\\'
    MODELS["communes"].objects.filter(insee_code="01001").update(name=odd)
    told = client.get("/ogc/collections/communes/items/01001").json()["properties"]
    assert told["name"] == odd and "ept" not in told
