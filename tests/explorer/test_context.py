"""The frame of a page: whole or fragment, languages that keep the address."""

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from explorer.context import is_fragment, languages


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_only_a_plain_htmx_request_is_answered_by_a_fragment(headers: dict[str, str], fragment: bool) -> None:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    assert is_fragment(request) is fragment


def test_a_request_that_never_met_htmx_gets_a_page() -> None:
    assert not is_fragment(RequestFactory().get("/"))


def test_the_other_language_keeps_the_question() -> None:
    request = RequestFactory().get("/classement/?activite=32.50B&weights=skills:40&lang=fr")
    urls = {entry["code"]: entry["url"] for entry in languages(request)}
    assert urls["en"] == "/classement/?activite=32.50B&weights=skills:40&lang=en"
