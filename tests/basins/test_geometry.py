import shapely
from pytest import approx

from basins.geometry import compact_outline, compact_point


def test_outline_moves_by_less_than_half_a_step_and_stays_valid():
    outline = shapely.Polygon([(2.123456789, 48.1), (3.2, 48.987654321), (2.5, 49.3)])
    found = shapely.from_wkb(compact_outline(outline))
    assert found.geom_type == "MultiPolygon"
    assert found.is_valid
    assert shapely.get_srid(found) == 4326
    assert shapely.hausdorff_distance(outline, found) < 2**-14


def test_neighbours_still_share_their_border():
    border = [(2.1234567, 48.1), (2.1534567, 48.5), (2.1434567, 48.9)]
    west = shapely.Polygon([(1.0, 48.1), *border, (1.0, 48.9)])
    east = shapely.Polygon([(3.0, 48.1), *border, (3.0, 48.9)])
    found = [shapely.from_wkb(compact_outline(one)) for one in (west, east)]
    assert shapely.coverage_is_valid(found)


def test_slivers_that_collapse_are_dropped_not_kept_as_lines():
    sliver = shapely.Polygon([(2.5, 48.0), (2.5 + 1e-9, 48.0), (2.5 + 1e-9, 48.1), (2.5, 48.1)])
    both = shapely.MultiPolygon([shapely.box(1, 47, 2, 48), sliver])
    found = shapely.from_wkb(compact_outline(both))
    assert [part.geom_type for part in found.geoms] == ["Polygon"]


def test_point_is_within_a_metre():
    found = shapely.from_wkb(compact_point(-61.123456, 16.654321))
    assert (found.x, found.y) == approx((-61.123456, 16.654321), abs=2**-18)
