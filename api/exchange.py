"""Around every address: formats refused, units counted, a 304 before any computation, links to the pages of a list."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from api import negotiation, rate_limit
from api.code_version import code_hash
from api.page_links import page_links
from scoring.errors import NoEdition
from scoring.service import current_edition
from sources.kept_answers import not_modified

# Health speaks of the moment, and must answer whoever asks.
NOT_KEPT = ("health",)
Run = Callable[..., HttpResponse]


def exchanged(run: Run) -> Run:
    """Wrap an operation of the interface."""

    @wraps(run)
    def wrapped(request: HttpRequest, **values: Any) -> HttpResponse:
        refused = negotiation.refusal(request)
        if refused is not None:
            return refused
        if request.resolver_match.url_name in NOT_KEPT:
            return run(request, **values)
        tag = answer_tag(request) if request.method == "GET" else None
        same = not_modified(request, tag.removeprefix("W/")) if tag else None
        allowance = rate_limit.spend(request, 1 if same else rate_limit.cost_of(request))
        if allowance and allowance.is_exceeded:
            response = rate_limit.too_many(request, allowance)
        else:
            response = same or run(request, **values)
        return told(response, tag, allowance)

    return wrapped


def told(response: HttpResponse, tag: str | None, allowance: rate_limit.Allowance | None) -> HttpResponse:
    """Return an answer with its tag and what is left to the client; an answer not whole yet has no tag."""
    if tag and response.status_code in (200, 304) and "Cache-Control" not in response.headers:
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
    if allowance:
        for name, value in allowance.headers().items():
            response.headers[name] = value
    return response


def answer_tag(request: HttpRequest) -> str | None:
    """Return the ETag of the answer to a request, known before it is made; None when no edition is loaded.

    Weak: the same answer may travel compressed or not.
    """
    try:
        edition = current_edition()
    except NoEdition:
        return None
    told = "\n".join((edition.content_hash, code_hash(), get_language() or "", request.get_full_path()))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def linked(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give the answer of a view its links to the pages before and after, when it is a page of a list."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **values: Any) -> Any:
        body = view(request, *args, **values)
        if isinstance(body, dict) and "results" in body:
            request.page_links = page_links(request, body["count"])
        return body

    return wrapped
