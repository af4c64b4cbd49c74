"""The watch itself: what the browser complains of is seen, so that silence in the other tests means something."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watch


@pytest.mark.expects_http_errors
def test_what_the_browser_complains_of_is_seen(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.evaluate("console.error('said by the console')")
    page.evaluate("() => { setTimeout(() => { throw new Error('thrown by a script') }) }")
    page.evaluate("() => { document.body.setAttribute('style', 'color: red') }")
    page.evaluate("fetch('http://127.0.0.1:1/elsewhere').catch(() => null)")
    page.wait_for_timeout(200)
    seen = "\n".join(watch.complaints)
    watch.complaints.clear()
    for trace in ("said by the console", "thrown by a script", "style-src-attr", "127.0.0.1:1/elsewhere"):
        assert trace in seen


@pytest.mark.expects_http_errors
def test_an_answer_asked_for_is_no_complaint(page: Page) -> None:
    answer = page.goto("/nulle-part/")
    assert answer is not None and answer.status == 404
