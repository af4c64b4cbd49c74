"""The site's whole stack of middlewares, with one more address that does nothing."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site

EMPTY = "vide"


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer at once."""
    return HttpResponse(b"")


urlpatterns = [path(EMPTY, nothing), *site]
handler400, handler404, handler500 = (
    "config.errors.bad_request",
    "config.errors.not_found",
    "config.errors.server_error",
)


@cache
def application() -> Any:
    """Return the WSGI application of the site with these addresses."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = __name__
    return get_wsgi_application()
