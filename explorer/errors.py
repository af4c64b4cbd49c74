"""What can go wrong, as a page: the sentence, what is accepted, where to go, the reader's input kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.context import is_fragment
from explorer.embed_address import is_embed
from explorer.params import MAX_SEARCH_LENGTH, without
from explorer.question_form import typed_form
from explorer.vanished import vanished
from scoring.errors import BadQuestion, NoEdition, NotFound


def bad_request(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the 400 of a question that cannot be understood."""
    known = isinstance(error, BadQuestion)
    sentence = error.sentence if known else _("Cette adresse est mal formée et ne peut pas être lue.")
    title = _("La demande n'est pas comprise")
    response = error_page(request, 400, title, sentence, wrong=error.parameter if known else "")
    if is_fragment(request) and request.headers.get("HX-Target") == "explorer-results":
        # The ranking before stays in place: only the form has something to say.
        response.headers["HX-Retarget"] = "#explorer-refusal"
        response.headers["HX-Reswap"] = "outerHTML"
    return response


def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the 404 of an unknown code or address, the 410 of one that an edition before knew, with the nearest."""
    if isinstance(error, NotFound):
        found = vanished(request)
        if found is not None and (found.was_known or not error.suggestions):
            status, sentence = (410, found.sentence) if found.was_known else (404, error.sentence)
            return error_page(request, status, _("Introuvable"), sentence, suggestions=list(found.links))
        return error_page(request, 404, _("Introuvable"), error.sentence, suggestions=links(error.suggestions))
    sentence = _("Il n'y a pas de page à l'adresse %(path)s.") % {"path": request.path[:80]}
    return error_page(request, 404, _("Cette page n'existe pas"), sentence)


def no_edition(request: HttpRequest, error: NoEdition | None = None) -> HttpResponse:
    """Return the 503 of a database that holds no edition yet."""
    sentence = _("Aucune édition des données n'est chargée. La commande « manage.py load_edition » en charge une.")
    return error_page(request, 503, _("Les données ne sont pas encore là"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the 500 of our own fault."""
    sentence = _("Une erreur de notre part empêche de répondre. Elle est enregistrée ; réessayez dans un instant.")
    return error_page(request, 500, _("Une erreur est survenue"), sentence)


def error_page(
    request: HttpRequest,
    status: int,
    title: str,
    sentence: str,
    *,
    suggestions: list[dict[str, str]] | None = None,
    wrong: str = "",
) -> HttpResponse:
    """Return an error page, with the form as it was filled; as a fragment it takes the place of what was asked.

    `wrong` names the parameter that is not understood: the page leads to the same question without it.
    """
    context: dict[str, Any] = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "suggestions": suggestions or [],
        "typed": request.GET.get("q", "")[:MAX_SEARCH_LENGTH],
        "wrong": wrong,
        "form": typed_form(request.GET, wrong=wrong or "activite", sentence=sentence),
        "without_wrong": address_without(request, wrong),
    }
    template = "embed/error.html" if is_embed(request) else "explorer/error.html"
    return render(request, template, context, status=status)


def address_without(request: HttpRequest, wrong: str) -> str:
    """Return the same address but for a wrong parameter, empty where nothing would be asked without it."""
    kept = without(request.GET, wrong) if wrong not in ("", "q", "activite") else None
    return "" if kept is None else f"{request.path}?{kept.urlencode(safe=':,')}".removesuffix("?")


def links(suggestions: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """Return suggestions (code, label) as links; a code of four digits is a basin's, any other an activity's."""
    return [
        {
            "label": f"{label} ({code})",
            "url": reverse("explorer:basin", args=(code,))
            if len(code) == 4 and code.isdigit()
            else f"{reverse('explorer:ranking')}?activite={code}",
        }
        for code, label in suggestions
    ]
