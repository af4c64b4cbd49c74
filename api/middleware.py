"""What every answer of the interface shares: readable from any site, HEAD as GET, errors as problem details."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from api.problems import is_interface, problem


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
            response = wrong_method(request, response.headers["Allow"])
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.setdefault("Cache-Control", "no-cache" if response.status_code == 200 else "no-store")
        return response


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Return the 405 that names the methods accepted."""
    accepted = allowed.replace("GET", "GET, HEAD")
    sentence = _("La méthode %(method)s n'est pas acceptée à cette adresse. Méthodes acceptées : %(accepted)s.")
    response = problem(request, 405, sentence % {"method": request.method, "accepted": accepted})
    response.headers["Allow"] = accepted
    return response
