"""Geometries of GeoJSON, WKT and GeoPackage: the same shape by three roads, and what is not a plain surface."""

import struct

import numpy as np
import pytest
import shapely

from sources.geometry_reading import (
    geojson_srid,
    plain_vertices,
    read_geojson,
    read_geojson_texts,
    read_geopackage_blobs,
    read_wkt,
)
from sources.readers import LayoutError

RING = [[2.4, 47.0], [2.5, 47.0], [2.5, 47.1], [2.4, 47.0]]
HOLE = [[2.44, 47.01], [2.46, 47.01], [2.46, 47.03], [2.44, 47.01]]
OTHER = [[3.4, 47.0], [3.5, 47.0], [3.5, 47.1], [3.4, 47.0]]
SHAPE = shapely.MultiPolygon([shapely.Polygon(RING, [HOLE]), shapely.Polygon(OTHER)])


def packed(shape: object, flags: int = 0b1, envelope: bytes = b"", **options: object) -> bytes:
    """Return a GeoPackage blob around the WKB of a shape."""
    return b"GP\x00" + bytes([flags]) + struct.pack("<i", 2154) + envelope + shapely.to_wkb(shape, **options)


def test_the_same_surface_comes_by_three_roads() -> None:
    by_json, _none = read_geojson([{"type": "MultiPolygon", "coordinates": [[RING, HOLE], [OTHER]]}])
    by_text, _none = read_wkt([shapely.to_wkt(SHAPE, rounding_precision=6)])
    by_blob, _none = read_geopackage_blobs([packed(SHAPE)])
    for shapes in (by_json, by_text, by_blob):
        assert shapes[0].equals(SHAPE)


def test_many_surfaces_are_built_each_in_its_row() -> None:
    """Rows with holes, several parts, heights, points, nothing: against shapely's own reading, one at a time."""
    given = [
        {"type": "Polygon", "coordinates": [RING, HOLE]},
        None,
        {"type": "MultiPolygon", "coordinates": [[OTHER], [RING, HOLE]]},
        {"type": "Point", "coordinates": [2.4, 47.0, 120.0]},
        {"type": "Polygon", "coordinates": [[[*position, 100] for position in RING]]},
        {"type": "Polygon", "coordinates": [OTHER]},
    ]
    shapes, reasons = read_geojson(given)
    assert reasons == [""] * 6
    for found, one in zip(shapes, given, strict=True):
        if one is None:
            assert found is None
        else:
            assert found.equals(shapely.force_2d(shapely.geometry.shape(one)))


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"type": "GeometryCollection", "geometries": []}, "collection"),
        ({"type": "LineString", "coordinates": RING}, "ni point ni polygone"),
        ({"type": "Polygon", "coordinates": [[[2.4, 47.0], [2.5, 47.0]]]}, "illisible"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, "illisible"),
        ({"type": "Polygon", "coordinates": [[[2.4]] * 4]}, "illisible"),
        ({"type": "Polygon", "coordinates": 7}, "illisible"),
        ({"type": "Polygon", "coordinates": [[[[1, 2], [1, 2]]] * 4]}, "illisible"),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 47.0], *RING[1:]]]}, "illisible"),
        ({"type": "Point", "coordinates": [10**400, 47.0]}, "illisible"),
        ({"type": "Polygon"}, "illisible"),
        ("Polygon", "illisible"),
        ([1, 2], "illisible"),
    ],
)
def test_what_is_no_plain_geometry_is_named(given: object, word: str) -> None:
    shapes, reasons = read_geojson([given, {"type": "Polygon", "coordinates": [RING]}])
    assert shapes[0] is None
    assert word in reasons[0]
    assert reasons[1] == "" and shapes[1].area > 0


def test_an_empty_list_of_coordinates_is_an_empty_shape_not_an_absent_one() -> None:
    shapes, reasons = read_geojson([{"type": kind, "coordinates": []} for kind in ("Polygon", "MultiPolygon")])
    assert reasons == ["", ""]
    assert all(shape.is_empty for shape in shapes)


