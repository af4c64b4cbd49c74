"""The description of a layer leads to its tiles and names who made its data."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from api.tile_layers import TILE_LAYERS
from sources.apps import discover_datasets
from sources.models import Edition, Source
from sources.registry import DATASETS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("layer", TILE_LAYERS)
def test_a_layer_leads_to_its_tiles_and_names_its_producers(client: Client, layer: str) -> None:
    response = client.get(f"/tiles/{layer}.json")
    assert response.status_code == 200 and response.headers["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    template = urlsplit(told["tiles"][0])
    assert template.netloc == "testserver"
    first = client.get(f"{template.path.format(z=told['minzoom'], x=0, y=0)}?{template.query}")
    assert first.status_code in (200, 204) and "immutable" in first.headers["Cache-Control"]
    assert client.get(template.path.format(z=told["maxzoom"] + 1, x=0, y=0)).status_code == 400
    assert told["attribution"]


def test_layers_name_registered_data_sets() -> None:
    discover_datasets()
    assert {slug for one in TILE_LAYERS.values() for slug in one.sources} <= set(DATASETS)


def test_the_producers_are_those_of_the_edition_escaped_and_once_each(client: Client) -> None:
    Source.objects.filter(pk="zone-outlines").update(producer="INSEE, <b>IGN</b>, INSEE")
    assert client.get("/tiles/zones.json").json()["attribution"] == "INSEE, &lt;b&gt;IGN&lt;/b&gt;"


def test_it_is_sent_once_and_an_unknown_layer_is_refused(client: Client) -> None:
    edition_hash = Edition.objects.current().content_hash[:16]
    response = client.get(f"/tiles/zones.json?edition={edition_hash}")
    assert "immutable" in response.headers["Cache-Control"]
    assert client.get("/tiles/zones.json", headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    refused = client.get("/tiles/volcans.json")
    assert refused.status_code == 404 and "communes" in refused.json()["detail"]
