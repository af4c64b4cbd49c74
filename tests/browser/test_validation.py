"""The validation section of the Method page in a real browser: accessible, whole without scripts, narrow enough."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

ADDRESS = "/methode/validation/"
SECTION = "section.validation"

Open = Callable[..., Page]


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


def test_a_table_of_two_or_three_columns_fits_a_phone(open_page: Open) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(ADDRESS)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.scroll')]
            .filter(one => one.offsetParent && !one.querySelector('tr > :nth-child(4)'))
            .map(one => one.scrollWidth - one.clientWidth)"""
    )
    assert len(cut) >= 2 and max(cut) <= 0


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
