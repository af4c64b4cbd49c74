"""Frames and layers read from an edition: sites, access, nodes."""

from typing import Any

import pandas as pd
from django.contrib.gis.db.models import PointField
from django.db import connection
from django.db.models import FloatField, Func
from django.db.models.functions import Cast
from psycopg import sql

from infrastructure.models import BrownfieldSite, LogisticsNode, ZoneAccess
from infrastructure.reference import ACCESS_KINDS
from sources.models import Edition

# Decimals of a degree: 1 m, and a file a third smaller than with all of them.
LAYER_DECIMALS = 5

SITE_COLUMNS = ("code", "name", "site_type", "site_status", "surface_ha", "zoning", "is_usable", "insee_code")


def sites_frame(edition: Edition) -> pd.DataFrame:
    """Return the verified brownfields of an edition, ordered by code.

    Columns: code, name, site_type, site_status, surface_ha (NaN when unknown), zoning, is_usable, insee_code, zone
    (code), lon, lat (degrees).
    """
    degrees = {
        name: Func(Cast("point", PointField()), function=function, output_field=FloatField())
        for name, function in (("lon", "ST_X"), ("lat", "ST_Y"))
    }
    sites = BrownfieldSite.objects.of(edition).annotate(**degrees).order_by("code")
    rows = sites.values_list(*SITE_COLUMNS, "zone__code", *degrees)
    frame = pd.DataFrame(list(rows), columns=[*SITE_COLUMNS, "zone", *degrees])
    return frame.astype({"surface_ha": float, "is_usable": bool, "lon": float, "lat": float})


def access_frame(edition: Edition) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return (km, status, name of the nearest node), each with a row per zone code and a column per kind.

    Kilometres are NaN where the status is absent or missing; the name is then empty. Columns: `ACCESS_KINDS`.
    """
    rows = ZoneAccess.objects.of(edition).values_list("zone__code", "kind", "value", "status", "nearest")
    facts = pd.DataFrame(list(rows), columns=["zone", "kind", "value", "status", "nearest"])
    wide = facts.astype({"value": float}).pivot(index="zone", columns="kind")
    kinds = list(ACCESS_KINDS)
    values, statuses, nearest = (wide[part].reindex(columns=kinds) for part in ("value", "status", "nearest"))
    return values, statuses, nearest


def nodes_geojson(edition: Edition) -> str:
    """Return the logistics nodes of an edition as a GeoJSON text; properties code, kind, name, country."""
    return _layer(LogisticsNode, edition, ("code", "kind", "name", "country"))


def brownfields_geojson(edition: Edition) -> str:
    """Return the verified brownfields of an edition as a GeoJSON text; properties of `sites_frame`, less the zone."""
    return _layer(BrownfieldSite, edition, SITE_COLUMNS)


def _layer(model: Any, edition: Edition, properties: tuple[str, ...]) -> str:
    """Return a FeatureCollection of the rows of an edition, in order of code, made by the database."""
    pairs = sql.SQL(", ").join(
        part for name in properties for part in (sql.Literal(name), sql.Identifier(model._meta.get_field(name).column))
    )
    query = sql.SQL(
        "SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object("
        "'type', 'Feature', 'geometry', ST_AsGeoJSON(point, {decimals})::json, "
        "'properties', json_build_object({pairs})) ORDER BY code), '[]'))::text FROM {table} WHERE edition_id = %s"
    ).format(decimals=sql.Literal(LAYER_DECIMALS), pairs=pairs, table=sql.Identifier(model._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(query, [edition.pk])
        return str(cursor.fetchone()[0])
