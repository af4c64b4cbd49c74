"""The addresses of what the edition holds: indicators, criteria, communes, perimeters, sources, pairs of a ranking."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from ninja import Path, Router

from api import catalogue, catalogue_parameters, catalogue_schemas, parameters
from api.basin_search import refuse_unknown_region, refuse_unreadable
from api.pagination import MOST_PAIRED, Page
from api.questions import read_question
from basins import perimeters as basin_perimeters
from basins.commune_search import communes_matching
from basins.former_names import FormerName
from basins.indicators import Indicator
from basins.models import Commune, Perimeter
from basins.names import normalised_name
from scoring import service
from scoring.definitions import criteria
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.question import default_weights
from sources.models import Edition, Release

router = Router()
# A search by name gives the best matches, never the whole country.
MOST_MATCHES = 1000
NO_FORMER: Mapping[str, FormerName] = MappingProxyType({})
KIND = Path(..., description="Kind of perimeter.", example="epci")
CODE = Path(..., description="ANCT code, SIREN, department or region code.", example="200065886")


def current(facts: Facts) -> Edition:
    return Edition.objects.get(content_hash=facts.edition.content_hash)


@router.get(
    "indicators",
    response=catalogue_schemas.IndicatorList,
    summary="Indicators of basins",
    openapi_extra=parameters.documented(catalogue_parameters.INDICATORS, 400, 404, 503),
)
def indicators(request: HttpRequest) -> dict[str, Any]:
    """What each measures, how, from which sources, and of how many basins it is known."""
    params = parameters.read(request, catalogue_parameters.INDICATORS)
    page, facts = Page.from_params(params), service.current_facts()
    group = params.get("group")
    if group is not None and group not in catalogue_parameters.GROUPS:
        sentence = _("Il n'y a pas d'indicateurs du groupe « %(group)s ». Groupes : %(accepted)s.")
        told = {"group": group[:40], "accepted": ", ".join(catalogue_parameters.GROUPS)}
        raise BadQuestion("group", sentence % told)
    found = [one for one in catalogue.loaded_indicators(facts) if group in (None, one.group)]
    return {"count": len(found), "results": [catalogue.indicator(facts, one) for one in page.of(found)]}


@router.get(
    "indicators/{id}",
    response=catalogue_schemas.IndicatorValues,
    summary="An indicator in every basin",
    openapi_extra=parameters.documented(catalogue_parameters.INDICATOR, 400, 404, 503),
)
def indicator(
    request: HttpRequest,
    id: str = Path(..., description="Identifier of an indicator.", example="living.rent_house"),
) -> dict[str, Any]:
    """Its value by basin, in the order of their codes; a value not known says why and is never zero."""
    params = parameters.read(request, catalogue_parameters.INDICATOR)
    page, facts = Page.from_params(params), service.current_facts()
    one, region = known_indicator(facts, id), params.get("region")
    if region is not None:
        refuse_unknown_region(facts, region)
    zones = [place for place, zone in enumerate(facts.zones) if region is None or region in zone.region_codes]
    return {
        "indicator": catalogue.indicator(facts, one),
        "edition": facts.edition.name,
        "count": len(zones),
        "results": [catalogue.indicator_value(facts, one, place) for place in page.of(zones)],
    }


def known_indicator(facts: Facts, id: str) -> Indicator:
    """Return an indicator that the edition holds; raises `NotFound`."""
    for one in catalogue.loaded_indicators(facts):
        if one.id == id:
            return one
    sentence = _("Aucun indicateur ne porte l'identifiant « %(id)s ». L'adresse indicators en donne la liste.")
    raise NotFound(sentence % {"id": id[:40]})


@router.get(
    "criteria",
    response=catalogue_schemas.CriterionList,
    summary="Criteria of the score",
    openapi_extra=parameters.documented(catalogue_parameters.CRITERIA, 400, 404, 503),
)
def criteria_list(request: HttpRequest) -> dict[str, Any]:
    """The keys of `weights`, with what each measures, its default weight and its sources."""
    params = parameters.read(request, catalogue_parameters.CRITERIA)
    page, facts = Page.from_params(params), service.current_facts()
    weights = default_weights(facts.data_sets)
    return {
        "count": len(criteria()),
        "results": [catalogue.criterion(one, weights) for one in page.of(criteria())],
    }


@router.get(
    "sources",
    response=catalogue_schemas.SourceList,
    summary="Data sets of the edition",
    openapi_extra=parameters.documented(catalogue_parameters.SOURCES, 400, 404, 503),
)
def sources(request: HttpRequest) -> dict[str, Any]:
    """Producers, vintages, licences and known limits of all that the edition is made of."""
    params = parameters.read(request, catalogue_parameters.SOURCES)
    page, facts = Page.from_params(params), service.current_facts()
    releases = Release.objects.filter(editions__content_hash=facts.edition.content_hash).select_related("source")
    found = list(releases.order_by("source__producer", "source__title", "key"))
    return {
        "edition": facts.edition.name,
        "content_hash": facts.edition.content_hash,
        "count": len(found),
        "results": [catalogue.source(one) for one in page.of(found)],
    }


@router.get(
    "communes",
    response=catalogue_schemas.CommuneList,
    summary="Communes and their basins",
    openapi_extra=parameters.documented(catalogue_parameters.COMMUNES, 400, 404, 503),
)
def communes(request: HttpRequest) -> dict[str, Any]:
    """In which basin a commune lies; with `q`, the thousand best matches at most."""
    params = parameters.read(request, catalogue_parameters.COMMUNES)
    page, facts = Page.from_params(params), service.current_facts()
    return commune_page(page, *asked_communes(facts, params))


def asked_communes(facts: Facts, params: QueryDict) -> tuple[QuerySet | list[Commune], Mapping[str, FormerName]]:
    """Return the communes of a basin, of a name, of both, or all; raises `NotFound`, `BadQuestion`.

    Beside them, by code of the commune, the names of the past by which some were found.
    """
    edition, basin = current(facts), params.get("basin")
    found = Commune.objects.of(edition).select_related("zone").defer("geom", "point", "zone__geom")
    if basin is not None:
        facts.zone(basin)
        found = found.filter(zone__code=basin)
    if "q" not in params:
        return found.order_by("insee_code"), {}
    refuse_unreadable(params["q"])
    best = {one.insee_code: one.former for one in communes_matching(edition, params["q"], limit=MOST_MATCHES)}
    held = {one.insee_code: one for one in found.filter(insee_code__in=best)}
    former = {code: one for code, one in best.items() if one}
    return [held[code] for code in best if code in held], former


def commune_page(
    page: Page, found: QuerySet | list[Commune], former: Mapping[str, FormerName] = NO_FORMER
) -> dict[str, Any]:
    """Return a page of communes, of which only those shown are read."""
    count = len(found) if isinstance(found, list) else found.count()
    page.check(count)
    return {
        "count": count,
        "results": [
            catalogue.commune(one, former.get(one.insee_code)) for one in found[page.offset : page.offset + page.limit]
        ],
    }


@router.get(
    "perimeters",
    response=catalogue_schemas.PerimeterList,
    summary="Perimeters, by kind, name or basin",
    openapi_extra=parameters.documented(catalogue_parameters.PERIMETERS, 400, 404, 503),
)
def perimeters(request: HttpRequest) -> dict[str, Any]:
    """Territoires d'industrie, groupings of communes, departments and regions."""
    params = parameters.read(request, catalogue_parameters.PERIMETERS)
    page, facts = Page.from_params(params), service.current_facts()
    edition, kind = current(facts), params.get("kind")
    if kind is not None:
        refuse_unknown_kind(kind)
    if "basin" in params:
        facts.zone(params["basin"])
        found = basin_perimeters.perimeters_of_zone(edition, params["basin"])
    else:
        found = list(basin_perimeters.perimeters(edition).order_by("kind", "name", "code"))
    found = [one for one in found if kind in (None, one.kind)]
    if "q" in params:
        wanted = refuse_unreadable(params["q"])
        found = [one for one in found if wanted in normalised_name(one.name)]
    return {"count": len(found), "results": [catalogue.perimeter_card(one) for one in page.of(found)]}


