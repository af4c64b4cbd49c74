"""How the interface may be read: from anywhere, with GET or HEAD, again only when something changed."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

BASIN = "/api/v1/basins/2716"


@pytest.mark.parametrize("address", [BASIN, "/api/v1/basins/9999", "/api/v1/nothing", "/api/v1/basins?lang=xx"])
def test_any_site_may_read_without_credentials(client: Client, address: str) -> None:
    response = client.get(address, headers={"origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("address", [f"{BASIN}?lang=en", "/api/v1/rankings?activity=32.50B&limit=1"])
def test_no_cookie_is_set_nor_read(client: Client, address: str) -> None:
    plain = client.get(address)
    assert not plain.cookies
    client.cookies["django_language"] = "en"
    assert client.get(address).content == plain.content
    assert "cookie" not in plain.headers["Vary"].lower()


def test_pages_of_other_sites_are_not_welcome_elsewhere(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_a_405_in_words(client: Client, method: str) -> None:
    response = getattr(client, method)(BASIN)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"
    assert method.upper() in response.json()["detail"] and "GET, HEAD" in response.json()["detail"]


@pytest.mark.parametrize("address", [BASIN, "/api/v1/basins/9999", "/methode/"])
def test_head_has_the_headers_of_get_and_no_body(client: Client, address: str) -> None:
    whole, head = client.get(address), client.head(address)
    assert head.status_code == whole.status_code
    assert not head.content
    for name in ("Content-Type", "Content-Length", "Content-Security-Policy", "Content-Language"):
        assert head.headers[name] == whole.headers[name]


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    first = client.get(BASIN)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(BASIN, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    other = client.get("/api/v1/basins/0051", headers={"if-none-match": first.headers["ETag"]})
    assert other.status_code == 200


def test_the_language_is_part_of_what_caches_look_at(client: Client) -> None:
    french = client.get(BASIN)
    english = client.get(BASIN, headers={"accept-language": "en-GB,en;q=0.8"})
    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert french.headers["ETag"] != english.headers["ETag"]
    assert "Accept-Language" in french.headers["Vary"]


def test_errors_are_not_kept_by_caches(client: Client) -> None:
    assert client.get("/api/v1/basins/9999").headers["Cache-Control"] == "no-store"
