"""Activities, perimeters, indicators in a real browser: with the keyboard, without scripts, large, dark, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

ACTIVITY = "/activites/27.20Z/"
PERIMETER = "/perimetres/departement/08/"
INDICATOR = "/donnees/indicateurs/living.long_vacancy_pct/"

Open = Callable[..., Page]


def test_a_profile_is_edited_and_ranked_with_the_keyboard_alone(page: Page) -> None:
    page.goto(ACTIVITY)
    page.locator("#explorer-profile-jobs").focus()
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    # Enter sends the form to its first button: the ranking with this profile.
    expect(page).to_have_url(re.compile(r"/classement/\?activite=27\.20Z&jobs=300"))
    expect(page.locator("h1")).to_have_text("Fabrication de piles et d'accumulateurs électriques")
    expect(page.locator("input[name=jobs]")).to_have_value("300")


def test_an_edit_stays_on_the_page_when_asked_and_can_be_undone(page: Page) -> None:
    page.goto(ACTIVITY)
    page.locator("#explorer-profile-mw").fill("3,5")
    page.get_by_role("button", name="Mettre à jour la page").click()
    expect(page).to_have_url(re.compile(r"/activites/27\.20Z/\?mw=3\.5"))
    expect(page.locator(".lead")).to_contain_text("3,5 MW")
    page.get_by_role("link", name="Revenir au profil d'usage").click()
    expect(page).to_have_url(re.compile(r"/activites/27\.20Z/$"))


def test_everything_can_be_asked_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/activites/")
    page.locator("#explorer-activity-q").fill("décolletage")
    page.get_by_role("button", name="Chercher").click()
    page.locator(".matches a").first.click()
    expect(page.locator("h1")).to_have_text("Décolletage")
    page.locator(".table-twin > summary").first.click()
    assert page.locator(".table-twin table").first.is_visible()
    page.locator("#explorer-profile-jobs").fill("30")
    page.get_by_role("button", name="Classer les bassins avec ce profil").click()
    expect(page).to_have_url(re.compile("/classement/.*jobs=30"))
    page.goto("/perimetres/?q=oyonnax")
    page.locator(".matches a").first.click()
    page.locator("#explorer-perimeter-activity").fill("22.29A")
    page.get_by_role("button", name="Noter").click()
    expect(page.locator(".score-lead")).to_contain_text("points")
    page.goto(INDICATOR)
    page.get_by_role("link", name="par nom").click()
    expect(page).to_have_url(re.compile("tri=nom"))


def test_a_product_word_scores_a_perimeter(page: Page) -> None:
    page.goto(PERIMETER)
    page.locator("#explorer-perimeter-activity").fill("lunettes")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"activite=32\.50B"))
    expect(page.locator("#explorer-score")).to_contain_text("lunettes")
    expect(page.locator("#explorer-score")).to_be_in_viewport()


@pytest.mark.parametrize("address", [ACTIVITY, PERIMETER, INDICATOR])
def test_a_map_is_one_stop_and_arrows_walk_it(page: Page, address: str) -> None:
    page.goto(address)
    svg = page.locator("svg[data-map]").first
    expect(svg.locator('a[tabindex="0"]')).to_have_count(1)
    stop = svg.locator('a[tabindex="0"]')
    stop.focus()
    start = stop.get_attribute("data-zone")
    for arrow in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(arrow)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    moved = page.evaluate("document.activeElement.dataset.zone")
    assert moved and (moved != start or svg.locator("a").count() == 1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/bassins/{moved}/"))


def test_the_chart_is_drawn_with_nothing_but_saving_the_picture(page: Page) -> None:
    page.goto(ACTIVITY)
    chart = page.locator("[data-chart]").first
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-drawn", "1")
    assert page.locator(".plotly a, .modebar a[href]").count() == 0


@pytest.mark.parametrize("address", [ACTIVITY, f"{PERIMETER}?activite=27.20Z", INDICATOR])
def test_paper_has_the_figures_and_no_control(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    expect(page.locator("main table").first).to_be_attached()
    for control in page.locator("form, .site-header nav, main .actions").all():
        expect(control).to_be_hidden()


@pytest.mark.parametrize(("address", "name"), [(ACTIVITY, "where"), (PERIMETER, "zones")])
def test_a_table_comes_as_a_file(page: Page, address: str, name: str) -> None:
    page.goto(address)
    with page.expect_download() as download:
        page.locator(f'a[download][href$="/figures/{name}.csv"]').click()
    assert download.value.suggested_filename.endswith(f"{name}.csv")
