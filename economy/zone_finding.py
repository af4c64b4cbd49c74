"""Which zone holds a point, the shore being drawn too coarsely to hold every quay."""

from typing import Any

import numpy as np
import pandas as pd

from measures.access import great_circle_km

KM_A_DEGREE = 111.2


def zones_of_points(lon: pd.Series, lat: pd.Series, zones: pd.DataFrame, *, farthest_km: float) -> pd.Series:
    """Return the code of the zone that holds each point (degrees), same index; None beyond `farthest_km` of any zone.

    `zones` has columns `code` and `geom` (hexadecimal EWKB). A point outside every outline goes to the nearest one; on
    a shared border the first code in order wins, so that the answer never depends on the order of the rows.
    """
    import shapely

    ordered = zones.sort_values("code")
    codes = ordered["code"].to_numpy()
    outlines = shapely.from_wkb(ordered["geom"].to_numpy(object))
    points = shapely.points(lon.to_numpy(float), lat.to_numpy(float))
    tree = shapely.STRtree(outlines)
    found = np.full(len(points), -1)
    # Written backwards, so that the first zone in order is the one that stays.
    for point, outline in sorted(tree.query(points, predicate="intersects").T.tolist(), reverse=True):
        found[point] = outline
    for point in np.flatnonzero(found < 0):
        found[point] = _nearest(points[point], outlines, tree, farthest_km)
    return pd.Series([codes[i] if i >= 0 else None for i in found], index=lon.index, name="zone", dtype=object)


def _nearest(point: Any, outlines: Any, tree: Any, farthest_km: float) -> int:
    """Return the position of the nearest outline within the distance, or -1."""
    import shapely
    from shapely.ops import nearest_points

    reach = farthest_km / (KM_A_DEGREE * max(np.cos(np.radians(point.y)), 0.1))
    best, best_km = -1, farthest_km
    for outline in sorted(tree.query(shapely.box(point.x - reach, point.y - reach, point.x + reach, point.y + reach))):
        shore = nearest_points(outlines[outline], point)[0]
        here, there = (np.array([point.x]), np.array([point.y])), (np.array([shore.x]), np.array([shore.y]))
        km = float(great_circle_km(*here, *there)[0, 0])
        if km < best_km:
            best, best_km = int(outline), km
    return best
