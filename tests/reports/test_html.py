"""The single-file HTML of a report: all its words, no script, nothing from elsewhere, valid nesting."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest

from reports.document import Document
from reports.writers import html
from tests.explorer.html_tree import Element, parse
from tests.reports.paper_samples import sample, squeezed, words_of

# Elements by which a page loads something.
LOADERS = ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "source", "image", "use", "base")


@pytest.fixture(scope="module")
def made() -> bytes:
    return html.write(sample())


@pytest.fixture(scope="module")
def tree(made: bytes) -> Element:
    return parse(made)


def check_words(document: Document, text: str) -> None:
    absent = [one for one in words_of(document) if squeezed(one) not in text]
    assert not absent, absent[:5]


def test_every_word_and_number_of_the_report_is_in_it(tree: Element) -> None:
    check_words(sample(), squeezed(tree.text))


def test_nothing_is_loaded_and_no_script_runs(made: bytes, tree: Element) -> None:
    text = made.decode("utf-8")
    assert not [name for name in LOADERS if tree.all(name)]
    assert not re.findall(r"\son\w+=|javascript:|\sstyle=|@import|\ssrc=", text)
    assert {one.split(":")[0] for one in re.findall(r"url\([\"']?([^)\"']+)", text)} <= {"data", "#"}


def test_its_policy_allows_its_own_style_and_nothing_else(made: bytes) -> None:
    text = made.decode("utf-8")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert style and policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#x27;", "'") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    )


def test_each_drawing_is_one_picture_told_in_words(tree: Element) -> None:
    drawings = tree.all("svg")
    assert [one.attributes["aria-label"] for one in drawings] == [
        one.alt for one in [sample().cover_picture, *sample().pictures()] if one
    ]
    assert {one.attributes["role"] for one in drawings} == {"img"}
    assert all(figure.all("figcaption") for figure in tree.all("figure"))


def test_it_has_a_language_a_title_landmarks_and_one_heading_a_level_at_a_time(tree: Element) -> None:
    assert tree.one("html").attributes["lang"] == "fr"
    assert "Bassin de Łódź" in tree.one("title").text
    assert [len(tree.all(name)) for name in ("main", "nav", "header")] == [1, 1, 1]
    assert tree.one("a", css_class="skip").attributes["href"] == f"#{tree.one('main').attributes['id']}"
    levels = [int(one.name[1]) for one in tree.walk() if one.name in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_link_of_the_contents_leads_to_a_chapter_and_no_name_is_given_twice(tree: Element) -> None:
    ids = [one.attributes["id"] for one in tree.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    wanted = [one.attributes["href"][1:] for one in tree.one("nav").all("a")]
    assert wanted == ["summary", "one", "two", "three", "sources"]
    assert set(wanted) <= set(ids)


def test_tables_have_a_caption_and_heads_that_say_what_they_head(tree: Element) -> None:
    for table in tree.all("table"):
        assert table.one("caption").text
        assert {one.attributes["scope"] for one in table.one("thead").all("th")} == {"col"}
        assert {one.attributes["scope"] for one in table.one("tbody").all("th")} == {"row"}


def test_it_says_in_its_head_the_edition_what_was_asked_the_address_and_the_licence(tree: Element) -> None:
    known = {
        one.attributes.get("name"): one.attributes["content"] for one in tree.all("meta") if "name" in one.attributes
    }
    provenance = sample().provenance
    assert known["edition"] == "2026.2 (fa39422d)"
    assert known["permalink"] == provenance.permalink
    assert known["licence"] == provenance.licence and known["attribution"] == provenance.attribution
    assert "Pièces en plastique <22.29A>" in known["asked"]


def test_the_screen_holds_the_tables_of_the_workbook_folded_and_says_what_else_there_is(tree: Element) -> None:
    folded = [one.one("summary").plain for one in tree.all("details")]
    assert folded == ["Les chiffres (70 lignes)", "Les chiffres (41 lignes)"]
    assert [one.plain for one in tree.all("p", css_class="more")] == ["Et 21 autres lignes dans le classeur (XLSX)."]


def test_letters_beyond_western_europe_come_only_where_they_occur(made: bytes) -> None:
    plain = replace(sample(), title="Bassin", chapters=())
    assert made.count(b"@font-face") == 4
    assert html.write(plain).count(b"@font-face") == 2


def test_what_others_wrote_is_text_and_never_markup(tree: Element) -> None:
    assert tree.one("h1").text == "Bassin de Łódź <b>"
    assert not [one for one in tree.one("h1").walk() if one.name == "b"]


def test_another_language_is_written_in_its_own_words() -> None:
    assert parse(html.write(sample("en"))).one("html").attributes["lang"] == "en"
