"""The addresses of the interface: read the question, ask the service, hand to a presenter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.responses import Status

from api import VERSION, change_schemas, gap_presenters, parameters, peers, presenters, schemas
from api.basin_search import matching_basins
from api.pagination import Page
from api.problems import DATABASE_ERRORS
from api.questions import read_question
from api.what_if_body import documented_body, read_body
from scoring import service
from scoring.gap import gap
from scoring.levers import lever_table
from scoring.pairs import parse_pairs
from scoring.peers import find_peers, purpose_of
from scoring.question import default_weights, read_weights
from scoring.reverse import rank_intervals_within, suggestions
from scoring.sheet import indicator_values
from scoring.targets import parse_target
from scoring.what_if import changed, check_change
from sources.models import Edition

router = Router()
WHOLE_NOMENCLATURE = 2000
# Each interval takes some 25 ms the first time that anybody asks: more than the 50 rows of a usual page.
DRAWING_SECONDS = 4.0
CODE_OF_BASIN = Path(..., description="Code of an employment zone (INSEE 2020).", example="2716")
CODE_OF_ACTIVITY = Path(..., description="NAF rev. 2 code, with or without the dot.", example="32.50B")


@router.get(
    "health",
    response={200: schemas.Health, 503: schemas.Health},
    summary="Whether the service answers",
    openapi_extra=parameters.documented(parameters.HEALTH, 400),
)
def health(request: HttpRequest) -> Status[dict[str, Any]]:
    """503 with the same members when the database is down or holds no edition."""
    parameters.read(request, parameters.HEALTH)
    try:
        edition = Edition.objects.filter(is_current=True).first()
        database = "ok"
    except DATABASE_ERRORS:
        edition, database = None, "down"
    status = "ok" if edition else "degraded"
    body = {"status": status, "edition": edition and edition.name, "database": database, "version": VERSION}
    return Status(200 if edition else 503, body)


@router.get(
    "basins",
    response=schemas.BasinList,
    summary="Basins, by name or region",
    openapi_extra=parameters.documented(parameters.BASINS, 400, 503),
)
def basins(request: HttpRequest) -> dict[str, Any]:
    """The 306 employment zones, those matching `q` best first."""
    params = parameters.read(request, parameters.BASINS)
    page = Page.from_params(params)
    found = matching_basins(service.current_facts(), text=params.get("q"), region=params.get("region"))
    return {
        "count": len(found.zones),
        "former_communes": [presenters.former_commune(one.former, one) for one in found.former if one.former],
        "results": [presenters.basin(zone) for zone in page.of(found.zones)],
    }


@router.get(
    "basins/{code}",
    response=schemas.Basin,
    summary="A basin and its indicators",
    openapi_extra=parameters.documented([parameters.LANG], 400, 404, 503),
)
def basin(request: HttpRequest, code: str = CODE_OF_BASIN) -> dict[str, Any]:
    """Every indicator with its status, vintage, source and national rank."""
    parameters.read(request, [parameters.LANG])
    facts = service.current_facts()
    return presenters.basin_with_indicators(facts.zones[facts.zone(code)], indicator_values(facts, code))


@router.get(
    "basins/{code}/activities",
    response=schemas.BasinActivityList,
    summary="What a basin could produce",
    openapi_extra=parameters.documented(parameters.BASIN_ACTIVITIES, 400, 404, 503),
)
def basin_activities(request: HttpRequest, response: HttpResponse, code: str = CODE_OF_BASIN) -> dict[str, Any]:
    """Activities for which the basin ranks best, with the score of the ranking and where its draws place the basin.

    Intervals are drawn when first asked, for four seconds at most: `intervals_complete` is then false, those not
    reached are null, and the same question goes on from there.
    """
    params = parameters.read(request, parameters.BASIN_ACTIVITIES)
    facts = service.current_facts()
    page, level = Page.from_params(params), parameters.level(params) or "subclass"
    weights = read_weights(params, default_weights(facts.data_sets))
    found = page.of(suggestions(facts, code, level, weights=weights))
    nodes = [one.node for one in found]
    drawn = rank_intervals_within(facts, code, nodes, weights=weights, seconds=DRAWING_SECONDS)
    if None in drawn:
        # Not to be held for the answer: the next one says more.
        response.headers["Cache-Control"] = "no-store"
    rows = zip(found, drawn, strict=True)
    return {
        "count": len(service.activities(level)),
        "intervals_complete": None not in drawn,
        "results": [presenters.basin_activity(facts, code, one, interval) for one, interval in rows],
    }


@router.get(
    "basins/{code}/peers",
    response=schemas.PeerList,
    summary="Basins that resemble one",
    openapi_extra=parameters.documented(parameters.BASIN_PEERS, 400, 404, 503),
)
def basin_peers(request: HttpRequest, code: str = CODE_OF_BASIN) -> dict[str, Any]:
    """Nearest first by a distance on slow traits; how they are doing is given beside and never enters it."""
    params = parameters.read(request, parameters.BASIN_PEERS)
    page, facts = Page.from_params(params), service.current_facts()
    purpose = purpose_of(params.get("for"), parameter="for", by_slug=False)
    exclude_region = parameters.flag(params, "exclude_region")
    found = find_peers(facts, code, purpose, exclude_region=exclude_region, limit=page.offset + page.limit)
    page.check(found.compared)
    return peers.peer_list(facts, found, offset=page.offset)


@router.get(
    "activities",
    response=schemas.ActivityList,
    summary="Activities, by words or level",
    openapi_extra=parameters.documented(parameters.ACTIVITIES, 400, 503),
)
def activities(request: HttpRequest) -> dict[str, Any]:
    """Without `q`, the whole nomenclature; with it, the activities that match, best first."""
    params = parameters.read(request, parameters.ACTIVITIES)
    page, level = Page.from_params(params), parameters.level(params)
    if "q" in params:
        found = [
            match.activity for match in service.search_activities(params["q"], level=level, limit=WHOLE_NOMENCLATURE)
        ]
    else:
        found = service.activities(level)
    return {"count": len(found), "results": [presenters.activity(one) for one in page.of(found)]}


@router.get(
    "activities/{code}",
    response=schemas.ActivityProfile,
    summary="What an activity needs",
    openapi_extra=parameters.documented(parameters.ACTIVITY, 400, 404, 503),
)
def activity(request: HttpRequest, code: str = CODE_OF_ACTIVITY) -> dict[str, Any]:
    """Occupations, usual size, land, power, transport modes and requirements, before any edit."""
    params = parameters.read(request, parameters.ACTIVITY)
    sector = service.sector(code, level=parameters.level(params))
    return presenters.activity_profile(sector, service.profile(sector, None))


@router.get(
    "rankings",
    response=schemas.Ranking,
    summary="Basins ranked for an activity",
    openapi_extra=parameters.documented(parameters.RANKINGS, 400, 404, 503),
)
def rankings(request: HttpRequest) -> dict[str, Any]:
    """Each score with its bounds and the contribution of every criterion; filters never change a score."""
    params = parameters.read(request, parameters.RANKINGS)
    facts = service.current_facts()
    question = read_question(facts, params)
    page = Page.from_params(params)
    answer = service.rank(facts, question)
    page.check(answer.count)
    return presenters.ranking(answer, offset=page.offset, limit=page.limit)


@router.get(
    "basins/{code}/gap",
    response=change_schemas.Gap,
    summary="What must change for a basin to reach a target",
    openapi_extra=parameters.documented(parameters.GAP, 400, 404, 503),
)
def basin_gap(request: HttpRequest, code: str = CODE_OF_BASIN) -> dict[str, Any]:
    """The changes of least effort, in the units of those who would act; what is out of reach is said so."""
    params = parameters.read(request, parameters.GAP)
    facts = service.current_facts()
    question = read_question(facts, params, "target", "effort")
    target = parse_target(params.get("target", ""), len(facts.zones))
    efforts = parse_pairs("effort", params.get("effort", ""), lever_table().levers)
    return gap_presenters.gap(gap(service.rank(facts, question), code, target, efforts))


@router.post(
    "what-if",
    response=change_schemas.WhatIf,
    summary="Score and rank of a basin with other values",
    openapi_extra=documented_body(400, 404, 503),
)
def what_if(request: HttpRequest) -> dict[str, Any]:
    """Values of some criteria are changed for one basin; nothing is kept, the others do not move."""
    parameters.read(request, [parameters.LANG])
    body, facts = read_body(request), service.current_facts()
    question = read_question(facts, body.params)
    before, index = service.rank(facts, question), facts.zone(body.basin)
    for key, value in body.changes.items():
        check_change(before, key, value)
    after = changed(before, index, body.changes, keeps_margins=body.keeps_margins)
    return gap_presenters.what_if(before, after, index, body.changes)