@router.get(
    "perimeters/{kind}/{code}",
    response=catalogue_schemas.Perimeter,
    summary="A perimeter and the basins it lies over",
    openapi_extra=parameters.documented([parameters.LANG], 400, 404, 503),
)
def perimeter(request: HttpRequest, kind: str = KIND, code: str = CODE) -> dict[str, Any]:
    """Its part in each basin, in people, and its members."""
    parameters.read(request, [parameters.LANG])
    return catalogue.perimeter(known_perimeter(kind, code))


@router.get(
    "perimeters/{kind}/{code}/communes",
    response=catalogue_schemas.CommuneList,
    summary="Communes of a perimeter",
    openapi_extra=parameters.documented(catalogue_parameters.PERIMETER_COMMUNES, 400, 404, 503),
)
def perimeter_communes(request: HttpRequest, kind: str = KIND, code: str = CODE) -> dict[str, Any]:
    """By INSEE code, each with its basin."""
    params = parameters.read(request, catalogue_parameters.PERIMETER_COMMUNES)
    page = Page.from_params(params)
    found = Commune.objects.in_perimeter(known_perimeter(kind, code)).select_related("zone").order_by("insee_code")
    return commune_page(page, found.defer("geom", "point", "zone__geom"))


def known_perimeter(kind: str, code: str) -> Perimeter:
    """Return a perimeter of the edition on show; raises `NotFound`."""
    facts = service.current_facts()
    if kind not in catalogue_parameters.KINDS:
        sentence = _("Il n'y a pas de périmètre de nature « %(kind)s ». Natures : %(accepted)s.")
        raise NotFound(sentence % {"kind": kind[:40], "accepted": ", ".join(catalogue_parameters.KINDS)})
    try:
        return basin_perimeters.perimeter(current(facts), kind, code)
    except Perimeter.DoesNotExist:
        sentence = _("Aucun périmètre de nature %(kind)s ne porte le code « %(code)s ».")
        raise NotFound(sentence % {"kind": kind, "code": code[:40]}) from None


def refuse_unknown_kind(kind: str) -> None:
    """Raise `BadQuestion` on a kind that no perimeter has."""
    if kind not in catalogue_parameters.KINDS:
        sentence = _("Il n'y a pas de périmètre de nature « %(kind)s ». Natures : %(accepted)s.")
        raise BadQuestion("kind", sentence % {"kind": kind[:40], "accepted": ", ".join(catalogue_parameters.KINDS)})


@router.get(
    "rankings/pairs",
    response=catalogue_schemas.RankingPairs,
    summary="How surely each basin of a ranking comes before each other",
    openapi_extra=parameters.documented(catalogue_parameters.PAIRS, 400, 404, 503),
)
def ranking_pairs(request: HttpRequest) -> dict[str, Any]:
    """All pairs among the basins of a page, over the draws of the intervals; computed once by edition and question."""
    params = parameters.read(request, catalogue_parameters.PAIRS)
    facts = service.current_facts()
    question = read_question(facts, params)
    page = Page.from_params(params, largest=MOST_PAIRED)
    answer = service.rank(facts, question)
    indexes = catalogue.ranked_indexes(answer)
    page.check(len(indexes))
    return catalogue.pairs(answer, indexes, offset=page.offset, limit=page.limit)
