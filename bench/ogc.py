"""Features of a box as the site serves them, against the plainest statement that gives the same GeoJSON.

The reference is one `json_agg` of a hundred features on a bare connection. The site answers through its whole stack,
without a socket: parameters, edition, count of what matches, links to other pages, packing for the network.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count, cycle

import psycopg
from django.conf import settings

from bench.protocol import Line, plain, ratio, timed
from bench.tiles import asked
from sources.models import Edition

ROUND = 40
FEATURES, DECIMALS = 100, 6
# Boxes that more than a hundred features touch: of half a degree for communes, of some degrees for perimeters.
SMALL = (
    (2.1, 48.7, 2.6, 49.0), (4.5, 45.5, 4.9, 45.9), (2.8, 50.4, 3.3, 50.7), (1.1, 43.4, 1.7, 43.8),
    (7.3, 48.4, 7.8, 48.8),
)  # fmt: skip
LARGE = ((3.0, 44.5, 6.0, 47.0), (1.0, 47.5, 4.0, 50.0), (-3.0, 46.5, 0.5, 49.0))


@dataclass(frozen=True)
class Side:
    """A collection under measure: its boxes, what the reference writes of it (source and vintage are constants)."""

    name: str
    label: str
    boxes: tuple[tuple[float, ...], ...]
    key: str
    properties: str
    rows: str


SIDES = (
    Side(
        "communes",
        "communes",
        SMALL,
        "f.insee_code",
        "f.insee_code AS code, f.name, f.department_id AS department, z.code AS basin, "
        "NULLIF(f.epci_siren, '') AS epci, NULLIF(f.ept_siren, '') AS ept, f.population, "
        "CASE WHEN f.geom IS NULL THEN 'missing' ELSE 'observed' END AS outline_status, "
        "'Insee, Code officiel géographique : communes' AS source, '2026' AS vintage",
        "basins_commune AS f JOIN basins_employmentzone AS z ON z.id = f.zone_id",
    ),
    Side(
        "perimeters",
        "périmètres",
        LARGE,
        "f.key",
        "f.kind, f.code, f.name, NULLIF(f.legal_form, '') AS legal_form, f.population, f.commune_count, "
        "'DGCL, Intercommunalités à fiscalité propre et leurs communes' AS source, '2025' AS vintage",
        "basins_perimeter AS f",
    ),
)


def measure() -> list[Line]:
    """Return the ratio of an answer to its statement, and what a whole collection takes page after page."""
    edition_id = Edition.objects.current().pk
    with bare_connection() as bare:
        lines = [compared(side, bare, edition_id) for side in SIDES]
    whole = plain("35 000 communes lues par pages de 1 000", timed(read_whole, 3), unit="s", aim=None)
    return [*lines, whole]


def compared(side: Side, bare: psycopg.Connection, edition_id: int) -> Line:
    """Return the ratio of the pages of a collection to their statements."""
    answers, boxes = moving(side.boxes), moving(side.boxes)
    return ratio(
        f"objets d'un rectangle (100 {side.label}) / json_agg nu",
        lambda: serve(side, next(answers)),
        lambda: bare.execute(statement(side, next(boxes), edition_id), prepare=False).fetchone(),
        repeats=ROUND,
        aim=1.5,
        detail=f"{len(serve(side, next(answers))) / 1000:.0f} ko compressés",
    )


def moving(boxes: tuple[tuple[float, ...], ...]) -> Iterator[tuple[float, ...]]:
    """Yield boxes that are never the same twice, so that nothing is remembered of one."""
    for turn, (west, south, east, north) in zip(count(), cycle(boxes), strict=False):
        shift = turn * 1e-6
        yield west + shift, south, east + shift, north


def serve(side: Side, box: tuple[float, ...]) -> bytes:
    """Return the answer of the site to a box."""
    written = ",".join(f"{one:.6f}" for one in box)
    return asked(f"/ogc/collections/{side.name}/items", f"limit={FEATURES}&bbox={written}")


def statement(side: Side, box: tuple[float, ...], edition_id: int) -> str:
    """Return the reference: the same features, gathered by the database."""
    shape = f"ST_MakeEnvelope({', '.join(map(str, box))}, 4326)"
    features = f"json_agg(ST_AsGeoJSON(q.*, 'geom', {DECIMALS})::json)"
    found = (
        f"SELECT {side.properties}, f.geom FROM {side.rows} WHERE f.edition_id = {edition_id} "
        f"AND ST_Intersects(f.geom, {shape}) ORDER BY {side.key} LIMIT {FEATURES}"
    )
    return f"SELECT json_build_object('type', 'FeatureCollection', 'features', {features})::text FROM ({found}) AS q"


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
