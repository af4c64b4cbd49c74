"""The pages that say what to change: the gap of a basin to a target, and what it would become with other values."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from explorer import gap_asked, what_if_asked
from explorer.basin_views import keep_address
from explorer.downloads import Download, as_file
from explorer.gap_asked import GapAsked
from explorer.presenters.gap import gap_page, levers_table
from explorer.presenters.what_if import what_if_page
from explorer.what_if_asked import WhatIfAsked
from scoring import service
from scoring.errors import BadQuestion
from scoring.gap import check_gap
from scoring.gap import gap as find_gap
from scoring.ranking import Ranking


def gap(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What must change for a basin to reach a target, at the least effort."""
    ranking = ranking_asked(request, gap_asked.parameters())
    basin = ranking.basin(zone_code)
    check_gap(ranking)
    asked = GapAsked.from_params(request.GET, len(ranking.facts.zones))
    if asked.is_form and not asked.wrong:
        return HttpResponseRedirect(asked.url(zone_code, ranking.question))
    page = gap_page(request, ranking, basin, asked, find_gap(ranking, zone_code, asked.target, asked.efforts))
    response = render(request, "explorer/gap.html", page, status=400 if asked.wrong else 200)
    return response if asked.wrong else keep_address(request, response, page["permalink"])


@as_file
def gap_csv(request: HttpRequest, zone_code: str) -> Download:
    """The levers of a gap as a file."""
    ranking = ranking_asked(request, gap_asked.parameters())
    asked = GapAsked.from_params(request.GET, len(ranking.facts.zones))
    if asked.wrong:
        raise BadQuestion(asked.wrong, asked.sentence)
    table = levers_table(find_gap(ranking, zone_code, asked.target, asked.efforts))
    page_url = asked.url(zone_code, ranking.question)
    name = f"bassin-{zone_code}-{ranking.question.activity}-{asked.target.text}"
    return Download(ranking.facts, table, name, page_url)


def what_if(request: HttpRequest, zone_code: str) -> HttpResponse:
    """Where a basin would stand with other values."""
    ranking = ranking_asked(request, what_if_asked.parameters())
    basin = ranking.basin(zone_code)
    asked = WhatIfAsked.from_params(request.GET, ranking, basin.index)
    if asked.is_form and not asked.wrong:
        return HttpResponseRedirect(asked.url(zone_code, ranking.question.to_query("activite")))
    page = what_if_page(request, ranking, basin, asked)
    response = render(request, "explorer/what_if.html", page, status=400 if asked.wrong else 200)
    return response if asked.wrong else keep_address(request, response, page["permalink"])


def ranking_asked(request: HttpRequest, also: tuple[str, ...]) -> Ranking:
    """Return the ranking of the question asked; `also` names what the page reads beside it."""
    facts = service.current_facts()
    return service.rank(facts, service.parse_question(facts, request.GET, activity_parameter="activite", also=also))
