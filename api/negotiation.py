"""What the interface can neither read nor write, refused before any work: 406, 411, 413, 415."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from api.problems import PROBLEM_TYPE, problem

JSON = "application/json"
WRITTEN = (JSON, PROBLEM_TYPE)
LARGEST_BODY_BYTES = 20_000
# Above 0; what is not written as a quality is not taken for one.
ACCEPTED_QUALITY = re.compile(r"q=(?:1(?:\.0{0,3})?|0\.(?!0*$)[0-9]{1,3})")


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a request whose formats or size are not those of the interface, None to go on."""
    if not accepts_json(request):
        sentence = _("Cette adresse répond en %(json)s ; l'en-tête Accept de la requête (%(asked)s) l'exclut.")
        return problem(request, 406, sentence % {"json": JSON, "asked": request.headers["Accept"][:80]})
    return None if request.method in ("GET", "HEAD") else refused_body(request)


def accepts_json(request: HttpRequest) -> bool:
    """Whether a request lets us answer in JSON: it says so, or says nothing."""
    return not request.headers.get("Accept", "").strip() or any(map(request.accepts, WRITTEN))


def takes_gzip(request: HttpRequest) -> bool:
    """Whether a request lets us pack the answer by gzip: named or under `*`, and not at quality 0 (RFC 9110)."""
    quality = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, *told = (piece.strip() for piece in part.split(";"))
        quality[coding] = all(ACCEPTED_QUALITY.fullmatch(one) for one in told)
    return quality.get("gzip", quality.get("x-gzip", quality.get("*", False)))


def refused_body(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a body of no known length, too long to be a question, or that is not JSON."""
    if "Transfer-Encoding" in request.headers and not request.META.get("CONTENT_LENGTH"):
        # Django reads nothing of it.
        sentence = _(
            "La longueur du corps de la requête n'est pas annoncée, et il n'est pas lu : envoyez-le d'un seul tenant, "
            "avec l'en-tête Content-Length."
        )
        return problem(request, 411, sentence)
    size = request.META.get("CONTENT_LENGTH") or "0"
    if size.isdecimal() and int(size) > LARGEST_BODY_BYTES:
        sentence = _("La requête compte %(size)s octets ; %(most)s au plus sont lus.")
        return problem(request, 413, sentence % {"size": size[:20], "most": LARGEST_BODY_BYTES})
    # An empty body has no format: the question is what is missing.
    if request.content_type != JSON and (request.content_type or size != "0"):
        sentence = _("Le corps de la requête doit être du JSON : ajoutez l'en-tête Content-Type: %(json)s.")
        response = problem(request, 415, sentence % {"json": JSON})
        response.headers["Accept"] = JSON
        return response
    return None
