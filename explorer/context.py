"""What every page is given: its frame, the menu, the languages, the edition."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.service import current_facts

NAV_ENTRIES = {
    "home": ("home", "ranking", "search", "why", "why-report", "gap", "what-if", "complementarity"),
    "basins": ("basins", "basin", "basin-land", "basin-activities", "basin-peers", "basin-resources", "basin-report"),
    "activities": ("activities", "activity", "chain"),
    "compare": ("compare", "compare-add"),
    "perimeters": ("perimeters", "perimeter", "own-list"),
    "method": ("method", "method-criteria", "method-validation", "method-judgements", "method-journal"),
    "data": ("data", "indicator", "exports", "export", "export-ask", "api-documentation"),
}


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context shared by all templates.

    `base_template` is the frame of a whole page, or of a fragment when htmx asks for one. The edition is read only if
    printed: an error page must not need the database.
    """
    return {
        "base_template": "_fragment.html" if is_fragment(request) else "base.html",
        "nav": nav(request),
        "languages": languages(request),
        "edition": SimpleLazyObject(lambda: current_facts().edition),
        "older_link": getattr(request, "older_link", None),
        "htmx_target": request.headers.get("HX-Target", "")[:60],
    }


def is_fragment(request: HttpRequest) -> bool:
    """Whether the answer goes inside a page already there: asked by htmx, neither boosted nor restoring history."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def nav(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries of the menu, the current one marked."""
    labels = {
        "home": _("Explorer"),
        "basins": _("Bassins"),
        "activities": _("Activités"),
        "compare": _("Comparer"),
        "perimeters": _("Périmètres"),
        "method": _("Méthode"),
        "data": _("Données"),
    }
    here = getattr(request.resolver_match, "url_name", None)
    return [
        {"url": reverse(f"explorer:{name}"), "label": labels[name], "is_current": here in pages}
        for name, pages in NAV_ENTRIES.items()
    ]


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return each language with the address of this very page in it."""
    current = (get_language() or settings.LANGUAGE_CODE)[:2]
    entries = []
    for code, label in settings.LANGUAGES:
        params = request.GET.copy()
        params["lang"] = code
        url = f"{request.path}?{params.urlencode(safe=':,')}"
        entries.append({"code": code, "label": label, "url": url, "is_current": code == current})
    return entries
