"""Files of the maps: immutable at their address, sent once, led to the edition on show."""

import json
import re

import pytest

from explorer.layers import LAYERS
from scoring.service import current_facts
from tests.explorer.conftest import Get

pytestmark = pytest.mark.django_db


def edition_hash() -> str:
    return current_facts().edition.content_hash[:16]


def test_the_zone_shapes_hold_every_zone_and_no_style(get: Get) -> None:
    response = get(f"/cartes/zones.{edition_hash()}.svg")
    svg = response.content.decode()
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert set(re.findall(r'id="z(\w+)"', svg)) == set(current_facts().zone_index)
    assert "style" not in svg and "<script" not in svg


def test_a_file_is_kept_for_ever_and_sent_once(get: Get) -> None:
    url = f"/cartes/zones.{edition_hash()}.svg"
    first = get(url)
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = get(url, If_None_Match=f"W/{first.headers['ETag'].removeprefix('W/')}")
    assert again.status_code == 304 and again.content == b""


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_is_geojson_with_features(get: Get, layer: str) -> None:
    response = get(f"/cartes/{layer}.{edition_hash()}.geojson")
    assert response.status_code == 200
    collection = json.loads(response.content)
    assert collection["type"] == "FeatureCollection"
    # The built-in edition has no business park: regions load their own.
    assert bool(collection["features"]) == (layer != "business_parks")
    assert "immutable" in response.headers["Cache-Control"]


def test_every_zone_has_its_outline(get: Get) -> None:
    collection = json.loads(get(f"/cartes/zones.{edition_hash()}.geojson").content)
    assert {one["properties"]["code"] for one in collection["features"]} == set(current_facts().zone_index)


@pytest.mark.parametrize("name", ["zones.{}.svg", "nodes.{}.geojson"])
def test_a_page_of_another_edition_is_led_to_the_file_of_this_one(get: Get, name: str) -> None:
    response = get("/cartes/" + name.format("0" * 16))
    assert response.status_code == 302
    assert response.headers["Location"] == "/cartes/" + name.format(edition_hash())
    assert response.headers["Cache-Control"] == "no-store"


def test_an_unknown_layer_names_those_there_are(get: Get) -> None:
    response = get(f"/cartes/volcans.{edition_hash()}.geojson")
    assert response.status_code == 404
    assert "brownfields" in response.content.decode()
