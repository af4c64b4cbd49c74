"""Groups of basins and the chain of an activity in a real browser: keyboard, no script, phone, dark, axe."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

GROUPS = "/complementarites/?activite=14.13Z"

Open = Callable[..., Page]


def test_a_question_is_asked_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/complementarites/")
    page.locator("#explorer-group-activity").focus()
    page.keyboard.type("jean")
    page.keyboard.press("Tab")
    expect(page.locator("#explorer-one-distance")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("80")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/complementarites/\?activite=14\.13Z&distance=80$"))
    expect(page.locator("table.groups tbody tr").first).to_be_visible()


def test_a_chain_is_composed_and_a_group_chosen_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/complementarites/")
    page.get_by_text("Pour une chaîne d'étapes").click()
    page.get_by_role("link", name="Lunettes").click()
    page.locator("input[name=e4]").fill("")
    page.locator("input[name=n4]").fill("")
    page.locator("input[name=n1]").fill("plastique")
    page.locator("#explorer-chain-distance").fill("100")
    page.get_by_role("button", name="Chercher les ensembles").last.click()
    expect(page).to_have_url(re.compile(r"etapes=22\.29A:plastique,25\.62A:[^&]*,32\.50B:montage&distance=100$"))
    second = page.locator("table.groups tbody tr").nth(1).locator("a")
    name = second.inner_text()
    second.click()
    expect(page.locator("tr.is-chosen a")).to_have_text(name)
    drawn = page.locator(".group-names text").all_text_contents()
    assert sorted(drawn) == sorted(name.split(" + "))
    page.locator(".narrow-table tbody a").first.click()
    expect(page).to_have_url(re.compile("/pourquoi/"))


def test_the_map_is_one_stop_and_arrows_walk_it(page: Page) -> None:
    page.goto(GROUPS)
    stops = page.locator('.group-map svg a[tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    before = page.evaluate("document.activeElement.dataset.zone")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.dataset.zone")
    assert before != after


def test_from_an_activity_to_its_chain_and_to_the_groups_of_a_basin(page: Page) -> None:
    page.goto("/activites/27.20Z/")
    page.get_by_role("link", name="Toute sa chaîne").click()
    page.locator("#explorer-chain-basin").select_option("3213")
    page.get_by_role("button", name="Montrer").click()
    expect(page).to_have_url(re.compile(r"/chaine/\?bassin=3213"))
    expect(page.locator("#figure-suppliers table")).to_be_visible()
    chart = page.locator("#figure-purchases .chart")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("svg").first).to_be_visible()
    page.get_by_role("link", name="Qui complète Dunkerque").click()
    expect(page).to_have_url(re.compile(r"activite=27\.20Z&bassin=3213"))
    expect(page.locator("h1")).to_have_text("Bassins qui se complètent")
