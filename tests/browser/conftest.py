"""Chromium on a real server: every page is watched, and anything the browser complains of fails the test."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Other tests run beside these: the machine is busy.
expect.set_options(timeout=15_000)
LOCAL_SCHEMES = ("data", "blob", "about")
# Set before any script of the page: policy violations reach us even when the page then moves on.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.reportViolation(`${event.effectiveDirective}: ${event.blockedURI} in ${event.sourceFile}`));
"""
HTTP_ERROR = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Watch:
    """What the browser complained of, page by page, in words."""

    origin: str
    http_errors_expected: bool = False
    complaints: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Listen to everything that pages of this context do."""
        context.expose_function("reportViolation", lambda text: self.complaints.append(f"policy violation: {text}"))
        context.add_init_script(LISTEN)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("request", self.request)

    def console(self, message: ConsoleMessage) -> None:
        """Note errors of the console."""
        expected = self.http_errors_expected and message.text.startswith(HTTP_ERROR)
        if message.type == "error" and not expected:
            self.complaints.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        """Note requests to anybody but our own server."""
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.complaints.append(f"third-party request: {request.url}")


def required(name: str) -> str:
    """Return a variable that `make test` sets."""
    if name not in os.environ:
        pytest.fail(f"{name} is not set: run the browser tests with `make test`")
    return os.environ[name]


@pytest.fixture(scope="session")
def base_url() -> str:
    """Return the address of the server under test, without a final slash."""
    return required("BASSINS_BASE_URL")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return the driver of the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return the system's Chromium."""
    # Chromium refuses its sandbox to root.
    flags = [*FLAGS, "--no-sandbox"] if os.getuid() == 0 else list(FLAGS)
    chromium = playwright.chromium.launch(executable_path=required("BASSINS_BROWSER"), headless=True, args=flags)
    yield chromium
    chromium.close()


@pytest.fixture
def watch(request: pytest.FixtureRequest, base_url: str) -> Iterator[Watch]:
    """Return the watch of this test; at its end, any complaint fails it."""
    watching = Watch(base_url, request.node.get_closest_marker("expects_http_errors") is not None)
    yield watching
    assert watching.complaints == []


@pytest.fixture
def open_page(browser: Browser, base_url: str, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a watched page; its arguments are those of a Playwright context.

    For example `open_page(viewport={"width": 390, "height": 844}, color_scheme="dark")` or
    `open_page(java_script_enabled=False)`.
    """
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        defaults = {"base_url": base_url, "locale": "fr-FR", "viewport": {"width": 1440, "height": 900}}
        context = browser.new_context(**{**defaults, **options})
        contexts.append(context)
        watch.follow(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """Return a watched page of 1440 x 900 in French."""
    return open_page()


@pytest.fixture(scope="session")
def accessibility_violations() -> Callable[[Page], list[str]]:
    """Return a function that runs axe on a page and gives what it finds, in words."""
    axe = Axe()

    def find(page: Page) -> list[str]:
        violations = axe.run(page).response["violations"]
        return [
            f"{violation['id']}: {violation['help']} — {node['target']}"
            for violation in violations
            for node in violation["nodes"]
        ]

    return find
