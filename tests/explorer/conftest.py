"""Pages are asked through Django's client, on the built-in edition."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.explorer.html_tree import Element, parse

Get = Callable[..., HttpResponse]
Read = Callable[..., Element]


@pytest.fixture
def get(db: None, client: Client) -> Get:
    """Return a function that asks a page in French; keyword arguments are headers."""

    def ask(url: str, **headers: str) -> HttpResponse:
        return client.get(
            url, headers={"accept-language": "fr", **{k.replace("_", "-"): v for k, v in headers.items()}}
        )

    return ask


@pytest.fixture
def read(get: Get) -> Read:
    """Return a function that asks a page, checks its status and gives it as a tree."""

    def ask(url: str, status: int = 200, **headers: str) -> Element:
        response = get(url, **headers)
        assert response.status_code == status, f"{url}: {response.status_code}"
        return parse(response.content)

    return ask


@pytest.fixture
def as_htmx() -> dict[str, str]:
    """Return the headers of a request that htmx makes for the results."""
    return {"HX_Request": "true", "HX_Target": "explorer-results"}
