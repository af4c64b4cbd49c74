"""The validation section of the Method page in a real browser: accessible, whole without scripts, narrow enough."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "/methode/validation/"
SECTION = "section.validation"

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_every_table_open(
    open_page: Open, accessibility_violations: Violations, scheme: str
) -> None:
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto(ADDRESS)
    for summary in page.locator(f"{SECTION} details > summary").all():
        summary.click()
    assert page.locator(f"{SECTION} details:not([open])").count() == 0
    assert accessibility_violations(page) == []


@pytest.mark.parametrize("width", [390, 320])
def test_tables_scroll_in_their_frame_and_not_the_page(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    page.goto(ADDRESS)
    for summary in page.locator(f"{SECTION} details > summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_figures_are_read_and_opened_with_the_keyboard_and_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(ADDRESS)
    section = page.locator(SECTION)
    expect(section.locator("li").first).to_contain_text("fois sur 100")
    summary = section.locator("details > summary").first
    table = section.locator("table.validation-metrics").first
    expect(table).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    expect(table.locator("tbody tr:has(td)")).not_to_have_count(0)


def test_what_is_drawn_stands_in_its_cell(open_page: Open) -> None:
    page = open_page()
    page.goto(ADDRESS)
    for cell in page.locator(f"{SECTION} .validation-plot td:has(svg)").all():
        if cell.is_visible():
            frame, drawing = cell.bounding_box(), cell.locator("svg").bounding_box()
            assert frame and drawing
            assert drawing["width"] >= 150
            assert frame["x"] - 1 <= drawing["x"]
            assert drawing["x"] + drawing["width"] <= frame["x"] + frame["width"] + 1
