"""What happens around every view: headers, bounds on the address, language, foreseen failures."""

import logging
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from psycopg_pool import PoolTimeout

from api.middleware import methods_allowed
from api.problems import DATABASE_ERRORS, is_interface
from config import errors
from config.frames import let_be_framed
from explorer.embed_address import is_embed
from scoring.errors import BadQuestion

GetResponse = Callable[[HttpRequest], HttpResponse]

# The hash is that of the empty string: plotly inserts one empty <style> and fills it through the object model.
# data: and blob: are for the image that plotly saves and for maplibre's icons.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
)
REFUSED_FEATURES = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
MAX_QUERY_BYTES = 4096
MAX_PATH_BYTES = 1024
MAX_PARAMETERS = 200
LANGUAGE_COOKIE_AGE = timedelta(days=365)
SECONDS_REFUSED = 1.0

log = logging.getLogger(__name__)


class SecurityHeadersMiddleware:
    """Put the strict headers on every response, files and errors included; a view may set its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        let_be_framed(request, response)
        return response


class BodilessHeadMiddleware:
    """Answer HEAD with the headers of GET alone: the server complains of a body, Django leaves it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_head = request.method == "HEAD"
        response = self.get_response(request)
        if is_head and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class VaryOnHtmxMiddleware:
    """Tell caches that one address answers as a page or as a fragment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("HX-Request", "HX-Boosted", "HX-History-Restore-Request"))
        return response


class LanguageMiddleware:
    """Choose the language: `lang` in the address (kept in a cookie), else the cookie, else the browser's, else French.

    The interface and the embeds neither read nor set the cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = None if refusal(request) else request.GET.get("lang")
        accepted = [code for code, _name in settings.LANGUAGES]
        chosen = asked if asked in accepted else preferred_language(request)
        with translation.override(chosen):
            if asked is None or asked in accepted:
                response = self.get_response(request)
            else:
                response = errors.bad_request(request, unknown_language(asked, accepted))
        if "immutable" not in response.headers.get("Cache-Control", ""):
            response.headers.setdefault("Content-Language", chosen)
            patch_vary_headers(response, ["Accept-Language"] + ["Cookie"] * has_cookie(request))
        if asked in accepted and has_cookie(request):
            remember_language(response, chosen)
        return response


def has_cookie(request: HttpRequest) -> bool:
    """Whether the language of an address may be kept in a cookie."""
    return not (is_interface(request) or is_embed(request))


def preferred_language(request: HttpRequest) -> str:
    """Return the language of the cookie, else the first of the browser's that the site speaks, else French."""
    accepted = [code for code, _name in settings.LANGUAGES]
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if kept in accepted and has_cookie(request):
        return kept
    for wanted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def unknown_language(asked: str, accepted: list[str]) -> BadQuestion:
    """Return what is wrong with a language that the site does not speak."""
    sentence = _("« %(asked)s » n'est pas une langue du site. Valeurs acceptées de lang : %(accepted)s.")
    return BadQuestion("lang", sentence % {"asked": asked[:20], "accepted": ", ".join(accepted)})


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language for the next pages."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def refusal(request: HttpRequest) -> tuple[int, str] | None:
    """Return the status and the sentence that refuse an address, None when it can be read."""
    query, path = request.META.get("QUERY_STRING", ""), request.META.get("PATH_INFO", "")
    if len(query) > MAX_QUERY_BYTES:
        sentence = _("Les paramètres de l'adresse font %(length)s octets ; la limite est de %(limit)s octets.")
        return 414, sentence % {"length": len(query), "limit": MAX_QUERY_BYTES}
    if len(path) > MAX_PATH_BYTES:
        sentence = _("Le chemin de l'adresse fait %(length)s octets ; la limite est de %(limit)s octets.")
        return 414, sentence % {"length": len(path), "limit": MAX_PATH_BYTES}
    if query.count("&") >= MAX_PARAMETERS:
        sentence = _("L'adresse contient %(count)s paramètres ; la limite est de %(limit)s.")
        return 400, sentence % {"count": query.count("&") + 1, "limit": MAX_PARAMETERS}
    if "\0" in path or "%00" in query:
        return 400, _("L'adresse contient un octet nul : retirez-le.")
    return None


class RequestBoundsMiddleware:
    """Refuse, with a sentence, an address too long or one that holds a NUL byte, which no text column takes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = refusal(request)
        if refused is None:
            return self.get_response(request)
        # So that no page tries to read it again.
        request.META["QUERY_STRING"] = ""
        return errors.refused_address(request, *refused)


class ForeseenFailuresMiddleware:
    """Answer a wrong question by a 400, an unknown code by a 404, a wrong method by a 405, no database by a 503.

    A request that finds no database waits for it as long as the pool does. For a moment after that the others are
    refused at once: else they would queue behind the threads that wait.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.refuse_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not is_interface(request):
            return errors.wrong_method(request, methods_allowed(response.headers["Allow"]))
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Refuse a request when another has just found no database; health says so itself."""
        if monotonic() >= self.refuse_until or request.resolver_match.view_name == "api:health":
            return None
        return errors.database_down(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a failure that is foreseen; None leaves it to Django's 500."""
        if isinstance(exception, DATABASE_ERRORS):
            log.warning("database out of reach: %s", exception)
        if isinstance(exception.__cause__, PoolTimeout):
            self.refuse_until = monotonic() + SECONDS_REFUSED
        return errors.answer(request, exception)
