"""The pages that say what to change: the gap of a basin to a target, and what it would become with other values."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from explorer import gap_asked, what_if_asked
from explorer.basin_views import keep_address
from explorer.gap_asked import GapAsked
from explorer.presenters.gap import gap_page
from explorer.presenters.what_if import what_if_page
from explorer.what_if_asked import WhatIfAsked
from scoring import service
from scoring.gap import check_gap
from scoring.gap import gap as find_gap


def gap(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What must change for a basin to reach a target, at the least effort."""
    facts = service.current_facts()
    also = gap_asked.parameters()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=also)
    ranking = service.rank(facts, question)
    basin = ranking.basin(zone_code)
    check_gap(ranking)
    asked = GapAsked.from_params(request.GET, len(facts.zones))
    if asked.is_form and not asked.wrong:
        return HttpResponseRedirect(asked.url(zone_code, question))
    page = gap_page(request, ranking, basin, asked, find_gap(ranking, zone_code, asked.target, asked.efforts))
    response = render(request, "explorer/gap.html", page, status=400 if asked.wrong else 200)
    return response if asked.wrong else keep_address(request, response, page["permalink"])


def what_if(request: HttpRequest, zone_code: str) -> HttpResponse:
    """Where a basin would stand with other values."""
    facts = service.current_facts()
    also = what_if_asked.parameters()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=also)
    ranking = service.rank(facts, question)
    basin = ranking.basin(zone_code)
    asked = WhatIfAsked.from_params(request.GET, ranking, basin.index)
    if asked.is_form and not asked.wrong:
        return HttpResponseRedirect(asked.url(zone_code, question.to_query("activite")))
    page = what_if_page(request, ranking, basin, asked)
    response = render(request, "explorer/what_if.html", page, status=400 if asked.wrong else 200)
    return response if asked.wrong else keep_address(request, response, page["permalink"])
