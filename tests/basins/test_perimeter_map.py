"""A perimeter drawn over its zones: everything stands in the view, and the drawing is true to the ground."""

import re

import pytest

from basins.commune_sets import CommuneSet
from basins.models import EmploymentZone, Perimeter
from basins.perimeter_map import HEIGHT, MARGIN, WIDTH, perimeter_map, projection_of
from basins.perimeters import perimeter_zones
from sources.models import Edition

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"-?\d*\.?\d+")


def points(path: str) -> list[tuple[float, float]]:
    """Corners of a path of relative steps, as PostGIS writes them."""
    found: list[tuple[float, float]] = []
    for ring in path.split("M")[1:]:
        numbers = [float(one) for one in NUMBER.findall(ring)]
        x = y = 0.0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = (dx, dy) if not found or (x, y) == (0.0, 0.0) else (x + dx, y + dy)
            found.append((x, y))
    return found


def drawn(kind: str, code: str) -> tuple[Perimeter, EmploymentZone, object]:
    perimeter = Perimeter.objects.get(edition__is_current=True, kind=kind, code=code)
    zone = EmploymentZone.objects.get(edition=perimeter.edition_id, code=perimeter_zones(perimeter)[0].code)
    return perimeter, zone, perimeter_map(perimeter, zone.land_mass)


@pytest.mark.parametrize(
    ("kind", "code"), [("department", "08"), ("department", "974"), ("department", "973"), ("region", "94")]
)
def test_the_outline_fills_the_view_up_to_its_margin(kind: str, code: str) -> None:
    _perimeter, _zone, found = drawn(kind, code)
    xs, ys = zip(*points(found.outline), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    assert min(xs) >= MARGIN - 3 and max(xs) <= WIDTH - MARGIN + 3
    assert min(ys) >= MARGIN - 3 and max(ys) <= HEIGHT - MARGIN + 3
    assert width == pytest.approx(WIDTH - 2 * MARGIN, abs=5) or height == pytest.approx(HEIGHT - 2 * MARGIN, abs=5)


def test_every_zone_of_the_perimeter_is_drawn_and_names_stand_in_the_view() -> None:
    perimeter, _zone, found = drawn("department", "08")
    codes = [one.code for one in found.zones]
    assert {one.code for one in perimeter_zones(perimeter)} <= set(codes) and codes == sorted(codes)
    for one in found.zones:
        assert 0 <= one.label_x <= WIDTH and 0 <= one.label_y <= HEIGHT and one.path.startswith("M")


def test_north_is_up() -> None:
    _perimeter, _zone, found = drawn("region", "94")
    places = {one.name: one.label_y for one in found.zones}
    assert places["Bastia"] < places["Porto-Vecchio"]


def test_each_land_has_its_projection() -> None:
    assert projection_of("mainland") == 2154 and projection_of("reunion") == 2975 and projection_of("guyane") == 2972


def test_a_list_over_two_lands_is_drawn_on_the_first_one() -> None:
    edition = Edition.objects.get(is_current=True)
    both, alone = (
        CommuneSet(",".join(one), "", one, 1, len(one), edition.pk) for one in (("01283", "97611"), ("97611",))
    )
    assert perimeter_map(both, "mayotte") == perimeter_map(alone, "mayotte")
    xs, _ys = zip(*points(perimeter_map(both, "mayotte").outline), strict=True)
    assert max(xs) - min(xs) > WIDTH / 3
