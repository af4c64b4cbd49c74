"""How answers are sent: links from this site, packed once, kept by the reader as long as the edition is the same."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from api.negotiation import takes_gzip
from sources.kept_answers import kept, not_modified, short_hash
from sources.models import Edition

JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
# The fastest level: a page of outlines is packed in a third of the time for a tenth more.
GZIP_LEVEL = 1
# Part of every tag: to be raised when the same edition gives other answers.
FORMAT = 1

Link = dict[str, str]


def link(href: str, rel: str, media_type: str, title: str = "") -> Link:
    """Return a link as the standard writes it."""
    return {"href": href, "rel": rel, "type": media_type} | ({"title": str(title)} if title else {})


def origin(request: HttpRequest) -> str:
    """Return scheme and host of this site; Django checks the host anew at each call, and an answer has six links."""
    if not hasattr(request, "ogc_origin"):
        request.ogc_origin = f"{request.scheme}://{request.get_host()}"
    return request.ogc_origin


def address(request: HttpRequest, name: str, *arguments: str) -> str:
    """Return the whole address of a resource of this interface, without parameters."""
    return f"{origin(request)}{reverse(f'ogc:{name}', args=arguments)}"


def own_address(request: HttpRequest) -> str:
    """Return the whole address asked for, parameters included."""
    return f"{origin(request)}{request.get_full_path()}"


def tag_of(request: HttpRequest, edition: Edition) -> str:
    """Return the tag of an answer: it changes with the edition, the address (links hold it) and the language."""
    asked = f"{own_address(request)} {get_language()}"
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:16]}-{short_hash(edition.content_hash)}-{FORMAT}"'


def held(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """Return the 304 of a reader who has the answer already, None of who has not."""
    tag = tag_of(request, edition)
    response = not_modified(request, tag)
    return response and kept(response, f"W/{tag}", is_named=False)


def sent(request: HttpRequest, edition: Edition, text: str, media_type: str, **headers: str) -> HttpResponse:
    """Return a text as the reader takes it, with the tag of this edition and other headers (`_` for `-`)."""
    body, is_packed = text.encode(), takes_gzip(request)
    response = HttpResponse(gzip.compress(body, GZIP_LEVEL, mtime=0) if is_packed else body, content_type=media_type)
    # Said in both cases: else the gzip middleware would pack it again, at its slower level.
    response.headers["Content-Encoding"] = "gzip" if is_packed else "identity"
    patch_vary_headers(response, ["Accept-Encoding"])
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    # Weak: two answers of one edition differ by the time they were made at.
    return kept(response, f"W/{tag_of(request, edition)}", is_named=False)


def sent_document(
    request: HttpRequest, edition: Edition, document: Mapping[str, Any], media_type: str = JSON
) -> HttpResponse:
    """Return a document as JSON."""
    return sent(request, edition, json.dumps(document, ensure_ascii=False, allow_nan=False), media_type)
