"""What to change, in a real browser: with and without scripts, from the keyboard, on a phone, in the dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

GAP = "/bassins/8427/progresser/?activite=32.50B"
WHAT_IF = "/bassins/8427/et-si/?activite=32.50B"

Open = Callable[..., Page]


def test_a_value_changed_answers_in_place_and_in_the_address(page: Page) -> None:
    page.goto(WHAT_IF)
    page.get_by_label("Friches vérifiées à la taille du projet").fill("4")
    page.keyboard.press("Tab")
    expect(page.locator("#explorer-what-if")).to_contain_text("passerait du 54e au 39e rang")
    expect(page).to_have_url(re.compile(r"si=land\.sites:4$"))
    expect(page.locator(".slope svg")).to_have_count(2)
    page.reload()
    expect(page.locator("#explorer-what-if")).to_contain_text("passerait du 54e au 39e rang")
    page.go_back()
    expect(page.locator("#explorer-what-if")).to_contain_text("est aujourd'hui 54e")


@pytest.mark.expects_http_errors
def test_a_wrong_value_is_told_and_what_was_typed_stays(page: Page) -> None:
    page.goto(WHAT_IF)
    field = page.get_by_label("Médecins généralistes")
    field.fill("900")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("900")
    expect(field).to_have_value("900")
    field.fill("9")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#explorer-what-if")).to_contain_text("points sur 100")


def test_an_effort_changed_changes_the_advice_in_place(page: Page) -> None:
    page.goto(f"{GAP}&target=top50")
    expect(page.locator("#explorer-gap .proposals")).to_contain_text("friche")
    page.get_by_text("L'échelle d'effort, à votre main").click()
    page.locator("[id='explorer-effort-land.sites']").fill("500")
    page.keyboard.press("Tab")
    expect(page.locator("#explorer-gap .proposals")).not_to_contain_text("friche")
    expect(page).to_have_url(re.compile(r"target=top50&effort=land\.sites:500$"))


def test_from_the_gap_to_the_what_if_by_keyboard_only(page: Page) -> None:
    page.goto(GAP)
    page.locator("#explorer-gap-target").focus()
    page.keyboard.type("les 50")
    expect(page.locator("#explorer-gap")).to_contain_text("pour atteindre les 50 premiers")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Essayer ces changements":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Et si")
    expect(page.locator("#explorer-what-if")).to_contain_text("passerait du 54e au 47e rang")


def test_without_a_script_forms_and_links_do_all(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(GAP)
    page.locator("#explorer-gap-target").select_option("score")
    page.locator("#explorer-gap-points").fill("57,2")
    page.get_by_role("button", name="Calculer").click()
    expect(page).to_have_url(re.compile(r"target=score57\.2$"))
    page.get_by_role("link", name="Essayer ces changements").click()
    expect(page.locator("#explorer-what-if-name")).to_have_value(re.compile("Vers 57,2 points"))
    page.get_by_role("link", name="Garder ce scénario et en essayer un autre").click()
    page.get_by_label("Médecins généralistes").fill("9")
    page.get_by_role("button", name="Calculer").first.click()
    heads = page.locator("#explorer-what-if table th[scope=col]")
    expect(heads).to_have_count(3)
    page.get_by_role("link", name=re.compile("^retirer")).click()
    expect(heads).to_have_count(2)
    expect(page.get_by_label("Médecins généralistes")).to_have_value("9")


def test_the_page_of_why_leads_there_and_back(page: Page) -> None:
    page.goto("/bassins/8427/pourquoi/?activite=32.50B")
    page.get_by_role("link", name="Que changer pour monter ?").click()
    expect(page).to_have_url(re.compile("/progresser/"))
    page.get_by_role("link", name="Pourquoi ce rang").click()
    page.get_by_role("link", name="Et si… changer une valeur").click()
    expect(page).to_have_url(re.compile("/et-si/"))
