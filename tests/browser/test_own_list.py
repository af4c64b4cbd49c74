"""An own list of communes in a real browser: pasted, corrected, opened; with and without scripts, on a telephone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PAGE = "/perimetres/liste/"
PHONE = {"width": 390, "height": 844}
TEXT = "code;nom\n1004;Ambérieu-en-Bugay\n2.1E+10;Ajaccio\n99999;Saint-Denis\n01283;Oyonnax\n01283;\n"
OPENED = re.compile(rf"{PAGE}01004,01053,01283,2A004/\?nom=Ma\+vall")

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_list_is_pasted_corrected_and_opened(
    open_page: Open, accessibility_violations: Violations, has_scripts: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=has_scripts)
    page.goto("/perimetres/")
    page.get_by_role("link", name="votre propre liste").click()
    page.get_by_label("Codes Insee ou noms").fill(TEXT)
    page.get_by_label("Nom de la liste").fill("Ma vallée")
    if has_scripts:
        assert accessibility_violations(page) == []
    page.get_by_role("button", name="Vérifier la liste").click()
    expect(page.get_by_role("status")).to_contain_text("5 valeurs lues")
    if has_scripts:
        assert accessibility_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        # Why a line is understood so, and what else it may be, are read without moving the page sideways.
        for said in page.locator(".own-list-lines .reason").all():
            box = said.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    expect(page.get_by_role("row").filter(has_text="2.1E+10")).to_contain_text(
        re.compile(r"Proposition\s: 2A004 Ajaccio")
    )
    page.get_by_label("Autre code ou nom pour la ligne 4").fill("Bourg-en-Bresse")
    expect(page.get_by_label("Commune de la ligne 3")).to_have_value("2A004")
    page.get_by_role("button", name="Ouvrir ce périmètre").press("Enter")
    expect(page).to_have_url(OPENED)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ma vallée")
    if has_scripts:
        page.wait_for_load_state("networkidle")
        assert accessibility_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # The address is enough: nothing is remembered elsewhere.
    again = open_page(java_script_enabled=has_scripts)
    again.goto(page.url)
    expect(again.get_by_role("heading", level=1)).to_have_text("Ma vallée")


@pytest.mark.expects_http_errors
def test_what_cannot_be_read_is_said_beside_what_was_typed(
    open_page: Open, accessibility_violations: Violations
) -> None:
    page = open_page()
    page.goto(PAGE)
    page.get_by_label("Ou un fichier").set_input_files(
        {"name": "liste.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04rien"}
    )
    page.get_by_role("button", name="Vérifier la liste").click()
    expect(page.get_by_role("alert")).to_contain_text("classeur")
    assert accessibility_violations(page) == []
