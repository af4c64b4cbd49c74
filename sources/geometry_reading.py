"""Geometries written as GeoJSON, WKT or GeoPackage blobs, brought to shapely; what cannot be read says why.

Texts and blobs come from strangers: only plain points and polygons pass, their size is looked at before anything is
built, and no text names a projection.
"""

import json
import re
import struct
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from sources.geometry import ACCEPTED_SRIDS, MOST_VERTICES, TOO_MANY, Shapes
from sources.readers import LayoutError

PLAIN_WKT = re.compile(r"\s*(?:MULTI)?(?:POINT|POLYGON)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY\b)", re.IGNORECASE)
NOT_PLAIN = "ni point ni polygone simple (collection, courbe ou autre) : donnez un polygone ou un multipolygone"
UNREADABLE = "géométrie illisible ou tronquée"
WKB_POLYGON, WKB_MULTIPOLYGON, WKB_POINT, WKB_MULTIPOINT = 3, 6, 1, 4
# Bytes of the envelope of a GeoPackage blob, by its code.
ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
EPSG_NAME = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?::|[\d.]+:)?(\d{4,6})", re.IGNORECASE)


def read_wkt(texts: Sequence[str]) -> tuple[Shapes, list[str]]:
    """Return shapes and reasons (n,) from WKT cells; an empty cell is no geometry and no reason."""
    import shapely

    shapes, reasons = np.full(len(texts), None, dtype=object), [""] * len(texts)
    for place, text in enumerate(texts):
        if not text.strip():
            continue
        if text.count(",") > MOST_VERTICES:
            reasons[place] = TOO_MANY
        elif not PLAIN_WKT.match(text):
            reasons[place] = NOT_PLAIN
        else:
            # NaN and 1e400 are read as such; the check that follows refuses them by name.
            with np.errstate(all="ignore"):
                shapes[place] = shapely.from_wkt(text, on_invalid="ignore")
            reasons[place] = "" if shapes[place] is not None else UNREADABLE
    return shapes, reasons


def read_geojson_texts(texts: Sequence[str]) -> tuple[Shapes, list[str]]:
    """Return shapes and reasons (n,) from cells that hold a GeoJSON geometry; an empty cell is none."""
    found, refused = [], {}
    for place, text in enumerate(texts):
        try:
            found.append(json.loads(text) if text.strip() else None)
        except (ValueError, RecursionError):
            found.append(None)
            refused[place] = "n'est pas une géométrie GeoJSON lisible"
    shapes, reasons = read_geojson(found)
    return shapes, [refused.get(place, reason) for place, reason in enumerate(reasons)]


def read_geojson(geometries: Sequence[Any]) -> tuple[Shapes, list[str]]:
    """Return shapes and reasons (n,) from GeoJSON geometries already parsed; a `crs` member is not looked at."""
    shapes, reasons = np.full(len(geometries), None, dtype=object), [""] * len(geometries)
    polygons: list[tuple[int, list[npt.NDArray[np.float64]]]] = []
    for place, geometry in enumerate(geometries):
        if geometry is None:
            continue
        try:
            kind, coordinates = geometry["type"], geometry["coordinates"]
            if kind == "Point":
                shapes[place] = _point(coordinates)
            elif kind in ("Polygon", "MultiPolygon"):
                parts = [coordinates] if kind == "Polygon" else coordinates
                polygons += [(place, [_ring(ring) for ring in part]) for part in parts if part]
            else:
                reasons[place] = NOT_PLAIN
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            reasons[place] = NOT_PLAIN if _is_other(geometry) else UNREADABLE
    kept = [(place, rings) for place, rings in polygons if not reasons[place]]
    _build_polygons(shapes, kept)
    return _emptied(shapes, reasons, geometries), reasons


def _is_other(geometry: Any) -> bool:
    return isinstance(geometry, dict) and geometry.get("type") in ("GeometryCollection", "LineString")


def _point(coordinates: Any) -> Any:
    import shapely

    return shapely.Point([float(one) for one in coordinates[:2]])


def _ring(ring: Any) -> npt.NDArray[np.float64]:
    """Return the (n, 2) positions of a ring, heights dropped; ValueError or TypeError when they are not numbers."""
    if len(ring) < 4:
        raise ValueError("a ring has four positions or more")
    try:
        flat = np.array(ring)
    except ValueError:  # heights here and not there
        flat = np.array([position[:2] for position in ring])
    if flat.ndim != 2 or flat.shape[1] < 2:
        raise ValueError("a position has two numbers or more")
    if flat.dtype.kind not in "iuf":
        raise ValueError("positions are numbers")
    if np.isnan(flat).any():
        raise ValueError("GEOS closes no ring on what is not a number, and would refuse the whole column")
    return flat[:, :2].astype(np.float64)


def _build_polygons(shapes: Shapes, polygons: list[tuple[int, list[npt.NDArray[np.float64]]]]) -> None:
    """Build all polygons at once: positions to rings, rings to parts, parts to one shape a row."""
    import shapely

    if not polygons:
        return
    rings = list(chain.from_iterable(rings for _place, rings in polygons))
    sizes = [len(ring) for ring in rings]
    lines = shapely.linearrings(np.concatenate(rings), indices=np.repeat(np.arange(len(rings)), sizes))
    parts = shapely.polygons(lines, indices=np.repeat(np.arange(len(polygons)), [len(r) for _place, r in polygons]))
    places = np.array([place for place, _rings in polygons])
    owners, index = np.unique(places, return_inverse=True)
    order = np.argsort(index, kind="stable")
    shapes[owners] = shapely.multipolygons(parts[order], indices=index[order])


