"""Errors of the interface as problem details (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

PROBLEM_TYPE = "application/problem+json"
# What a database out of reach raises; the pool's own exceptions descend from psycopg's.
DATABASE_ERRORS = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def is_interface(request: HttpRequest) -> bool:
    """Whether an address is one for programs (JSON, features, tiles), where every failure is a problem document."""
    return request.path in ("/api", "/ogc") or request.path.startswith(("/api/", "/ogc/", "/tiles/"))


def problem(request: HttpRequest, status: int, detail: str, **members: Any) -> HttpResponse:
    """Return a problem document; `detail` is the sentence to act on, `members` what else a program may use."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.get_full_path(),
    }
    body |= {name: value for name, value in members.items() if value}
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=PROBLEM_TYPE, status=status)


def suggestions(found: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Return (code, label) pairs as the `suggestions` member of a problem."""
    return [{"code": code, "label": label} for code, label in found]
