"""The basins that resemble one, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from explorer import params
from explorer.basin_views import keep_address
from explorer.downloads import Download, as_file
from explorer.presenters.basin_peers import PARAMETERS, PeersAsked, peers_page, peers_table, peers_url
from scoring import service
from scoring.facts import Facts
from scoring.peers import Peers, find_peers


@params.accepts(*PARAMETERS)
def peers(request: HttpRequest, zone_code: str) -> HttpResponse:
    """The basins that resemble one for a purpose."""
    facts = service.current_facts()
    facts.zone(zone_code)
    asked = PeersAsked.from_params(request.GET)
    page = peers_page(facts, asked, _found(facts, zone_code, asked))
    response = render(request, "explorer/basin_peers.html", page)
    return keep_address(request, response, page["permalink"])


@as_file
@params.accepts(*PARAMETERS)
def peers_csv(request: HttpRequest, zone_code: str) -> Download:
    """The same list as a file."""
    facts = service.current_facts()
    facts.zone(zone_code)
    asked = PeersAsked.from_params(request.GET)
    table = peers_table(facts, _found(facts, zone_code, asked))
    page_url = f"{peers_url(zone_code)}{asked.query()}"
    name = f"bassin-{zone_code}-semblables-{asked.purpose.slug}"
    return Download(facts, table, name, page_url)


def _found(facts: Facts, zone_code: str, asked: PeersAsked) -> Peers:
    return find_peers(facts, zone_code, asked.purpose, exclude_region=asked.excludes_region, limit=asked.count)
