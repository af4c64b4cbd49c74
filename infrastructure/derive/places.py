"""Points, nearest places and land masses, on arrays of degrees."""

import numpy as np
import pandas as pd

from measures.access import great_circle_km
from measures.arrays import Floats, Integers
from sources.editions import Build

BLOCK_ROWS = 2000


def degrees_of(points: pd.Series) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes of hexadecimal EWKB points."""
    import shapely

    shapes = shapely.from_wkb(points.to_numpy(dtype=object))
    return shapely.get_x(shapes), shapely.get_y(shapes)


def points_of(lon: Floats, lat: Floats) -> list[str]:
    """Return hexadecimal EWKB points (EPSG:4326) rounded to 6 decimals."""
    import shapely

    shapes = shapely.set_srid(shapely.points(np.round(lon, 6), np.round(lat, 6)), 4326)
    return shapely.to_wkb(shapes, hex=True, include_srid=True).tolist()


def nearest(from_lon: Floats, from_lat: Floats, to_lon: Floats, to_lat: Floats) -> tuple[Integers, Floats]:
    """Return, for each place, the position in `to` of the nearest one and its distance in km, great circle.

    The whole matrix is walked in blocks, so that the nearest is exact; on a sphere, so that a distance is within 0.6 %
    of the ellipsoid's (60 m in 10 km). The first of equals wins. ValueError when there is nothing to be near to.
    """
    if not len(to_lon):
        raise ValueError("nearest needs at least one place to go to.")
    found = np.empty(len(from_lon), dtype=np.int64)
    distance_km = np.empty(len(from_lon))
    for start in range(0, len(from_lon), BLOCK_ROWS):
        block = slice(start, start + BLOCK_ROWS)
        matrix_km = great_circle_km(from_lon[block], from_lat[block], to_lon, to_lat)
        found[block] = matrix_km.argmin(axis=1)
        distance_km[block] = matrix_km.min(axis=1)
    return found, distance_km


def land_mass_of(build: Build, lon: Floats, lat: Floats) -> list[str]:
    """Return the land mass of French places: that of the zone whose population centre is nearest.

    Enough because the sea between two French land masses is wider than any zone.
    """
    zones = build.table("basins.EmploymentZone")
    found, _distance_km = nearest(lon, lat, *degrees_of(zones["centre"]))
    return zones["land_mass"].to_numpy()[found].tolist()


def communes_with_land_mass(build: Build) -> pd.DataFrame:
    """Return communes (insee_code, zone, population, lon, lat, land_mass)."""
    communes = build.table("basins.Commune")[["insee_code", "zone", "population", "point"]]
    zones = build.table("basins.EmploymentZone").set_index("code")
    lon, lat = degrees_of(communes["point"])
    return communes.drop(columns="point").assign(lon=lon, lat=lat, land_mass=communes["zone"].map(zones["land_mass"]))
