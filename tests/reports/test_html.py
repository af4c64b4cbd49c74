"""The single-file HTML of a report: all its words, no script, nothing from elsewhere, valid nesting."""

import base64
import hashlib
import re

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
