"""Maps to take away as pictures: of a ranking as asked by the address, of an indicator."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from explorer.data_views import known_indicator
from explorer.permalinks import permalink
from explorer.presenters.data import indicator_url
from explorer.presenters.ranking import ranking_url
from reports.files import file_name, file_tag
from reports.map_pictures import indicator_svg, ranking_svg
from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.question import refuse_unknown
from sources.kept_answers import kept, not_modified

WIDTH = "largeur"
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def ranking_picture(request: HttpRequest, suffix: str) -> HttpResponse:
    """The map of a ranking; raises `NotFound` on a form there is not, `BadQuestion` on what it does not understand."""
    facts, width = service.current_facts(), asked_width(request, suffix)
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=("lang", WIDTH))
    link = permalink(request, ranking_url(question), facts.edition)

    def draw() -> str:
        return ranking_svg(service.rank(facts, question), link)

    return picture(request, draw, link, name=file_name("carte", question), suffix=suffix, width=width)


def indicator_picture(request: HttpRequest, indicator: str, suffix: str) -> HttpResponse:
    """The map of an indicator; raises `NotFound` on an indicator or a form there is not."""
    refuse_unknown(request.GET, ("lang", WIDTH))
    facts, width = service.current_facts(), asked_width(request, suffix)
    one = known_indicator(facts, indicator)
    link = permalink(request, indicator_url(one.id), facts.edition)

    def draw() -> str:
        return indicator_svg(facts, one, link)

    name = f"carte-{one.id.replace('.', '-')}"
    return picture(request, draw, link, name=name, suffix=suffix, width=width)


def asked_width(request: HttpRequest, suffix: str) -> int | None:
    """Return the width asked of a PNG in pixels, None for the usual one; raises `NotFound` on an unknown form."""
    from reports.drawings.raster import LARGEST_WIDTH, LEAST_WIDTH

    if suffix not in PICTURES:
        sentence = _("Il n'y a pas de carte au format « %(suffix)s ». Formats : %(accepted)s.")
        raise NotFound(sentence % {"suffix": suffix[:20], "accepted": ", ".join(PICTURES)})
    text = request.GET.get(WIDTH, "").strip()
    if not text:
        return None
    width = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    if suffix != "png" or not LEAST_WIDTH <= width <= LARGEST_WIDTH:
        sentence = _(
            "« %(text)s » ne convient pas pour largeur : un nombre entier de pixels, de %(least)s à %(largest)s, "
            "pour un PNG seulement."
        )
        raise BadQuestion(WIDTH, sentence % {"text": text[:20], "least": LEAST_WIDTH, "largest": LARGEST_WIDTH})
    return width


def picture(
    request: HttpRequest, draw: Callable[[], str], link: str, *, name: str, suffix: str, width: int | None
) -> HttpResponse:
    """Return a drawing in a form, or the 304 of who holds it already."""
    tag = file_tag(link, suffix, str(width))
    response = not_modified(request, tag)
    if response is None:
        response = HttpResponse(painted(draw(), suffix, width), content_type=PICTURES[suffix])
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return kept(response, tag, is_named=False)


def painted(svg: str, suffix: str, width: int | None) -> Any:
    """Return a drawing as it is, or as PNG."""
    if suffix == "svg":
        return svg
    from reports.drawings.raster import png

    return png(svg, width=width)
