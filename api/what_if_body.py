"""The question of `POST what-if`: read from its JSON, refused in words, turned into the parameters of a ranking."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from api.change_schemas import WhatIfQuestion
from api.parameters import LANG
from api.problems import PROBLEM_TYPE
from api.schemas import Problem
from scoring.definitions import criteria
from scoring.errors import BadQuestion

MEMBERS = tuple(WhatIfQuestion.model_fields)
# Members that a ranking reads in its query string, and what each may be; null where the document says so.
TEXTS = {"level": (str, type(None)), "normalisation": (str,), "aggregation": (str,)}
NUMBERS = ("jobs", "hectares", "mw")
PAIRS = ("weights", "modes")


@dataclass(frozen=True)
class WhatIfBody:
    """The basin, the changes asked, whether margins are kept, and the ranking's parameters."""

    basin: str
    changes: dict[str, float]
    keeps_margins: bool
    params: QueryDict


def read_body(request: HttpRequest) -> WhatIfBody:
    """Return the question of a request; raises `BadQuestion` naming the member at fault."""
    body = _parsed(request)
    for name in body:
        if name not in MEMBERS:
            raise BadQuestion(
                name[:40],
                _("Le membre « %(name)s » n'existe pas ici. Membres acceptés : %(accepted)s.")
                % {"name": name[:40], "accepted": ", ".join(MEMBERS)},
            )
    keeps = body.get("keep_margins", False)
    if not isinstance(keeps, bool):
        raise BadQuestion("keep_margins", _("keep_margins attend true ou false."))
    return WhatIfBody(_text(body, "basin"), _changes(body), keeps, _params(body))


def _parsed(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body, object_pairs_hook=_each_once)
    except BadQuestion:
        raise
    except (ValueError, RecursionError) as error:
        raise BadQuestion("body", _("Le corps de la requête n'est pas du JSON en UTF-8.")) from error
    if not isinstance(body, dict):
        raise BadQuestion("body", _("Le corps de la requête doit être un objet JSON : {activity, basin, changes}."))
    return body


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the members of an object; raises `BadQuestion` on one given twice, of which json would keep the last."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            sentence = _("Le membre « %(name)s » est donné deux fois : gardez une seule valeur.")
            raise BadQuestion(name[:40], sentence % {"name": name[:40]})
        found[name] = value
    return found


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadQuestion(
            name, _("Le membre « %(name)s » manque : un code est attendu, entre guillemets.") % {"name": name}
        )
    return value.strip()


def _changes(body: Mapping[str, Any]) -> dict[str, float]:
    changes, known = body.get("changes"), [one.id for one in criteria()]
    if not isinstance(changes, dict) or not changes:
        raise BadQuestion(
            "changes", _('Le membre « changes » donne au moins un critère et sa valeur : {"skills.training": 0.8}.')
        )
    for key, value in changes.items():
        if key not in known:
            raise BadQuestion(
                "changes",
                _("« %(key)s » n'est pas un critère. Critères : %(accepted)s.")
                % {"key": key[:40], "accepted": ", ".join(known)},
            )
        if not _is_number(value):
            raise BadQuestion(
                "changes",
                _("La valeur de %(key)s doit être un nombre, pas %(value)s.")
                % {"key": key, "value": repr(value)[:40]},
            )
    return {key: float(value) for key, value in changes.items()}


def _is_number(value: object) -> bool:
    # In Python true is a number, and json reads NaN and integers too large for a float.
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e15 and math.isfinite(value)


def _params(body: Mapping[str, Any]) -> QueryDict:
    params = QueryDict(mutable=True)
    params["activity"] = _text(body, "activity")
    for name, kinds in TEXTS.items():
        if name in body and not isinstance(body[name], kinds):
            raise BadQuestion(name, _("Le membre « %(name)s » attend un texte.") % {"name": name})
        if body.get(name) is not None:
            params[name] = body[name]
    for name in NUMBERS:
        if body.get(name) is None:
            continue
        if isinstance(body[name], bool) or not isinstance(body[name], int | float):
            raise BadQuestion(name, _("Le membre « %(name)s » attend un nombre.") % {"name": name})
        params[name] = str(body[name])
    for name in PAIRS:
        params.update(_pairs(body, name))
    params.update(_requirements(body))
    return params


def _pairs(body: Mapping[str, Any], name: str) -> QueryDict:
    pairs = body.get(name, {})
    if not isinstance(pairs, dict) or any(isinstance(one, str | bool) for one in pairs.values()):
        raise BadQuestion(name, _("Le membre « %(name)s » attend un objet {clé: nombre}.") % {"name": name})
    found = QueryDict(mutable=True)
    if pairs:
        found[name] = ",".join(f"{key}:{value}" for key, value in pairs.items())
    return found


def _requirements(body: Mapping[str, Any]) -> QueryDict:
    asked = body.get("require", [])
    if not isinstance(asked, list) or not all(isinstance(one, str) for one in asked):
        raise BadQuestion("require", _("Le membre « require » attend une liste de textes."))
    found = QueryDict(mutable=True)
    if asked:
        found["require"] = ",".join(asked)
    return found


def documented_body(*statuses: int) -> dict[str, Any]:
    """Return what to add to the operation in the OpenAPI document: its body and its problems by status."""
    meanings = {400: "A member is wrong.", 404: "No such code.", 503: "No database or no data for the moment."}
    content = {PROBLEM_TYPE: {"schema": Problem.model_json_schema()}}
    return {
        "parameters": [LANG],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": WhatIfQuestion.model_json_schema()}},
        },
        "responses": {status: {"description": meanings[status], "content": content} for status in statuses},
    }
