"""Domains of training: which one a course belongs to."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sources.texts import Text

DATA = Path(__file__).resolve().parent / "data" / "courses.toml"

LYCEE = "lycee_pro"
BTS = "bts"
BUT = "but"
ENGINEERING = "engineering"


@cache
def _entries() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def domains() -> dict[str, Text]:
    """Return the label of each domain by code, in the order of the file."""
    return {code: Text(**entry["label"]) for code, entry in _entries()["domains"].items()}


def kind_of(type_label: str) -> str | None:
    """Return the kind of a course from its type as published: empty when not counted, None when unknown."""
    kind: str | None = _entries()["kinds"].get(type_label)
    return kind


def domain_of(course: str) -> str | None:
    """Return the domain of a course by the beginning of its title: empty when not counted, None when unknown."""
    entries = _entries()
    pairs = [(start, code) for code, entry in entries["domains"].items() for start in entry["starts"]]
    pairs += [(start, "") for start in entries["not_counted"]["starts"]]
    # The longest beginning wins: two courses of biology differ by their end.
    found = [pair for pair in pairs if course.startswith(pair[0])]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else None
