"""A report is one click away: its page, its files, their tags, and what is said of an address that means nothing."""

import pytest

from reports.formats import FORMATS
from reports.versions import code_digest
from scoring.service import current_facts
from sources.kept_answers import short_hash
from tests.explorer.conftest import Get, Read, get, read  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

ZONE = "8425"
QUERY = "activite=32.50B&weights=land:40"
PAGES = {
    f"/bassins/{ZONE}/": f"/bassins/{ZONE}/rapport/",
    f"/bassins/{ZONE}/pourquoi/?{QUERY}": f"/bassins/{ZONE}/pourquoi/rapport/?{QUERY}",
}


@pytest.mark.parametrize(("page", "offer"), PAGES.items())
def test_a_page_leads_to_its_report_and_its_report_to_four_files(read: Read, page: str, offer: str) -> None:  # noqa: F811
    links = [one.attributes["href"] for one in read(page).one("main").all("a")]
    assert links.count(offer) == 1
    tree = read(offer)
    files = [one.attributes["href"] for one in tree.one("ul", css_class="report-files").all("a")]
    path, _mark, query = offer.partition("?")
    query = f"?{query}" if query else ""
    assert files == [f"{path.removesuffix('/')}.{one}{query}" for one in FORMATS]
    assert page in [one.attributes["href"] for one in tree.one("p", css_class="breadcrumb").all("a")]
    assert "/exports/" in [one.attributes["href"] for one in tree.one("main").all("a")]


def test_the_offer_of_a_question_says_what_is_asked(read: Read) -> None:  # noqa: F811
    tree = read(f"/bassins/{ZONE}/pourquoi/rapport/?{QUERY}")
    asked = {row.one("dt").plain: row.one("dd").plain for row in tree.one("dl", css_class="report-asked").all("div")}
    assert asked["Activité"].startswith("32.50B") and asked["Poids"].startswith("Foncier : 40,0 au lieu de")


@pytest.mark.parametrize("url", [f"/bassins/{ZONE}/rapport.html", f"/bassins/{ZONE}/pourquoi/rapport.html?{QUERY}"])
def test_a_file_has_a_name_a_tag_and_is_not_sent_twice(get: Get, url: str) -> None:  # noqa: F811
    first = get(url)
    assert first.status_code == 200 and first["Content-Type"] == FORMATS["html"].content_type
    assert first["Content-Disposition"].startswith(f'attachment; filename="bassin-{ZONE}-oyonnax')
    assert first["ETag"].startswith(f'"{short_hash(current_facts().edition.content_hash)}-')
    assert first["Cache-Control"] == "public, max-age=300"
    again = get(url, If_None_Match=first["ETag"])
    assert again.status_code == 304 and again["ETag"] == first["ETag"] and not again.content
    assert get(f"{url.replace('.html', '.xlsx')}", If_None_Match=first["ETag"]).status_code == 200


def test_languages_and_questions_have_tags_of_their_own(get: Get) -> None:  # noqa: F811
    french = get(f"/bassins/{ZONE}/rapport.html")
    english = get(f"/bassins/{ZONE}/rapport.html?lang=en")
    assert french["ETag"] != english["ETag"] and b"-en.html" in english["Content-Disposition"].encode()
    assert 'lang="en"' in english.content.decode() and 'lang="fr"' in french.content.decode()[:200]
    tags = {get(f"/bassins/{ZONE}/pourquoi/rapport.html?activite={one}")["ETag"] for one in ("32.50B", "25.62A")}
    assert len(tags) == 2


def test_a_digest_tells_parts_apart() -> None:
    assert code_digest("a", "bc") != code_digest("ab", "c") and code_digest("a") == code_digest("a")


@pytest.mark.parametrize("url", [f"/bassins/{ZONE}/rapport.odt", f"/bassins/{ZONE}/pourquoi/rapport.odt?{QUERY}"])
def test_an_unknown_form_is_answered_with_those_that_exist(read: Read, url: str) -> None:  # noqa: F811
    said = read(url, status=404).one("main").plain
    assert "Il n'y a pas de rapport « .odt »" in said and ", ".join(FORMATS) in said


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("9999/{}", 404),
        ("9999/pourquoi/{}?activite=32.50B", 404),
        (f"{ZONE}/pourquoi/{{}}?activite=99.99Z", 404),
        (f"{ZONE}/pourquoi/{{}}?activite=32.50B&weights=land:beaucoup", 400),
        (f"{ZONE}/pourquoi/{{}}?activite=32.50B&region=999", 400),
        (f"{ZONE}/pourquoi/{{}}?activite=32.50B&jobs=-3", 400),
        (f"{ZONE}/pourquoi/{{}}", 400),
        (f"{ZONE}/{{}}?couleur=rouge", 400),
    ],
)
def test_bad_input_is_told_in_the_words_of_the_pages(read: Read, asked: str, status: int) -> None:  # noqa: F811
    page = read("/bassins/" + asked.format(""), status=status).one("h1").plain
    said = lead(read, "/bassins/" + asked.format(""), status)
    for name in ("rapport/", "rapport.html"):
        url = "/bassins/" + asked.format(name)
        assert read(url, status=status).one("h1").plain == page and lead(read, url, status) == said


def lead(read: Read, url: str, status: int) -> str:  # noqa: F811
    """Return the sentence of a page of refusal."""
    return read(url, status=status).one("main").all("p", css_class="lead")[0].plain
