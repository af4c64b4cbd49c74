"""Small pages made to live in the frames of other sites: a map, its legend, its source, the way to the whole page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from explorer import params
from explorer.data_views import known_indicator
from explorer.presenters.embed import basin_embed, indicator_embed, ranking_embed
from scoring import service
from scoring.sheet import basin_sheet
from sources.kept_answers import FOR_A_WHILE
from sources.read_only import read_only


@read_only
def ranking(request: HttpRequest) -> HttpResponse:
    """The map of the scores of a ranking."""
    facts = service.current_facts()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=("lang",))
    return framed(request, ranking_embed(service.rank(facts, question)))


@read_only
@params.accepts()
def basin(request: HttpRequest, zone_code: str) -> HttpResponse:
    """Where a basin is, and its key figures."""
    facts = service.current_facts()
    return framed(request, basin_embed(facts, basin_sheet(facts, zone_code)))


@read_only
@params.accepts()
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """The map of an indicator."""
    facts = service.current_facts()
    return framed(request, indicator_embed(facts, known_indicator(facts, indicator)))


def framed(request: HttpRequest, page: dict[str, object]) -> HttpResponse:
    """Return an embed, that caches may keep a while: it depends on nobody's cookie."""
    response = render(request, "embed/page.html", page)
    response.headers["Cache-Control"] = FOR_A_WHILE
    return response
