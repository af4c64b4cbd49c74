"""Headers, bounds, language: what every address shares, errors included."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

EVERYWHERE = [
    ("/", 200),
    ("/bassins/", 200),
    ("/bassins/2716/", 200),
    ("/classement/?activite=32.50B", 200),
    ("/classement/?activite=99.99Z", 404),
    ("/classement/?activite=32.50B&weights=skills:-1", 400),
    ("/bassins/9999/", 404),
    ("/nulle-part/", 404),
    ("/?lang=xx", 400),
    ("/?q=" + "x" * 5000, 414),
    ("/bassins/" + "x" * 1100 + "/", 414),
    ("/?" + "q&" * 1200, 400),
    ("/?" + "q&" * 4000, 414),
    ("/?q=%00", 400),
    ("/bassins/%00/", 400),
    ("/bassins", 301),
    ("/api/v1/health", 200),
    ("/api/v1/openapi.json", 200),
    ("/api/v1/nothing", 404),
    ("/api/v1/basins?limit=0", 400),
    ("/api/v1/basins?q=" + "x" * 5000, 414),
]
# The policy tried in a browser with every library of the site: each word of it is needed.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "style-src": "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
}


@pytest.mark.parametrize(("address", "status"), EVERYWHERE, ids=lambda value: str(value)[:40])
def test_strict_headers_are_on_every_answer(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    is_open = address.startswith("/api/")
    assert response.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_open else "same-origin")
    for feature in ("camera", "geolocation", "microphone", "payment"):
        assert f"{feature}=()" in response.headers["Permissions-Policy"]


def test_strict_headers_are_on_a_wrong_host(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_strict_headers_are_on_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.views.matching_basins", lambda *_args, **_named: 1 / 0)
    response = Client(raise_request_exception=False).get("/api/v1/basins")
    assert response.status_code == 500
    assert response.json()["detail"] and "ZeroDivisionError" not in response.content.decode()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(("address", "limit"), [("/?q=" + "x" * 5000, "4096"), ("/" + "x" * 1100 + "/", "1024")])
def test_a_page_says_the_limit_of_its_address(client: Client, address: str, limit: str) -> None:
    response = client.get(address)
    assert response.status_code == 414
    assert limit in response.content.decode()


def test_an_address_just_within_the_bound_is_read(client: Client) -> None:
    within = "/api/v1/basins?q=" + "x" * (4096 - len("q="))
    assert client.get(within).status_code == 400
    assert client.get(within + "x").status_code == 414


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "expected"),
    [
        (None, None, None, "fr"),
        (None, None, "en", "en"),
        (None, None, "en-US,fr;q=0.5", "en"),
        (None, None, "de,en;q=0.4,fr;q=0.3", "en"),
        (None, None, "de", "fr"),
        (None, None, "*", "fr"),
        (None, None, "x" * 9000, "fr"),
        (None, "en", None, "en"),
        (None, "fr", "en", "fr"),
        (None, "xx", "en", "en"),
        ("en", "fr", "fr", "en"),
        ("fr", "en", "en", "fr"),
    ],
)
def test_language_is_the_asked_one_else_the_kept_one_else_the_browsers(
    client: Client, asked: str | None, cookie: str | None, accepted: str | None, expected: str
) -> None:
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    headers = {"accept-language": accepted} if accepted else {}
    response = client.get("/", {"lang": asked} if asked else {}, headers=headers)
    assert response.headers["Content-Language"] == expected
    assert f'lang="{expected}"' in response.content.decode()
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response.headers["Vary"].split(",")}


def test_an_asked_language_is_kept_for_the_next_pages(client: Client) -> None:
    kept = client.get("/?lang=en").cookies[settings.LANGUAGE_COOKIE_NAME]
    assert kept.value == "en"
    assert kept["httponly"] and kept["samesite"] == "Lax"
    assert client.get("/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("asked", ["xx", "", "FR", "fr-FR", "<script>", "en" * 50])
def test_another_language_is_refused_in_words(client: Client, asked: str) -> None:
    response = client.get("/", {"lang": asked})
    assert response.status_code == 400
    assert "fr, en" in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_one_request_leaves_no_language_to_the_next(client: Client) -> None:
    assert client.get("/api/v1/health?lang=en").headers["Content-Language"] == "en"
    assert client.get("/api/v1/health").headers["Content-Language"] == "fr"


def test_caches_tell_pages_from_fragments(client: Client) -> None:
    varies = {name.strip() for name in client.get("/").headers["Vary"].split(",")}
    assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= varies
    assert "HX-Request" not in client.get("/api/v1/health").headers["Vary"]


def test_the_middleware_of_django_are_still_there() -> None:
    for name in ("security.SecurityMiddleware", "csrf.CsrfViewMiddleware", "clickjacking.XFrameOptionsMiddleware"):
        assert f"django.middleware.{name}" in settings.MIDDLEWARE
    assert settings.MIDDLEWARE[0] == "config.middleware.SecurityHeadersMiddleware"
