"""The path of a reader in a real browser: search, read, weigh, send, with and without a mouse or scripts."""

import gzip
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

RANKING = "/classement/?activite=32.50B"
PHONE = {"width": 390, "height": 844}
WEIGHTED = re.compile(r"weights=access:60")

Open = Callable[..., Page]


def open_weights(page: Page) -> None:
    page.goto(RANKING)
    page.locator("#explorer-weights > summary").click()


def first_basins(page: Page) -> list[str]:
    return page.locator(".basin h2").all_inner_texts()[:10]


def test_from_a_word_to_the_reasons(page: Page) -> None:
    page.goto("/")
    page.locator("#explorer-q").fill("lunettes")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Fabrication de lunettes")
    expect(page.locator(".basin")).to_have_count(50)
    name = page.locator(".basin h2").first.inner_text()
    page.locator(".basin h2 a").first.click()
    expect(page.locator("h1")).to_contain_text(name)


def test_suggestions_come_while_typing_and_answer_the_arrows(page: Page) -> None:
    page.goto("/")
    page.locator("#explorer-q").press_sequentially("lunet")
    expect(page.locator("#explorer-suggestions a").first).to_contain_text("lunettes")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#explorer-suggestions a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#explorer-suggestions a")).to_have_count(0)
    expect(page.locator("#explorer-q")).to_be_focused()


def test_a_weight_reranks_the_address_follows_and_back_comes_back(page: Page) -> None:
    open_weights(page)
    before = first_basins(page)
    share = page.locator("#explorer-share-access").inner_text()
    page.locator("#explorer-w-access").fill("60")
    page.keyboard.press("Tab")
    expect(page).to_have_url(WEIGHTED)
    expect(page.locator("#explorer-share-access")).not_to_have_text(share)
    assert first_basins(page) != before
    page.go_back()
    expect(page).not_to_have_url(WEIGHTED)
    expect(page.locator("#explorer-share-access")).to_have_text(share)
    assert first_basins(page) == before
    expect(page.locator("#explorer-weights")).to_have_attribute("open", "")


def test_undo_returns_to_the_weights_before(page: Page) -> None:
    open_weights(page)
    expect(page.locator("#explorer-undo")).to_be_disabled()
    page.locator("#explorer-w-access").fill("60")
    page.keyboard.press("Tab")
    expect(page).to_have_url(WEIGHTED)
    page.locator("#explorer-undo").click()
    expect(page).not_to_have_url(WEIGHTED)
    expect(page.locator("#explorer-w-access")).not_to_have_value("60")


def test_slider_number_and_sum_go_together(page: Page) -> None:
    open_weights(page)
    slider = page.locator('input[data-mirror="explorer-w-land"]')
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("#explorer-w-land")).to_have_value("100")
    expect(page).to_have_url(re.compile("weights=land:100"))
    values = [float(one.input_value()) for one in page.locator("input[data-weight]").all()]
    expect(page.locator("#explorer-weights-sum")).to_have_text(f"{sum(values):.0f}")