def test_cells_that_are_not_json_are_refused_alone() -> None:
    deep = "[" * 100_000
    good = '{"type": "Point", "coordinates": [2.4, 47.0]}'
    texts = ["", "{", deep, good, good.replace("2.4", "NaN")]
    shapes, reasons = read_geojson_texts(texts)
    assert [bool(reason) for reason in reasons] == [False, True, True, False, False]
    assert shapes[3].x == 2.4 and np.isnan(shapes[4].x)


@pytest.mark.parametrize(
    ("told", "srid"),
    [
        (None, 4326),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("EPSG:2154", 2154),
        ("urn:ogc:def:crs:EPSG::2975", 2975),
        ("urn:ogc:def:crs:EPSG:8.9:4326", 4326),
    ],
)
def test_a_projection_on_the_list_is_understood(told: str | None, srid: int) -> None:
    crs = {} if told is None else {"crs": {"type": "name", "properties": {"name": told}}}
    assert geojson_srid({"type": "FeatureCollection", **crs}, "f.geojson") == srid


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:27572"}},
        {"type": "name", "properties": {"name": "/vsicurl/http://127.0.0.1/crs.wkt"}},
        {"type": "link", "properties": {"href": "http://127.0.0.1/crs", "type": "proj4"}},
        {"type": "name", "properties": {"name": '+proj=lcc +init="x"'}},
        {"type": "name"},
        "EPSG:2154",
    ],
    ids=str,
)
def test_any_other_projection_is_refused_and_never_looked_up(crs: object) -> None:
    with pytest.raises(LayoutError, match=r"f\.geojson.*non acceptée"):
        geojson_srid({"crs": crs}, "f.geojson")


def test_blobs_with_heights_measures_and_envelopes_are_read() -> None:
    tall = shapely.force_3d(SHAPE, 12.0)
    measured = shapely.from_wkt("POLYGON M ((2.4 47 1, 2.5 47 2, 2.5 47.1 3, 2.4 47 1))")
    blobs = [
        packed(tall, output_dimension=3, flavor="iso"),
        packed(tall, output_dimension=3, flavor="extended"),
        packed(SHAPE, flags=0b0011, envelope=bytes(32)),
        packed(SHAPE, byte_order=0),
        packed(measured, flavor="iso"),
        packed(shapely.Point(2.4, 47.0)),
        None,
    ]
    shapes, reasons = read_geopackage_blobs(blobs)
    assert reasons == [""] * 7
    assert [shape is not None for shape in shapes] == [True] * 6 + [False]
    assert all(shapely.force_2d(shape).equals(SHAPE) for shape in shapes[:4])


def test_blobs_that_lie_are_refused_before_anything_is_built() -> None:
    wkb = shapely.to_wkb(SHAPE)
    line = shapely.to_wkb(shapely.LineString(RING))
    nested = struct.pack("<BII", 1, 6, 1) + struct.pack("<BII", 1, 7, 1) * 50_000
    endless = struct.pack("<BIII", 1, 3, 1, 2**32 - 1)
    curve = struct.pack("<BII", 1, 10, 0)
    head = b"GP\x00\x01" + struct.pack("<i", 2154)
    bodies = (line, nested, endless, curve, b"\x07")
    blobs = [head + wkb[:-9], b"XX" + wkb, b"GP", *(head + body for body in bodies)]
    shapes, reasons = read_geopackage_blobs(blobs)
    assert all(shape is None for shape in shapes)
    assert all(reasons)
    assert ["illisible" in reason for reason in reasons] == [True, True, True, False, False, True, False, True]


def test_vertices_are_counted_as_shapely_counts_them() -> None:
    for shape in (SHAPE, SHAPE.geoms[0], shapely.Point(1, 2), shapely.MultiPoint([(1, 2), (3, 4)])):
        assert plain_vertices(shapely.to_wkb(shape)) == shapely.get_num_coordinates(shape)
