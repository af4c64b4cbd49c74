"""A perimeter drawn over the zones around it, as SVG paths that PostGIS projects, clips and writes."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from basins.commune_sets import CommuneSet
from basins.models import EmploymentZone
from basins.perimeters import AnyPerimeter
from basins.shapes import INSETS

WIDTH, HEIGHT, MARGIN = 800, 620, 36
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"
# In units of the view box: below what the eye sees.
TOLERANCE, DECIMALS = 0.6, 1
LEGAL_PROJECTION = 2154


@dataclass(frozen=True)
class DrawnZone:
    """A zone that shows on the map: its outline clipped to the view, and where its name can stand."""

    code: str
    name: str
    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class PerimeterMap:
    """The zones around a perimeter, in code order, and the outline of the perimeter itself."""

    zones: tuple[DrawnZone, ...]
    outline: str


OF_PERIMETER = "SELECT geom FROM basins_perimeter WHERE id = %(perimeter)s"
# Communes that have no outline stand as small discs, so that a list of nothing else has a view. One view cannot hold
# lands oceans apart: those of the land drawn are kept.
OF_COMMUNES = """
    SELECT ST_Multi(ST_Union(coalesce(geom, ST_Buffer(point, 500)::geometry))) AS geom
    FROM basins_commune AS commune WHERE edition_id = %(edition)s AND insee_code = ANY(%(codes)s) AND EXISTS (
        SELECT 1 FROM basins_employmentzone AS zone WHERE zone.id = commune.zone_id AND zone.land_mass = ANY(%(lands)s)
    )
"""
# The view: the box of the projected perimeter, scaled to the drawing, its margin left free, y going down.
STATEMENT = """
WITH outline AS (
    SELECT ST_Transform(geom, %(epsg)s) AS geom FROM ({outline}) AS of_perimeter
), box AS (
    SELECT geom, ST_XMin(geom) AS west, ST_YMin(geom) AS south, ST_XMax(geom) AS east, ST_YMax(geom) AS north
    FROM outline
), scaled AS (
    SELECT *, LEAST(%(width)s / (east - west), %(height)s / (north - south)) AS scale FROM box
), placed AS (
    SELECT *,
        %(full_width)s / 2 - scale * (west + east) / 2 AS dx,
        -%(full_height)s / 2 - scale * (south + north) / 2 AS dy
    FROM scaled
), view AS (
    SELECT ST_MakeEnvelope(0, -%(full_height)s, %(full_width)s, 0) AS frame
), drawn AS (
    SELECT zone.code, zone.name, ST_ClipByBox2D(ST_SetSRID(
        ST_Affine(ST_Transform(zone.geom, %(epsg)s), scale, 0, 0, scale, dx, dy), 0), Box2D(frame)) AS geom
    FROM basins_employmentzone AS zone, placed, view
    WHERE zone.edition_id = %(edition)s AND zone.geom && ST_Transform(ST_MakeEnvelope(
        -dx / scale, (-%(full_height)s - dy) / scale, (%(full_width)s - dx) / scale, -dy / scale, %(epsg)s), 4326)
), simple AS (
    SELECT code, name, ST_SimplifyPreserveTopology(geom, %(tolerance)s) AS geom FROM drawn WHERE NOT ST_IsEmpty(geom)
)
SELECT code, name, ST_AsSVG(geom, 1, %(decimals)s), ST_X(ST_PointOnSurface(geom)), -ST_Y(ST_PointOnSurface(geom))
FROM simple
UNION ALL
SELECT '', '', ST_AsSVG(ST_SimplifyPreserveTopology(
    ST_SetSRID(ST_Affine(geom, scale, 0, 0, scale, dx, dy), 0), %(tolerance)s), 1, %(decimals)s), 0, 0
FROM placed
ORDER BY 1
"""


def perimeter_map(perimeter: AnyPerimeter, land_mass: str) -> PerimeterMap:
    """Return a perimeter over the zones that its view holds, drawn in the projection of its land.

    Of a set of communes over several lands, what lies on `land_mass` and those drawn with it.
    """
    return set_map(perimeter, land_mass) if isinstance(perimeter, CommuneSet) else drawn(perimeter, land_mass)


@lru_cache(maxsize=16)
def set_map(communes: CommuneSet, land_mass: str) -> PerimeterMap:
    """Return the map of a set of communes; kept, for the union of a thousand outlines takes a tenth of a second."""
    return drawn(communes, land_mass)


def drawn(perimeter: AnyPerimeter, land_mass: str) -> PerimeterMap:
    """Return the map of a perimeter as PostGIS draws it."""
    is_set = isinstance(perimeter, CommuneSet)
    values = {
        "codes": list(perimeter.insee_codes) if is_set else [],
        "perimeter": 0 if is_set else perimeter.pk,
        "edition": perimeter.edition_id,
        "epsg": projection_of(land_mass),
        "lands": lands_with(land_mass),
        "full_width": float(WIDTH),
        "full_height": float(HEIGHT),
        "width": float(WIDTH - 2 * MARGIN),
        "height": float(HEIGHT - 2 * MARGIN),
        "tolerance": TOLERANCE,
        "decimals": DECIMALS,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.replace("{outline}", OF_COMMUNES if is_set else OF_PERIMETER), values)
        (_code, _name, outline, _x, _y), *zones = cursor.fetchall()
    return PerimeterMap(tuple(DrawnZone(*row) for row in zones), outline)


def projection_of(land_mass: str) -> int:
    """Return the EPSG code of the projection that suits a land mass."""
    found = [one.epsg for one in INSETS if EmploymentZone.LandMass(land_mass) in one.land_masses]
    return found[0] if found else LEGAL_PROJECTION


def lands_with(land_mass: str) -> list[str]:
    """Return the land masses that one view holds with this one, itself included."""
    for one in INSETS:
        if EmploymentZone.LandMass(land_mass) in one.land_masses:
            return [land.value for land in one.land_masses]
    return [land_mass]
