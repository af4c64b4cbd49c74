"""The page of the interface."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from api.documentation.page import documentation_page
from scoring.question import refuse_unknown
from sources.read_only import read_only


@read_only
def documentation(request: HttpRequest) -> HttpResponse:
    """What the interface answers, its rules, and examples to copy."""
    refuse_unknown(request.GET, ("lang",))
    base = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/documentation.html", documentation_page(base))
