"""Tables and rankings taken away from the pages that show them, without scripts, on a phone and for axe."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

RANKING = "/classement/?activite=32.50B&region=27&weights=skills:40"
PHONE = {"width": 390, "height": 844}
Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]


def taken(page: Page, name: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the file behind the link of a name."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_ranking_is_taken_in_every_form_of_table_without_scripts(open_page: Open) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(RANKING)
    group = page.locator("#explorer-results .files").first
    expect(group.get_by_role("link")).to_contain_text(["CSV", "XLSX"])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    name, content = taken(page, "Télécharger le classement CSV")
    assert name == "classement-3250b.csv" and content.startswith(b"\xef\xbb\xbfcode;nom;")
    assert b"weights=skills:40" in content
    name, content = taken(page, "Télécharger le classement XLSX")
    assert name == "classement-3250b.xlsx" and content.startswith(b"PK")


def test_a_moved_weight_moves_the_files_with_the_list(open_page: Open) -> None:
    page = open_page()
    page.goto("/classement/?activite=32.50B")
    page.get_by_label("Région").select_option("27")
    link = page.get_by_role("link", name="Télécharger le classement XLSX", exact=True)
    expect(link).to_have_attribute("href", "/classement/classement.xlsx?activite=32.50B&region=27")


def test_a_figure_is_taken_as_a_workbook_and_the_links_are_named(
    open_page: Open, accessibility_violations: Violations
) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto("/bassins/2716/")
    figure = page.locator("#figure-composition")
    names = [one.inner_text() for one in figure.locator(".files a").all()]
    assert [one.rsplit(maxsplit=1)[-1] for one in names] == ["CSV", "XLSX", "international"]
    assert len(set(names)) == len(names)
    with page.expect_download() as waiting:
        figure.locator(".files a", has_text="XLSX").click()
    assert waiting.value.suggested_filename == "bassin-2716-composition.xlsx"
    page.goto("/donnees/")
    page.wait_for_load_state("networkidle")
    assert accessibility_violations(page) == []
    page.locator("table.files a", has_text="XLSX, sur demande").last.click()
    expect(page.locator("#export-table")).to_have_value("communes")
