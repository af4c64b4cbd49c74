"""The page of the interface in a real browser: axe, small screens, no script; and its examples, run as they stand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from api.documentation.examples import NAMES, Example
from api.documentation.running import curl_answer, python_answer

ADDRESS = "/donnees/api/"
Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def test_the_page_is_accessible_in_both_schemes(open_page: Open, accessibility_violations: Violations) -> None:
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme, reduced_motion="reduce")
        page.goto(ADDRESS)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        assert accessibility_violations(page) == []


def test_it_is_whole_without_script_on_a_small_screen(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto("/donnees/")
    page.get_by_role("link", name="L'interface de programmation").click()
    assert page.url.endswith(ADDRESS)
    assert page.get_by_role("heading", level=1).inner_text() == "Interface de programmation"
    # Without script no width is asked of the page: its code stays within the screen, and scrolls there.
    for box in (one.bounding_box() for one in page.locator("pre.api-code:visible").all()):
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    page.locator("summary").first.click()
    assert page.locator("samp").first.is_visible()


def test_nothing_overflows(open_page: Open) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(ADDRESS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture(scope="module")
def shown(browser, base_url: str) -> dict[str, Example]:
    """Return the examples as the page shows them."""
    page = browser.new_page(base_url=base_url, locale="fr-FR")
    page.goto(ADDRESS)
    found = {}
    for name in NAMES:
        texts = page.evaluate(
            """name => ["curl", "python", "r"].map((language) => {
                const part = document.getElementById(`${name}-${language}`).parentElement;
                const answer = part.querySelector("samp");
                return [part.querySelector("code").textContent, answer ? answer.textContent : ""];
            })""",
            name,
        )
        (curl, curl_said), (python, python_said), (r, _none) = texts
        found[name] = Example(name, curl, python, r, curl_said, python_said)
    page.close()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_example_copied_from_the_page_answers_what_the_page_says(shown: dict[str, Example], name: str) -> None:
    example = shown[name]
    assert example.curl_answer and curl_answer(example) == example.curl_answer
    assert example.python_answer and python_answer(example) == example.python_answer
