"""Embeds live in the frames of other sites, and nothing else of this site does."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from config.frames import read_ancestors
from scoring import service
from scoring.question import Question
from tests.api.methods import only_read
from tests.explorer.conftest import Get, Read

pytestmark = pytest.mark.django_db

RANKING = "/embed/classement/?activite=32.50B"
EMBEDS = {
    RANKING: "/classement/?activite=32.50B",
    "/embed/bassins/2716/": "/bassins/2716/",
    "/embed/indicateurs/living.long_vacancy_pct/": "/donnees/indicateurs/living.long_vacancy_pct/",
}
REFUSED = [
    ("/embed/classement/", 400, "activite=32.50B"),
    ("/embed/classement/?activite=99.99Z", 404, "99.99Z"),
    ("/embed/classement/?activite=32.50B&page=2", 400, "page"),
    ("/embed/bassins/9999/", 404, "9999"),
    ("/embed/indicateurs/lune/", 404, "lune"),
    ("/embed/bassins/2716/?lang=xx", 400, "fr, en"),
    ("/embed/rien/", 404, "/embed/rien/"),
]
PART = re.compile(r"(<(\w+:)?(\w+)>)")
# What stands in an address for each part that changes.
PARTS = {
    "zone_code": "2716", "indicator": "living.rent_flat", "code": "32.50B", "kind": "region", "figure_id": "access",
    "figure": "where", "name": "sources", "edition_hash": "0" * 16, "layer": "zones", "suffix": "svg", "form": "csv",
    "z": "5", "x": "16", "y": "11", "activity": "32.50B",
}  # fmt: skip


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_may_be_framed_by_any_site_and_keeps_nothing_of_its_reader(get: Get, address: str) -> None:
    response = get(f"{address}{'&' if '?' in address else '?'}lang=en")
    assert response.status_code == 200 and response.headers["Content-Language"] == "en"
    policy = directives(response.headers["Content-Security-Policy"])
    assert policy["frame-ancestors"] == "*" and policy["default-src"] == "'none'"
    assert "script-src" not in policy and "X-Frame-Options" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies and "Cookie" not in response.headers["Vary"]
    assert "max-age" in response.headers["Cache-Control"]


def test_an_embed_reads_no_cookie(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get(RANKING, headers={"accept-language": "fr"}).headers["Content-Language"] == "fr"


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_says_what_it_shows_whose_it_is_and_leads_to_the_page(read: Read, address: str) -> None:
    tree = read(address)
    assert not tree.all("script")
    assert all(one.attributes["target"] == "_blank" for one in tree.one("main").all("a"))
    assert tree.one("h1").plain and "édition 2026.3" in tree.one("footer").plain
    [link] = tree.one("footer").all("a")
    assert link.plain.startswith("Voir sur Bassins")
    assert (link.attributes["target"], link.attributes["rel"]) == ("_blank", "noopener")
    path, _query, mark = link.attributes["href"].partition("edition=")
    assert path[:-1] == EMBEDS[address] and mark.startswith("2026.3-")
    # A page of the site opens out of the frame, where it would be refused.
    assert tree.one("base").attributes == {"target": "_blank"}
    assert "Insee" in tree.one("main").plain or "INSEE" in tree.one("main").plain


def test_the_map_of_an_embed_is_that_of_the_page(read: Read) -> None:
    ranking = service.rank(service.current_facts(), Question("32.50B", "subclass", region="27"))
    links = read(RANKING + "&region=27").one("svg", css_class="map").all("a")
    classes = {one.attributes["data-zone"]: one.one("use").attributes["class"] for one in links}
    assert len(classes) == 306
    for zone in ranking.facts.zones:
        inside = "27" in zone.region_codes
        assert classes[zone.code] == (f"q{ranking.map_classes[zone.code]}" if inside else "out")


@pytest.mark.parametrize(("address", "status", "words"), REFUSED)
def test_an_embed_that_cannot_be_shown_says_why_in_its_frame(
    read: Read, get: Get, address: str, status: int, words: str
) -> None:
    response = get(address)
    assert response.status_code == status
    assert directives(response.headers["Content-Security-Policy"])["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in response.headers and not response.cookies
    tree = read(address, status=status)
    assert words in tree.one(role="alert").plain and not tree.all("script") and not tree.all("form")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Yield an address for each route of the site."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
            continue
        for whole, kind, name in PART.findall(route):
            value = PARTS.get(name, "00000000-0000-0000-0000-000000000000" if kind == "uuid:" else "1")
            route = route.replace(whole, value)
        yield route


def closed(response: HttpResponse) -> HttpResponse:
    """Return an answer closed as a server does, files made on disk included; the database of the test stays open."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response


def test_no_other_address_of_the_site_may_be_framed(client: Client) -> None:
    every = list(addresses(get_resolver().url_patterns))
    embeds = [one for one in every if one.startswith("/embed/")]
    assert len(embeds) == 3 and len(every) > 50 and not any("<" in one for one in every)
    # Asked without a question: what is answered is of no matter, every answer bears the headers.
    others = [*(one for one in every if one not in embeds), "/embed", "/embedded/", "/bassins/embed/", "/x/embed/"]
    for address in others:
        response = closed(client.head(address))
        policy = directives(response.headers["Content-Security-Policy"])
        assert (policy["frame-ancestors"], response.headers["X-Frame-Options"]) == ("'none'", "DENY"), address


@pytest.mark.parametrize("address", EMBEDS.values())
def test_a_page_offers_the_code_of_its_embed(read: Read, get: Get, address: str) -> None:
    tree = read(address)
    details = tree.one("details", css_class="sharing")
    code = details.one("textarea").plain
    assert code.startswith('<iframe src="http://testserver/embed/') and 'title="Bassins' in code
    assert "lang=fr" in code and "edition=2026.3-" in code
    source = code.split('"')[1].replace("&amp;", "&").removeprefix("http://testserver")
    assert get(source).status_code == 200
    assert details.one("label").plain.startswith("Code")


def test_the_code_of_an_embed_keeps_the_question_and_is_escaped_once(read: Read) -> None:
    code = (
        read("/classement/?activite=32.50B&region=27&weights=access:60")
        .one("details", css_class="sharing")
        .one("textarea")
        .plain
    )
    assert "activite=32.50B&amp;weights=access:60&amp;region=27&amp;lang=fr&amp;edition=" in code


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("*", "*"),
        ("", "'none'"),
        ("https://www.exemple.fr", "https://www.exemple.fr"),
        ("https://*.exemple.fr  http://localhost:8000", "https://*.exemple.fr http://localhost:8000"),
    ],
)
def test_the_sites_allowed_are_a_setting(client: Client, text: str, written: str) -> None:
    assert read_ancestors(text) == written
    with override_settings(FRAME_ANCESTORS=text):
        policy = directives(client.get("/embed/bassins/2716/").headers["Content-Security-Policy"])
    assert policy["frame-ancestors"] == written


@pytest.mark.parametrize("text", ["exemple.fr", "https://a.fr; script-src *", "* https://a.fr", "https://a.fr/chemin"])
def test_a_setting_that_names_no_site_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BASSINS_FRAME_ANCESTORS"):
        read_ancestors(text)


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_is_only_read(address: str) -> None:
    only_read(address, "text/html; charset=utf-8")


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_credits_who_drew_its_map(read: Read, address: str) -> None:
    assert re.search(r"Contours\s: INSEE, IGN\.", read(address).one("main").plain)
    assert "Outlines: INSEE, IGN." in read(f"{address}{'&' if '?' in address else '?'}lang=en").one("main").plain
