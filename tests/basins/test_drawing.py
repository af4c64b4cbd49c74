import re

import numpy as np
import pytest
import shapely

from basins.drawing import drawn_in_inset, ring_path, tenths
from basins.shapes import MAINLAND, NAME_HEIGHT, OVERSEAS
from tests.basins.worlds import square


def rings_of(path: str) -> list[list[tuple[float, float]]]:
    """Read a path back: another road than the one that wrote it."""
    rings = []
    for start_x, start_y, steps in re.findall(r"M([-.\d]+) ([-.\d]+)l([-.\d ]+)z", path):
        x, y = float(start_x), float(start_y)
        ring = [(x, y)]
        numbers = [float(text) for text in re.findall(r"-?\d*\.?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((round(x, 1), round(y, 1)))
        rings.append(ring)
    return rings


@pytest.mark.parametrize(("count", "text"), [(15, "1.5"), (-3, "-.3"), (20, "2"), (0, "0"), (-110, "-11"), (7, ".7")])
def test_numbers_are_short(count, text):
    assert tenths(count) == text


def test_a_ring_reads_back_as_it_was():
    ring = np.array([(1.0, 2.0), (1.5, 2.0), (1.5, 12.3), (0.9, 12.3), (1.0, 2.0)])
    assert rings_of(ring_path(ring)) == [[(1.0, 2.0), (1.5, 2.0), (1.5, 12.3), (0.9, 12.3)]]


def test_a_ring_that_collapses_is_not_drawn():
    assert ring_path(np.array([(1.0, 1.0), (1.01, 1.0), (1.0, 1.01), (1.0, 1.0)])) == ""


@pytest.mark.parametrize("inset", OVERSEAS, ids=lambda inset: inset.id)
def test_overseas_shapes_fit_below_the_name_and_north_is_up(inset):
    lon, lat = {"guadeloupe": (-61.5, 16.2), "martinique": (-61, 14.6), "guyane": (-53, 4)}.get(
        inset.id, {"reunion": (55.5, -21.1), "mayotte": (45.2, -12.8)}.get(inset.id)
    )
    south, north = square(lon, lat, 0.2), square(lon, lat + 0.2, 0.2)
    drawn = drawn_in_inset([south, north], inset)
    points = np.array([point for path, _x, _y in drawn for ring in rings_of(path) for point in ring])
    assert inset.x <= points[:, 0].min()
    assert points[:, 0].max() <= inset.x + inset.width
    assert inset.y + NAME_HEIGHT <= points[:, 1].min()
    assert points[:, 1].max() <= inset.y + inset.height
    assert drawn[1][2] < drawn[0][2], "the northern zone is drawn higher"


def test_proportions_are_kept():
    # 0.4 degree of longitude at 46.5 degrees north is 30.7 km, 0.2 of latitude 22.2 km.
    [(path, _x, _y)] = drawn_in_inset([shapely.box(3.0, 46.4, 3.4, 46.6)], MAINLAND)
    x, y = np.array(rings_of(path)[0]).T
    assert (x.max() - x.min()) / (y.max() - y.min()) == pytest.approx(30.7 / 22.2, rel=0.02)


def test_shared_borders_are_drawn_in_the_same_place():
    rng = np.random.default_rng(5)
    border = [(3.0 + 0.02 * rng.random(), 46 + step / 50) for step in range(51)]
    west = shapely.Polygon([(2.0, 46.0), *border, (2.0, 47.0)])
    east = shapely.Polygon([(4.0, 46.0), *border, (4.0, 47.0)])
    drawn = drawn_in_inset([west, east], MAINLAND)
    shapes = [shapely.Polygon(rings_of(path)[0]) for path, _x, _y in drawn]
    assert shapes[0].intersection(shapes[1]).area == pytest.approx(0, abs=1e-6)
    both = shapely.union_all(shapes)
    assert both.geom_type == "Polygon"
    assert not both.interiors


def test_islets_too_small_to_see_go_but_a_zone_never_vanishes():
    main, islet = square(2.0, 46.0), square(4.0, 46.0, 0.001)
    [(path, x, _y), (alone, _ax, _ay)] = drawn_in_inset(
        [shapely.MultiPolygon([main, islet]), square(3.5, 46.0, 0.5)], MAINLAND
    )
    assert path.count("M") == 1
    assert alone.count("M") == 1
    ring = np.array(rings_of(path)[0])
    assert ring[:, 0].min() < x < ring[:, 0].max(), "the label stands on the main part"
