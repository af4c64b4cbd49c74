"""Features of a box as the site serves them, against the plainest statement that gives the same GeoJSON.

The reference is one `json_agg` of a hundred features on a bare connection. The site answers through its whole stack,
without a socket: parameters, edition, count of what matches, links to other pages, packing for the network.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count, cycle

import psycopg
from django.conf import settings

from bench.protocol import Line, plain, ratio, timed
from bench.tiles import asked
from sources.models import Edition

ROUND = 40
FEATURES, DECIMALS = 100, 6
# Boxes of at least a hundred communes: around Paris, Lyon, Lille, Toulouse, Strasbourg.
BOXES = (
    (2.1, 48.7, 2.6, 49.0), (4.5, 45.5, 4.9, 45.9), (2.8, 50.4, 3.3, 50.7), (1.1, 43.4, 1.7, 43.8),
    (7.3, 48.4, 7.8, 48.8),
)  # fmt: skip
# What a feature says, source and vintage being constants of the statement.
PROPERTIES = (
    "c.insee_code AS code, c.name, c.department_id AS department, z.code AS basin, NULLIF(c.epci_siren, '') AS epci, "
    "NULLIF(c.ept_siren, '') AS ept, c.population, "
    "CASE WHEN c.geom IS NULL THEN 'missing' ELSE 'observed' END AS outline_status, "
    "'Insee, Code officiel géographique : communes' AS source, '2026' AS vintage"
)


def measure() -> list[Line]:
    """Return the ratio of an answer to its statement, and what a whole collection takes page after page."""
    edition_id = Edition.objects.current().pk
    with bare_connection() as bare:
        answers, boxes = moving(), moving()
        about = f"{len(serve(next(answers))) / 1000:.0f} ko compressés"
        line = ratio(
            "objets d'un rectangle (100 communes) / json_agg nu",
            lambda: serve(next(answers)),
            lambda: bare.execute(statement(next(boxes), edition_id), prepare=False).fetchone(),
            repeats=ROUND,
            aim=1.5,
            detail=about,
        )
    whole = plain("35 000 communes lues par pages de 1 000", timed(read_whole, 3), unit="s", aim=None)
    return [line, whole]


def moving() -> Iterator[tuple[float, ...]]:
    """Yield boxes that are never the same twice, so that nothing is remembered of one."""
    for turn, (west, south, east, north) in zip(count(), cycle(BOXES), strict=False):
        shift = turn * 1e-6
        yield west + shift, south, east + shift, north


def serve(box: tuple[float, ...]) -> bytes:
    """Return the answer of the site to a box."""
    return asked("/ogc/collections/communes/items", f"limit={FEATURES}&bbox={','.join(f'{one:.6f}' for one in box)}")


def statement(box: tuple[float, ...], edition_id: int) -> str:
    """Return the reference: features as their table has them, gathered by the database."""
    shape = f"ST_MakeEnvelope({', '.join(map(str, box))}, 4326)"
    features = f"json_agg(ST_AsGeoJSON(f.*, 'geom', {DECIMALS})::json)"
    found = (
        f"SELECT {PROPERTIES}, c.geom FROM basins_commune AS c JOIN basins_employmentzone AS z ON z.id = c.zone_id "
        f"WHERE c.edition_id = {edition_id} AND ST_Intersects(c.geom, {shape}) ORDER BY c.insee_code LIMIT {FEATURES}"
    )
    return f"SELECT json_build_object('type', 'FeatureCollection', 'features', {features})::text FROM ({found}) AS f"


@contextmanager
def bare_connection() -> Iterator[psycopg.Connection]:
    """Give a connection to the database of the site, of its own."""
    about = settings.DATABASES["default"]
    connection = psycopg.connect(
        dbname=about["NAME"], host=about["HOST"], port=about["PORT"] or None, user=about["USER"],
        password=about["PASSWORD"] or None, autocommit=True,
    )  # fmt: skip
    with closing(connection):
        yield connection


def read_whole() -> None:
    """Read every commune, following pages by the last id of each."""
    after, page = "", 1000
    while after is not None:
        start = f"&after={after}" if after else ""
        body = asked("/ogc/collections/communes/items", f"limit={page}{start}")
        after = last_id(body)


def last_id(body: bytes) -> str | None:
    """Return the id that the next page starts from, None on the last page."""
    links = json.loads(gzip.decompress(body))["links"]
    following = [one["href"] for one in links if one["rel"] == "next"]
    return following[0].rpartition("after=")[2] if following else None
