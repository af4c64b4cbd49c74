"""Tiles as the site serves them against the same statement sent to PostGIS on a bare connection.

Every tile is asked of all sides in turn: bare, served cold, bare again, served from memory, an empty page; a first
bare turn is not counted, so that no side finds colder memory. The second bare turn says how far the machine can be
trusted. The site answers through its whole stack, without a socket.
"""

import gzip
import math
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from io import BytesIO
from time import perf_counter
from typing import Any

import numpy as np
import psycopg
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from api.tile_layers import LAST_ZOOM, TILE_LAYERS
from api.tiles import TileAddress, tile_statement
from api.tiles import cache as tiles_kept
from bench.protocol import Line, duration, plain
from sources.kept_answers import short_hash
from sources.models import Edition

ROUNDS = 5
# Paris, Lyon, the upper Ain and La Réunion: dense, large, small and far.
PLACES = ((2.35, 48.85), (4.83, 45.76), (5.65, 46.25), (55.5, -21.1))
# A tile that takes PostGIS longer than this is judged by a ratio, the others by a difference.
LONG_MS = 5.0
HEAVIEST_KB = 250.0
MOST_ADDED_MS = 2.0


def measure(*, rounds: int = ROUNDS) -> list[Line]:
    """Return ratios of p95s, the cost of short tiles, and the heaviest tile; the bare side over itself is the control.

    Ratios are medians over the rounds, with the least and the most.
    """
    addresses = list(sample())
    with bare_connection() as bare:
        for side in (bare, serve):
            for address in addresses:
                side(address)
        times = np.array([[one_turn(bare, address) for address in addresses] for _ in range(rounds)])
        weights = [len(gzip.compress(bare(address), 6)) for address in addresses]
    return lines(times, weights)


def lines(times: np.ndarray, weights: list[int]) -> list[Line]:
    """Return the figures from times in ms (round, tile, side) and compressed sizes in bytes."""
    raw, cold, again, cached, empty = (times[:, :, side] for side in range(5))
    trust = float(np.median(raw, axis=0).sum() / np.median(again, axis=0).sum())
    is_long = np.median(raw, axis=0) >= LONG_MS
    short = [float(np.percentile(one[~is_long], 95)) for one in cold - raw]
    told = f"{int(is_long.sum())} tuiles sur {raw.shape[1]}, p95 nu {ms(np.percentile(raw[:, is_long], 95))}"
    return [
        compared("tuiles longues à froid, p95 / ST_AsMVT nu", cold[:, is_long], raw[:, is_long], 1.25, trust, told),
        plain("tuiles courtes à froid, p95 de ce qui s'ajoute", short, unit="ms", aim=MOST_ADDED_MS, control=trust),
        compared(
            "tuiles gardées, p95 / vue vide", cached, empty, 3, trust, f"p95 vide {ms(np.percentile(empty, 95))}"
        ),
        plain("tuile la plus lourde, compressée", [max(weights) / 1000], unit="ko", aim=HEAVIEST_KB),
    ]


def compared(name: str, ours: np.ndarray, theirs: np.ndarray, aim: float, trust: float, detail: str) -> Line:
    """Return the ratio of the p95 over tiles of each round."""
    ratios = np.percentile(ours, 95, axis=1) / np.percentile(theirs, 95, axis=1)
    return plain(name, ratios.tolist(), unit="fois", aim=aim, control=trust, detail=detail)


def ms(value: float) -> str:
    return duration(float(value) / 1000)


def sample() -> Iterator[TileAddress]:
    """Yield the tile that holds each place and its eastern neighbour, for every layer and zoom."""
    for name, layer in TILE_LAYERS.items():
        for z in range(layer.first_zoom, LAST_ZOOM + 1):
            found = {TileAddress(name, z, *tile_of(lon, lat, z)) for lon, lat in PLACES}
            found |= {TileAddress(name, z, (one.x + 1) % 2**z, one.y) for one in found}
            yield from sorted(found, key=lambda one: (one.x, one.y))


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Return the column and row of the tile that holds a place."""
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**z), int(down * 2**z)


def one_turn(bare: Callable[[TileAddress], bytes], address: TileAddress) -> list[float]:
    """Return the ms of a tile by each side: bare, cold, bare again, cached, empty page."""
    sides = (lambda: bare(address), lambda: serve(address), lambda: bare(address), lambda: serve(address), empty)
    times = []
    bare(address)
    for position, side in enumerate(sides):
        if position == 1:
            tiles_kept.clear()
        start = perf_counter()
        side()
        times.append(1000 * (perf_counter() - start))
    return times


@contextmanager
def bare_connection() -> Iterator[Callable[[TileAddress], bytes]]:
    """Give a connection of its own that sends the statement of a tile and takes its answer in binary."""
    about = settings.DATABASES["default"]
    connection = psycopg.connect(
        dbname=about["NAME"], host=about["HOST"], port=about["PORT"] or None, user=about["USER"],
        password=about["PASSWORD"] or None, autocommit=True,
    )  # fmt: skip
    edition_id = Edition.objects.current().pk

    def cut(address: TileAddress) -> bytes:
        statement = tile_statement(TILE_LAYERS[address.layer], edition_id, address)
        return connection.cursor(binary=True).execute(statement, prepare=False).fetchone()[0]

    with closing(connection):
        yield cut


def serve(address: TileAddress) -> bytes:
    """Return the answer of the site to a tile."""
    return asked(f"/tiles/{address.layer}/{address.z}/{address.x}/{address.y}.mvt", f"edition={edition_hash()}")


@cache
def edition_hash() -> str:
    """Return the part of the edition's hash that the addresses of the pages carry."""
    return short_hash(Edition.objects.current().content_hash)


def empty() -> bytes:
    """Return the answer of the site to a page that does nothing."""
    return asked("/vide/")


@cache
def application() -> Any:
    """Return the WSGI application of the site with its empty view."""
    settings.ROOT_URLCONF = "bench.urls"
    return get_wsgi_application()


def asked(path: str, query: str = "") -> bytes:
    """Return what the whole stack answers to a path; raises `AssertionError` on an error."""
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip", "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(), "SERVER_PROTOCOL": "HTTP/1.1",
    }  # fmt: skip
    response = application()(environ, lambda status, _headers: statuses.append(status))
    body = b"".join(response)
    response.close()
    assert statuses[0][:3] in ("200", "204"), f"{path}: {statuses[0]}"
    return body
