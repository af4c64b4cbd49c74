"""Compact geometries for edition files."""

from typing import Any

from sources.geometry import solid_parts
from sources.readers import ewkb

# Coordinates are rounded to a power of two, not of ten: the hexadecimal text of the doubles then ends in zeros, which
# compress away, and neighbours that share a vertex still share it.
OUTLINE_GRID_DEG = 2.0**-14  # 7 m
POINT_GRID_DEG = 2.0**-17  # 1 m
MOST_REPAIRS = 5


def compact_outline(geometry: Any, *, grid_deg: float = OUTLINE_GRID_DEG) -> str:
    """Return a surface as the EWKB of a valid MultiPolygon on a grid, of about 7 m unless told otherwise."""
    import shapely
    from shapely.geometry import MultiPolygon

    rounded = shapely.set_precision(geometry, grid_deg, mode="pointwise")
    valid = rounded if shapely.is_valid(rounded) else shapely.make_valid(rounded, method="structure")
    return ewkb(MultiPolygon(solid_parts(valid)))


def rounded_outline(geometry: Any, decimals: int) -> str:
    """Return a surface as the EWKB of a valid MultiPolygon whose vertices stand on a grid of `decimals` of a degree.

    A shared vertex is rounded to one place. A part narrower than the grid can fold over: it is repaired, and rounded
    again. Raises `ValueError` when nothing is left, or when repairs do not settle.
    """
    import shapely
    from shapely.geometry import MultiPolygon

    found = geometry
    for _attempt in range(MOST_REPAIRS):
        found = shapely.transform(found, lambda vertices: vertices.round(decimals))
        if shapely.is_valid(found):
            break
        found = shapely.make_valid(found, method="structure")
    parts = solid_parts(found)
    if not parts or not shapely.is_valid(found):
        raise ValueError(f"a surface does not survive rounding to {decimals} decimals: {geometry.wkt[:80]}")
    return ewkb(MultiPolygon(parts))


def compact_point(lon: float, lat: float) -> str:
    """Return a point as EWKB on a grid of about 1 m."""
    from shapely.geometry import Point

    def rounded(degrees: float) -> float:
        return round(degrees / POINT_GRID_DEG) * POINT_GRID_DEG

    return ewkb(Point(rounded(lon), rounded(lat)))
