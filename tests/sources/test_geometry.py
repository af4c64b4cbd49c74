"""Hostile geometries: each has a named outcome, and nothing that passes can upset the database later."""

import numpy as np
import pytest
import shapely
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import geometry
from sources.geometry import LARGEST_AREA_CHANGE, MOST_VERTICES, check_points, check_surfaces, local_srid, mended
from sources.geometry_reading import read_geojson, read_wkt
from sources.readers import ewkb

# A square of 0.1 degree near Bourges, and the same in Lambert-93 metres (700 km, 6,600 km is 3 E, 46.5 N).
SQUARE = "POLYGON ((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.4 47.1, 2.4 47.0))"
METRES = "POLYGON ((700000 6600000, 701000 6600000, 701000 6601000, 700000 6601000, 700000 6600000))"


def checked(text: str, srid: int = 4326) -> tuple[object, str, str]:
    """Return (shape, reason, repair) of one WKT surface."""
    shapes, reasons = read_wkt([text])
    found = check_surfaces(shapes, srid, reasons)
    return found.shapes[0], found.reasons[0], found.repairs[0]


REFUSED = {
    "bow-tie": ("POLYGON ((2.4 47.0, 2.5 47.1, 2.5 47.0, 2.4 47.1, 2.4 47.0))", 4326, "contour qui se croise"),
    "hole outside": (
        "POLYGON ((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.4 47.1, 2.4 47.0), "
        "(2.6 47.0, 2.65 47.0, 2.65 47.05, 2.6 47.05, 2.6 47.0))",
        4326,
        "trou hors du contour",
    ),
    "one part twice": (
        "MULTIPOLYGON (((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.4 47.1, 2.4 47.0)), "
        "((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.4 47.1, 2.4 47.0)))",
        4326,
        "surface invalide",
    ),
    "one part in another": (
        "MULTIPOLYGON (((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.4 47.1, 2.4 47.0)), "
        "((2.42 47.02, 2.44 47.02, 2.44 47.04, 2.42 47.04, 2.42 47.02)))",
        4326,
        "parties superposées",
    ),
    "flat": ("POLYGON ((2.4 47.0, 2.5 47.0, 2.45 47.0, 2.4 47.0))", 4326, "surface invalide"),
    "empty": ("POLYGON EMPTY", 4326, "géométrie vide"),
    "nothing": ("", 4326, "géométrie absente"),
    "NaN": ("POLYGON ((2.4 47.0, nan 47.0, 2.5 47.1, 2.4 47.0))", 4326, "coordonnée infinie"),
    "infinite": ("POLYGON ((2.4 47.0, inf 47.0, 2.5 47.1, 2.4 47.0))", 4326, "coordonnée infinie"),
    "too large a number": ("POLYGON ((2.4 47.0, 1e400 47.0, 2.5 47.1, 2.4 47.0))", 4326, "coordonnée infinie"),
    "point": ("POINT (2.4 47.0)", 4326, "ce n'est pas une surface"),
    "line": ("LINESTRING (2.4 47.0, 2.5 47.0)", 4326, "ni point ni polygone"),
    "curve": ("CURVEPOLYGON ((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.4 47.0))", 4326, "courbe"),
    "collection": ("GEOMETRYCOLLECTION (POINT (2.4 47.0))", 4326, "collection"),
    "truncated": ("POLYGON ((2.4 47.0, 2.5 47.0", 4326, "illisible"),
    "two points": ("POLYGON ((2.4 47.0, 2.5 47.0))", 4326, "illisible"),
    "projection inside": ("SRID=2154;" + SQUARE, 4326, "ni point ni polygone"),
    "a path": ("/vsicurl/http://127.0.0.1/x.shp", 4326, "ni point ni polygone"),
    "swapped": ("POLYGON ((47.0 2.4, 47.0 2.5, 47.1 2.5, 47.0 2.4))", 4326, "longitude et latitude inversées"),
    "abroad": ("POLYGON ((12.4 41.9, 12.5 41.9, 12.5 42.0, 12.4 41.9))", 4326, "hors de France"),
    "across the antimeridian": ("POLYGON ((179 -20, -179 -20, -179 -21, 179 -20))", 4326, "hors de France"),
    "metres as degrees": (METRES, 4326, "coordonnées en mètres"),
    "degrees as metres": (SQUARE, 2154, "coordonnées en degrés"),
    "x and y swapped": ("POLYGON ((6600000 700000, 6600000 701000, 6601000 701000, 6600000 700000))", 2154, "x et y"),
    "La Réunion in Lambert-93": (
        "POLYGON ((340000 7650000, 341000 7650000, 341000 7651000, 340000 7650000))", 2154, "EPSG:2975 (La Réunion)",
    ),
    "Guyane in Lambert-93": (
        "POLYGON ((350000 540000, 351000 540000, 351000 541000, 350000 540000))", 2154, "EPSG:2972 (Guyane)",
    ),
    "Lambert II étendu": (
        "POLYGON ((600000 2200000, 601000 2200000, 601000 2201000, 600000 2200000))", 2154, "Lambert II",
    ),
    "conic of nine zones": (
        "POLYGON ((1700000 6200000, 1701000 6200000, 1701000 6201000, 1700000 6200000))", 2154, "coniques",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_by_name(name: str) -> None:
    text, srid, reason = REFUSED[name]
    shape, told, repair = checked(text, srid)
    assert shape is None and not repair
    assert reason in told
    assert len(told) <= 300


TAKEN = {
    "as it is": (SQUARE, 4326, ""),
    "with heights": (SQUARE.replace("47.0,", "47.0 120,").replace("47.1,", "47.1 120,").replace("47.0)", "47.0 120)")
                     .replace("POLYGON", "POLYGON Z"), 4326, ""),
    "metres": (METRES, 2154, ""),
    "several parts": (
        "MULTIPOLYGON (((2.4 47, 2.5 47, 2.5 47.1, 2.4 47)), ((3 47, 3.1 47, 3.1 47.1, 3 47)))", 4326, "",
    ),
    "spike": (
        "POLYGON ((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.45 47.1, 2.45 47.2, 2.45 47.1, 2.4 47.1, 2.4 47.0))", 4326,
        "réparé",
    ),
    "a loop no wider than a step": (
        "POLYGON ((2.4 47.0, 2.5 47.0, 2.5 47.1, 2.49999 47.1, 2.50001 47.1, 2.4 47.1, 2.4 47.0))", 4326, "réparé",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_what_passes_is_a_valid_multipolygon_in_degrees(name: str) -> None:
    text, srid, repair = TAKEN[name]
    shape, reason, told = checked(text, srid)
    assert not reason
    assert repair in told and bool(repair) == bool(told)
    assert shape.geom_type == "MultiPolygon" and shape.is_valid and not shape.has_z
    lon, lat = shape.representative_point().coords[0]
    assert any(west <= lon <= east and south <= lat <= north for west, south, east, north in geometry.LANDS.values())


def test_a_repair_moves_the_area_by_a_thousandth_at_most() -> None:
    text = TAKEN["spike"][0]
    assert checked(text)[0].area == pytest.approx(0.01, rel=LARGEST_AREA_CHANGE)
    # A bow of one hundredth of the whole is not a slip of the pen.
    bow = shapely.from_wkt("POLYGON ((0 0, 10 0, 10 9, 9 10, 10 10, 9 9, 0 10, 0 0))")
    assert mended(bow)[0] is None


def test_the_origin_of_lambert_93_is_where_the_law_says() -> None:
    shape, _reason, _repair = checked(METRES, 2154)
    west, south, _east, _north = shape.bounds
    assert (west, south) == pytest.approx((3.0, 46.5), abs=1e-6)


def test_each_territory_has_its_legal_projection() -> None:
    codes = ("01001", "2A004", "97101", "97201", "97302", "97411", "97601", "")
    assert [local_srid(code) for code in codes] == [2154, 2154, 5490, 5490, 2972, 2975, 4471, 2154]
    with pytest.raises(ValueError, match="27572"):
        check_surfaces(read_wkt([SQUARE])[0], 27572)


def test_outlines_too_long_are_refused_before_they_are_built() -> None:
    endless = "POLYGON ((" + ",".join(["2.4 47.0"] * (MOST_VERTICES + 2)) + "))"
    assert "sommets" in checked(endless)[1]
    ring = [[2.4 + step * 1e-7, 47.0] for step in range(MOST_VERTICES)] + [[2.5, 47.1], [2.4, 47.0]]
    shapes, reasons = read_geojson([{"type": "Polygon", "coordinates": [ring]}])
    assert "sommets" in check_surfaces(shapes, 4326, reasons).reasons[0]


def test_a_star_drawn_to_stall_the_repair_is_refused_at_once() -> None:
    turns = np.arange(2001) * (2 * np.pi * 1000 / 2001)
    star = shapely.polygons(np.column_stack([2.4 + 0.1 * np.cos(turns), 47.0 + 0.1 * np.sin(turns)]))
    assert "trop embrouillée" in check_surfaces(np.array([star], dtype=object), 4326).reasons[0]


def test_points_are_held_to_the_same_rules() -> None:
    texts = ["POINT (2.4 47)", "MULTIPOINT ((2.4 47))", "MULTIPOINT ((2.4 47), (3 47))", "POINT (47 2.4)", "", SQUARE]
    shapes, reasons = read_wkt(texts)
    found = check_points(shapes, 4326, reasons)
    assert [bool(reason) for reason in found.reasons] == [False, False, True, True, True, True]
    assert (found.shapes[1].x, found.shapes[1].y) == (2.4, 47.0)
    assert "inversées" in found.reasons[3]


def test_a_bad_row_leaves_the_others_as_they_are() -> None:
    texts = [SQUARE, REFUSED["bow-tie"][0], TAKEN["spike"][0], SQUARE]
    shapes, reasons = read_wkt(texts)
    found = check_surfaces(shapes, [4326] * 4, reasons)
    assert [bool(reason) for reason in found.reasons] == [False, True, False, False]
    assert [bool(repair) for repair in found.repairs] == [False, False, True, False]
    assert found.shapes[0].equals(found.shapes[3])


rings = st.lists(st.tuples(st.floats(2.0, 3.0), st.floats(46.0, 47.0)), min_size=3, max_size=9)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, database=None)
@given(rings)
def test_whatever_passes_never_upsets_the_database(ring: list[tuple[float, float]]) -> None:
    found = check_surfaces(np.array([shapely.Polygon(ring)], dtype=object), 4326)
    if found.shapes[0] is None:
        assert found.reasons[0]
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_IsValid(g), ST_Area(ST_Union(g, ST_Buffer(g, 0.01))) > 0, ST_Intersects(g, ST_Envelope(g)) "
            "FROM (SELECT %s::geometry AS g) AS one",
            [ewkb(found.shapes[0])],
        )
        assert cursor.fetchone() == (True, True, True)
