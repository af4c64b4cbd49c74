"""The project's own tables on infrastructure: coverage by land mass, ports of commerce, roads that count."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from basins.models import EmploymentZone
from infrastructure.models import GridLevel, LogisticsNode

FOLDER = Path(__file__).parent / "data"
COVERED, ABSENT, MISSING = "covered", "absent", "missing"

Kind = LogisticsNode.Kind
NODE_KINDS: tuple[str, ...] = tuple(kind.value for kind in Kind if kind is not Kind.MARSHALLING_YARD)
GRID_KV: dict[str, int] = {GridLevel.GRID_63: 63, GridLevel.GRID_225: 225, GridLevel.GRID_400: 400}
"""Levels of the transmission grid and the least voltage of each. One of any voltage is no nearer than one of 63 kV."""
ACCESS_KINDS: tuple[str, ...] = (*NODE_KINDS, *(str(level.value) for level in GridLevel))
"""Kinds of place to which a zone's distance is measured, in the order pages show them."""


class ReferenceTableError(Exception):
    """A table of the project that is incomplete or wrong; the message names the file and the entry."""


@dataclass(frozen=True)
class Seaport:
    """A port of commerce: its name and country in the World Port Index, the name shown, its ISO country code."""

    index: str
    country: str
    name: str
    iso: str


@dataclass(frozen=True)
class RoadRules:
    """What makes a section count as a motorway or expressway: routes by department, or daily traffic."""

    busy_daily_traffic: int
    dual: dict[str, tuple[str, ...]]
    labels: dict[str, str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def checked_coverage(table: dict[str, dict[str, str]]) -> dict[tuple[str, str], str]:
    """Return coverage by (kind, land mass); raises `ReferenceTableError` unless each pair has one of the words."""
    land_masses = tuple(EmploymentZone.LandMass.values)
    pairs = {(kind, mass): table.get(kind, {}).get(mass) for kind in ACCESS_KINDS for mass in land_masses}
    wrong = [f"{kind}/{mass}" for (kind, mass), word in pairs.items() if word not in (COVERED, ABSENT, MISSING)]
    strange = [kind for kind in table if kind not in ACCESS_KINDS]
    strange += [f"{kind}/{mass}" for kind in table for mass in table[kind] if mass not in land_masses]
    if wrong or strange:
        raise ReferenceTableError(f"coverage.toml : entrées absentes ou fausses : {', '.join(wrong + strange)}.")
    return {pair: str(word) for pair, word in pairs.items()}


@cache
def coverage() -> dict[tuple[str, str], str]:
    """Return what the files say of each (kind, land mass): covered, absent or missing."""
    return checked_coverage(_read("coverage.toml"))


@cache
def seaports() -> tuple[Seaport, ...]:
    """Return the ports of commerce, in the order of the file."""
    return tuple(Seaport(**entry) for entry in _read("seaports.toml")["ports"])


@cache
def road_rules() -> RoadRules:
    """Return which sections of the national road network count."""
    table = _read("roads.toml")
    dual = {route: tuple(departments) for route, departments in table["dual"].items()}
    return RoadRules(table["busy_daily_traffic"], dual, table["labels"])
