"""The reports of perimeters and own lists of communes, in every form."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from explorer import perimeter_queries
from explorer.perimeter_kinds import NAME
from explorer.perimeter_views import ACTIVITY, ASKED, known_perimeter, scored
from explorer.presenters.perimeter_weights import zone_weights
from reports.contents.perimeter import perimeter_report
from reports.formats import FORMATS
from scoring import service
from scoring.errors import NotFound
from scoring.question import refuse_unknown


def perimeter(request: HttpRequest, kind: str, code: str, suffix: str) -> HttpResponse:
    """The report of a perimeter, with its score for an activity when one is asked; raises `NotFound`."""
    facts = service.current_facts()
    found = known_perimeter(facts, kind, code, request.GET)
    refuse_unknown(request.GET, (ACTIVITY, NAME, *ASKED, "lang"))
    if suffix not in FORMATS:
        sentence = _("Il n'y a pas de rapport « %(suffix)s ». Formes : %(accepted)s.")
        raise NotFound(sentence % {"suffix": suffix[:20], "accepted": ", ".join(FORMATS)})
    inside = perimeter_queries.inside(facts, found)
    answer = scored(facts, request.GET, zone_weights(inside))
    base_url = f"{request.scheme}://{request.get_host()}"
    document = perimeter_report(facts, found, base_url, scored=answer, inside=inside)
    response = HttpResponse(FORMATS[suffix].write(document), content_type=FORMATS[suffix].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{document.name}.{suffix}"'
    return response
