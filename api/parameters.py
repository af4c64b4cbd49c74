"""The parameters of each address: what the OpenAPI document says and what is accepted, from one table."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, LARGEST_OFFSET
from api.problems import PROBLEM_TYPE
from api.schemas import Problem
from scoring.errors import BadQuestion
from scoring.nomenclature import LEVELS
from scoring.peer_traits import peer_rules
from scoring.question import AGGREGATIONS, MODES, NORMALISATIONS, refuse_unknown

Parameter = dict[str, Any]


def parameter(name: str, description: str, *, example: Any = None, required: bool = False, **schema: Any) -> Parameter:
    """Return a query parameter as OpenAPI describes it; text unless `schema` says otherwise."""
    described = {
        "in": "query",
        "name": name,
        "description": description,
        "required": required,
        "schema": {"type": "string", **schema},
    }
    return described if example is None else {**described, "example": example}


FORM_FIELDS = ("w.", "m.")
AMOUNT = {"type": "number", "minimum": 0}
LANG = parameter("lang", "Language of labels and sentences; else Accept-Language, else French.", enum=["fr", "en"])
PAGE = [
    parameter("limit", "Most rows returned.", type="integer", minimum=1, maximum=LARGEST_LIMIT, default=DEFAULT_LIMIT),
    parameter(
        "offset", "Rows skipped; at or past the end of a list that is not empty, a 400.",
        type="integer", minimum=0, maximum=LARGEST_OFFSET, default=0,
    ),
]  # fmt: skip
LEVEL = parameter("level", "Level of NAF rev. 2; the finest that bears the code by default.", enum=list(LEVELS))
REGION = parameter("region", "INSEE region code; basins with any part in it.", example="27")

ACTIVITY = [LEVEL, LANG]
ACTIVITIES = [
    parameter("q", "Words, product, job title or NAF code, 1 to 200 characters.", example="lunettes", maxLength=200),
    parameter("level", "Only activities of this level of NAF rev. 2.", enum=list(LEVELS)),
    *PAGE,
    LANG,
]
BASINS = [
    parameter("q", "Part of the name of a basin or of one of its communes, 1 to 200 characters.", maxLength=200),
    REGION,
    *PAGE,
    LANG,
]
WEIGHTS = parameter(
    "weights",
    "key:number,… where keys are pillar or criterion ids; those not named keep their default; then normalised.",
    example="skills:40,land.sites:0",
)
PRESET = parameter("preset", "Named weights to start from.")
BASIN_ACTIVITIES = [
    parameter("level", "Level of NAF rev. 2 of the activities listed.", enum=list(LEVELS), default="subclass"),
    WEIGHTS,
    PRESET,
    *PAGE,
    LANG,
]
BASIN_PEERS = [
    parameter(
        "for", "What the peers are for.", enum=list(peer_rules().purposes), default=next(iter(peer_rules().purposes))
    ),
    parameter(
        "exclude_region",
        "Leave out the basins that share a region with this one.",
        enum=["true", "false"],
        default="false",
    ),
    *PAGE,
    LANG,
]
RANKINGS = [
    parameter("activity", "NAF rev. 2 code, with or without the dot.", example="32.50B", required=True),
    LEVEL,
    WEIGHTS,
    PRESET,
    parameter("region", REGION["description"] + " Ranks stay national; `rank_in_filter` counts within the region."),
    parameter("jobs", "Jobs of the project; the size of a usual plant by default.", **AMOUNT),
    parameter("hectares", "Land needed, in hectares.", **AMOUNT),
    parameter("mw", "Electric power needed, in MW.", **AMOUNT),
    parameter("modes", f"Transport shares mode:number,…; modes: {', '.join(MODES)}.", example="road:80,rail:20"),
    parameter("require", "Requirements to apply, comma-separated: basins that fail one come last, without rank."),
    parameter("normalisation", "How values become 0 to 1.", enum=list(NORMALISATIONS), default=NORMALISATIONS[0]),
    parameter("aggregation", "How criteria become a score.", enum=list(AGGREGATIONS), default=AGGREGATIONS[0]),
    *PAGE,
    LANG,
]
GAP = [
    *(one for one in RANKINGS if one not in (*PAGE, LANG) and one["name"] not in ("region", "aggregation")),
    parameter("target", "What to reach: topN for a rank, scoreN for a score.", example="top20", required=True),
    parameter(
        "effort",
        "criterion:number,… points of effort of one unit of each lever; those not named keep their default.",
        example="land.sites:5,skills.training:0.2",
    ),
    LANG,
]
HEALTH = [LANG]


def names(parameters: Sequence[Parameter]) -> tuple[str, ...]:
    """Return the names of parameters, in their order."""
    return tuple(one["name"] for one in parameters)


def read(request: HttpRequest, parameters: Sequence[Parameter]) -> QueryDict:
    """Return the query string when it holds these parameters only; raises `BadQuestion`."""
    accepted = names(parameters)
    refuse_unknown(request.GET, accepted)
    for name, value in request.GET.items():
        # The fields of the pages' forms mean nothing here, and an empty value would silently become the default.
        if name.startswith(FORM_FIELDS) or not value.strip():
            sentence = _("Le paramètre « %(name)s » est vide ou n'existe pas ici. Paramètres acceptés : %(accepted)s.")
            raise BadQuestion(name[:40], sentence % {"name": name[:40], "accepted": ", ".join(accepted)})
    return request.GET


def level(params: QueryDict) -> str | None:
    """Return the level asked, None when there is none; raises `BadQuestion`."""
    asked = params.get("level")
    if asked is not None and asked not in LEVELS:
        sentence = _("« %(asked)s » n'est pas un niveau de la NAF. Valeurs acceptées de level : %(accepted)s.")
        raise BadQuestion("level", sentence % {"asked": asked[:40], "accepted": ", ".join(LEVELS)})
    return asked


def flag(params: QueryDict, name: str) -> bool:
    """Return a choice between true and false, false by default; raises `BadQuestion`."""
    asked = params.get(name, "false")
    if asked not in ("true", "false"):
        sentence = _("« %(asked)s » n'est pas une valeur de %(name)s. Valeurs acceptées : true, false.")
        raise BadQuestion(name, sentence % {"asked": asked[:40], "name": name})
    return asked == "true"


def documented(parameters: Sequence[Parameter], *statuses: int) -> dict[str, Any]:
    """Return what to add to an operation of the OpenAPI document: its parameters and its problems by status."""
    meanings = {400: "A parameter is wrong.", 404: "No such code.", 503: "No database or no data for the moment."}
    content = {PROBLEM_TYPE: {"schema": Problem.model_json_schema()}}
    problems = {status: {"description": meanings[status], "content": content} for status in statuses}
    return {"parameters": list(parameters), "responses": problems}
