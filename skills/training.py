"""Domains of training: which one a course belongs to, and which trainings lead to each trade."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sources.texts import Text

FOLDER = Path(__file__).resolve().parent / "data"
DATA = FOLDER / "courses.toml"

LYCEE = "lycee_pro"
BTS = "bts"
BUT = "but"
ENGINEERING = "engineering"
HIGHER_EDUCATION = "higher_education"


@dataclass(frozen=True)
class Supply:
    """The training that leads to a trade: domains of speciality, kinds of school."""

    domains: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def supplies() -> dict[str, Supply]:
    """Return the training that leads to each trade; trades that are learnt at work have none."""
    entries = tomllib.loads((FOLDER / "training_supply.toml").read_text(encoding="utf-8"))["trades"]
    return {code: Supply(tuple(entry["domains"]), tuple(entry["kinds"])) for code, entry in entries.items()}


@cache
def engineering_schools() -> tuple[str, ...]:
    """Return the beginnings of the names of the engineering schools that no Parcoursup course stands for."""
    entries = tomllib.loads((FOLDER / "engineering_schools.toml").read_text(encoding="utf-8"))
    return tuple(entries["starts"])


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