def _emptied(shapes: Shapes, reasons: list[str], geometries: Sequence[Any]) -> Shapes:
    """Stand an empty polygon where coordinates were an empty list, so that it is called empty and not absent."""
    import shapely

    for place, geometry in enumerate(geometries):
        if geometry is not None and shapes[place] is None and not reasons[place]:
            shapes[place] = shapely.Polygon()
    return shapes


def geojson_srid(document: Any, name: str) -> int:
    """Return the projection that a GeoJSON document announces; raises `LayoutError` when it is not on the list."""
    given = document.get("crs") if isinstance(document, dict) else None
    if given is None:
        return 4326
    properties = given.get("properties") if isinstance(given, dict) else None
    told = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if told.upper().endswith("CRS84"):
        return 4326
    match = EPSG_NAME.fullmatch(told)
    if match and int(match[1]) in ACCEPTED_SRIDS:
        return int(match[1])
    accepted = ", ".join(f"EPSG:{one}" for one in ACCEPTED_SRIDS)
    raise LayoutError(f"{name} : projection « {told[:60]} » non acceptée. Acceptées : {accepted}, OGC:CRS84.")


def read_geopackage_blobs(blobs: Sequence[bytes | None]) -> tuple[Shapes, list[str]]:
    """Return shapes and reasons (n,) from the blobs of a GeoPackage geometry column; a NULL is no geometry."""
    import shapely

    shapes, reasons = np.full(len(blobs), None, dtype=object), [""] * len(blobs)
    for place, blob in enumerate(blobs):
        if blob is None:
            continue
        try:
            wkb = blob[_header_length(blob) :]
            vertices = plain_vertices(wkb)
        except (struct.error, ValueError, IndexError):
            reasons[place] = UNREADABLE
            continue
        if vertices is None:
            reasons[place] = NOT_PLAIN
        elif vertices > MOST_VERTICES:
            reasons[place] = TOO_MANY
        else:
            with np.errstate(all="ignore"):
                shapes[place] = shapely.from_wkb(wkb, on_invalid="ignore")
            reasons[place] = "" if shapes[place] is not None else UNREADABLE
    return shapes, reasons


def _header_length(blob: bytes) -> int:
    """Return where the WKB begins in a GeoPackage blob (OGC 12-128r18, clause 2.1.3)."""
    if blob[:2] != b"GP":
        raise ValueError("not a GeoPackage blob")
    envelope = ENVELOPE_BYTES.get((blob[3] >> 1) & 0b111)
    if envelope is None:
        raise ValueError("unknown envelope")
    return 8 + envelope


def plain_vertices(wkb: bytes) -> int | None:
    """Return the vertices of a WKB point or polygon, None when it is of another kind, without building anything.

    Raises struct.error when it is cut short, so that no announced count is ever believed.
    """
    kind, width, order, offset = _wkb_head(wkb, 0)
    if kind == WKB_POINT:
        return 1
    if kind == WKB_POLYGON:
        return _polygon_vertices(wkb, width, order, offset)[0]
    if kind not in (WKB_MULTIPOLYGON, WKB_MULTIPOINT):
        return None
    (parts,) = struct.unpack_from(order + "I", wkb, offset)
    offset, total = offset + 4, 0
    for _part in range(parts):
        inner, width, order, offset = _wkb_head(wkb, offset)
        if inner == WKB_POINT and kind == WKB_MULTIPOINT:
            total, offset = total + 1, offset + 8 * width
        elif inner == WKB_POLYGON and kind == WKB_MULTIPOLYGON:
            vertices, offset = _polygon_vertices(wkb, width, order, offset)
            total += vertices
        else:
            return None
    return total


def _wkb_head(wkb: bytes, offset: int) -> tuple[int, int, str, int]:
    """Return (kind, numbers a position, byte order, offset after the head), ISO or extended dimensions."""
    order = {0: ">", 1: "<"}.get(wkb[offset])
    if order is None:
        raise ValueError("unknown byte order")
    (code,) = struct.unpack_from(order + "I", wkb, offset + 1)
    extended = bool(code & 0x80000000) + bool(code & 0x40000000)
    if code & 0x20000000:
        raise ValueError("a projection stands inside the geometry")
    plain = code & 0x0FFFFFFF
    iso = {0: 0, 1: 1, 2: 1, 3: 2}.get(plain // 1000)
    if iso is None:
        raise ValueError("unknown dimensions")
    return plain % 1000, 2 + max(extended, iso), order, offset + 5


def _polygon_vertices(wkb: bytes, width: int, order: str, offset: int) -> tuple[int, int]:
    (rings,) = struct.unpack_from(order + "I", wkb, offset)
    offset, total = offset + 4, 0
    for _ring_number in range(rings):
        (points,) = struct.unpack_from(order + "I", wkb, offset)
        offset, total = offset + 4 + 8 * width * points, total + points
        if offset > len(wkb):
            raise struct.error("cut short")
    return total, offset
