"""Drawing zone outlines in an inset of the national map: projection, simplification, SVG path."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from basins.shapes import NAME_HEIGHT, PADDING, Inset

# In units of the view box. Simplified before drawing, all zones of an inset together, so that borders stay shared.
TOLERANCE = 0.9
# An islet smaller than this (square units) would be a speck; a zone always keeps its largest part.
LEAST_AREA = 0.4
DECIMALS = 1


def drawn_in_inset(outlines: Sequence[Any], inset: Inset) -> list[tuple[str, float, float]]:
    """Return (SVG path, label x, label y) of each outline (EPSG:4326), in coordinates of the view box.

    The inset's projection is conformal near its land; scale and position fit all the outlines in the rectangle, its
    name row and padding left free; y goes down.
    """
    import shapely

    if len(outlines) == 0:
        return []
    projected = shapely.transform(np.array(outlines, dtype=object), projection(inset.epsg), interleaved=False)
    placed = shapely.transform(projected, placement(shapely.total_bounds(projected), inset))
    simple = shapely.coverage_simplify(placed, TOLERANCE)
    drawn = [without_specks(outline) for outline in simple]
    labels = [shapely.point_on_surface(max(shapely.get_parts(one), key=shapely.area)) for one in drawn]
    return [
        (svg_path(one), round(label.x, DECIMALS), round(label.y, DECIMALS))
        for one, label in zip(drawn, labels, strict=True)
    ]


def projection(epsg: int) -> Any:
    """Return the function of (lon, lat) arrays that projects them in metres."""
    from pyproj import Transformer

    transform = Transformer.from_crs(4326, epsg, always_xy=True).transform
    return lambda lon, lat: transform(lon, lat)


def placement(bounds: npt.NDArray[np.float64], inset: Inset) -> Any:
    """Return the function that brings projected coordinates (n, 2) into the inset, centred, y down."""
    west, south, east, north = bounds
    top = inset.y + (NAME_HEIGHT if inset.is_framed else 0)
    margin = PADDING if inset.is_framed else 0
    width, height = inset.width - 2 * margin, inset.y + inset.height - top - 2 * margin
    scale = min(width / (east - west), height / (north - south))
    centre = np.array([inset.x + margin + width / 2, top + margin + height / 2])
    middle = np.array([(west + east) / 2, (south + north) / 2])
    return lambda metres: centre + (metres - middle) * np.array([scale, -scale])


def without_specks(outline: Any) -> Any:
    """Return the outline without the parts too small to be seen."""
    import shapely
    from shapely.geometry import MultiPolygon

    parts = sorted(shapely.get_parts(outline), key=shapely.area, reverse=True)
    return MultiPolygon([part for rank, part in enumerate(parts) if rank == 0 or part.area >= LEAST_AREA])


def svg_path(outline: Any) -> str:
    """Return the path of a surface: absolute start, then relative steps between points rounded to the grid.

    Steps are differences of rounded points, so that a vertex shared by two zones is drawn in one place.
    """
    rings = [ring for part in outline.geoms for ring in (part.exterior, *part.interiors)]
    return "".join(ring_path(np.asarray(ring.coords)[:, :2]) for ring in rings)


def ring_path(coordinates: npt.NDArray[np.float64]) -> str:
    """Return one closed ring as path commands; points that fall on the same grid node are drawn once."""
    grid = np.rint(coordinates * 10**DECIMALS).astype(int)
    steps = np.diff(grid, axis=0)
    steps = steps[(steps != 0).any(axis=1)][:-1]
    start_x, start_y = grid[0]
    if len(steps) < 2:
        return ""
    return f"M{tenths(start_x)} {tenths(start_y)}l{joined(steps)}z"


def joined(steps: npt.NDArray[np.int_]) -> str:
    """Return the numbers of relative steps, a separator only where two would run together."""
    numbers = [tenths(number) for number in steps.ravel()]
    return numbers[0] + "".join(text if text.startswith("-") else f" {text}" for text in numbers[1:])


def tenths(count: int) -> str:
    """Return a number of grid steps in view box units: 15 is `1.5`, -3 is `-.3`, 20 is `2`."""
    whole, part = divmod(abs(int(count)), 10**DECIMALS)
    sign = "-" if count < 0 else ""
    digits = f"{whole or ''}.{part}" if part else str(whole)
    return sign + digits
