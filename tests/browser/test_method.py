"""The pages of the method in a real browser: axe, small screens, the keyboard, no script, formulas, paper."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}

Open = Callable[..., Page]


def test_a_wide_formula_scrolls_with_the_keyboard(open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto("/methode/criteres/")
    box = page.locator("[id='skills.quotient'] .formula-box").first
    assert box.evaluate("one => one.scrollWidth > one.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)


def test_formulas_are_drawn_as_mathematics(page: Page) -> None:
    page.goto("/methode/criteres/")
    fraction = page.locator("[id='fabric.specialisation'] math mfrac").first
    top, bottom = (fraction.locator(f":scope > :nth-child({place})").bounding_box() for place in (1, 2))
    assert top and bottom
    # One above the other: a browser that knows nothing of MathML would put them side by side.
    assert top["y"] + top["height"] <= bottom["y"] + 2
    assert page.locator("math[alttext]").count() == page.locator("math").count() > 60


def test_the_example_changes_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/methode/")
    page.locator("#explorer-example-activity").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("batterie")
    page.keyboard.press("Tab")
    page.keyboard.type("Dunkerque")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/methode/\?activite=27\.20Z&bassin=3213"))
    expect(page.locator(".method-example")).to_contain_text("Dunkerque")


def test_the_contents_lead_to_sections_and_stay_in_sight(page: Page) -> None:
    page.goto("/methode/")
    page.locator(".contents a", has_text="sûreté").click()
    expect(page.locator("#robustesse")).to_be_in_viewport()
    expect(page.locator(".contents h2")).to_be_in_viewport()


def test_everything_is_there_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/methode/criteres/#land.sites")
    expect(page.locator("[id='land.sites'] h3")).to_be_in_viewport()
    page.locator("#explorer-example-basin").select_option(label="Saint-Claude")
    page.get_by_role("button", name="Refaire les calculs").click()
    expect(page).to_have_url(re.compile("bassin=2716"))
    page.locator("[id='skills.quotient'] summary").click()
    assert page.locator("[id='skills.quotient'] .worked table").is_visible()


def test_a_rank_leads_to_its_arithmetic(page: Page) -> None:
    page.goto("/bassins/2716/pourquoi/?activite=32.50B")
    page.get_by_role("link", name="Refaire ces calculs").click()
    expect(page).to_have_url(re.compile(r"/methode/criteres/\?activite=32\.50B"))
    expect(page.locator(".method-example")).to_contain_text("Saint-Claude")


def test_paper_has_every_table_and_no_menu(page: Page) -> None:
    page.goto("/methode/")
    page.emulate_media(media="print")
    assert not page.locator(".contents").is_visible()
    assert page.locator(".worked table").first.is_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('.formula-box')].every((b) => getComputedStyle(b).overflowX !== 'auto')"
    )
