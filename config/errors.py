"""What can go wrong, as an answer: a page for readers, problem details for the interface."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from api.middleware import wrong_method_sentence
from api.problems import DATABASE_ERRORS, is_interface, problem, suggestions
from explorer import errors as pages
from scoring.errors import BadQuestion, NoEdition, NotFound

RETRY_AFTER_SECONDS = "5"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the 400 of a question that cannot be understood."""
    if not is_interface(request):
        return pages.bad_request(request, exception)
    if isinstance(exception, BadQuestion):
        return problem(request, 400, exception.sentence, parameter=exception.parameter)
    return problem(request, 400, _("Cette requête n'est pas comprise : l'adresse ou un en-tête est mal formé."))


def refused_address(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Return the 414 of an address longer than what is read, or the 400 of one that cannot be."""
    if is_interface(request):
        return problem(request, status, sentence)
    response = pages.bad_request(request, BadQuestion("", sentence))
    response.status_code = status
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the 403 of a form that was not sent from our own page, or whose cookie was refused or lost."""
    sentence = _(
        "Ce formulaire ne peut pas être pris : il a été ouvert il y a trop longtemps, ou le navigateur a refusé le "
        "cookie qui le protège. Revenez à sa page, rechargez-la, puis envoyez-le de nouveau."
    )
    return pages.error_page(request, 403, _("Formulaire périmé"), sentence)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Return the 405 that names the methods of a page, or the 204 that says them to who asks."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
    else:
        response = pages.error_page(
            request, 405, _("La demande n'est pas comprise"), wrong_method_sentence(request, allowed)
        )
    response.headers["Allow"] = allowed
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the 404 of an unknown code or address."""
    if not is_interface(request):
        return pages.not_found(request, exception)
    if isinstance(exception, NotFound):
        found = suggestions(exception.suggestions)
        return problem(request, 404, exception.sentence, parameter=exception.parameter, suggestions=found)
    sentence = _("L'interface n'a rien à l'adresse %(path)s. La liste des adresses est dans /api/v1/openapi.json.")
    return problem(request, 404, sentence % {"path": request.path[:80]})


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the 500 of our own fault."""
    if not is_interface(request):
        return pages.server_error(request)
    return problem(request, 500, _("Une erreur de notre part empêche de répondre. Elle est enregistrée."))


def no_edition(request: HttpRequest, exception: NoEdition) -> HttpResponse:
    """Return the 503 of a database without data."""
    if is_interface(request):
        sentence = _("Aucune édition des données n'est chargée : chargez-en une avec « manage.py load_edition ».")
        response = problem(request, 503, sentence)
    else:
        response = pages.no_edition(request, exception)
    return to_retry(response)


def database_down(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the 503 of a database out of reach; its page asks nothing of the database nor of the other templates."""
    sentence = _("La base de données ne répond pas. Réessayez dans quelques secondes : le service reprend seul.")
    if is_interface(request):
        return to_retry(problem(request, 503, sentence))
    page = render_to_string("503.html", {"sentence": sentence, "language": get_language()})
    return to_retry(HttpResponse(page, status=503))


def to_retry(response: HttpResponse) -> HttpResponse:
    """Return a 503 that no cache keeps and that says when to come back."""
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response


ANSWERS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Callable[..., HttpResponse]], ...] = (
    (BadQuestion, bad_request),
    (NotFound, not_found),
    (NoEdition, no_edition),
    (DATABASE_ERRORS, database_down),
)


def answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Return the answer to a failure that is foreseen, None for any other."""
    for kinds, respond in ANSWERS:
        if isinstance(exception, kinds):
            return respond(request, exception)
    return None
