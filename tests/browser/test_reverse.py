"""What a basin could produce and from which resources, in a real browser: scripts or not, keyboard, telephone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

BASIN = "/bassins/8425/"
# Intervals are drawn when asked, on a machine that may be busy.
DRAWN_MS = 30_000

Open = Callable[..., Page]


def open_list(page: Page, url: str) -> None:
    """Open a list once its scores are computed: a server that has just started says how far they are."""
    for _turn in range(60):
        page.goto(url)
        if page.locator("table.suggestions").count():
            return
        page.wait_for_timeout(1000)
    pytest.fail(f"{url} was never scored")


def test_a_filter_refreshes_the_list_and_the_address_then_its_intervals_come(page: Page) -> None:
    open_list(page, f"{BASIN}activites/")
    page.locator("#explorer-activities-distance").select_option("near")
    expect(page).to_have_url(re.compile(r"\?distance=near$"))
    badges = page.locator("table.suggestions .distance")
    expect(page.locator("table.suggestions .distance:not(.near)")).to_have_count(0)
    assert badges.count() > 0
    expect(page.locator(".suggestions svg.range")).to_have_count(badges.count(), timeout=DRAWN_MS)
    page.go_back()
    expect(page.locator("#explorer-activities-distance")).to_have_value("")


def test_weights_move_the_list_and_follow_to_the_reasons(page: Page) -> None:
    open_list(page, f"{BASIN}activites/")
    page.locator("#explorer-activities-weights").select_option(label="Logistique lourde")
    expect(page).to_have_url(re.compile("weights="))
    first = page.locator("table.suggestions tbody th a").first
    score = number(page.locator("table.suggestions .points").first.inner_text())
    first.click()
    expect(page).to_have_url(re.compile(r"pourquoi/\?activite=.*weights="))
    total = page.locator("table.points tfoot strong").inner_text()
    assert number(total) == pytest.approx(score, abs=0.051)


def number(text: str) -> float:
    """Return a number of the screen, decimal comma."""
    return float(text.strip().replace(",", "."))


def test_everything_works_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    open_list(page, f"{BASIN}activites/")
    page.goto(BASIN)
    page.get_by_role("link", name="Partir de ses ressources").click()
    expect(page.locator("#metiers h2")).to_have_text("Partir des métiers")
    page.get_by_role("link", name=re.compile("activité par activité")).click()
    page.locator("#explorer-activities-order").select_option("filiere")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".pillar-row")).to_have_count(8)
    page.locator(".group-rest").first.click()
    expect(page).to_have_url(re.compile("filiere="))
    expect(page.locator("table.suggestions tbody tr:not(.pillar-row)").nth(3)).to_be_visible()


def test_neighbours_open_with_the_keyboard(page: Page) -> None:
    open_list(page, f"{BASIN}activites/")
    folded = page.locator("details.siblings").first
    expect(folded.locator("li").first).not_to_be_visible()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(folded.locator("li").first).to_be_visible()
