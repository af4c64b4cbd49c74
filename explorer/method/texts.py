"""Limits and changes of the method, as declared in the TOML files of this folder."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sources.texts import Text

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Limit:
    """Something that the ranking does not say, and what is done about it."""

    title: Text
    text: Text


@dataclass(frozen=True)
class LimitGroup:
    """Limits of one kind."""

    title: Text
    limits: tuple[Limit, ...]


@dataclass(frozen=True)
class Change:
    """A change of the method: since which edition, why, and what it was measured to do."""

    date: datetime.date
    edition: str
    title: Text
    why: Text
    effect: Text


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def limits() -> tuple[LimitGroup, ...]:
    """Return the limits, in the order of the file."""
    return tuple(
        LimitGroup(
            Text(**group["title"]),
            tuple(Limit(Text(**one["title"]), Text(**one["text"])) for one in group["limits"]),
        )
        for group in _read("limits.toml")["groups"]
    )


@cache
def changes() -> tuple[Change, ...]:
    """Return the changes of the method, newest first whatever the order of the file."""
    found = [
        Change(one["date"], one["edition"], *(Text(**one[name]) for name in ("title", "why", "effect")))
        for one in _read("changes.toml")["changes"]
    ]
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))