def test_the_page_after_a_new_ranking_is_the_page_reloaded(page: Page) -> None:
    open_weights(page)
    page.locator("#explorer-w-access").fill("60")
    page.keyboard.press("Tab")
    expect(page).to_have_url(WEIGHTED)
    expect(page.locator(".toolbar strong")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    swapped = page.evaluate(PAGE_AS_SERVED)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(PAGE_AS_SERVED) == swapped


# What scripts add for the time of a visit is left out: the halo, tab stops, htmx's classes, what the reader opened.
PAGE_AS_SERVED = """() => {
  const copy = document.querySelector("main").cloneNode(true);
  copy.querySelectorAll(".halo").forEach((one) => one.remove());
  for (const one of copy.querySelectorAll("*")) {
    for (const name of ["tabindex", "open", "value", "max", "disabled"]) one.removeAttribute(name);
    one.classList.remove("lit", "htmx-settling", "htmx-added", "htmx-request", "htmx-swapping");
    if (one.classList.length === 0) one.removeAttribute("class");
  }
  return copy.innerHTML.replace(/\\s+/g, " ").replace(/> </g, "><");
}"""


def test_more_rows_come_below_without_losing_the_place(page: Page) -> None:
    page.goto(RANKING)
    page.locator(".more a").click()
    expect(page.locator(".basin")).to_have_count(100)
    expect(page).to_have_url(re.compile("page=2"))


def test_list_and_map_light_each_other(page: Page) -> None:
    page.goto(RANKING)
    row = page.locator(".basin").nth(1)
    zone = row.get_attribute("data-zone")
    row.locator("h2 a").focus()
    expect(page.locator("#explorer-score-map .halo")).to_have_attribute("href", re.compile(f"#z{zone}$"))
    page.locator("#explorer-score-map a").nth(5).dispatch_event("pointerover")
    other = page.locator("#explorer-score-map a").nth(5).get_attribute("data-zone")
    expect(page.locator("#explorer-score-map .halo")).to_have_attribute("href", re.compile(f"#z{other}$"))


def test_the_map_is_one_stop_and_arrows_walk_it(page: Page) -> None:
    page.goto(RANKING)
    expect(page.locator('#explorer-score-map a[tabindex="0"]')).to_have_count(1)
    stop = page.locator('#explorer-score-map a[tabindex="0"]')
    stop.focus()
    start = stop.get_attribute("data-zone")
    page.keyboard.press("ArrowLeft")
    moved = page.evaluate("document.activeElement.dataset.zone")
    assert moved and moved != start
    expect(page.locator('#explorer-score-map a[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/bassins/{moved}/pourquoi/"))


def test_the_whole_path_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    page.keyboard.press("Enter")
    for _stop in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "explorer-q":
            break
    page.keyboard.type("lunettes")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Fabrication de lunettes")
    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.basin h2') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/pourquoi/"))


def test_everything_can_be_read_and_asked_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.locator("#explorer-q").fill("lunettes")
    page.get_by_role("button", name="Classer les bassins").click()
    expect(page.locator("h1")).to_have_text("Fabrication de lunettes")
    expect(page.locator(".basin")).to_have_count(50)
    page.locator("#explorer-weights > summary").click()
    page.locator("#explorer-w-access").fill("60")
    page.get_by_role("button", name="Classer avec ces poids").click()
    expect(page).to_have_url(WEIGHTED)
    assert page.locator(".needs-script >> visible=true").count() == 0
    page.locator(".more a").click()
    expect(page.locator(".basin")).to_have_count(100)
    page.goto("/bassins/2716/")
    page.locator(".table-twin > summary").first.click()
    assert page.locator(".table-twin table").first.is_visible()


def test_on_a_phone_the_map_is_one_tap_away(open_page: Open) -> None:
    page = open_page(viewport=PHONE)
    page.goto(RANKING)
    page.locator(".to-map").click()
    expect(page.locator("#explorer-score-map")).to_be_in_viewport()


@pytest.mark.expects_http_errors
def test_an_error_of_the_server_is_shown_where_it_happened(page: Page) -> None:
    open_weights(page)
    for field in page.locator("input[data-weight]:not(#explorer-w-land)").all():
        field.evaluate("one => { one.value = 0 }")
    page.locator("#explorer-w-land").fill("0")
    page.keyboard.press("Tab")
    expect(page.locator("#explorer-refusal[role=alert]")).to_be_visible()
    expect(page.locator(".basin").first).to_be_visible()
    page.locator("#explorer-w-land").fill("10")
    page.keyboard.press("Tab")
    expect(page.locator("#explorer-refusal")).to_be_hidden()
    expect(page.locator(".basin").first).to_be_visible()


def test_charts_are_drawn_with_nothing_but_saving_the_picture(page: Page) -> None:
    page.goto("/bassins/2716/")
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-drawn", "1")
    titles = page.locator(".modebar-btn").evaluate_all("buttons => buttons.map((one) => one.dataset.title)")
    assert set(titles) == {"Télécharger l'image (PNG)"}
    assert page.locator(".plotly a, .modebar a[href]").count() == 0


def test_the_detailed_map_opens_or_says_that_it_cannot(page: Page) -> None:
    page.goto(RANKING)
    page.locator("#explorer-open-map").click()
    place = page.locator("#explorer-detailed-map")
    opened = page.locator("#explorer-detailed-map[data-ready='1']")
    refused = place.get_by_text("ne peut pas s'ouvrir")
    expect(opened.or_(refused)).to_be_visible(timeout=30_000)
    expect(page.locator("#explorer-open-map")).to_have_attribute("aria-expanded", "true")
    if opened.count():
        place.locator("input[type=checkbox]").nth(1).check()
        place.get_by_role("button", name="La Réunion").click()
    page.locator("#explorer-open-map").click()
    expect(place).to_be_hidden()


def test_a_link_to_the_view_opens_the_same_view_elsewhere(page: Page, open_page: Open) -> None:
    open_weights(page)
    page.locator("#explorer-w-access").fill("60")
    page.keyboard.press("Tab")
    expect(page).to_have_url(WEIGHTED)
    expect(page.locator(".permalink")).to_have_attribute("href", WEIGHTED)
    link = page.locator(".permalink").get_attribute("href") or ""
    elsewhere = open_page()
    elsewhere.goto(link)
    assert first_basins(elsewhere) == first_basins(page)


def test_the_list_weighs_little_script(page: Page) -> None:
    scripts: list[bytes] = []
    page.on(
        "response", lambda answer: scripts.append(answer.body()) if urlsplit(answer.url).path.endswith("js") else None
    )
    page.goto(RANKING)
    page.wait_for_load_state("networkidle")
    assert 0 < sum(len(gzip.compress(script)) for script in scripts) <= 30_000


def test_paper_has_the_list_and_no_control(page: Page) -> None:
    page.goto(RANKING)
    page.emulate_media(media="print")
    expect(page.locator(".basin").first).to_be_visible()
    for control in (".question-bar", ".drawers", "#explorer-open-map", ".site-header nav"):
        expect(page.locator(control)).to_be_hidden()
