"""What pages tell the script of the detailed map: frames, what is lit, addresses that answer."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from basins.models import Perimeter
from basins.shapes import INSETS
from explorer.presenters import detailed_map
from explorer.presenters.detailed_map import TILED, local_map, score_map, zones_bounds
from scoring.errors import NotFound
from scoring.service import current_facts
from tests.explorer.conftest import Get

pytestmark = pytest.mark.django_db


def test_every_address_answers(get: Get) -> None:
    config = score_map(current_facts())["config"]
    assert set(config["tiles"]) == set(TILED)
    for url in (*config["tiles"].values(), config["neighbours"]):
        response = get(url)
        assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"], url
    assert get(config["basin_url"].replace("CODE", current_facts().zones[0].code)).status_code == 200


def test_the_country_has_a_frame_for_each_land_that_holds_its_basins() -> None:
    facts = current_facts()
    places = score_map(facts)["config"]["places"]
    assert len(places) == len(INSETS)
    for inset, place in zip(INSETS, places, strict=True):
        (west, south), (east, north) = place["bounds"]
        boxes = [zone.bbox for zone in facts.zones if zone.land_mass in inset.land_masses]
        assert (west, south) == (min(b[0] for b in boxes), min(b[1] for b in boxes))
        assert (east, north) == (max(b[2] for b in boxes), max(b[3] for b in boxes))


def test_a_basin_is_framed_and_lit() -> None:
    facts = current_facts()
    zone = facts.zones[7]
    config = local_map(facts, zone_codes=[zone.code])["config"]
    assert config["bounds"] == [list(zone.bbox[:2]), list(zone.bbox[2:])]
    assert config["lit"] == {"zones": [zone.code], "perimeter": None}
    assert config["places"] == [] and not config["has_scores"]


def test_a_perimeter_is_framed_by_its_own_outline() -> None:
    facts = current_facts()
    perimeter = Perimeter.objects.filter(kind="industry_territory").order_by("code")[0]
    codes = [facts.zones[0].code]
    config = local_map(facts, zone_codes=codes, perimeter=perimeter, layers=("siding",))["config"]
    west, south, east, north = perimeter.geom.extent
    assert config["bounds"] == [[west, south], [east, north]]
    assert config["lit"]["perimeter"] == {"kind": "industry_territory", "code": perimeter.code}
    assert config["shown"] == ["zones", "siding"]


def test_bounds_given_are_kept_and_an_unknown_basin_is_refused() -> None:
    facts = current_facts()
    frame = [[1.0, 2.0], [3.0, 4.0]]
    assert local_map(facts, zone_codes=[facts.zones[0].code], bounds=frame)["config"]["bounds"] == frame
    with pytest.raises(NotFound):
        zones_bounds(facts, ["9999"])


def test_each_kind_that_a_tile_may_carry_has_its_words() -> None:
    words = detailed_map.words(current_facts())
    for model, field, named in (
        ("infrastructure.BrownfieldSite", "site_type", "site_types"),
        ("infrastructure.BrownfieldSite", "site_status", "site_statuses"),
        ("infrastructure.LogisticsNode", "kind", "kinds"),
        ("economy.Plant", "kind", "plant_kinds"),
    ):
        found = set(apps.get_model(model).objects.order_by().values_list(field, flat=True).distinct())
        assert found <= set(words[named]), (model, field)


def test_each_kind_of_node_named_on_the_map_has_its_mark() -> None:
    script = (Path(settings.BASE_DIR) / "static" / "js" / "detailed_map.js").read_text(encoding="utf-8")
    marks = set(re.findall(r"^  (\w+): \[\"#", script.partition("const NODE_MARKS = {")[2].partition("};")[0], re.M))
    assert marks and set(detailed_map.words(current_facts())["kinds"]) == marks
