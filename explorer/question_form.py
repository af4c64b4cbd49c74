"""The form that asks a question again: what was typed stays typed, and what is wrong is told beside its field."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from explorer.params import carried

AMOUNTS = ("jobs", "hectares", "mw")
LONGEST_SHOWN = 40


def amount_label(name: str) -> str:
    """Return what a size field of the project counts."""
    return {"jobs": _("emplois"), "hectares": _("hectares"), "mw": _("MW")}[name]


def typed_form(params: QueryDict, *, wrong: str = "", sentence: str = "") -> dict[str, Any]:
    """Return the size fields as typed, `sentence` beside the wrong one, and the rest of the question as hidden fields.

    The activity is kept, unless it is what is wrong: an empty search field then asks about it again.
    """
    fields = [
        {
            "name": name,
            "label": amount_label(name),
            "value": params.get(name, "")[:LONGEST_SHOWN],
            "error": sentence if name == wrong else "",
        }
        for name in AMOUNTS
    ]
    hidden = [(name, value) for name, value in carried(params, but=wrong) if name not in AMOUNTS]
    if params.get("activite", "").strip() and wrong != "activite":
        hidden += [(name, params[name]) for name in ("activite", "level") if params.get(name) and name != wrong]
    return {
        "fields": fields,
        "hidden": [{"name": name, "value": value} for name, value in hidden],
        "has_activity": any(name == "activite" for name, _value in hidden),
    }


def option(value: str, label: str, chosen: str) -> dict[str, Any]:
    """Return an option of a select, marked when it is the one chosen."""
    return {"value": value, "label": label, "is_chosen": value == chosen}
