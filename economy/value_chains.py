"""Value chains (filières): named sets of activities, declared as data."""

import datetime
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sources.texts import Text

FILE = Path(__file__).resolve().parent / "data" / "value_chains.toml"
BASES = ("market", "know-how", "section")


@dataclass(frozen=True)
class ValueChain:
    """A chain: the NAF prefixes that it gathers, and what the grouping rests on, a judgement in every case."""

    id: str
    label: Text
    prefixes: tuple[str, ...]
    basis: str


@cache
def value_chains() -> dict[str, ValueChain]:
    """Return the chains by identifier, in the order of the file; raises ValueError naming what is wrong in it."""
    found: dict[str, ValueChain] = {}
    seen: set[str] = set()
    for entry in _file()["chains"]:
        one = ValueChain(entry["id"], Text(**entry["label"]), tuple(entry["prefixes"]), entry["basis"])
        twice = seen.intersection(one.prefixes)
        if one.basis not in BASES or one.id in found or twice:
            raise ValueError(
                f"{FILE.name}: {one.id}: {one.basis!r} unknown, or repeated: {', '.join(twice) or one.id}"
            )
        seen.update(one.prefixes)
        found[one.id] = one
    return found


def reviewed() -> datetime.date:
    """Return when the grouping was last read over."""
    day: datetime.date = _file()["reviewed"]
    return day


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def chain_of_code(naf_code: str) -> ValueChain | None:
    """Return the chain of a code by the longest prefix that covers it, None where none does."""
    pairs = [
        (prefix, one) for one in value_chains().values() for prefix in one.prefixes if naf_code.startswith(prefix)
    ]
    return max(pairs, key=lambda pair: len(pair[0]))[1] if pairs else None


def chain_of(naf_codes: Iterable[str]) -> ValueChain | None:
    """Return the chain that all sub-classes of an activity belong to, None where they belong to several."""
    found = {chain_of_code(code) for code in naf_codes}
    return found.pop() if len(found) == 1 else None
