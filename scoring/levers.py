"""What can move each criterion, as declared in `data/levers.toml`: who acts, in which unit, how hard, how far."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scoring.definitions import criteria
from scoring.numbers import is_english
from sources.texts import Text

PATH = Path(__file__).resolve().parent / "data" / "levers.toml"
MOVES = ("lever", "with", "none")
ACTORS = ("members", "firms", "state", "nobody")


@dataclass(frozen=True)
class Lever:
    """A change that somebody can make: `effort` is the points of one unit, `criteria` what it moves, its own first.

    `is_less` says that the amount is taken away. It stops at `most` units, at `most_share` of today's amount but never
    under `least_most`, and at `most_per_post` a post of the project.
    """

    id: str
    criteria: tuple[str, ...]
    who: str
    action: Text
    unit: Text
    unit_one: Text
    step: float
    most: float
    most_share: float | None
    least_most: float
    most_per_post: float | None
    effort: float
    why: Text
    is_less: bool = False

    def unit_of(self, amount: float) -> str:
        """Return the unit as it goes with an amount, in the language of the reader: in French two makes a plural."""
        is_one = amount == 1 if is_english() else abs(amount) < 2
        return str(self.unit_one if is_one else self.unit)

    def most_units(self, amount: float, *, posts: float) -> float:
        """Return the largest change when `amount` units are there today, for a project of so many posts."""
        ends = [self.most]
        if self.most_share is not None:
            ends.append(max(self.least_most, self.most_share * amount))
        if self.most_per_post is not None:
            ends.append(self.most_per_post * posts)
        return min(ends)


@dataclass(frozen=True)
class Fixed:
    """A criterion that nobody can move within the horizon, and why."""

    id: str
    who: str
    why: Text


@dataclass(frozen=True)
class LeverTable:
    """Levers and fixed criteria by criterion, the years they have, who judged and when it was last read again."""

    levers: Mapping[str, Lever]
    fixed: Mapping[str, Fixed]
    horizon_years: int
    author: str
    reviewed: datetime.date


@cache
def lever_table() -> LeverTable:
    """Return the table of the data file; raises ValueError naming what is wrong in it."""
    return read_levers(tomllib.loads(PATH.read_text(encoding="utf-8")))


def read_levers(text: Mapping[str, Any]) -> LeverTable:
    """Return the table of a parsed file: each criterion has one entry; raises ValueError naming what is wrong."""
    entries = {key: one for key, one in text.items() if isinstance(one, Mapping)}
    known = {one.id for one in criteria()}
    if set(entries) != known:
        raise ValueError(f"levers.toml: {', '.join(sorted(set(entries) ^ known))} must each have exactly one entry")
    try:
        for key, one in entries.items():
            _check(key, one, entries)
        return LeverTable(
            levers={key: _lever(key, one) for key, one in entries.items() if one["move"] == "lever"},
            fixed={key: _fixed(key, one) for key, one in entries.items() if one["move"] == "none"},
            horizon_years=text["horizon_years"],
            author=text["author"],
            reviewed=text["reviewed"],
        )
    except KeyError as error:
        raise ValueError(f"levers.toml: {error} is missing") from error


def _check(key: str, one: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]) -> None:
    if one["move"] not in MOVES:
        raise ValueError(f"levers.toml: {key}: {one['move']!r} is none of {', '.join(MOVES)}")
    if one["move"] == "with":
        if key not in entries[one["with"]].get("also", ()):
            raise ValueError(f"levers.toml: {key} moves with {one['with']}, which does not say so")
        return
    if one["who"] not in ACTORS:
        raise ValueError(f"levers.toml: {key}: {one['who']!r} is none of {', '.join(ACTORS)}")
    if one["move"] == "lever" and not (one["step"] > 0 and one["most"] >= one["step"] and one["effort"] >= 0):
        raise ValueError(f"levers.toml: {key}: step, most and effort must be positive")


def _fixed(key: str, one: Mapping[str, Any]) -> Fixed:
    return Fixed(key, one["who"], Text(**one["why"]))


def _lever(key: str, one: Mapping[str, Any]) -> Lever:
    return Lever(
        id=key,
        criteria=(key, *one.get("also", ())),
        who=one["who"],
        action=Text(**one["action"]),
        unit=Text(**one["unit"]),
        unit_one=Text(**one.get("unit_one", one["unit"])),
        step=float(one["step"]),
        most=float(one["most"]),
        most_share=one.get("most_share"),
        least_most=float(one.get("least_most", 0.0)),
        most_per_post=one.get("most_per_post"),
        effort=float(one["effort"]),
        why=Text(**one["why"]),
        is_less=bool(one.get("less", False)),
    )
