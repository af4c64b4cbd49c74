"""Outlines of zones for files: as well-known binary, and as GeoJSON turned the way RFC 7946 asks."""

from django.contrib.gis.db.models.functions import AsGeoJSON, AsWKB, GeomOutputGeoFunc

from basins.models import EmploymentZone
from sources.models import Edition

# Decimals of a degree: 1 m, so that rounding folds no outline of a grid of 7 m.
FILE_DECIMALS = 5


class ForcePolygonCCW(GeomOutputGeoFunc):
    """Outer rings against the clock and holes with it."""

    arity = 1


def zone_outlines(edition: Edition) -> dict[str, bytes]:
    """Return the outline of each zone by code, in degrees (EPSG:4326), as well-known binary."""
    rows = EmploymentZone.objects.of(edition).annotate(wkb=AsWKB("geom")).order_by("code")
    return {code: bytes(wkb) for code, wkb in rows.values_list("code", "wkb")}


def zone_outlines_geojson(edition: Edition) -> dict[str, str]:
    """Return the outline of each zone by code, as GeoJSON text turned by the right-hand rule (RFC 7946)."""
    turned = AsGeoJSON(ForcePolygonCCW("geom"), precision=FILE_DECIMALS)
    rows = EmploymentZone.objects.of(edition).annotate(text=turned).order_by("code")
    return dict(rows.values_list("code", "text"))
