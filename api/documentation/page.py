"""The page of the interface: addresses and parameters read from the OpenAPI document, examples with their answers."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from api import costs
from api.document import ROOT, document
from api.documentation.examples import examples
from api.documentation.words import address_words, example_words, parameter_words, status_words
from api.negotiation import LARGEST_BODY_BYTES
from api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT
from scoring.numbers import number

# What the shape of a value is called when it has no list nor ends to show.
LONGEST_LIST = 8
# An answer of so few lines is shown at once.
LINES_OPEN = 8


def documentation_page(base: str) -> dict[str, Any]:
    """Return the context of the page; `base` is the address of the site, without a final slash."""
    return {
        "base": base,
        "root": ROOT,
        "addresses": address_rows(),
        "parameters": parameter_rows(),
        "errors": [{"status": status, "words": words} for status, words in status_words().items()],
        "examples": example_cards(base),
        "units": settings.API_UNITS_PER_MINUTE,
        "rates": {
            "ranked": costs.RANKED_A_UNIT,
            "groups": costs.GROUPS_A_UNIT,
            "steps": costs.UNITS_A_STEP,
            "pairs": costs.PAIRS_A_UNIT,
            "intervals": costs.INTERVALS_A_UNIT,
        },
        "default_limit": DEFAULT_LIMIT,
        "largest_limit": LARGEST_LIMIT,
        "largest_body": LARGEST_BODY_BYTES,
    }


def address_rows() -> list[dict[str, Any]]:
    """Return every address of the document: method, path, what it answers, parameters, units that it costs."""
    words, rows = address_words(), []
    for path in sorted(document()["paths"], key=lambda one: list(words).index(one.removeprefix(ROOT))):
        ((method, operation),) = document()["paths"][path].items()
        name = path.removeprefix(ROOT)
        asked = [one for one in operation["parameters"] if one["in"] == "query" and one["name"] != "lang"]
        rows.append(
            {
                "method": method.upper(),
                "path": path,
                "words": words[name],
                "parameters": [{"name": one["name"], "is_required": one["required"]} for one in asked],
                "body": list(body_members(operation)),
                "units": units_words(name),
            }
        )
    return rows


def units_words(name: str) -> str:
    """Return the units that an answer costs, its two ends where they follow what is asked."""
    cost = costs.COSTS.get(name, costs.USUAL)
    if name == "health":
        return number(0, 0)
    if cost.most == cost.base:
        return number(cost.base, 0)
    return _("de %(least)s à %(most)s") % {"least": number(cost.base, 0), "most": number(cost.most, 0)}


def body_members(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the members of the body that an operation reads."""
    content = operation.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("schema", {}).get("properties", {})


def parameter_rows() -> list[dict[str, str]]:
    """Return every parameter of the document once: what it asks, what it accepts, an example."""
    found: dict[str, Mapping[str, Any]] = {}
    for methods in document()["paths"].values():
        for operation in methods.values():
            for one in operation["parameters"]:
                if one["in"] == "query":
                    found.setdefault(one["name"], one)
    words = parameter_words()
    return [
        {
            "name": name,
            "words": words[name],
            "accepted": accepted(found[name]),
            "example": found[name].get("example", ""),
        }
        for name in sorted(found, key=list(words).index)
    ]


def accepted(parameter: Mapping[str, Any]) -> str:
    """Return what a parameter accepts: its values when they are few, its ends when it is a number."""
    schema = parameter["schema"]
    if "enum" in schema and len(schema["enum"]) <= LONGEST_LIST:
        return ", ".join(map(str, schema["enum"]))
    if "maximum" in schema:
        ends = {"least": number(schema["minimum"], 0), "most": number(schema["maximum"], 0)}
        return _("de %(least)s à %(most)s") % ends
    return ""


def example_cards(base: str) -> list[dict[str, Any]]:
    """Return the examples as they are asked of this site."""
    words = example_words()
    cards = []
    for one in examples():
        title, sentence = words[one.name]
        asked = one.at(base)
        parts: list[dict[str, Any]] = [
            {"id": f"{one.name}-curl", "language": "curl", "code": asked.curl, "answer": asked.curl_answer},
            {"id": f"{one.name}-python", "language": "Python", "code": asked.python, "answer": asked.python_answer},
            {"id": f"{one.name}-r", "language": "R", "code": asked.r, "answer": ""},
        ]
        for part in parts:
            part["is_short"] = 0 < part["answer"].count("\n") + 1 <= LINES_OPEN
        cards.append({"id": f"example-{one.name}", "title": title, "sentence": sentence, "parts": parts})
    return cards
