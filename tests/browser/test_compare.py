"""Alike basins and basins side by side in a real browser: axe, keyboard, no script, telephone, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PEERS = "/bassins/8425/semblables/"
PAIR = "/comparer/?bassins=2716,8425"
FIVE = "/comparer/?bassins=2716,8425,8414,5206,3213"
PHONE = {"width": 390, "height": 844}

Open = Callable[..., Page]


def test_on_a_telephone_the_measure_stays_while_the_basins_scroll(open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(FIVE)
    box = page.locator(".compare-scroll").first
    box.scroll_into_view_if_needed()
    label = box.locator("tbody th").nth(1)
    before = label.bounding_box()
    last = box.locator("thead th").last
    assert before and (last.bounding_box() or {"x": 0})["x"] > PHONE["width"]
    box.focus()
    moved = 0
    for _press in range(100):
        page.keyboard.press("ArrowRight")
        if moved := box.evaluate("one => one.scrollLeft"):
            break
    assert moved > 0
    box.evaluate("one => one.scrollTo({left: one.scrollWidth, behavior: 'instant'})")
    edge = last.bounding_box()
    assert edge and edge["x"] + edge["width"] <= PHONE["width"]
    after = label.bounding_box()
    assert after and abs(after["x"] - before["x"]) < 2


def test_a_basin_is_added_moved_and_removed_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/comparer/")
    for name, codes in (("Saint-Claude", "2716"), ("Oyonnax", "2716,8425"), ("Cholet", "2716,8425,5206")):
        page.locator("#explorer-compare-add").fill(name)
        page.get_by_role("button", name="Ajouter").click()
        expect(page).to_have_url(re.compile(f"bassins={codes}$"))
    page.get_by_role("link", name="Avancer Cholet").click()
    expect(page).to_have_url(re.compile("bassins=2716,5206,8425$"))
    page.get_by_role("link", name="Retirer Saint-Claude").click()
    expect(page).to_have_url(re.compile("bassins=5206,8425$"))
    page.locator("#explorer-compare-activity").fill("lunettes")
    page.get_by_role("button", name="Comparer les scores").click()
    expect(page).to_have_url(re.compile(r"bassins=5206,8425&activite=32\.50B$"))
    expect(page.get_by_role("heading", name="Score et rang")).to_be_visible()
    expect(page.locator(".compare thead th").nth(1)).to_have_text("Cholet")


def test_peers_are_chosen_without_scripts_and_lead_to_the_comparison(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(PEERS)
    page.locator("#explorer-peers-purpose").select_option("metiers")
    page.get_by_label("Laisser de côté la même région").check()
    page.get_by_role("button", name="Afficher").click()
    expect(page).to_have_url(re.compile("pour=metiers.*hors_region=1"))
    first = page.locator("table.peers tbody th > a").first.inner_text()
    page.locator("table.peers tbody th a.small").first.click()
    expect(page.locator(".compare thead th").nth(2)).to_have_text(first)


def test_suggestions_come_while_typing_and_the_keyboard_picks_one(page: Page) -> None:
    page.goto("/comparer/?bassins=2716")
    field = page.locator("#explorer-compare-add")
    field.focus()
    page.keyboard.type("choll")
    page.keyboard.press("Backspace")
    expect(page.locator("#explorer-suggestions a").first).to_contain_text("Cholet")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#explorer-suggestions a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("bassins=2716,5206$"))


def test_another_purpose_refreshes_the_list_and_the_address(page: Page) -> None:
    page.goto(PEERS)
    page.locator("#explorer-peers-purpose").select_option("acces")
    expect(page).to_have_url(re.compile(r"/semblables/\?pour=acces$"))
    expect(page.locator("#explorer-peers .lead")).to_contain_text("La Vallée de l'Arve")
    page.go_back()
    expect(page.locator("#explorer-peers-purpose")).to_have_value("ensemble")


def test_a_row_lights_its_basin_on_the_map(page: Page) -> None:
    page.goto(PEERS)
    row = page.locator("table.peers tbody tr").first
    code = row.get_attribute("data-zone")
    row.hover()
    expect(page.locator("svg[data-map] use.halo")).to_have_attribute("href", re.compile(f"#z{code}$"))


@pytest.mark.expects_http_errors
def test_what_is_wrong_is_told_and_mended_with_one_click(open_page: Open) -> None:
    page = open_page()
    page.goto("/comparer/?bassins=2716,2716,8425")
    expect(page.get_by_role("alert")).to_contain_text("deux fois")
    page.get_by_role("link", name="Comparer les 2 bassins retenus").click()
    expect(page.locator(".compare").first).to_be_visible()


def test_the_drawing_has_a_dot_a_basin_and_a_pillar(page: Page) -> None:
    page.goto(f"{PAIR}&activite=32.50B")
    drawn = page.locator("#figure-compare-pillars .chart")
    drawn.scroll_into_view_if_needed()
    rows = page.locator("#figure-compare-pillars tbody tr").count()
    expect(drawn.locator(".scatterlayer .point")).to_have_count(3 * rows)
