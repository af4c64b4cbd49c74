"""The index of perimeters: by kind, or those that a text names."""

from collections.abc import Sequence
from typing import Any

from basins.models import Perimeter
from basins.names import normalised_name
from explorer.perimeter_kinds import SLUGS, kind_label, kind_titles, perimeter_url
from explorer.wording import number
from scoring.facts import Facts

# Over a thousand of them: they are reached by a search or from their department.
TOO_MANY_TO_LIST = (Perimeter.Kind.EPCI,)
FOUND_SHOWN = 60


def perimeter_index_page(
    facts: Facts, text: str | None, everything: Sequence[Perimeter], of_communes: Sequence[tuple[str, Perimeter]]
) -> dict[str, Any]:
    """Return the context of the index; `of_communes` pairs a commune that bears the text with what holds it."""
    found = named(everything, text) if text else []
    return {
        "edition": facts.edition,
        "text": text,
        "found": [row(one) for one in found[:FOUND_SHOWN]],
        "hidden": max(0, len(found) - FOUND_SHOWN),
        "by_commune": [row(one) | {"commune": commune} for commune, one in of_communes if one not in found],
        "kinds": []
        if text
        else [
            kind_card(kind, title, [one for one in everything if one.kind == kind])
            for kind, title in kind_titles().items()
        ],
    }


def named(everything: Sequence[Perimeter], text: str) -> list[Perimeter]:
    """Return the perimeters whose name holds every word of a text, or of that very code; shorter names first."""
    words, code = normalised_name(text).split(), text.strip().upper()
    found = [
        one
        for one in everything
        if one.code == code or words and all(f" {word}" in f" {normalised_name(one.name)}" for word in words)
    ]
    order = list(SLUGS)
    return sorted(found, key=lambda one: (one.code != code, len(one.name), order.index(Perimeter.Kind(one.kind))))


def row(one: Perimeter) -> dict[str, str]:
    """Return a perimeter of a list."""
    return {
        "name": one.name,
        "kind": kind_label(one.kind),
        "url": perimeter_url(one.kind, one.code),
        "population": number(one.population, 0),
    }


def kind_card(kind: Perimeter.Kind, title: str, rows: Sequence[Perimeter]) -> dict[str, Any]:
    """Return a kind with its perimeters by name, or their count alone when they are too many to read."""
    ordered = sorted(rows, key=lambda one: normalised_name(one.name))
    return {
        "label": title,
        "count": number(len(rows), 0),
        "rows": [] if kind in TOO_MANY_TO_LIST else [row(one) for one in ordered],
    }
