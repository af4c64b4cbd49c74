"""An embed in the page of another site: drawn in a narrow frame, without cookie nor script, a door to the site."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch

PAGES = ["/classement/?activite=32.50B&region=27", "/bassins/2716/", "/donnees/indicateurs/living.long_vacancy_pct/"]
EMBEDS = ["/embed/classement/?activite=32.50B", "/embed/bassins/2716/", "/embed/indicateurs/living.long_vacancy_pct/"]
FRAMED = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Partenaire</title>'
    '<link rel="icon" href="data:,"></head><body>{}</body></html>'
)
NARROW = 300


@pytest.fixture
def partner() -> Iterator[tuple[str, list[str]]]:
    """Return the address of another site, and the list whose first element is the body of its only page."""
    bodies: list[str] = [""]

    class Partner(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(FRAMED.format(bodies[0]).encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Partner)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    # Another name, hence another site for the browser: cookies and frames are those of a third party.
    yield f"http://localhost:{server.server_port}", bodies
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def on_partner(browser: Browser, base_url: str, partner: tuple[str, list[str]]) -> Iterator[tuple[Page, Watch]]:
    """Return a page on the other site, and what the browser complained of, the visit itself left out."""
    watch = Watch(base_url)
    context = browser.new_context(base_url=base_url, locale="fr-FR", viewport={"width": 1000, "height": 900})
    watch.follow(context)
    yield context.new_page(), watch
    context.close()


def test_the_code_that_a_page_offers_shows_its_map_on_another_site(
    page: Page, on_partner: tuple[Page, Watch], partner: tuple[str, list[str]]
) -> None:
    (address, bodies), (visited, watch) = partner, on_partner
    codes = []
    for one in PAGES:
        page.goto(one)
        page.locator("details.sharing > summary").first.click()
        field = page.get_by_label("Code à coller dans une page")
        expect(field).to_be_visible()
        codes.append(field.input_value().replace('width="100%"', f'width="{NARROW}"'))
    bodies[0] = "".join(codes)
    visited.goto(f"{address}/", wait_until="networkidle")
    frames = [one for one in visited.frames if "/embed/" in one.url]
    assert len(frames) == len(PAGES) and all(title.startswith("Bassins") for title in titles(visited))
    for frame in frames:
        expect(frame.locator("h1")).to_be_visible()
        assert frame.evaluate("document.documentElement.scrollWidth") <= NARROW
        assert frame.locator("script").count() == 0
        # Shapes come from a file of our own: drawn, they have a place.
        drawn = frame.locator("svg use").first.bounding_box()
        assert drawn is not None and drawn["width"] > 1
    assert visited.context.cookies() == []
    with visited.context.expect_page() as opened:
        frames[0].get_by_role("link", name="Voir sur Bassins").click()
    opened.value.wait_for_load_state()
    assert "/classement/?activite=32.50B&region=27&edition=" in opened.value.url
    assert opened.value.evaluate("window.opener") is None
    # A basin of the map opens beside as well, never inside the frame.
    with visited.context.expect_page() as basin:
        frames[2].locator('a[data-zone="2716"]').dispatch_event("click")
    assert basin.value.url.endswith("/bassins/2716/")
    assert [one for one in watch.complaints if address not in one] == []


def titles(page: Page) -> list[str]:
    """Return the titles by which a screen reader names the frames of a page."""
    return [one.get_attribute("title") or "" for one in page.locator("iframe").all()]


def test_no_other_page_shows_in_the_frame_of_another_site(
    on_partner: tuple[Page, Watch], partner: tuple[str, list[str]], base_url: str
) -> None:
    (address, bodies), (visited, watch) = partner, on_partner
    bodies[0] = f'<iframe src="{base_url}/bassins/2716/" title="Refusée"></iframe>'
    visited.goto(f"{address}/", wait_until="networkidle")
    assert visited.frames[1].url == "chrome-error://chromewebdata/"
    assert any("frame-ancestors" in one for one in watch.complaints)


@pytest.mark.parametrize("address", EMBEDS)
def test_an_embed_is_accessible_and_whole_without_script(
    open_page: Callable[..., Page], accessibility_violations: Callable[[Page], list[str]], address: str
) -> None:
    bare = open_page(java_script_enabled=False, viewport={"width": NARROW, "height": 600})
    bare.goto(address)
    expect(bare.locator("svg").last).to_be_visible()
    expect(bare.get_by_role("link", name="Voir sur Bassins")).to_be_visible()
    for theme in ("light", "dark"):
        page = open_page(color_scheme=theme, viewport={"width": NARROW, "height": 600})
        page.goto(address)
        assert accessibility_violations(page) == []
