"""The pages of one basin: its sheet, its land, what it could produce, and the file of each of its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from explorer import params
from explorer.downloads import csv_response
from explorer.presenters import basin_activities as activities_presenter
from explorer.presenters import basin_land as land_presenter
from explorer.presenters.basin import basin_page
from explorer.presenters.basin_figures import figure
from scoring import service
from scoring.sheet import basin_sheet, zone_sites

# Groups of the nomenclature: precise enough to be a lead, few enough for the first answer of a process.
FITTING_LEVEL, FITTING_READ = "group", 300
WHOLE_NOMENCLATURE = 2000
# What a reader waits for scores before being told how far they are.
PATIENCE_S = 1.2


@params.accepts()
def basin(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What is known of one basin."""
    facts = service.current_facts()
    sheet = basin_sheet(facts, zone_code)
    best = service.best_activities(facts, zone_code, FITTING_LEVEL, limit=FITTING_READ)
    return render(request, "explorer/basin.html", basin_page(facts, sheet, best))


@params.accepts(*land_presenter.PARAMETERS)
def land(request: HttpRequest, zone_code: str) -> HttpResponse:
    """The known sites of a basin, filtered and page by page."""
    facts = service.current_facts()
    zone = facts.zones[facts.zone(zone_code)]
    asked = land_presenter.SiteFilter.from_params(request.GET)
    page = params.page_number(request.GET)
    section = land_presenter.land_section(facts, zone_code, zone_sites(facts, zone_code), asked, page)
    response = render(request, "explorer/basin_land.html", {"edition": facts.edition, "zone": zone, "land": section})
    return keep_address(request, response, section["permalink"])


@params.accepts()
def figure_csv(request: HttpRequest, zone_code: str, figure_id: str) -> HttpResponse:
    """The numbers of a figure of a basin as a file."""
    facts = service.current_facts()
    table = figure(facts, basin_sheet(facts, zone_code), figure_id).table
    page_url = f"{reverse('explorer:basin', args=(zone_code,))}#figure-{figure_id}"
    return csv_response(request, facts, table, name=f"bassin-{zone_code}-{figure_id}", page_url=page_url)


@params.accepts(*activities_presenter.PARAMETERS)
def activities(request: HttpRequest, zone_code: str) -> HttpResponse:
    """Everything that a basin could produce, best placed first."""
    facts = service.current_facts()
    zone = facts.zones[facts.zone(zone_code)]
    asked = activities_presenter.Listing.from_params(request.GET)
    done = service.share_scored(facts, asked.level, seconds=PATIENCE_S)
    fitting = service.best_activities(facts, zone_code, asked.level, limit=WHOLE_NOMENCLATURE) if done == 1 else None
    page = activities_presenter.activities_page(facts, zone, asked, fitting, done)
    response = render(request, "explorer/basin_activities.html", page)
    return keep_address(request, response, page["permalink"])


@params.accepts(*activities_presenter.PARAMETERS)
def activities_csv(request: HttpRequest, zone_code: str) -> HttpResponse:
    """The whole list of what a basin could produce as a file."""
    facts = service.current_facts()
    asked = activities_presenter.Listing.from_params(request.GET)
    fitting = service.best_activities(facts, zone_code, asked.level, limit=WHOLE_NOMENCLATURE)
    zone = facts.zones[facts.zone(zone_code)]
    table = activities_presenter.activities_table(facts, zone, asked, fitting)
    page_url = f"{reverse('explorer:basin-activities', args=(zone_code,))}{asked.query()}"
    name = f"bassin-{zone_code}-activites-{asked.level}"
    return csv_response(request, facts, table, name=name, page_url=page_url)


def keep_address(request: HttpRequest, response: HttpResponse, url: str) -> HttpResponse:
    """Say to htmx which address to show, unless the part asked is shown inside another page."""
    htmx = getattr(request, "htmx", None)
    if htmx and (htmx.current_url_abs_path or "").partition("?")[0] == request.path:
        response.headers["HX-Push-Url"] = url
    return response
