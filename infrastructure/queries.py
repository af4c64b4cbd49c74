"""Frames and layers read from an edition: sites, parks, access, nodes, grid, lines, counts by commune."""

from typing import Any

import pandas as pd
from django.contrib.gis.db.models import PointField
from django.db import connection
from django.db.models import FloatField, Func, Sum
from django.db.models.functions import Cast
from psycopg import sql

from basins.models import Commune
from basins.perimeters import AnyPerimeter
from infrastructure.models import (
    BrownfieldSite,
    BusinessPark,
    CommuneBrownfields,
    LogisticsNode,
    RailLine,
    Substation,
    ZoneAccess,
)
from infrastructure.reference import ACCESS_KINDS
from sources.models import Edition

# Decimals of a degree: 1 m, and a file a third smaller than with all of them.
LAYER_DECIMALS = 5

SITE_COLUMNS = (
    "code", "name", "site_type", "site_status", "surface_ha", "zoning", "is_usable", "insee_code", "inventory",
)  # fmt: skip
PARK_COLUMNS = ("code", "name", "vocation", "stage", "gross_ha", "available_ha", "largest_plot_ha", "is_usable")
COUNT_COLUMNS = (
    "site_count", "industrial_count", "unknown_type_count", "without_project_count", "with_project_count",
    "reconverted_count", "potential_count",
)  # fmt: skip
# Decimals of a degree for lines simplified to 200 m.
LINE_DECIMALS = 4


def sites_frame(edition: Edition) -> pd.DataFrame:
    """Return the verified brownfields of an edition, ordered by code.

    Columns: code, name, site_type, site_status, surface_ha (NaN when unknown), zoning, is_usable, insee_code,
    inventory, zone (code), lon, lat (degrees).
    """
    frame = _placed_frame(BrownfieldSite, edition, SITE_COLUMNS)
    return frame.astype({"surface_ha": float, "is_usable": bool})


def parks_frame(edition: Edition) -> pd.DataFrame:
    """Return the business parks of an edition, ordered by code; none where no region has loaded any.

    Columns: code, name, vocation, stage, gross_ha, available_ha, largest_plot_ha (NaN when unknown), is_usable, zone
    (code), lon, lat (degrees), offered_ha: the largest plot for sale, else the available area that the park declares.
    """
    frame = _placed_frame(BusinessPark, edition, PARK_COLUMNS)
    frame = frame.astype({"gross_ha": float, "available_ha": float, "largest_plot_ha": float, "is_usable": bool})
    return frame.assign(offered_ha=frame["largest_plot_ha"].fillna(frame["available_ha"]))


def _placed_frame(model: Any, edition: Edition, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows of a table with their zone (code) and the degrees of their point, ordered by code."""
    degrees = {
        name: Func(Cast("point", PointField()), function=function, output_field=FloatField())
        for name, function in (("lon", "ST_X"), ("lat", "ST_Y"))
    }
    rows = model.objects.of(edition).annotate(**degrees).order_by("code")
    found = list(rows.values_list(*columns, "zone__code", *degrees))
    frame = pd.DataFrame(found, columns=[*columns, "zone", *degrees])
    return frame.astype({"lon": float, "lat": float})


def listed_brownfields(perimeter: AnyPerimeter) -> dict[str, int]:
    """Return how many sites the national inventory lists in a perimeter, by count (`COUNT_COLUMNS`).

    A commune without a row has no listed site.
    """
    communes = Commune.objects.in_perimeter(perimeter).values("pk")
    rows = CommuneBrownfields.objects.filter(commune__in=communes)
    sums = rows.aggregate(**{name: Sum(name, default=0) for name in COUNT_COLUMNS})
    return {name: int(sums[name]) for name in COUNT_COLUMNS}


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


def substations_geojson(edition: Edition) -> str:
    """Return the transmission grid's nodes as a GeoJSON text; properties code, name, function, state, highest_kv."""
    return _layer(Substation, edition, ("code", "name", "function", "state", "highest_kv"))


def parks_geojson(edition: Edition) -> str:
    """Return the outlines of business parks as a GeoJSON text; properties of `parks_frame`, less zone and offer."""
    return _layer(BusinessPark, edition, PARK_COLUMNS, geometry="outline")


def rail_lines_geojson(edition: Edition) -> str:
    """Return the lines of the rail network as a GeoJSON text; properties code, name."""
    return _layer(RailLine, edition, ("code", "name"), geometry="geom", decimals=LINE_DECIMALS)


def _layer(
    model: Any,
    edition: Edition,
    properties: tuple[str, ...],
    *,
    geometry: str = "point",
    decimals: int = LAYER_DECIMALS,
) -> str:
    """Return a FeatureCollection of the rows of an edition, in order of code, made by the database."""
    pairs = sql.SQL(", ").join(
        part for name in properties for part in (sql.Literal(name), sql.Identifier(model._meta.get_field(name).column))
    )
    query = sql.SQL(
        "SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object("
        "'type', 'Feature', 'geometry', ST_AsGeoJSON({geometry}, {decimals})::json, "
        "'properties', json_build_object({pairs})) ORDER BY code), '[]'))::text FROM {table} WHERE edition_id = %s"
    ).format(
        geometry=sql.Identifier(geometry),
        decimals=sql.Literal(decimals),
        pairs=pairs,
        table=sql.Identifier(model._meta.db_table),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [edition.pk])
        return str(cursor.fetchone()[0])
