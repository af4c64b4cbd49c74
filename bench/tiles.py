"""Tiles as the site serves them against the same statement sent to PostGIS on a bare connection.

Every tile is asked of all sides in turn: bare, served cold, bare again, served from memory, an empty page; a first
bare turn is not counted, so that no side finds colder memory. The second bare turn says how far the machine can be
trusted. The site answers through its whole stack, without a socket.
"""

import gzip
import json
import math
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

ROUNDS = 5
# Paris, Lyon, the upper Ain and La Réunion: dense, large, small and far.
PLACES = ((2.35, 48.85), (4.83, 45.76), (5.65, 46.25), (55.5, -21.1))
# A tile that takes PostGIS longer than this is judged by a ratio, the others by a difference.
LONG_MS = 5.0
TRUSTED = (0.9, 1.1)
EMPTY = "/vide"


class NotTrusted(Exception):
    """The same work took two times too far apart: another process was busy."""


def measure(*, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return ratios of p95s (aims: cold 1.25, cached 3), the cost in ms of short tiles (aim 2), the heaviest tile.

    Ratios are medians over the rounds, with the least and the most. Raises `NotTrusted` when the bare side differs
    from itself by more than 10 %.
    """
    import django

    django.setup()
    addresses = list(sample())
    with bare_connection() as bare:
        for side in (bare, serve):
            for address in addresses:
                side(address)
        times = np.array([[one_turn(bare, address) for address in addresses] for _ in range(rounds)])
        weights = [len(gzip.compress(bare(address), 6)) for address in addresses]
    return summary(times, weights)


def summary(times: np.ndarray, weights: list[int]) -> dict[str, Any]:
    """Return the figures from times in ms (round, tile, side) and compressed sizes in bytes."""
    raw, cold, again, cached, empty = (times[:, :, side] for side in range(5))
    trust = float(np.median(raw, axis=0).sum() / np.median(again, axis=0).sum())
    if not TRUSTED[0] <= trust <= TRUSTED[1]:
        raise NotTrusted(f"bare over bare: {trust:.2f}; stop what else runs, then measure again")
    is_long = np.median(raw, axis=0) >= LONG_MS
    extra = np.median(cold[:, ~is_long] - raw[:, ~is_long], axis=0)
    return {
        "tiles": raw.shape[1],
        "long_tiles": int(is_long.sum()),
        "bare_over_bare": round(trust, 3),
        "long_raw_p95_ms": round(float(np.percentile(np.median(raw[:, is_long], axis=0), 95)), 2),
        "long_cold_over_raw_p95": spread(cold[:, is_long], raw[:, is_long]),
        "short_extra_p95_ms": round(float(np.percentile(extra, 95)), 2),
        "cached_over_empty_p95": spread(cached, empty),
        "empty_p95_ms": round(float(np.percentile(empty, 95)), 2),
        "longest_raw_ms": round(float(np.median(raw, axis=0).max()), 1),
        "heaviest_gzip_kb": round(max(weights) / 1000, 1),
    }


def spread(ours: np.ndarray, theirs: np.ndarray) -> dict[str, float]:
    """Return the ratio of the p95 over tiles of each round: median, least, most."""
    ratios = np.percentile(ours, 95, axis=1) / np.percentile(theirs, 95, axis=1)
    return {"median": round(median(ratios), 3), "min": round(ratios.min(), 3), "max": round(ratios.max(), 3)}


def sample() -> Iterator[Any]:
    """Yield the tile that holds each place and its eastern neighbour, for every layer and zoom."""
    from api.tile_layers import LAST_ZOOM, TILE_LAYERS
    from api.tiles import TileAddress

    for name, layer in TILE_LAYERS.items():
        for z in range(layer.first_zoom, LAST_ZOOM + 1):
            found = {TileAddress(name, z, *tile_of(lon, lat, z)) for lon, lat in PLACES}
            found |= {TileAddress(name, z, (one.x + 1) % 2**z, one.y) for one in found}
            yield from sorted(found, key=lambda one: (one.x, one.y))


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    """Return the column and row of the tile that holds a place."""
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**z), int(down * 2**z)


def one_turn(bare: Callable[[Any], bytes], address: Any) -> list[float]:
    """Return the ms of a tile by each side: bare, cold, bare again, cached, empty page."""
    from api.tiles import cache as tiles_kept

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


class bare_connection:  # noqa: N801 - used as a function
    """A connection of its own that sends the statement of a tile and takes its answer in binary."""

    def __enter__(self) -> Callable[[Any], bytes]:
        import psycopg
        from django.conf import settings

        from api.tile_layers import TILE_LAYERS
        from api.tiles import tile_statement
        from sources.models import Edition

        about = settings.DATABASES["default"]
        self.connection = psycopg.connect(
            dbname=about["NAME"], host=about["HOST"], port=about["PORT"] or None, user=about["USER"],
            password=about["PASSWORD"] or None, autocommit=True,
        )  # fmt: skip
        edition_id = Edition.objects.current().pk

        def cut(address: Any) -> bytes:
            statement = tile_statement(TILE_LAYERS[address.layer], edition_id, address)
            return self.connection.cursor(binary=True).execute(statement, prepare=False).fetchone()[0]

        return cut

    def __exit__(self, *_error: object) -> None:
        self.connection.close()


def serve(address: Any) -> bytes:
    """Return the answer of the site to a tile."""
    return asked(f"/tiles/{address.layer}/{address.z}/{address.x}/{address.y}.mvt", f"edition={edition_hash()}")


@cache
def edition_hash() -> str:
    """Return the part of the edition's hash that the addresses of the pages carry."""
    from api.tiles import HASH_LENGTH
    from sources.models import Edition

    return Edition.objects.current().content_hash[:HASH_LENGTH]


def empty() -> bytes:
    """Return the answer of the site to a page that does nothing."""
    return asked(EMPTY)


def asked(path: str, query: str = "") -> bytes:
    """Return what the whole stack answers to a path; raises `AssertionError` on an error."""
    from bench.stack import application

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


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
