"""The pages of one basin: its sheet, its land, what it could produce, and the file of each of its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from explorer import params
from explorer.downloads import Download, as_file
from explorer.presenters import basin_land as land_presenter
from explorer.presenters.basin import basin_page
from explorer.presenters.basin_figures import figure
from explorer.presenters.embed import basin_sharing
from scoring import service
from scoring.sheet import basin_sheet, zone_sites

# Groups of the nomenclature: precise enough to be a lead, few enough for the first answer of a process.
FITTING_LEVEL, FITTING_READ = "group", 300


@params.accepts()
def basin(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What is known of one basin."""
    facts = service.current_facts()
    sheet = basin_sheet(facts, zone_code)
    best = service.best_activities(facts, zone_code, FITTING_LEVEL, limit=FITTING_READ)
    page = basin_page(facts, sheet, best) | {"sharing": basin_sharing(request, facts, zone_code, sheet.zone.name)}
    return render(request, "explorer/basin.html", page)


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


@as_file
@params.accepts()
def figure_csv(request: HttpRequest, zone_code: str, figure_id: str) -> Download:
    """The numbers of a figure of a basin as a file."""
    facts = service.current_facts()
    table = figure(facts, basin_sheet(facts, zone_code), figure_id).table
    page_url = f"{reverse('explorer:basin', args=(zone_code,))}#figure-{figure_id}"
    return Download(facts, table, f"bassin-{zone_code}-{figure_id}", page_url)


def keep_address(request: HttpRequest, response: HttpResponse, url: str) -> HttpResponse:
    """Say to htmx which address to show, unless it is shown already or the part asked is inside another page."""
    htmx = getattr(request, "htmx", None)
    current = htmx and htmx.current_url_abs_path or ""
    if current != url and current.partition("?")[0] == request.path:
        response.headers["HX-Push-Url"] = url
    return response
