"""Documents about the service: landing page, conformance, collections; each says where the others are."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from api.ogc.answers import GEOJSON, JSON, OPENAPI, SCHEMA, address, link, origin, own_address
from api.ogc.collections import COLLECTIONS, Collection
from api.ogc.provenance import About, about
from api.ogc.reference_systems import CRS84, REFERENCE_SYSTEMS
from api.ogc.times import Interval
from sources.models import Edition

Document = dict[str, Any]
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
SPECIFICATION = "http://www.opengis.net/spec/ogcapi-features"
# Each is held by its own tests, requirement by requirement.
CONFORMANCE = (
    f"{SPECIFICATION}-1/1.0/conf/core",
    f"{SPECIFICATION}-1/1.0/conf/oas30",
    f"{SPECIFICATION}-1/1.0/conf/geojson",
    f"{SPECIFICATION}-2/1.0/conf/crs",
)


def landing_document(request: HttpRequest, edition: Edition) -> Document:
    """Return the landing page: where the description, the conformance and the collections are."""
    documentation = f"{origin(request)}{reverse('explorer:data')}#ogc"
    return {
        "title": _("Bassins : objets géographiques"),
        "description": _(
            "Bassins d'emploi, communes, friches, nœuds logistiques et périmètres de l'édition %(edition)s, pour un "
            "logiciel de cartographie. En lecture seule, sans clé."
        )
        % {"edition": edition.name},
        "links": [
            link(own_address(request), "self", JSON, _("Cette page")),
            link(address(request, "api"), "service-desc", OPENAPI, _("Description OpenAPI 3.0")),
            link(documentation, "service-doc", "text/html", _("Mode d'emploi")),
            link(address(request, "conformance"), "conformance", JSON, _("Classes de conformité")),
            link(address(request, "collections"), "data", JSON, _("Collections")),
        ],
    }


def conformance_document() -> Document:
    """Return the conformance classes that the service holds."""
    return {"conformsTo": list(CONFORMANCE)}


def collections_document(request: HttpRequest, edition: Edition) -> Document:
    """Return every collection of an edition."""
    return {
        "links": [link(own_address(request), "self", JSON, _("Cette page"))],
        "crs": list(REFERENCE_SYSTEMS),
        "collections": [collection_document(request, one, edition) for one in COLLECTIONS.values()],
    }


def collection_document(request: HttpRequest, collection: Collection, edition: Edition) -> Document:
    """Return one collection: its words, extent, reference systems, producers, and where its features are."""
    told = about(collection, edition)
    schema = address(request, "schema", collection.name)
    return {
        "id": collection.name,
        "title": str(collection.title),
        "description": f"{collection.description} {overseas_note()}",
        "attribution": " ; ".join(
            dict.fromkeys(f"{one.source} ({one.vintage}), {one.licence}" for one in told.origins)
        ),
        "extent": extent(told),
        "itemType": "feature",
        "crs": list(REFERENCE_SYSTEMS),
        "storageCrs": CRS84.uri,
        "links": [
            link(address(request, "collection", collection.name), "self", JSON, collection.title),
            link(address(request, "items", collection.name), "items", GEOJSON, _("Les objets, par pages")),
            link(schema, "describedby", SCHEMA, _("Ce que dit chaque objet")),
            # GDAL only knows the relation under this writing.
            link(schema, "describedBy", SCHEMA, _("Ce que dit chaque objet")),
        ],
    }


def overseas_note() -> str:
    """Return what to know of Lambert-93 overseas."""
    return _(
        "En EPSG:2154, les lieux d'outre-mer sont hors du domaine de la projection : ils se reprojettent exactement, "
        "mais distances et surfaces y sont fausses."
    )


def extent(told: About) -> Document:
    """Return where and when features are, what is unknown being left out."""
    found: Document = {}
    if told.extent is not None:
        found["spatial"] = {"bbox": [list(told.extent)], "crs": CRS84.uri}
    if told.interval is not None:
        found["temporal"] = {"interval": [interval(told.interval)], "trs": GREGORIAN}
    return found


def interval(found: Interval) -> list[str]:
    """Return an interval as two instants of RFC 3339."""
    return [one.strftime("%Y-%m-%dT%H:%M:%SZ") for one in (found.start, found.end)]
