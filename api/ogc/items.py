"""Features of a collection: `/ogc/collections/{collection}/items` and each by its id."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from api.ogc.answers import GEOJSON, JSON, Link, address, held, link, origin, own_address, sent
from api.ogc.collections import COLLECTIONS, Collection
from api.ogc.provenance import about, edition_on_show
from api.ogc.question import ITEM, ItemsQuestion, read_common, read_items
from api.ogc.reference_systems import ReferenceSystem, read_system
from api.ogc.statements import (
    conditions,
    count_statement,
    feature_statement,
    page_statement,
    read,
    read_current,
)
from api.tile_cache import ByteCache
from scoring.errors import NotFound
from sources.models import Edition
from sources.read_only import read_only

# Bytes of counts alone: a few thousand questions.
COUNTS_BYTES = 20_000
counts = ByteCache(COUNTS_BYTES)


@read_only
def items(request: HttpRequest, collection: str) -> HttpResponse:
    """Serve a page of the features that are asked for."""
    known = known_collection(collection)
    question = read_items(request.GET, known)
    already = held_already(request)
    if already is not None:
        return already
    edition, rows, total = page_rows(known, question)
    text = page_text(request, known, question, rows, total)
    return sent(request, edition, text, GEOJSON, **crs_header(question.system))


@read_only
def item(request: HttpRequest, collection: str, feature_id: str) -> HttpResponse:
    """Serve one feature; raises `NotFound`."""
    known = known_collection(collection)
    read_common(request.GET, ITEM)
    system = read_system(request.GET, "crs")
    already = held_already(request)
    if already is not None:
        return already
    edition, rows = read_current(
        lambda edition: feature_statement(known, about(known, edition), edition.pk, feature_id, system)
    )
    if not rows:
        sentence = _("La collection « %(collection)s » n'a pas d'objet « %(id)s » dans l'édition %(edition)s.")
        raise NotFound(sentence % {"collection": known.name, "id": feature_id[:80], "edition": edition.name})
    return sent(request, edition, item_text(request, known, rows[0][1]), GEOJSON, **crs_header(system))


def held_already(request: HttpRequest) -> HttpResponse | None:
    """Return the 304 of a reader who says to hold an answer and holds the one of the edition on show."""
    return held(request, edition_on_show()) if "If-None-Match" in request.headers else None


def known_collection(name: str) -> Collection:
    """Return a collection by name; raises `NotFound`."""
    if name not in COLLECTIONS:
        sentence = _("Il n'y a pas de collection « %(name)s ». Collections : %(accepted)s.")
        raise NotFound(sentence % {"name": name[:40], "accepted": ", ".join(COLLECTIONS)})
    return COLLECTIONS[name]


def crs_header(system: ReferenceSystem) -> dict[str, str]:
    """Return the header that names the reference system of the coordinates."""
    return {"Content_Crs": f"<{system.uri}>"}


def page_rows(collection: Collection, question: ItemsQuestion) -> tuple[Edition, Sequence[tuple], int]:
    """Return the edition, the rows of a page and one more if there is, and how many features there are over all pages.

    Features are counted with the first page that is asked for, then remembered: those who read all follow links.
    """

    def met(edition: Edition) -> str:
        return conditions(collection, edition.pk, about(collection, edition), question)

    def statement(edition: Edition) -> str:
        is_counting = is_first and counts.get(count_key(collection, edition, met(edition))) is None
        return page_statement(collection, about(collection, edition), met(edition), question, is_counting=is_counting)

    is_first = question.after is None and question.before is None
    edition, rows = read_current(statement)
    key = count_key(collection, edition, met(edition))
    known_count = counts.get(key)
    if known_count is not None:
        return edition, rows, int(known_count)
    counted = rows if is_first else read(count_statement(collection, met(edition)))
    total = counted[0][-1] if counted else 0
    counts.put(key, str(total).encode())
    return edition, rows, total


def count_key(collection: Collection, edition: Edition, met: str) -> bytes:
    """Return the name under which the count of features that meet conditions is remembered."""
    return hashlib.sha256(f"{edition.content_hash} {collection.name} {met}".encode()).digest()


def page_text(
    request: HttpRequest, collection: Collection, question: ItemsQuestion, rows: Sequence[tuple], total: int
) -> str:
    """Return a page as a GeoJSON feature collection; the database has written the features already."""
    page, has_more = rows[: question.limit], len(rows) > question.limit
    if question.before is not None:
        page = page[::-1]
    links = [
        link(own_address(request), "self", GEOJSON, _("Cette page")),
        *neighbour_links(request, question, page, has_more=has_more),
        link(address(request, "collection", collection.name), "collection", JSON, collection.title),
    ]
    head = {
        "type": "FeatureCollection",
        "links": links,
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": total,
        "numberReturned": len(page),
    }
    features = without_nulls(collection, ",".join(text for _key, text, _total in page))
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [{features}]}}'


def neighbour_links(
    request: HttpRequest, question: ItemsQuestion, page: Sequence[tuple], *, has_more: bool
) -> list[Link]:
    """Return the links to the pages before and after: a page is found by the id it starts from, not by counting."""
    if not page:
        return []
    has_next = has_more if question.before is None else True
    has_previous = question.after is not None if question.before is None else has_more
    found = []
    if has_next:
        found.append(link(moved(request, after=page[-1][0]), "next", GEOJSON, _("Page suivante")))
    if has_previous:
        found.append(link(moved(request, before=page[0][0]), "prev", GEOJSON, _("Page précédente")))
    return found


def moved(request: HttpRequest, **start: str) -> str:
    """Return the address asked for, at another page."""
    params = {name: value for name, value in request.GET.items() if name not in ("after", "before")}
    return f"{origin(request)}{quote(request.path)}?{urlencode({**params, **start}, safe='/:,')}"


def without_nulls(collection: Collection, text: str) -> str:
    """Return features as text without the properties that have no value; the database would take longer.

    Within a string of JSON a quote never stands alone: this only ever meets a property.
    """
    for one in collection.properties:
        if one.may_lack:
            text = text.replace(f',"{one.name}":null', "")
    return text


def item_text(request: HttpRequest, collection: Collection, feature: str) -> str:
    """Return one feature as the database wrote it, with its links."""
    links = [
        link(own_address(request), "self", GEOJSON, _("Cet objet")),
        link(address(request, "collection", collection.name), "collection", JSON, collection.title),
    ]
    return f'{without_nulls(collection, feature)[:-1]}, "links": {json.dumps(links, ensure_ascii=False)}}}'
