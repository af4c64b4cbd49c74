"""The pages of a basin in a real browser: filters with and without scripts, anchors, drawings, all zones of width."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

BASIN = "/bassins/2716/"
# The first reader of a level waits for its scores, on a machine that may be busy.
COMPUTED_MS = 30_000

Open = Callable[..., Page]


def test_every_drawing_is_drawn_when_it_comes_near(page: Page) -> None:
    page.goto(BASIN)
    for place in page.locator("[data-chart]").all():
        place.scroll_into_view_if_needed()
        expect(place).to_have_attribute("data-drawn", "1")
        assert place.locator("svg.main-svg").count() > 0


def test_a_filter_of_sites_stays_on_the_page_and_answers_in_place(page: Page) -> None:
    page.goto(BASIN)
    before = page.locator("#explorer-sites tbody tr").count()
    page.locator("#explorer-sites-surface").fill("2")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("#explorer-sites-title")).to_contain_text("sur")
    assert page.locator("#explorer-sites tbody tr").count() < before
    expect(page).to_have_url(re.compile(f"{BASIN}$"))
    expect(page.locator("#explorer-made")).to_have_count(1)


def test_on_its_own_page_the_filter_is_in_the_address(page: Page) -> None:
    page.goto(f"{BASIN}foncier/")
    page.locator(".list-filter input[type=checkbox]").check()
    page.get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile(r"\?usage=utilisable$"))
    kept = page.locator("#explorer-sites-title").inner_text()
    page.reload()
    expect(page.locator("#explorer-sites-title")).to_have_text(kept)


def test_lists_work_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(BASIN)
    page.locator("#explorer-sites-surface").fill("2")
    page.get_by_role("button", name="Filtrer").click()
    expect(page).to_have_url(re.compile(r"/foncier/\?surface=2"))
    page.goto(f"{BASIN}activites/?level=group")
    page.locator("#explorer-activities-order").select_option("branche")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".pillar-row").first).to_be_visible()
    page.get_by_role("link", name="Page suivante").click()
    expect(page.locator(".pager span")).to_contain_text("page 2")


def test_another_level_refreshes_the_list_and_the_address(page: Page) -> None:
    page.goto(f"{BASIN}activites/?level=group")
    page.locator("#explorer-activities-level").select_option("division")
    expect(page.locator("table.activities tbody tr")).to_have_count(24, timeout=COMPUTED_MS)
    expect(page).to_have_url(re.compile("level=division"))
    page.go_back()
    expect(page.locator("#explorer-activities-level")).to_have_value("group")


def test_anchors_leave_the_title_in_sight(page: Page) -> None:
    page.goto(BASIN)
    page.locator(".on-this-page a[href='#explorer-land']").click()
    heading = page.locator("#explorer-land").bounding_box()
    menu = page.locator(".on-this-page").bounding_box()
    assert heading and menu and heading["y"] >= menu["y"] + menu["height"] - 1
