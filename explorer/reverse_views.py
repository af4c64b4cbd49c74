"""The reverse question: what could a basin produce, and what would use each of its resources?"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from explorer import params
from explorer.basin_views import keep_address
from explorer.context import is_fragment
from explorer.downloads import Download, as_file
from explorer.presenters.basin_activities import activities_page, listed_rows
from explorer.presenters.basin_activities_table import activities_table
from explorer.presenters.basin_listing import PARAMETERS, Listing
from explorer.presenters.basin_resources import resources_page, resources_table
from scoring import service
from scoring.facts import Facts
from scoring.question import Weights, default_weights
from scoring.rank_intervals import RankInterval
from scoring.resource_leads import zone_resources
from scoring.reverse import Suggestion, rank_intervals, suggestions

# What a reader waits for scores, then for intervals, before being told how far they are; a page that asks again by
# itself waits for no interval.
PATIENCE_S, SCRIPTED_PATIENCE_S = 1.2, 0.02
# Lines of the file that have their interval and resources: all would take ten seconds the first time.
DETAILED_LINES = 25


@params.accepts(*PARAMETERS)
def activities(request: HttpRequest, zone_code: str) -> HttpResponse:
    """Everything that a basin could produce, best placed first."""
    facts = service.current_facts()
    zone = facts.zones[facts.zone(zone_code)]
    asked = Listing.from_params(request.GET, default_weights(facts.data_sets))
    done = service.share_scored(facts, asked.level, seconds=PATIENCE_S)
    fitting = suggestions(facts, zone_code, asked.level, weights=asked.weights) if done == 1 else None

    def intervals_of(rows: Sequence[Suggestion]) -> list[RankInterval | None]:
        seconds = SCRIPTED_PATIENCE_S if is_fragment(request) else PATIENCE_S
        return intervals(facts, zone_code, asked.weights, rows, seconds=seconds)

    page = activities_page(facts, zone, asked, fitting, done, intervals_of)
    response = render(request, "explorer/basin_activities.html", page)
    return keep_address(request, response, page["permalink"])


@as_file
@params.accepts(*PARAMETERS)
def activities_csv(request: HttpRequest, zone_code: str) -> Download:
    """The whole list of what a basin could produce as a file."""
    facts = service.current_facts()
    zone = facts.zones[facts.zone(zone_code)]
    asked = Listing.from_params(request.GET, default_weights(facts.data_sets))
    rows = listed_rows(facts, asked, suggestions(facts, zone_code, asked.level, weights=asked.weights))
    drawn = intervals(facts, zone_code, asked.weights, rows[:DETAILED_LINES], seconds=None)
    page_url = f"{reverse('explorer:basin-activities', args=(zone_code,))}{asked.query()}"
    name = f"bassin-{zone_code}-activites-{asked.level}"
    return Download(facts, activities_table(facts, zone, rows, drawn), name, page_url)


@params.accepts()
def resources(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What a basin can start from, and the activities that would use each of its resources."""
    facts = service.current_facts()
    zone = facts.zones[facts.zone(zone_code)]
    return render(
        request, "explorer/basin_resources.html", resources_page(facts, zone, zone_resources(facts, zone_code))
    )


@as_file
@params.accepts()
def resources_csv(request: HttpRequest, zone_code: str) -> Download:
    """The resources of a basin and what would use them, as a file."""
    facts = service.current_facts()
    table = resources_table(facts, facts.zones[facts.zone(zone_code)], zone_resources(facts, zone_code))
    page_url = reverse("explorer:basin-resources", args=(zone_code,))
    return Download(facts, table, f"bassin-{zone_code}-ressources", page_url)


def intervals(
    facts: Facts, zone_code: str, weights: Weights, rows: Sequence[Suggestion], *, seconds: float | None
) -> list[RankInterval | None]:
    """Return where the draws place the basin for each line, None where they are still being made."""
    return rank_intervals(facts, zone_code, [one.node for one in rows], weights=weights, seconds=seconds)
