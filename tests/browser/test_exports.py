"""An export from its form to its file, in a real browser with a real worker, on a database that can be written."""

import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Page, expect

from config.setup import server, worker
from config.setup.places import places_of
from tests.conftest import fresh_database

FORM = "/exports/demander/activites-bassins/"
PHONE = {"width": 390, "height": 844}
# On a machine that may be busy.
MADE_MS = 180_000

Open = Callable[..., Page]
Violations = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def site() -> Iterator[dict[str, str]]:
    """Return the environment of a site of our own: that of the other tests is read-only."""
    with fresh_database(f"browser_exports_{os.getpid()}") as database_url:
        yield {**os.environ, "DATABASE_URL": database_url, "EXPORTS_WAITING_PER_CLIENT": "9"}


@pytest.fixture(scope="module")
def base_url(site: dict[str, str]) -> Iterator[str]:
    """Return its address."""
    port = server.free_port()
    with server.gunicorn(places_of("test"), site, port, subprocess.DEVNULL) as process:
        server.wait_for_answer(process, port)
        yield f"http://{server.HOST}:{port}"


def at_ease(page: Page, violations: Violations) -> None:
    """Check that axe finds nothing, and that nothing is wider than the screen."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def ask(page: Page, level: str) -> None:
    page.goto(FORM)
    page.get_by_label("Niveau des activités").select_option(level)
    page.get_by_role("button", name="Fabriquer le fichier").click()
    expect(page).to_have_url(re.compile(r"/exports/[0-9a-f-]{36}/$"))


def test_from_the_page_of_data_to_the_file(
    page: Page, site: dict[str, str], accessibility_violations: Violations
) -> None:
    page.goto("/donnees/")
    page.get_by_role("link", name="Les exports à la demande").click()
    at_ease(page, accessibility_violations)
    page.get_by_role("link", name="Toutes les activités dans tous les bassins").click()
    at_ease(page, accessibility_violations)
    page.get_by_label("Niveau des activités").select_option("group")
    page.get_by_role("button", name="Fabriquer le fichier").press("Enter")
    expect(page.locator("#export-state")).to_contain_text("En attente")
    at_ease(page, accessibility_violations)
    address = page.url
    with worker.watched(places_of("test"), site, subprocess.DEVNULL):
        # The page follows by itself, and may be left meanwhile.
        bar = page.get_by_role("progressbar", name=re.compile("Étape [12] sur 2"))
        expect(bar).to_be_visible(timeout=MADE_MS)
        at_ease(page, accessibility_violations)
        page.goto("/exports/")
        page.goto(address)
        expect(page.get_by_role("status")).to_have_text("Le fichier est prêt.", timeout=MADE_MS)
    at_ease(page, accessibility_violations)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Télécharger activites-bassins-group.zip")).click()
    assert zipfile.ZipFile(download.value.path()).testzip() is None


def test_without_scripts_on_a_telephone(open_page: Open, site: dict[str, str]) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    ask(page, "a17")
    expect(page.locator("#export-state")).to_contain_text("En attente")
    expect(page.get_by_text("La page suit l'avancement d'elle-même.")).to_be_hidden()
    with worker.watched(places_of("test"), site, subprocess.DEVNULL):
        for _turn in range(MADE_MS // 500):
            page.get_by_role("link", name="Actualiser").click()
            if page.get_by_role("link", name="Télécharger").count():
                break
            page.wait_for_timeout(500)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename == "activites-bassins-a17.zip"


def test_a_failure_and_an_expired_file_are_asked_again(
    open_page: Open, site: dict[str, str], accessibility_violations: Violations
) -> None:
    page = open_page(viewport=PHONE)
    ask(page, "a38")
    become(site, page.url, "state = 'failed', reason = 'Une raison.', expires_at = now() + interval '1 day'")
    expect(page.get_by_role("alert")).to_contain_text("Une raison.")
    at_ease(page, accessibility_violations)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("#export-state")).to_contain_text("En attente")
    before = page.url
    become(site, before, "state = 'done', sha256 = repeat('0f', 32), expires_at = now() + interval '1 day'")
    expect(page.get_by_role("status")).to_have_text("Le fichier est prêt.")
    at_ease(page, accessibility_violations)
    become(site, before, "expires_at = now() - interval '1 day'")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("a expiré le")
    at_ease(page, accessibility_violations)
    page.get_by_role("button", name="Redemander ce fichier").click()
    expect(page.locator("#export-state")).to_contain_text("En attente")
    assert page.url != before


def become(site: dict[str, str], url: str, state: str) -> None:
    """Change the state of an export under the eyes of its page."""
    parts = urlsplit(site["DATABASE_URL"])
    with psycopg.connect(urlunsplit(parts._replace(scheme="postgresql"))) as connection:
        done = connection.execute(f"UPDATE reports_export SET {state} WHERE id = %s", [url.rstrip("/")[-36:]])
        assert done.rowcount == 1
