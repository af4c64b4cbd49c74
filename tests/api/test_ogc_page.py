"""The page of data says how to open the services in geographic software, with the address of this very site."""

import re

import pytest
from django.test import Client

from api.tile_layers import TILE_LAYERS

pytestmark = pytest.mark.django_db


def test_the_page_of_data_leads_to_the_features_and_to_every_layer_of_tiles(client: Client) -> None:
    page = client.get("/donnees/", headers={"accept-language": "fr"}).content.decode()
    assert 'id="ogc"' in page and "http://testserver/ogc/" in page
    assert "http://testserver/tiles/zones/{z}/{x}/{y}.mvt" in page
    assert set(re.findall(r'href="/tiles/(\w+)\.json"', page)) == set(TILE_LAYERS)
    assert client.get("/ogc/").json()["links"][2]["href"] == "http://testserver/donnees/#ogc"


@pytest.mark.parametrize("address", ["/ogc/", "/tiles/zones.json", "/tiles/zones/5/16/11.mvt", "/ogc/collections/x"])
def test_a_partner_site_may_read(client: Client, address: str) -> None:
    response = client.get(address, headers={"origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in response.headers
