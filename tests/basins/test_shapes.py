import itertools
import xml.etree.ElementTree as ElementTree

import pytest
import shapely
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from basins.models import EmploymentZone, ZoneShape
from basins.shapes import HEIGHT, INSETS, OVERSEAS, WIDTH, shape_id, zones_svg
from sources.models import Edition


def rectangle(inset):
    return shapely.box(inset.x, inset.y, inset.x + inset.width, inset.y + inset.height)


def test_every_land_has_one_inset():
    lands = [land for inset in INSETS for land in inset.land_masses]
    assert sorted(lands) == sorted(EmploymentZone.LandMass)


def test_insets_stand_in_the_view_box_and_frames_do_not_overlap():
    view = shapely.box(0, 0, WIDTH, HEIGHT)
    assert all(view.covers(rectangle(inset)) for inset in INSETS)
    assert not any(rectangle(a).intersects(rectangle(b)) for a, b in itertools.combinations(OVERSEAS, 2))


@pytest.mark.django_db
def test_the_file_holds_one_bare_path_a_zone_of_that_edition_only():
    square = MultiPolygon(Polygon.from_bbox((0, 0, 1, 1)))
    for number, codes in enumerate((("0051", "0601"), ("0052",)), start=1):
        edition = Edition.objects.create(name=f"e{number}", content_hash=str(number))
        for code in codes:
            zone = EmploymentZone.objects.create(
                edition=edition, code=code, name=code, region_codes=["11"], land_mass="mainland", population=1,
                population_year=2023, commune_count=1, area_km2=1, point=Point(0, 0), centre=Point(0, 0), geom=square,
            )  # fmt: skip
            ZoneShape.objects.create(edition=edition, zone=zone, path="M0 0l1 0 0 1z", label_x=0, label_y=0)
    root = ElementTree.fromstring(zones_svg(Edition.objects.get(name="e1")))
    assert [child.attrib for child in root] == [
        {"id": shape_id("0051"), "d": "M0 0l1 0 0 1z"},
        {"id": shape_id("0601"), "d": "M0 0l1 0 0 1z"},
    ]
    assert root.attrib == {"viewBox": f"0 0 {WIDTH} {HEIGHT}"}
