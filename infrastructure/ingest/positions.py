"""Reading of positions: longitude and latitude, or Lambert-93 metres, refused when out of range."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from measures.arrays import Floats
from sources.readers import decimal_comma
from sources.registry import Rejected

LAMBERT_93_X_M = (0.0, 1_300_000.0)
LAMBERT_93_Y_M = (6_000_000.0, 7_200_000.0)


class NodeRecord(NamedTuple):
    """Columns of `NodeRow`, in order."""

    code: str
    name: str
    country: str
    category: str
    lon: float
    lat: float


def read_number(text: object) -> float | None:
    """Return the number of a cell, None when it is empty or is not a number."""
    try:
        number = decimal_comma(str(text))
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None


def read_degrees(line: int, column: str, lon: object, lat: object) -> tuple[float, float] | Rejected:
    """Return (longitude, latitude) in degrees, or the refusal of the row."""
    found = (read_number(lon), read_number(lat))
    if found[0] is None or found[1] is None:
        return Rejected(line, column, f"{lon} {lat}".strip(), "coordonnées absentes ou illisibles")
    if abs(found[0]) > 180 or abs(found[1]) > 90:
        return Rejected(line, column, f"{lon} {lat}", "coordonnées hors du globe")
    return found[0], found[1]


def read_lambert_93(line: int, column: str, x: str, y: str) -> tuple[float, float] | Rejected:
    """Return (x, y) in metres of EPSG:2154, or the refusal of the row."""
    found = (read_number(x), read_number(y))
    if found[0] is None or found[1] is None:
        return Rejected(line, column, f"{x} {y}".strip(), "coordonnées absentes ou illisibles")
    (west, east), (south, north) = LAMBERT_93_X_M, LAMBERT_93_Y_M
    if not (west <= found[0] <= east and south <= found[1] <= north):
        return Rejected(line, column, f"{x} {y}", "coordonnées hors du domaine de Lambert-93")
    return found[0], found[1]


def lambert_93_to_degrees(points_m: Sequence[tuple[float, float]]) -> Floats:
    """Return longitudes and latitudes (n, 2) of points given in metres of EPSG:2154, to 6 decimals (0.1 m)."""
    from pyproj import Transformer

    metres = np.asarray(points_m, dtype=np.float64).reshape(-1, 2)
    transformer = Transformer.from_crs(2154, 4326, always_xy=True)
    lon, lat = transformer.transform(metres[:, 0], metres[:, 1])
    return np.column_stack([lon, lat]).round(6)
