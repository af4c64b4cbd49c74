"""Vector tiles, cut by PostGIS from the edition on show: `/tiles/{layer}/{z}/{x}/{y}.mvt`."""

import gzip
import re
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from psycopg import sql

from api.negotiation import takes_gzip
from api.tile_cache import ByteCache
from api.tile_layers import LAST_ZOOM, TILE_LAYERS, TileLayer
from scoring.errors import BadQuestion, NotFound
from scoring.question import refuse_unknown
from scoring.service import current_edition
from sources.kept_answers import kept, not_modified, short_hash
from sources.models import Edition
from sources.read_only import read_only

CONTENT_TYPE = "application/vnd.mapbox-vector-tile"
# Units across a tile, and how far past its edge a feature is still drawn, so that a dot on the edge is whole.
EXTENT, BUFFER = 4096, 64
# No tile of the pages comes near these; they bound the work of an address made up to be costly.
MOST_FEATURES = 20_000
MOST_MILLISECONDS = 3000
# The fastest level makes tiles 5 % larger than the one after next, in half the time.
GZIP_LEVEL = 1
CACHE_BYTES = 24_000_000
# Part of every ETag: to be raised when the same edition gives other tiles.
FORMAT = 1

cache = ByteCache(CACHE_BYTES)


@dataclass(frozen=True)
class TileAddress:
    """A tile of a layer, in the usual scheme: `x` from the west, `y` from the north."""

    layer: str
    z: int
    x: int
    y: int

    @classmethod
    def read(cls, layer: str, z: str, x: str, y: str) -> "TileAddress":
        """Return the tile that an address names; raises `NotFound` on the layer, `BadQuestion` on the rest."""
        zoom = within("z", z, known_layer(layer).first_zoom, LAST_ZOOM)
        last = 2**zoom - 1
        return cls(layer, zoom, within("x", x, 0, last), within("y", y, 0, last))


def known_layer(layer: str) -> TileLayer:
    """Return a layer by name; raises `NotFound`."""
    if layer not in TILE_LAYERS:
        sentence = _("Il n'y a pas de couche « %(layer)s ». Couches : %(accepted)s.")
        raise NotFound(sentence % {"layer": layer[:40], "accepted": ", ".join(TILE_LAYERS)})
    return TILE_LAYERS[layer]


def within(name: str, text: str, smallest: int, largest: int) -> int:
    """Return a whole number in plain digits between two bounds; raises `BadQuestion`."""
    if not re.fullmatch("[0-9]{1,6}", text) or not smallest <= int(text) <= largest:
        sentence = _("« %(text)s » n'est pas acceptable pour %(name)s : un entier de %(smallest)s à %(largest)s.")
        values = {"text": text[:40], "name": name, "smallest": smallest, "largest": largest}
        raise BadQuestion(name, sentence % values)
    return int(text)


@read_only
def tile(request: HttpRequest, layer: str, z: str, x: str, y: str) -> HttpResponse:
    """Serve a tile of the edition on show; an address that names that edition is kept for ever."""
    refuse_unknown(request.GET, ("edition",))
    address = TileAddress.read(layer, z, x, y)
    named = request.GET.get("edition", "")
    # What an edition's name leads to never changes: if memory holds it, the database has nothing to add.
    packed = cache.get((named, address))
    edition = current_edition() if packed is None else None
    edition_hash = short_hash(edition.content_hash) if edition else named
    tag = f'"{layer}-{z}-{x}-{y}-{edition_hash}-{FORMAT}"'
    response = not_modified(request, tag) or answer(request, packed_tile(edition, address) if edition else packed)
    return kept(response, tag, is_named=named == edition_hash)


def answer(request: HttpRequest, packed: bytes) -> HttpResponse:
    """Return a packed tile as the reader takes it, or the 204 of a tile where the layer has nothing."""
    if not packed:
        return HttpResponse(status=204)
    is_packed = takes_gzip(request)
    response = HttpResponse(packed if is_packed else gzip.decompress(packed), content_type=CONTENT_TYPE)
    # Said in both cases: else the gzip middleware would pack the tile again.
    response.headers["Content-Encoding"] = "gzip" if is_packed else "identity"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def packed_tile(edition: Edition, address: TileAddress) -> bytes:
    """Return a tile packed by gzip, from memory or cut now; empty where the layer has nothing."""
    key = (short_hash(edition.content_hash), address)
    packed = cache.get(key)
    if packed is None:
        content = cut_tile(edition.pk, address)
        packed = gzip.compress(content, GZIP_LEVEL, mtime=0) if content else b""
        cache.put(key, packed)
    return packed


def cut_tile(edition_id: int, address: TileAddress) -> bytes:
    """Return a tile as PostGIS writes it; raises `OperationalError` past the time limit."""
    limit = sql.SQL("SET LOCAL statement_timeout = {}; ").format(sql.Literal(MOST_MILLISECONDS))
    with connection.cursor() as cursor:
        # Sent together they are one transaction and one exchange; a transaction of Django's would be four.
        cursor.execute(limit + tile_statement(TILE_LAYERS[address.layer], edition_id, address))
        cursor.nextset()
        return bytes(cursor.fetchone()[0])


def tile_statement(layer: TileLayer, edition_id: int, address: TileAddress) -> sql.Composable:
    """Return the statement that cuts a tile: the tile's box is the constant, so that the column's index serves."""
    place = sql.SQL(", ").join(map(sql.Literal, (address.z, address.x, address.y)))
    return sql.SQL(
        "SELECT ST_AsMVT(feature, {layer}, {extent}, 'geom') FROM ("
        "SELECT {attributes}, ST_AsMVTGeom({column}, ST_TileEnvelope({place}), {extent}, {buffer}, true) AS geom "
        "FROM {table} WHERE edition_id = {edition} AND {column} && ST_TileEnvelope({place}, margin => {margin}) "
        "AND {condition} LIMIT {most}) AS feature WHERE geom IS NOT NULL"
    ).format(
        layer=sql.Literal(address.layer),
        extent=sql.Literal(EXTENT),
        attributes=sql.SQL(", ").join(map(sql.Identifier, layer.attributes_at(address.z))),
        column=sql.Identifier(layer.column(address.z)),
        place=place,
        buffer=sql.Literal(BUFFER),
        table=sql.Identifier(layer.table),
        edition=sql.Literal(edition_id),
        margin=sql.Literal(BUFFER / EXTENT),
        condition=sql.SQL(layer.condition(address.z)),
        most=sql.Literal(MOST_FEATURES),
    )
