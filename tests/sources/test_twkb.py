"""What is written is read back by PostGIS, another implementation of the format."""

import pytest
import shapely
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sources.readers import ewkb
from sources.twkb import twkb_text, zigzag

NEAR, FAR = shapely.box(2.0, 48.0, 2.5, 48.5), shapely.box(-61.5, 16.0, -61.0, 16.4)
PIERCED = shapely.Polygon(NEAR.exterior, [shapely.box(2.1, 48.1, 2.2, 48.2).exterior])


def read_back(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT ST_AsHEXEWKB(ST_GeomFromTWKB(decode(%s, 'base64')))", [text])
        return shapely.from_wkb(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "geometry",
    [shapely.Point(-61.12345, 16.65432), NEAR, PIERCED, shapely.MultiPolygon([PIERCED, FAR])],
    ids=lambda one: one.geom_type,
)
def test_postgis_reads_what_is_written(geometry):
    found = read_back(twkb_text(ewkb(geometry), 5))
    assert found.geom_type == geometry.geom_type
    assert shapely.equals_exact(found, geometry, tolerance=1e-9, normalize=False)


@pytest.mark.django_db
def test_coordinates_are_rounded_to_the_decimals():
    found = read_back(twkb_text(ewkb(shapely.Point(2.12345678, -0.00006)), 4))
    assert (found.x, found.y) == pytest.approx((2.1235, -0.0001), abs=1e-12)


def test_one_point_byte_by_byte():
    # Point with one decimal: type 1 and zigzag(1) = 2 in the high half, no metadata, then zigzag(10) and zigzag(-1).
    import base64

    assert base64.b64decode(twkb_text(ewkb(shapely.Point(1.0, -0.1)), 1)) == bytes([0x21, 0x00, 20, 1])


@given(st.integers(-(2**40), 2**40))
def test_zigzag_is_undone(number):
    natural = zigzag(number)
    assert natural >= 0
    assert (natural >> 1) ^ -(natural & 1) == number


@pytest.mark.parametrize(
    ("geometry", "decimals"),
    [(shapely.LineString([(0, 0), (1, 1)]), 4), (shapely.Polygon(), 4), (NEAR, 8), (NEAR, -1)],
)
def test_what_the_format_does_not_hold_is_refused(geometry, decimals):
    with pytest.raises(ValueError, match="geometry|decimals"):
        twkb_text(ewkb(geometry), decimals)
