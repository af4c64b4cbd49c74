"""Answers that caches keep: the address names the edition, a tag tells whether the reader has it already."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

HASH_LENGTH = 16
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"


def short_hash(content_hash: str) -> str:
    """Return the part of an edition's content hash that names its files."""
    return content_hash[:HASH_LENGTH]


def not_modified(request: HttpRequest, tag: str) -> HttpResponse | None:
    """Return the 304 of who holds the answer of this tag already, None of who does not."""
    held = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    return HttpResponseNotModified() if tag in held else None


def kept(response: HttpResponse, tag: str, *, is_named: bool) -> HttpResponse:
    """Return an answer with its tag and how long it may be kept; `is_named` when its address names its edition."""
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = FOR_EVER if is_named else FOR_A_WHILE
    return response
