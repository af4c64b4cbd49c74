"""Outlines of the basins for paper: those of the national map, with no more points than print can show."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from basins.drawing import DECIMALS, svg_path, without_specks
from basins.models import ZoneShape

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

RING = re.compile(r"M([^l]+)l([^z]+)z")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
# In units of the national map (1000 wide): what a print of 120 mm, and one of 50 mm, can show.
FINE, COARSE = 1.6, 3.0


@lru_cache(maxsize=4)
def outlines(content_hash: str, tolerance: float = FINE) -> Mapping[str, str]:
    """Return the path of each zone of an edition by code; zones that touch share their border."""
    return {code: svg_path(one) for code, one in simplified(content_hash, tolerance).items()}


@lru_cache(maxsize=4)
def silhouette(content_hash: str, tolerance: float = COARSE) -> str:
    """Return all the lands of an edition as one path, without the borders between zones."""
    import shapely

    union = shapely.coverage_union_all(list(simplified(content_hash, tolerance).values()))
    return svg_path(without_specks(union))


def simplified(content_hash: str, tolerance: float) -> dict[str, "MultiPolygon"]:
    """Return the surface of each zone in units of the national map, borders kept shared."""
    import shapely

    rows = ZoneShape.objects.filter(edition__content_hash=content_hash).order_by("zone__code")
    codes, paths = zip(*rows.values_list("zone__code", "path"), strict=True)
    simple = shapely.coverage_simplify(np.array([surface(one) for one in paths], dtype=object), tolerance)
    return {code: without_specks(one) for code, one in zip(codes, simple, strict=True)}


def surface(path: str) -> "MultiPolygon":
    """Return the surface that a path of `basins.drawing.svg_path` draws.

    Rings follow each other without saying which are holes: a ring inside another is one.
    """
    import shapely

    rings = [ring_points(start, steps) for start, steps in RING.findall(path)]
    # Even-odd: whatever is inside two rings is outside the surface.
    found = shapely.Polygon()
    for ring in (shapely.Polygon(points) for points in rings if len(points) >= 3):
        found = found.symmetric_difference(ring) if found.is_valid and ring.is_valid else found.union(ring.buffer(0))
    parts = [one for one in shapely.get_parts(found) if one.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def ring_points(start: str, steps: str) -> np.ndarray:
    """Return the points (n, 2) of a ring from its first place and the steps that follow."""
    first, moves = ([float(one) for one in NUMBER.findall(text)] for text in (start, steps))
    return np.round(np.cumsum(np.array(first + moves).reshape(-1, 2), axis=0), DECIMALS)
