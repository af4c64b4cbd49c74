"""Tiny well-known binary: surfaces and points as steps between whole numbers of a decimal of a degree.

Format: https://github.com/TWKB/Specification. An edition file holds it in base64; the text of EWKB would take
twice the room. A vertex that two neighbours share is rounded to one place, so common borders stay common.
"""

import base64
from typing import Any

import numpy as np

POINT, POLYGON, MULTIPOLYGON = 1, 3, 6
TYPE_CODES = {"Point": POINT, "Polygon": POLYGON, "MultiPolygon": MULTIPOLYGON}
# Zigzag over four bits: what the header of the format can hold.
MOST_DECIMALS = 7


def twkb_text(hexadecimal_ewkb: str, decimals: int) -> str:
    """Return the base64 TWKB of a geometry given as hexadecimal EWKB, coordinates rounded to `decimals`.

    Raises `ValueError` on a kind of geometry that edition files do not hold, or one that is empty.
    """
    import shapely

    if not 0 <= decimals <= MOST_DECIMALS:
        raise ValueError(f"decimals must lie in 0-{MOST_DECIMALS}, not {decimals}.")
    geometry = shapely.from_wkb(hexadecimal_ewkb)
    if geometry.geom_type not in TYPE_CODES or geometry.is_empty:
        raise ValueError(f"a geometry of an edition file is a point or a surface, not {geometry.geom_type} or empty.")
    code = TYPE_CODES[geometry.geom_type]
    out = bytearray([code | (zigzag(decimals) << 4), 0])
    writer = _Writer(out, 10**decimals)
    if code == POINT:
        writer.vertices(geometry)
    elif code == POLYGON:
        writer.polygon(geometry)
    else:
        writer.count(len(geometry.geoms))
        for part in geometry.geoms:
            writer.polygon(part)
    return base64.b64encode(bytes(out)).decode()


def zigzag(number: int) -> int:
    """Return the natural number that stands for a signed one: 0, -1, 1, -2, 2 are 0, 1, 2, 3, 4.

    >>> [zigzag(number) for number in (0, -1, 1, -2, 2)]
    [0, 1, 2, 3, 4]
    """
    return 2 * number if number >= 0 else -2 * number - 1


class _Writer:
    """Bytes written so far, and the last vertex: steps go on from one ring to the next."""

    def __init__(self, out: bytearray, scale: int) -> None:
        self.out = out
        self.scale = scale
        self.last = np.zeros((1, 2), dtype=np.int64)

    def count(self, number: int) -> None:
        """Write a natural number, seven bits a byte, the lowest first."""
        while number >= 0x80:
            self.out.append((number & 0x7F) | 0x80)
            number >>= 7
        self.out.append(number)

    def vertices(self, line: Any) -> None:
        import shapely

        grid = np.rint(shapely.get_coordinates(line) * self.scale).astype(np.int64)
        for step in np.diff(grid, axis=0, prepend=self.last).ravel().tolist():
            self.count(zigzag(step))
        self.last = grid[-1:]

    def polygon(self, polygon: Any) -> None:
        rings = (polygon.exterior, *polygon.interiors)
        self.count(len(rings))
        for ring in rings:
            self.count(len(ring.coords))
            self.vertices(ring)
