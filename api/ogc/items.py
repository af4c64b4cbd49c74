"""Features of a collection: `/ogc/collections/{collection}/items` and each by its id."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.ogc.answers import GEOJSON, JSON, Link, address, held, link, own_address, sent
from api.ogc.collections import COLLECTIONS, Collection
from api.ogc.provenance import About, about, edition_on_show
from api.ogc.question import ITEM, ItemsQuestion, read_common, read_items
from api.ogc.reference_systems import ReferenceSystem, read_system
from api.ogc.statements import (
    conditions,
    count_statement,
    counted_page_statement,
    feature_statement,
    page_statement,
    read,
)
from api.tile_cache import ByteCache
from scoring.errors import NotFound
from sources.models import Edition

# Bytes of counts alone: a few thousand questions.
COUNTS_BYTES = 20_000
counts = ByteCache(COUNTS_BYTES)


@require_safe
def items(request: HttpRequest, collection: str) -> HttpResponse:
    """Serve a page of the features that are asked for."""
    known = known_collection(collection)
    question = read_items(request.GET, known)
    edition = edition_on_show()
    return held(request, edition) or sent(
        request, edition, page_text(request, known, edition, question), GEOJSON, **crs_header(question.system)
    )


@require_safe
def item(request: HttpRequest, collection: str, feature_id: str) -> HttpResponse:
    """Serve one feature; raises `NotFound`."""
    known = known_collection(collection)
    read_common(request.GET, ITEM)
    system = read_system(request.GET, "crs")
    edition = edition_on_show()
    return held(request, edition) or sent(
        request, edition, item_text(request, known, edition, feature_id, system), GEOJSON, **crs_header(system)
    )


def known_collection(name: str) -> Collection:
    """Return a collection by name; raises `NotFound`."""
    if name not in COLLECTIONS:
        sentence = _("Il n'y a pas de collection « %(name)s ». Collections : %(accepted)s.")
        raise NotFound(sentence % {"name": name[:40], "accepted": ", ".join(COLLECTIONS)})
    return COLLECTIONS[name]


def crs_header(system: ReferenceSystem) -> dict[str, str]:
    """Return the header that names the reference system of the coordinates."""
    return {"Content_Crs": f"<{system.uri}>"}


def page_text(request: HttpRequest, collection: Collection, edition: Edition, question: ItemsQuestion) -> str:
    """Return a page as a GeoJSON feature collection; the database has written the features already."""
    told = about(collection, edition)
    rows, total = page_rows(collection, edition, told, question)
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
    features = ",".join(text for _key, text, _total in page)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [{features}]}}'


def page_rows(
    collection: Collection, edition: Edition, told: About, question: ItemsQuestion
) -> tuple[Sequence[tuple], int]:
    """Return the rows of a page and one more if there is, and how many features there are over all pages.

    Features are counted with the first page that is asked for, then remembered: those who read all follow links.
    """
    met = conditions(collection, edition.pk, told, question)
    key = hashlib.sha256(f"{edition.content_hash} {collection.name} {met}".encode()).digest()
    held_count = counts.get(key)
    if held_count is not None:
        return read(page_statement(collection, told, met, question)), int(held_count)
    rows = read(counted_page_statement(collection, told, met, question))
    if rows or (question.after is None and question.before is None):
        total = rows[0][2] if rows else 0
    else:
        total = read(count_statement(collection, met))[0][0]
    counts.put(key, str(total).encode())
    return rows, total


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
    params = request.GET.copy()
    for name in ("after", "before"):
        params.pop(name, None)
    params.update(start)
    return f"{request.scheme}://{request.get_host()}{quote(request.path)}?{params.urlencode(safe='/:,')}"


def item_text(
    request: HttpRequest, collection: Collection, edition: Edition, feature_id: str, system: ReferenceSystem
) -> str:
    """Return one feature as GeoJSON, with its links; raises `NotFound`."""
    found = read(feature_statement(collection, about(collection, edition), edition.pk, feature_id, system))
    if not found:
        sentence = _("La collection « %(collection)s » n'a pas d'objet « %(id)s » dans l'édition %(edition)s.")
        values = {"collection": collection.name, "id": feature_id[:80], "edition": edition.name}
        raise NotFound(sentence % values)
    links = [
        link(own_address(request), "self", GEOJSON, _("Cet objet")),
        link(address(request, "collection", collection.name), "collection", JSON, collection.title),
    ]
    return f'{found[0][1][:-1]}, "links": {json.dumps(links, ensure_ascii=False)}}}'
