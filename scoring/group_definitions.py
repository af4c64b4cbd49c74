"""How groups of basins are read, and chains of steps to start from: the lists of `data/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scoring.definitions import criteria
from sources.texts import Text

DATA = Path(__file__).resolve().parent / "data"
RULES = ("best", "pooled", "added")


@dataclass(frozen=True)
class PresetStep:
    """A step of a chain to start from: the activity and its role."""

    code: str
    name: Text


@dataclass(frozen=True)
class PresetChain:
    """A chain to start from."""

    id: str
    label: Text
    steps: tuple[PresetStep, ...]


@cache
def group_rules() -> dict[str, str]:
    """Return the rule of each criterion; raises ValueError where one has none, or an unknown one."""
    rules: dict[str, str] = tomllib.loads((DATA / "group_rules.toml").read_text(encoding="utf-8"))["rules"]
    missing = {one.id for one in criteria()} ^ set(rules)
    unknown = set(rules.values()) - set(RULES)
    if missing or unknown:
        raise ValueError(f"group_rules.toml: {', '.join(sorted(missing | unknown))}")
    return rules


@cache
def preset_chains() -> tuple[PresetChain, ...]:
    """Return the chains to start from, in the order of the file."""
    entries = tomllib.loads((DATA / "chains.toml").read_text(encoding="utf-8"))["chains"]
    return tuple(
        PresetChain(
            one["id"],
            Text(**one["label"]),
            tuple(PresetStep(step["code"], Text(**step["name"])) for step in one["steps"]),
        )
        for one in entries
    )
