"""The detailed map in a real browser: tiles, words, keys, lands, and what stays where it cannot be drawn."""

import gzip
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

RANKING = "/classement/?activite=32.50B"
BASIN = "/bassins/8425/"
PERIMETER = "/perimetres/territoire-industrie/ti-8413/"
PAGES = (RANKING, BASIN, PERIMETER)
Open = Callable[..., Page]


def opened(page: Page, path: str) -> Locator:
    """Open the map of a page and return its place, drawn."""
    page.goto(path)
    page.locator("#explorer-open-map").click()
    place = page.locator("#explorer-detailed-map[data-ready='1']")
    expect(place).to_be_visible(timeout=60_000)
    return place


def asked_at_centre(page: Page, place: Locator) -> Locator:
    """Ask, by the keyboard, what lies under the cross; return the answer."""
    place.locator("canvas").focus()
    page.keyboard.press("Enter")
    return place.locator(".maplibregl-popup-content")


@pytest.mark.parametrize("path", PAGES)
def test_the_map_opens_on_every_page_that_has_one_and_names_its_producers(page: Page, path: str) -> None:
    tiles: list[tuple[int, str]] = []
    page.on("response", lambda answer: tiles.append((answer.status, urlsplit(answer.url).path)))
    place = opened(page, path)
    place.get_by_label(re.compile("^Friches vérifiées")).check()
    place.get_by_label("gare ouverte au fret").check()
    attribution = place.locator(".maplibregl-ctrl-attrib")
    for producer in ("Insee", "Cerema", "SNCF", "Natural Earth"):
        expect(attribution).to_contain_text(re.compile(producer, re.IGNORECASE))
    expect(place.locator(".maplibregl-ctrl-scale")).to_have_text(re.compile(r"^\d+\s(km|m)$"))
    drawn = {path.split("/")[2] for status, path in tiles if path.startswith("/tiles/") and path.endswith(".mvt")}
    assert {"zones", "brownfields", "nodes"} <= drawn
    assert {status for status, path in tiles if path.startswith("/tiles/")} <= {200, 204}


def test_communes_are_named_under_the_pointer_and_in_answers(page: Page) -> None:
    place = opened(page, BASIN)
    box = place.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + box["height"] / 2)
    expect(place.locator(".map-hover")).to_have_text(re.compile(r"\w+ \(\d{5}\)$"))
    answer = asked_at_centre(page, place)
    expect(answer).to_contain_text("commune")
    expect(answer.get_by_role("link", name="Oyonnax")).to_have_attribute("href", BASIN)


def test_the_keyboard_asks_answers_and_comes_back(page: Page) -> None:
    place = opened(page, RANKING)
    canvas = place.locator("canvas")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    expect(place.locator(".map-help")).to_be_visible()
    answer = asked_at_centre(page, place)
    why = answer.get_by_role("link", name="Pourquoi ce rang ?")
    expect(why).to_have_attribute("href", re.compile(r"^/bassins/\d{4}/pourquoi/\?activite=32\.50B"))
    page.keyboard.press("Escape")
    expect(answer).to_have_count(0)
    expect(canvas).to_be_focused()


def test_a_point_between_two_simplified_outlines_still_answers(page: Page) -> None:
    place = opened(page, RANKING)
    canvas = place.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    # Pixels from the centre, in the middle of the country: some fall in the gaps that simplification leaves.
    for right, down in ((-103, 79), (-102, 82), (5, -92), (0, 0), (40, 40), (-60, 10)):
        page.mouse.click(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down)
        answer = place.locator(".maplibregl-popup-content")
        expect(answer.get_by_role("link", name="Pourquoi ce rang ?")).to_be_visible()
        page.keyboard.press("Escape")
        expect(answer).to_have_count(0)


def test_each_land_is_one_button_away(page: Page) -> None:
    place = opened(page, RANKING)
    for land, codes in (("La Réunion", "04"), ("Guyane", "03"), ("Mayotte", "06")):
        place.get_by_role("button", name=land).click()
        expect(asked_at_centre(page, place).locator(f'a[href^="/bassins/{codes}"]').first).to_be_visible()
        page.keyboard.press("Escape")


def test_a_layer_unticked_answers_no_more(page: Page) -> None:
    place = opened(page, BASIN)
    expect(asked_at_centre(page, place)).to_contain_text("commune")
    page.keyboard.press("Escape")
    place.get_by_label("Communes (en zoomant)").uncheck()
    place.get_by_label("Bassins", exact=True).uncheck()
    for name in ("Friches vérifiées (pâle : non utilisable)", "Établissements connus"):
        place.get_by_label(name).uncheck()
    expect(asked_at_centre(page, place)).to_have_text(re.compile("Rien de connu ici"))


def test_without_webgl_the_drawing_stays_and_the_page_says_so(open_page: Open) -> None:
    page = open_page()
    page.add_init_script(
        "const usual = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
        " return kind.startsWith('webgl') ? null : usual.call(this, kind, ...more); };"
    )
    page.goto(RANKING)
    page.locator("#explorer-open-map").click()
    expect(page.locator("#explorer-detailed-map")).to_contain_text("ne peut pas s'ouvrir", timeout=60_000)
    expect(page.locator("#explorer-score-map")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_open_map(
    open_page: Open, accessibility_violations: Callable[[Page], list[str]], scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    place = opened(page, RANKING)
    asked_at_centre(page, place)
    assert accessibility_violations(page) == []


def test_the_map_and_its_library_weigh_under_480_kilobytes(page: Page) -> None:
    scripts: dict[str, bytes] = {}
    page.on(
        "response",
        lambda answer: scripts.update({answer.url: answer.body()}) if re.search(r"\.m?js$", answer.url) else None,
    )
    opened(page, RANKING)
    page.wait_for_load_state("networkidle")
    assert any("maplibre" in url for url in scripts)
    assert sum(len(gzip.compress(script)) for script in scripts.values()) <= 480_000
