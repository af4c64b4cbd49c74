"""What a reader asks of a collection, read from the address: which features, how many, in which coordinates."""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from api.ogc.boxes import Box, read_box
from api.ogc.collections import Collection, Property
from api.ogc.reference_systems import ReferenceSystem, read_system
from api.ogc.times import Interval, read_datetime
from scoring.errors import BadQuestion
from scoring.question import refuse_unknown

DEFAULT_LIMIT, LARGEST_LIMIT = 100, 10_000
LONGEST_VALUE = 200
# Every address takes them: the language of titles, and the only format, which habit asks for.
COMMON = ("lang", "f")
ITEM = ("crs", *COMMON)
ITEMS = ("limit", "after", "before", "bbox", "bbox-crs", "crs", "datetime", *COMMON)
FORMATS = ("json",)


@dataclass(frozen=True)
class ItemsQuestion:
    """Features asked for: at most `limit` of those that meet every condition, past `after` or short of `before`.

    `values` are pairs of a filter and of what it keeps. `after` and `before` are ids of features, or None.
    """

    limit: int
    after: str | None
    before: str | None
    box: Box | None
    during: Interval | None
    values: tuple[tuple[str, str], ...]
    system: ReferenceSystem


def read_common(params: QueryDict, accepted: tuple[str, ...] = COMMON) -> None:
    """Raise `BadQuestion` on a parameter that is not accepted, empty, or on a format that does not exist."""
    refuse_unknown(params, accepted)
    for name, value in params.items():
        if name not in accepted:
            sentence = _("Le paramètre « %(name)s » n'existe pas ici. Paramètres acceptés : %(accepted)s.")
            raise BadQuestion(name[:40], sentence % {"name": name[:40], "accepted": ", ".join(accepted)})
        if not value.strip() or len(value) > LONGEST_VALUE:
            sentence = _("Le paramètre « %(name)s » est vide ou fait plus de %(most)s caractères.")
            raise BadQuestion(name, sentence % {"name": name, "most": LONGEST_VALUE})
    if params.get("f", "json") not in FORMATS:
        sentence = _("« %(asked)s » n'est pas un format servi ici. Valeurs acceptées de f : %(accepted)s.")
        raise BadQuestion("f", sentence % {"asked": params["f"][:40], "accepted": ", ".join(FORMATS)})


def read_items(params: QueryDict, collection: Collection) -> ItemsQuestion:
    """Return what is asked of a collection; raises `BadQuestion`."""
    read_common(params, (*ITEMS, *collection.filters))
    if "after" in params and "before" in params:
        raise BadQuestion("before", _("Donnez after ou before, pas les deux : une page suit ou précède un objet."))
    if "bbox-crs" in params and "bbox" not in params:
        raise BadQuestion("bbox-crs", _("bbox-crs dit le système de coordonnées de bbox : donnez aussi bbox."))
    asked = [(name, params[name]) for name in collection.filters if name in params]
    return ItemsQuestion(
        limit=read_limit(params),
        after=params.get("after"),
        before=params.get("before"),
        box=read_box(params.get("bbox"), read_system(params, "bbox-crs")),
        during=read_datetime(params.get("datetime")),
        values=tuple((name, read_value(collection.filters[name], text)) for name, text in asked),
        system=read_system(params, "crs"),
    )


def read_limit(params: QueryDict) -> int:
    """Return how many features at most; past the largest, the largest, as the standard asks; raises `BadQuestion`."""
    text = params.get("limit", str(DEFAULT_LIMIT))
    if not re.fullmatch("[0-9]+", text) or int(text) < 1:
        sentence = _("« %(text)s » n'est pas acceptable pour limit : un entier de 1 à %(largest)s est attendu.")
        raise BadQuestion("limit", sentence % {"text": text[:40], "largest": LARGEST_LIMIT})
    return min(int(text), LARGEST_LIMIT)


def read_value(about: Property, text: str) -> str:
    """Return the value of a filter when its property may take it; raises `BadQuestion`."""
    accepted = ["true", "false"] if about.json_type == "boolean" else about.choices.values if about.choices else None
    if accepted is not None and text not in accepted:
        sentence = _("« %(text)s » n'est pas une valeur de %(name)s. Valeurs acceptées : %(accepted)s.")
        raise BadQuestion(
            about.name, sentence % {"text": text[:40], "name": about.name, "accepted": ", ".join(accepted)}
        )
    return text
