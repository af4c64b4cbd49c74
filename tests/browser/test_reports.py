"""From the page of a basin to the file of its report, with the keyboard, without scripts, on a telephone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

BASIN = "/bassins/8425/"
WHY = "/bassins/8425/pourquoi/?activite=32.50B&weights=land:40"
PHONE = {"width": 390, "height": 844}

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def test_the_offer_of_a_report_is_whole_on_a_telephone(open_page: Open, accessibility_violations: Violations) -> None:
    page = open_page(viewport=PHONE)
    page.goto(WHY)
    page.get_by_role("link", name="Télécharger le rapport").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Oyonnax")
    expect(page.get_by_role("definition").filter(has_text="au lieu de")).to_be_visible()
    assert accessibility_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator(".report-offer").get_by_role("link", name="Anglais").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "weights=land:40" in page.url


def test_a_file_comes_with_the_keyboard_and_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(BASIN)
    page.get_by_role("link", name="Télécharger le rapport").press("Enter")
    page.wait_for_url("**/rapport/")
    with page.expect_download(timeout=60_000) as found:
        page.get_by_role("link", name="HTML", exact=True).press("Enter")
    assert found.value.suggested_filename == "bassin-8425-oyonnax.html"
