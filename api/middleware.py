"""What every answer of the interface shares: readable from any site, HEAD as GET, errors as problem details."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from api.problems import is_interface, problem

# What a script of another site may read and send beside what browsers always let it.
EXPOSED = "ETag, Link, Content-Crs, RateLimit, RateLimit-Policy, Retry-After, Content-Language"
SENT = "Accept, Accept-Language, Content-Type, If-None-Match"
PREFLIGHT_SECONDS = 86_400


class InterfaceMiddleware:
    """Open the interface to other sites without credentials, and speak of a wrong method in its own format."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_interface(request):
            return self.get_response(request)
        method = request.method
        if method == "HEAD":
            # The routes only know GET; the body is dropped further out.
            request.method = "GET"
        response = self.get_response(request)
        request.method = method
        if response.status_code == 405:
            allowed = methods_allowed(response.headers["Allow"])
            response = options(allowed) if method == "OPTIONS" else wrong_method(request, allowed)
        if not has_what_it_asks(request, response):
            response = wrong_tag(request)
        links = getattr(request, "page_links", "")
        if links and response.status_code == 200:
            response.headers["Link"] = links
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.setdefault("Cache-Control", "no-cache" if response.status_code in (200, 304) else "no-store")
        return response


def methods_allowed(known: str) -> str:
    """Return the methods of an address: those of its route, HEAD where it is read, and OPTIONS."""
    methods = [one.strip() for one in known.split(",")]
    return ", ".join(dict.fromkeys([*methods, *["HEAD"] * ("GET" in methods), "OPTIONS"]))


def options(allowed: str) -> HttpResponse:
    """Return what may be asked of an address, to who asks and to the browser that asks before another site."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = allowed
    response.headers["Access-Control-Allow-Headers"] = SENT
    response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    patch_vary_headers(response, ["Access-Control-Request-Method", "Access-Control-Request-Headers"])
    return response


def has_what_it_asks(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer is one of those that If-Match asks for, if any (RFC 9110, 13.1.1): a weak tag never is."""
    asked = parse_etags(request.headers.get("If-Match", ""))
    if not asked or asked == ["*"] or request.method not in ("GET", "HEAD") or response.status_code != 200:
        return True
    tag = response.headers.get("ETag", "W/")
    return tag in asked and not tag.startswith("W/")


def wrong_tag(request: HttpRequest) -> HttpResponse:
    """Return the 412 of who asks for an answer that is not the one of now."""
    sentence = _(
        "L'en-tête If-Match (%(asked)s) ne désigne pas la réponse en service ; une étiquette faible (W/) n'y convient "
        "jamais. Retirez-le : rien ne se modifie ici, et If-None-Match suffit à ne pas recevoir deux fois la même "
        "réponse."
    )
    return problem(request, 412, sentence % {"asked": request.headers["If-Match"][:80]})


def wrong_method(request: HttpRequest, accepted: str) -> HttpResponse:
    """Return the 405 that names the methods accepted."""
    response = problem(request, 405, wrong_method_sentence(request, accepted))
    response.headers["Allow"] = accepted
    return response


def wrong_method_sentence(request: HttpRequest, accepted: str) -> str:
    """Return what is wrong with the method of a request."""
    sentence = _("La méthode %(method)s n'est pas acceptée à cette adresse. Méthodes acceptées : %(accepted)s.")
    return sentence % {"method": str(request.method)[:20], "accepted": accepted}
