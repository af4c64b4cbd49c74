"""Files that maps draw from: named by the content hash of the edition, therefore kept for ever by caches."""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from basins.queries import industry_territories_geojson, neighbours_geojson, zones_geojson
from basins.shapes import zones_svg
from infrastructure.queries import (
    brownfields_geojson,
    nodes_geojson,
    parks_geojson,
    rail_lines_geojson,
    substations_geojson,
)
from scoring.errors import NotFound
from scoring.service import current_edition
from sources.kept_answers import kept, not_modified, short_hash
from sources.models import Edition

LAYERS: dict[str, Callable[[Edition], str]] = {
    "zones": zones_geojson,
    "brownfields": brownfields_geojson,
    "nodes": nodes_geojson,
    "substations": substations_geojson,
    "rail_lines": rail_lines_geojson,
    "business_parks": parks_geojson,
    "industry_territories": industry_territories_geojson,
    "neighbours": neighbours_geojson,
}


def zones_svg_url(content_hash: str) -> str:
    """Return the address of the zone shapes of an edition."""
    return reverse("explorer:zones-svg", args=(short_hash(content_hash),))


def layer_url(layer: str, content_hash: str) -> str:
    """Return the address of a GeoJSON layer of an edition."""
    return reverse("explorer:layer", args=(layer, short_hash(content_hash)))


def zones_svg_file(request: HttpRequest, edition_hash: str) -> HttpResponse:
    """Serve the zone shapes that pages name by `<use>`."""
    edition = current_edition()
    if edition_hash != short_hash(edition.content_hash):
        return to_current(zones_svg_url(edition.content_hash))
    return immutable(request, f"zones-{edition_hash}", "image/svg+xml", lambda: _shapes(edition.pk, edition_hash))


def geojson_file(request: HttpRequest, layer: str, edition_hash: str) -> HttpResponse:
    """Serve a layer of the detailed map; raises `NotFound` on a layer that does not exist."""
    if layer not in LAYERS:
        raise NotFound(
            _("Il n'y a pas de couche « %(layer)s ». Couches : %(accepted)s.")
            % {"layer": layer[:40], "accepted": ", ".join(LAYERS)}
        )
    edition = current_edition()
    if edition_hash != short_hash(edition.content_hash):
        return to_current(layer_url(layer, edition.content_hash))
    return immutable(
        request, f"{layer}-{edition_hash}", "application/geo+json", lambda: _layer(layer, edition.pk, edition_hash)
    )


def to_current(url: str) -> HttpResponse:
    """Send a page of another edition to the file of this one; not kept, since the edition may change again."""
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "no-store"
    return response


def immutable(request: HttpRequest, tag: str, content_type: str, content: Callable[[], str]) -> HttpResponse:
    """Return a file that never changes at its address, or a 304 to who has it already."""
    response = not_modified(request, f'"{tag}"') or HttpResponse(content(), content_type=content_type)
    return kept(response, f'"{tag}"', is_named=True)


@lru_cache(maxsize=2)
def _shapes(edition_id: int, edition_hash: str) -> str:
    return zones_svg(Edition.objects.get(pk=edition_id))


@lru_cache(maxsize=2 * len(LAYERS))
def _layer(layer: str, edition_id: int, edition_hash: str) -> str:
    return LAYERS[layer](Edition.objects.get(pk=edition_id))
