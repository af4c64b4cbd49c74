"""Tables and layers read from an edition: zones, zone values, outlines as GeoJSON."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from django.contrib.gis.geos import Point
from django.db import connection, models
from django.db.models import F, FloatField, Func
from psycopg import sql

from basins.models import (
    CommuneCounts,
    EmploymentZone,
    NeighbourLand,
    Perimeter,
    ZonePeriod,
    ZoneValue,
)
from sources.models import Edition

# Decimals of a degree: 11 m, finer than the outlines.
OUTLINE_DECIMALS = 4
BOX_DECIMALS = 4


def zones_frame(edition: Edition) -> pd.DataFrame:
    """Return the zones indexed by code, in code order.

    Columns: name, region_codes (list), land_mass, population, population_year, commune_count, area_km2, `lon` and
    `lat` of the centre of population, and the box `west`, `south`, `east`, `north` in degrees.
    """
    plain = ("name", "region_codes", "land_mass", "population", "population_year", "commune_count", "area_km2")
    box = {"west": "ST_XMin", "south": "ST_YMin", "east": "ST_XMax", "north": "ST_YMax"}
    sides = {side: Func(F("geom"), function=function, output_field=FloatField()) for side, function in box.items()}
    zones = EmploymentZone.objects.of(edition).annotate(**sides).order_by("code")
    rows = list(zones.values_list("code", *plain, "centre", *box))
    frame = pd.DataFrame(rows, columns=["code", *plain, "centre", *box]).set_index("code")
    centres: Sequence[Point] = list(frame.pop("centre"))
    frame.insert(len(plain), "lon", [centre.x for centre in centres])
    frame.insert(len(plain) + 1, "lat", [centre.y for centre in centres])
    frame[list(box)] = frame[list(box)].round(BOX_DECIMALS)
    return frame


def zone_value_frame(edition: Edition) -> pd.DataFrame:
    """Return the values of all indicators, one row each, ordered by indicator and zone.

    Columns: indicator, zone (code), value (NaN unless observed or estimated), status, release_key, vintage, producer.
    """
    columns = {
        "indicator": "indicator",
        "zone": "zone__code",
        "value": "value",
        "status": "status",
        "release_key": "release__key",
        "vintage": "release__vintage",
        "producer": "release__source__producer",
    }
    rows = ZoneValue.objects.of(edition).order_by("indicator", "zone__code").values_list(*columns.values())
    return pd.DataFrame(list(rows), columns=list(columns)).astype({"value": float})


def zone_period_frame(edition: Edition, series: str) -> pd.DataFrame:
    """Return a series (`ZonePeriod.Series`) as zones (codes) by periods, in order; NaN where it is not published."""
    rows = ZonePeriod.objects.of(edition).filter(series=series).values_list("zone__code", "period", "value")
    long = pd.DataFrame(list(rows), columns=["zone", "period", "value"])
    return long.pivot(index="zone", columns="period", values="value").sort_index().sort_index(axis=1)


def count_names() -> list[str]:
    """Return the counts that `CommuneCounts` holds."""
    return [field.name for field in CommuneCounts._meta.concrete_fields if field.null]


def zones_geojson(edition: Edition) -> str:
    """Return the outlines of zones as GeoJSON text, with `code` and `name`."""
    return _layer(EmploymentZone, edition, ("code", "name"))


def industry_territories_geojson(edition: Edition) -> str:
    """Return the outlines of the Territoires d'industrie as GeoJSON text, with `code` and `name`."""
    return perimeters_geojson(edition, Perimeter.Kind.INDUSTRY_TERRITORY)


def perimeters_geojson(edition: Edition, kind: str) -> str:
    """Return the outlines of the perimeters of a kind as GeoJSON text, with `code` and `name`."""
    return _layer(Perimeter, edition, ("code", "name"), kind=kind)


def neighbours_geojson(edition: Edition) -> str:
    """Return the countries around metropolitan France as GeoJSON text, with `code`."""
    return _layer(NeighbourLand, edition, ("code",))


def _layer(model: type[models.Model], edition: Edition, properties: Sequence[str], **filters: Any) -> str:
    """Return a FeatureCollection written by PostGIS: the geometries never pass through Python."""
    conditions = {"edition_id": edition.pk, **filters}
    statement = sql.SQL(
        "SELECT coalesce(string_agg(ST_AsGeoJSON(feature.*, 'geom', {decimals}), ',' ORDER BY code), '') "
        "FROM (SELECT {columns} FROM {table} WHERE {where}) AS feature"
    ).format(
        decimals=sql.Literal(OUTLINE_DECIMALS),
        columns=sql.SQL(", ").join(map(sql.Identifier, (*properties, "geom"))),
        table=sql.Identifier(model._meta.db_table),
        where=sql.SQL(" AND ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in conditions.items()
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (features,) = cursor.fetchone()
    return f'{{"type":"FeatureCollection","features":[{features}]}}'
