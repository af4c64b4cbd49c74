"""The OpenAPI document: what the routes declare, and what every address shares, said once."""

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from api.catalogue_parameters import KINDS
from api.code_version import code_hash
from api.parameters import ACTIVITY_CODE, BASIN_CODE
from api.problems import PROBLEM_TYPE
from api.schemas import Problem
from scoring.question import refuse_unknown
from sources.kept_answers import not_modified
from sources.read_only import read_only

ROOT = "/api/v1/"
PROBLEM = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
# What a code in a path looks like; a code of that form that names nothing is a 404.
PATH_SCHEMAS: dict[tuple[str, str], dict[str, Any]] = {
    ("basins", "code"): {"type": "string", "pattern": BASIN_CODE},
    ("activities", "code"): {"type": "string", "pattern": ACTIVITY_CODE},
    ("indicators", "id"): {"type": "string", "pattern": r"^[a-z_]{1,30}\.[a-z0-9_]{1,60}$"},
    ("perimeters", "kind"): {"type": "string", "enum": list(KINDS)},
    ("perimeters", "code"): {"type": "string", "pattern": "^[0-9A-Za-z-]{1,20}$"},
}
# What may happen at any address, and the sentence that the document gives of it.
EVERYWHERE = {
    304: "Not modified: the answer whose ETag was sent in `If-None-Match` is still right. Nothing was computed.",
    400: "A parameter or a member is wrong: `detail` says which, what was given and what is accepted.",
    404: "No such code, or no such page of the list.",
    406: "The Accept header of the request excludes JSON.",
    412: "`If-Match` names another answer than the one of now; a weak tag never suits it.",
    414: "The address is longer than what is read.",
    429: "More units asked in a minute than are served; `Retry-After` says when to come back.",
    500: "A fault of ours; it is recorded.",
    503: "No database, or no data, for the moment; `Retry-After` says when to come back.",
}
POSTED = {
    411: "The body comes in pieces, without `Content-Length`: it is not read.",
    413: "The body is longer than what is read.",
    415: "The body is not JSON.",
}
# What is told of an answer that its reader may hold.
HELD = (304, 412)
# Health neither fails nor counts.
HEALTH = (400, 406, 412, 414, 500)
TEXT = {"type": "string"}
HEADERS = {
    "ETag": {"description": "Weak tag of edition, code, language and question.", "schema": TEXT},
    "Cache-Control": {"description": "no-cache: keep it, and ask whether it is still right.", "schema": TEXT},
    "RateLimit-Policy": {"description": '"minute";q=units allowed;w=seconds of the window.', "schema": TEXT},
    "RateLimit": {"description": '"minute";r=units left;t=seconds until the next window.', "schema": TEXT},
    "Link": {"description": "Of a list: its first, prev, next and last pages (RFC 8288).", "schema": TEXT},
    "Retry-After": {"description": "Seconds to wait.", "schema": TEXT},
}


@read_only
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document of the interface."""
    refuse_unknown(request.GET, ("lang",))
    tag = f'W/"openapi-{code_hash()[:32]}"'
    response = not_modified(request, tag.removeprefix("W/")) or HttpResponse(
        written(), content_type="application/json; charset=utf-8"
    )
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def written() -> bytes:
    """Return the document as JSON."""
    return json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()


@cache
def document() -> Mapping[str, Any]:
    """Return the OpenAPI 3.1 document."""
    # Not at the head: the interface imports the views, and they the parameters.
    from api.interface import api

    return complete(api)


def complete(api: NinjaAPI) -> dict[str, Any]:
    """Return the document of the routes with the statuses, headers and forms that every address shares."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT), default=str))
    found["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    found["components"]["headers"] = deepcopy(HEADERS)
    found["servers"] = [{"url": "/"}]
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            operation["tags"] = [path.removeprefix(ROOT).partition("/")[0]]
            share(path, method, operation)
    return found


def share(path: str, method: str, operation: dict[str, Any]) -> None:
    """Complete one operation: forms of the codes in its path, statuses of every address, headers of its answers."""
    name = operation["tags"][0]
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            example = parameter["schema"].get("example")
            parameter["schema"] = PATH_SCHEMAS[(name, parameter["name"])]
            if example:
                parameter["example"] = example
    responses = operation["responses"]
    problems = EVERYWHERE | (POSTED if method == "post" else {})
    wanted = HEALTH if name == "health" else [status for status in problems if method == "get" or status not in HELD]
    for status in wanted:
        responses[str(status)] = {"description": problems[status], **({} if status == 304 else {"content": PROBLEM})}
    if name == "health":
        return
    is_list = any(one["name"] == "offset" for one in operation["parameters"])
    of_answer = ["RateLimit-Policy", "RateLimit", *["ETag", "Cache-Control"] * (method == "get"), *["Link"] * is_list]
    responses["200"]["headers"] = reference(of_answer)
    for status in ("429", "503"):
        responses[status]["headers"] = reference(["Retry-After"])


def reference(names: list[str]) -> dict[str, Any]:
    """Return headers by name, as references to the ones described once."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
