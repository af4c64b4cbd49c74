"""The parameters of each address: what the OpenAPI document says and what is accepted, from one table."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, LARGEST_OFFSET
from api.problems import PROBLEM_TYPE
from api.schemas import Problem
from scoring.definitions import PRESETS
from scoring.errors import BadQuestion
from scoring.levers import lever_table
from scoring.nomenclature import LEVELS
from scoring.peer_traits import peer_rules
from scoring.question import (
    AGGREGATIONS,
    LARGEST_AMOUNT,
    MODES,
    NORMALISATIONS,
    refuse_unknown,
    weight_keys,
)
from scoring.requirements import requirements

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
NUMBER = r"(?:1000|[0-9]{1,3}(?:\.[0-9]{1,3})?)"
SHARE = r"(?:100|[0-9]{1,2}(?:\.[0-9]{1,3})?)"
# One share at least is above zero.
SOME_SHARE = r"^(?=.*:[0-9.]*[1-9])"
# No address may hold a null character.
ANY = r"[^\x00]*"
# A text with a letter or a digit to search for.
NAMED = {"minLength": 1, "maxLength": 200, "pattern": f"^{ANY}[0-9A-Za-zÀÂÄÇÉÈÊËÎÏÔÖÙÛÜàâäçéèêëîïôöùûü]{ANY}$"}
ACTIVITY_CODE = "^[0-9A-Za-z.]{1,6}$"
BASIN_CODE = "^[0-9]{4}$"
# INSEE codes of the eighteen regions: a law changes them, not an edition.
REGIONS = ("01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94")


def pairs_pattern(keys: Sequence[str], number: str) -> str:
    """Return the pattern of `key:number,…` where no key comes twice."""
    one = f"(?:{'|'.join(re.escape(key) for key in keys)}):{number}"
    return rf"^(?!(?:.*,)?([a-z_.]+):.*,\1:){one}(?:,{one})*$"


def list_pattern(items: Sequence[str]) -> str:
    """Return the pattern of `item,…`."""
    one = f"(?:{'|'.join(re.escape(item) for item in items)})"
    return f"^{one}(?:,{one})*$"


def amount(name: str, description: str, *, minimum: float = 0) -> Parameter:
    """Return the parameter of a size of the project."""
    return parameter(name, description, type="number", minimum=minimum, maximum=LARGEST_AMOUNT[name])


def limit(description: str, *, most: int = LARGEST_LIMIT) -> Parameter:
    """Return the parameter of the length of a page."""
    return parameter("limit", description, type="integer", minimum=1, maximum=most, default=DEFAULT_LIMIT)


LANG = parameter("lang", "Language of labels and sentences; else Accept-Language, else French.", enum=["fr", "en"])
OFFSET = parameter(
    "offset", "Rows skipped; at or past the end of a list that is not empty, a 404.",
    type="integer", minimum=0, maximum=LARGEST_OFFSET, default=0,
)  # fmt: skip
PAGE = [limit("Most rows returned."), OFFSET]
LEVEL = parameter("level", "Level of NAF rev. 2; the finest that bears the code by default.", enum=list(LEVELS))
REGION = parameter("region", "INSEE region code; basins with any part in it.", example="27", enum=list(REGIONS))

ACTIVITY = [LEVEL, LANG]
ACTIVITIES = [
    parameter(
        "q", "Words, product, job title or NAF code, 1 to 200 characters.",
        example="lunettes", minLength=1, maxLength=200, pattern=rf"^{ANY}\S{ANY}$",
    ),
    parameter("level", "Only activities of this level of NAF rev. 2.", enum=list(LEVELS)),
    *PAGE,
    LANG,
]  # fmt: skip
BASINS = [
    parameter(
        "q", "Part of the name of a basin or of one of its communes, 1 to 200 characters.", example="Morez", **NAMED
    ),
    REGION,
    *PAGE,
    LANG,
]
WEIGHTS = parameter(
    "weights",
    "key:number,… where keys are pillar or criterion ids; those not named keep their default; then normalised.",
    example="skills:40,land.sites:0",
    pattern=pairs_pattern(weight_keys(), NUMBER),
)
PRESET = parameter("preset", "Named weights to start from.", enum=[one.id for one in PRESETS])
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
    parameter(
        "activity", "NAF rev. 2 code, with or without the dot.",
        example="27.20Z", required=True, pattern=ACTIVITY_CODE,
    ),
    LEVEL,
    WEIGHTS,
    PRESET,
    parameter(
        "region", REGION["description"] + " Ranks stay national; `rank_in_filter` counts within the region.",
        example="27", enum=list(REGIONS),
    ),
    amount("jobs", "Jobs of the project; the size of a usual plant by default.", minimum=1),
    amount("hectares", "Land needed, in hectares."),
    amount("mw", "Electric power needed, in MW."),
    parameter(
        "modes", f"Transport shares mode:number,…; modes: {', '.join(MODES)}.",
        example="road:80,rail:20", pattern=SOME_SHARE + pairs_pattern(MODES, SHARE),
    ),
    parameter(
        "require",
        "Requirements of the activity to apply, comma-separated: basins that fail one come last, without rank.",
        example="battery-grid", pattern=list_pattern([one.id for one in requirements()]),
    ),
    parameter("normalisation", "How values become 0 to 1.", enum=list(NORMALISATIONS), default=NORMALISATIONS[0]),
    parameter("aggregation", "How criteria become a score.", enum=list(AGGREGATIONS), default=AGGREGATIONS[0]),
    *PAGE,
    LANG,
]  # fmt: skip
GAP = [
    *(one for one in RANKINGS if one not in (*PAGE, LANG) and one["name"] not in ("region", "aggregation")),
    parameter(
        "target", "What to reach: topN for a rank, scoreN for a score.", example="top20", required=True,
        pattern=r"^(?:top(?:[1-9]|[1-9][0-9]|[12][0-9]{2}|30[0-6])|score(?:[1-9]|[1-9][0-9]|100))$",
    ),
    parameter(
        "effort",
        "criterion:number,… points of effort of one unit of each lever; those not named keep their default.",
        example="land.sites:5,skills.training:0.2",
        pattern=pairs_pattern(list(lever_table().levers), NUMBER),
    ),
    LANG,
]  # fmt: skip
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
