"""The addresses of the site, and an empty view behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing to say: what the stack costs by itself."""
    return HttpResponse("<!doctype html>")


urlpatterns = [path("vide/", empty), *urlpatterns]
