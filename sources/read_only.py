"""Addresses that are only read: another method is refused as such, never as a form without its token."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def read_only(view: View) -> View:
    """Let a view be asked by GET and HEAD; any other method is a 405 with Allow, token or not."""
    safe: Any = csrf_exempt(require_safe(view))
    read: View = safe
    return read
