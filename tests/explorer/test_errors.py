"""Error pages need neither the database nor an edition."""

import pytest
from django.test import RequestFactory

from explorer.errors import links, no_edition, not_found, server_error
from scoring.errors import NoEdition, NotFound
from tests.explorer.html_tree import parse


def request_of(path: str):  # noqa: ANN201
    return RequestFactory().get(path)


def test_an_empty_database_is_a_503_that_says_what_to_run() -> None:
    response = no_edition(request_of("/"), NoEdition())
    assert response.status_code == 503 and b"load_edition" in response.content


def test_our_own_fault_is_a_500_in_words() -> None:
    response = server_error(request_of("/"))
    assert response.status_code == 500 and parse(response.content).one("h1").plain


def test_suggestions_are_links() -> None:
    error = NotFound("Rien.", (("32.50B", "Fabrication de lunettes"), ("2716", "Saint-Claude")))
    response = not_found(request_of("/classement/"), error)
    tree = parse(response.content)
    found = [link.attributes["href"] for link in tree.one("ul", css_class="matches").all("a")]
    assert response.status_code == 404
    assert found == ["/classement/?activite=32.50B", "/bassins/2716/"]


@pytest.mark.parametrize("code", ["32.50B", "25.62", "CH", "25"])
def test_an_activity_is_never_taken_for_a_basin(code: str) -> None:
    assert links(((code, "x"),))[0]["url"].startswith("/classement/")


def test_an_address_cannot_write_in_the_page() -> None:
    response = not_found(request_of("/<script>alert(1)</script>/"), LookupError())
    assert b"<script>alert" not in response.content
