"""Pillars, criteria and presets as declared in the TOML files of this folder: one criterion a file."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sources.texts import Text

FOLDER = Path(__file__).resolve().parent

SCALES = ("linear", "log", "saturating")
DIRECTIONS = ("more", "less")
BOUNDS_RULES = ("quantiles", "fixed")
# What the validation bench says: it helps to predict, it does not, or the bench cannot judge it.
KINDS = ("predictive", "preference", "to_test")


@dataclass(frozen=True)
class Pillar:
    """A group of criteria, in the order of the screen."""

    id: str
    label: Text


@dataclass(frozen=True, eq=False)
class Criterion:
    """How one criterion is measured, bounded, weighted and sourced."""

    id: str
    pillar: str
    label: Text
    unit: Text
    decimals: int
    direction: str
    scale: str
    bounds_rule: str
    bounds: tuple[float, float]
    family: str
    weight: float
    kind: str
    sources: tuple[str, ...]
    why: Text
    formula: Text
    author: str
    reviewed: datetime.date
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Preset:
    """Weights with a plain name; pillars and criteria not named keep their default."""

    id: str
    label: Text
    weights: Mapping[str, float]


def read_criterion(path: Path) -> Criterion:
    """Return the criterion of a file; raises ValueError naming the file and what is wrong."""
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        one = Criterion(
            id=entry["id"],
            pillar=entry["id"].partition(".")[0],
            label=Text(**entry["label"]),
            unit=Text(**entry["unit"]),
            decimals=entry["decimals"],
            direction=entry["direction"],
            scale=entry["scale"],
            bounds_rule=entry["bounds"]["rule"],
            bounds=(float(entry["bounds"]["low"]), float(entry["bounds"]["high"])),
            family=entry["family"],
            weight=float(entry["weight"]),
            kind=entry["kind"],
            sources=tuple(entry["sources"]),
            why=Text(**entry["why"]),
            formula=Text(**entry["formula"]),
            author=entry["author"],
            reviewed=entry["reviewed"],
            parameters=entry.get("parameters", {}),
        )
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    for value, accepted in (
        (one.direction, DIRECTIONS),
        (one.scale, SCALES),
        (one.bounds_rule, BOUNDS_RULES),
        (one.kind, KINDS),
        (one.pillar, tuple(pillar.id for pillar in PILLARS)),
        (one.family, tuple(FAMILIES)),
    ):
        if value not in accepted:
            raise ValueError(f"{path.name}: {value!r} is none of {', '.join(accepted)}")
    return one


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


PILLARS: tuple[Pillar, ...] = tuple(
    Pillar(key, Text(**entry["label"])) for key, entry in _read("_pillars.toml")["pillars"].items()
)
FAMILIES: dict[str, Text] = {key: Text(**entry) for key, entry in _read("_pillars.toml")["families"].items()}
PRESETS: tuple[Preset, ...] = tuple(
    Preset(key, Text(**entry["label"]), entry["weights"]) for key, entry in _read("_presets.toml").items()
)


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return every criterion, in the order of the pillars then by decreasing default weight."""
    order = {pillar.id: rank for rank, pillar in enumerate(PILLARS)}
    found = [read_criterion(path) for path in sorted(FOLDER.glob("[a-z]*.toml"))]
    return tuple(sorted(found, key=lambda one: (order[one.pillar], -one.weight, one.id)))


def criterion(criterion_id: str) -> Criterion:
    """Return a criterion by its identifier; raises KeyError."""
    return {one.id: one for one in criteria()}[criterion_id]


@cache
def loaded_criteria(data_sets: frozenset[str] | None = None) -> tuple[Criterion, ...]:
    """Return the criteria that an edition made of these data sets can feed, all of them when it is not said.

    The others (business parks that no region has loaded) are listed as not loaded, and weigh nothing for anybody.
    """
    return tuple(one for one in criteria() if data_sets is None or not data_sets.isdisjoint(one.sources))
