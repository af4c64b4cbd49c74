"""Vector tiles: what they hold equals a slow count, they are sent once, and no address makes them costly."""

import gzip
import math
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from api import tiles
from api.tile_layers import LAST_ZOOM, TILE_LAYERS
from api.tiles import BUFFER, EXTENT, MOST_FEATURES, TileAddress, cut_tile, tile_statement
from basins.models import Commune, EmploymentZone, Perimeter
from economy.models import Plant
from infrastructure.models import BrownfieldSite, LogisticsNode
from sources.models import Edition
from tests.api import mvt
from tests.api.methods import only_read

pytestmark = pytest.mark.django_db

HALF_WORLD_M = math.pi * 6_378_137
MODELS = {
    "zones": EmploymentZone.objects.all(),
    "communes": Commune.objects.filter(geom__isnull=False),
    "perimeters": Perimeter.objects.all(),
    "industry_territories": Perimeter.objects.filter(kind="industry_territory"),
    "brownfields": BrownfieldSite.objects.all(),
    "nodes": LogisticsNode.objects.all(),
    "plants": Plant.objects.all(),
}


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    tiles.cache.clear()


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place, by the formula of the scheme."""
    across, down = unit_place(lon, lat)
    return int(across * 2**z), int(down * 2**z)


def unit_place(lon: float, lat: float) -> tuple[float, float]:
    """Web Mercator from 0 to 1, x from the west, y from the north."""
    return (lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2


def features(layer: str, z: int, x: int, y: int) -> list[mvt.Feature]:
    found = mvt.layers(cut_tile(Edition.objects.current().pk, TileAddress(layer, z, x, y)))
    if not found:
        return []
    ((name, (extent, those)),) = found.items()
    assert name == layer and extent == EXTENT
    return those


def placed(lon: float, lat: float, z: int, x: int, y: int) -> tuple[float, float]:
    """A place in units of a tile."""
    across, down = unit_place(lon, lat)
    return (across * 2**z - x) * EXTENT, (down * 2**z - y) * EXTENT


@pytest.mark.parametrize(
    ("layer", "z"), [("brownfields", 4), ("brownfields", 8), ("nodes", 3), ("nodes", 7), ("plants", 6)]
)
def test_points_are_those_of_a_slow_count_and_at_their_place(layer: str, z: int) -> None:
    x, y = tile_of(3.06, 50.63, z)
    held = sorted(one.points[0] for one in features(layer, z, x, y))
    expected = []
    for row in MODELS[layer]:
        across, down = placed(row.point.x, row.point.y, z, x, y)
        if -BUFFER <= across <= EXTENT + BUFFER and -BUFFER <= down <= EXTENT + BUFFER:
            expected.append((across, down))
    assert len(held) == len(expected) > 10
    # Each where the formula puts it, to a unit of the grid, both ways.
    for some, others in ((held, expected), (expected, held)):
        assert all(any(abs(a - c) <= 1 and abs(b - d) <= 1 for c, d in others) for a, b in some)


def test_every_brownfield_is_in_one_tile_of_a_zoom_or_in_its_margin() -> None:
    codes: list[str] = []
    for x, y in sorted({tile_of(row.point.x, row.point.y, 6) for row in BrownfieldSite.objects.all()}):
        for one in features("brownfields", 6, x, y):
            across, down = one.points[0]
            if 0 <= across < EXTENT and 0 <= down < EXTENT:
                codes.append(one.properties["code"])
    assert sorted(codes) == sorted(BrownfieldSite.objects.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("layer", "z"),
    [(layer, z) for layer in ("zones", "communes", "industry_territories", "perimeters") for z in (0, 3, 5, 7, 9)
     if z >= TILE_LAYERS[layer].first_zoom],
)  # fmt: skip
def test_surfaces_are_those_of_a_slow_count(layer: str, z: int) -> None:
    about = TILE_LAYERS[layer]
    key = "insee_code" if layer == "communes" else "code"
    x, y = tile_of(4.83, 45.76, z)
    those = features(layer, z, x, y)
    size = 2 * HALF_WORLD_M / 2**z
    west, north = x * size - HALF_WORLD_M, HALF_WORLD_M - y * size
    with connection.cursor() as cursor:
        # A part smaller than three units of the grid on a side may vanish; anything larger may not.
        cursor.execute(
            f"SELECT {key} FROM {about.table} WHERE {about.condition(z)} AND geom IS NOT NULL AND "
            "ST_Area(ST_Intersection(ST_MakeValid(ST_Transform(geom, 3857)), ST_MakeEnvelope(%s,%s,%s,%s,3857))) > %s",
            [west, north - size, west + size, north, (size / 400) ** 2],
        )
        expected = {code for (code,) in cursor.fetchall()}
    held = [one.properties[key] for one in those]
    assert expected <= set(held) <= set(MODELS[layer].values_list(key, flat=True))
    assert len(expected) >= 2
    assert all(one.kind == 3 and one.properties["name"] for one in those)


def test_far_away_the_smallest_perimeters_are_left_out() -> None:
    far = {one.properties["kind"] for one in features("perimeters", 5, *tile_of(4.83, 45.76, 5))}
    near = {one.properties["kind"] for one in features("perimeters", 6, *tile_of(4.83, 45.76, 6))}
    assert near - far == {"epci"} and {"department", "region", "industry_territory"} <= far


@pytest.mark.parametrize("layer", TILE_LAYERS)
@pytest.mark.parametrize(("lon", "lat"), [(2.35, 48.85), (9.1, 42.0), (55.5, -21.1), (-61.0, 14.6)])
def test_geometry_stays_in_the_tile_and_its_margin(layer: str, lon: float, lat: float) -> None:
    z = 7
    x, y = tile_of(lon, lat, z)
    points = [point for one in features(layer, z, x, y) for point in one.points]
    assert all(-BUFFER <= a <= EXTENT + BUFFER and -BUFFER <= b <= EXTENT + BUFFER for a, b in points)


def test_features_carry_what_the_map_says_of_them() -> None:
    x, y = tile_of(3.06, 50.63, 8)
    one = features("brownfields", 8, x, y)[0]
    row = BrownfieldSite.objects.get(code=one.properties["code"])
    told = {"code", "name", "site_type", "site_status", "surface_ha", "is_usable"}
    assert {name: one.properties.get(name) for name in told} == {name: getattr(row, name) for name in told}
    far = features("brownfields", 4, *tile_of(3.06, 50.63, 4))[0]
    assert set(far.properties) <= {"site_type", "site_status", "surface_ha", "is_usable"}


def test_the_page_of_an_old_edition_holds_nothing_of_another(client: Client) -> None:
    other = Edition.objects.create(name="autre", content_hash="f" * 64)
    assert cut_tile(other.pk, TileAddress("zones", 5, *tile_of(4.83, 45.76, 5))) == b""


# ---- The answer


def test_a_tile_is_packed_open_to_all_and_sent_once(client: Client) -> None:
    response = client.get("/tiles/zones/5/16/11.mvt", headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert "max-age" in response.headers["Cache-Control"] and "immutable" not in response.headers["Cache-Control"]
    assert not response.cookies
    assert "zones" in mvt.layers(gzip.decompress(response.content))
    for held in (response.headers["ETag"], f"W/{response.headers['ETag']}", f'"x", {response.headers["ETag"]}'):
        again = client.get("/tiles/zones/5/16/11.mvt", headers={"if-none-match": held})
        assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == response.headers["ETag"]


def test_who_takes_no_gzip_gets_the_same_tile_plain(client: Client) -> None:
    plain = client.get("/tiles/zones/5/16/11.mvt", headers={"accept-encoding": "identity"})
    packed = client.get("/tiles/zones/5/16/11.mvt", headers={"accept-encoding": "gzip, br"})
    assert plain.content == gzip.decompress(packed.content)
    assert plain.headers["Content-Encoding"] == "identity"


def test_an_address_that_names_the_edition_is_kept_for_ever(client: Client) -> None:
    edition_hash = Edition.objects.current().content_hash[:16]
    named = client.get(f"/tiles/zones/5/16/11.mvt?edition={edition_hash}")
    assert "immutable" in named.headers["Cache-Control"]
    stale = client.get("/tiles/zones/5/16/11.mvt?edition=0000000000000000")
    assert stale.status_code == 200 and "immutable" not in stale.headers["Cache-Control"]


def test_the_tag_follows_the_edition_and_the_tile(client: Client) -> None:
    paths = ("zones/5/16/11", "zones/5/16/12", "nodes/5/16/11")
    tags = {client.get(f"/tiles/{path}.mvt").headers["ETag"] for path in paths}
    Edition.objects.update(content_hash="e" * 64)
    tags |= {client.get(f"/tiles/{path}.mvt").headers["ETag"] for path in paths}
    assert len(tags) == 6


def test_nothing_there_is_an_empty_answer(client: Client) -> None:
    response = client.get("/tiles/brownfields/8/0/0.mvt")
    assert response.status_code == 204 and response.content == b""
    assert response.headers["ETag"] and "max-age" in response.headers["Cache-Control"]


def test_head_has_the_headers_alone(client: Client) -> None:
    response = client.head("/tiles/zones/5/16/11.mvt")
    assert response.status_code == 200 and response.content == b"" and response.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("volcans/5/16/11.mvt", 404, "brownfields"),
        ("zones/13/0/0.mvt", 400, "de 0 à 12"),
        ("zones/30/536870912/357913941.mvt", 400, "de 0 à 12"),
        ("brownfields/2/0/0.mvt", 400, "de 3 à 12"),
        ("zones/5/32/0.mvt", 400, "de 0 à 31"),
        ("zones/5/0/32.mvt", 400, "de 0 à 31"),
        ("zones/5/-1/0.mvt", 400, "-1"),
        ("zones/5/1e3/0.mvt", 400, "1e3"),
        ("zones/5/٣/0.mvt", 400, "entier"),
        ("zones/5/99999999999999999999/0.mvt", 400, "entier"),
        ("zones/5/16/11.mvt?limit=1", 400, "limit"),
        ("zones/5/16.mvt", 404, ""),
    ],
)
def test_a_wrong_address_is_refused_in_words(client: Client, path: str, status: int, words: str) -> None:
    response = client.get(f"/tiles/{path}", headers={"accept-language": "fr"})
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert words in response.json()["detail"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["zones/5/16/11.mvt", "zones.json"])
def test_tiles_are_only_read(path: str) -> None:
    only_read(f"/tiles/{path}")


def test_without_an_edition_a_tile_is_a_503(client: Client) -> None:
    Edition.objects.update(is_current=False)
    response = client.get("/tiles/zones/5/16/11.mvt")
    assert response.status_code == 503 and response.headers["Cache-Control"] == "no-store"


# ---- Bounded work


def test_a_tile_is_cut_once(client: Client, django_assert_num_queries: Any) -> None:
    edition_hash = Edition.objects.current().content_hash[:16]
    with django_assert_num_queries(2):
        first = client.get("/tiles/zones/5/16/11.mvt")
    with django_assert_num_queries(1):
        assert client.get("/tiles/zones/5/16/11.mvt").content == first.content
    with django_assert_num_queries(0):
        again = client.get(f"/tiles/zones/5/16/11.mvt?edition={edition_hash}")
    assert again.content == first.content and "immutable" in again.headers["Cache-Control"]


def test_an_edition_named_is_asked_of_the_database_once_loaded_and_never_mixed(client: Client) -> None:
    first_hash = Edition.objects.current().content_hash[:16]
    held = client.get(f"/tiles/zones/5/16/11.mvt?edition={first_hash}")
    Edition.objects.update(is_current=False)
    Edition.objects.create(name="suivante", content_hash="d" * 64, is_current=True)
    # The tile of the first stays what it was, at the address that names it; the new edition has no zone.
    assert client.get(f"/tiles/zones/5/16/11.mvt?edition={first_hash}").content == held.content
    assert client.get("/tiles/zones/5/16/11.mvt").status_code == 204
    assert client.get(f"/tiles/zones/5/16/11.mvt?edition={'d' * 16}").status_code == 204


def test_a_tile_that_takes_too_long_is_given_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = replace(TILE_LAYERS["zones"], where="pg_sleep(10) IS NOT NULL")
    monkeypatch.setitem(tiles.TILE_LAYERS, "zones", slow)
    monkeypatch.setattr(tiles, "MOST_MILLISECONDS", 50)
    with transaction.atomic():
        response = client.get("/tiles/zones/5/16/11.mvt")
        transaction.set_rollback(True)
    assert response.status_code == 503 and response.headers["Retry-After"]
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("layer", TILE_LAYERS)
def test_a_tile_is_found_by_the_index_of_its_column(layer: str) -> None:
    about = TILE_LAYERS[layer]
    statement = tile_statement(about, Edition.objects.current().pk, TileAddress(layer, 12, 2074, 1410))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {about.table}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + statement.as_string(connection.connection))
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert f"{about.table}_{about.column(12)}" in plan, plan


@pytest.mark.parametrize("layer", TILE_LAYERS)
def test_no_tile_of_france_is_heavy_and_none_is_cut_short(layer: str) -> None:
    for z in range(TILE_LAYERS[layer].first_zoom, 8):
        (west, north), (east, south) = tile_of(-5.2, 51.2, z), tile_of(9.6, 41.3, z)
        for x in range(west, east + 1):
            for y in range(north, south + 1):
                content = cut_tile(Edition.objects.current().pk, TileAddress(layer, z, x, y))
                assert len(gzip.compress(content, tiles.GZIP_LEVEL)) <= 250_000, (z, x, y)
                assert not content or len(mvt.layers(content)[layer][1]) < MOST_FEATURES


# Features whose box meets each tile of a zoom, weighed by their vertices: the heaviest first.
WEIGHED = """
SELECT x, y FROM (
    SELECT ST_NPoints({column}) AS vertices, ST_YMin({column}) AS south, ST_YMax({column}) AS north,
        generate_series(floor((ST_XMin({column}) + %(half)s) / %(size)s)::int,
                        floor((ST_XMax({column}) + %(half)s) / %(size)s)::int) AS x
    FROM {table} WHERE {condition} AND {column} IS NOT NULL
) AS f, generate_series(floor((%(half)s - north) / %(size)s)::int, floor((%(half)s - south) / %(size)s)::int) AS y
GROUP BY x, y ORDER BY sum(vertices) DESC LIMIT 3
"""


@pytest.mark.parametrize("layer", TILE_LAYERS)
def test_the_heaviest_tiles_of_every_zoom_are_light(layer: str) -> None:
    about = TILE_LAYERS[layer]
    for z in range(about.first_zoom, LAST_ZOOM + 1):
        told = {"column": about.column(z), "table": about.table, "condition": about.condition(z)}
        with connection.cursor() as cursor:
            cursor.execute(WEIGHED.format(**told), {"half": HALF_WORLD_M, "size": 2 * HALF_WORLD_M / 2**z})
            heaviest = cursor.fetchall()
        assert heaviest
        for x, y in heaviest:
            content = cut_tile(Edition.objects.current().pk, TileAddress(layer, z, x, y))
            assert len(gzip.compress(content, tiles.GZIP_LEVEL)) <= 250_000, (z, x, y)
