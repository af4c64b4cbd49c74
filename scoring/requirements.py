"""What an activity requires, held against basins: shown by default, a veto when the reader applies it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from scoring.activity_profile import DATA
from scoring.cells import FloatArray
from scoring.criteria.land import is_land_unknown
from scoring.definitions import criterion
from scoring.facts import Facts
from scoring.nomenclature import Node
from sources.texts import Text

# Requirements held over all zones: two editions of all of them.
LISTED = 64


@dataclass(frozen=True)
class Requirement:
    """A condition that an activity sets: `check` is a rule that data settle, else `verify_with` says whom to ask."""

    id: str
    kind: str  # must | should | to_verify
    prefixes: tuple[str, ...]
    label: Text
    sentence: Text
    check: Mapping[str, Any] | None
    verify_with: Text | None


@dataclass(frozen=True)
class RequirementCheck:
    """A requirement held against a basin: `passed` is None when no file can tell; unapplied ones are only shown."""

    requirement: str
    label: str
    kind: str
    applied: bool
    passed: bool | None
    sentence: str
    verify_with: str  # whom to ask when no file can tell


@dataclass(frozen=True, eq=False)
class Outcome:
    """A requirement over all zones (n,): 1 met, 0 not met, NaN not known."""

    requirement: Requirement
    is_applied: bool
    passed: FloatArray

    def check(self, index: int) -> RequirementCheck:
        known = not np.isnan(self.passed[index])
        return RequirementCheck(
            requirement=self.requirement.id,
            label=str(self.requirement.label),
            kind=self.requirement.kind,
            applied=self.is_applied,
            passed=bool(self.passed[index]) if known else None,
            sentence=str(self.requirement.sentence),
            verify_with=str(self.requirement.verify_with or ""),
        )


@cache
def requirements() -> tuple[Requirement, ...]:
    """Return every requirement of `data/requirements.toml`."""
    entries = tomllib.loads((DATA / "requirements.toml").read_text(encoding="utf-8"))["requirements"]
    return tuple(
        Requirement(
            id=entry["id"],
            kind=entry["kind"],
            prefixes=tuple(entry["applies_to"]),
            label=Text(**entry["label"]),
            sentence=Text(**entry["sentence"]),
            check=entry.get("check"),
            verify_with=Text(**entry["verify_with"]) if "verify_with" in entry else None,
        )
        for entry in entries
    )


def requirements_of(node: Node) -> tuple[Requirement, ...]:
    """Return the requirements whose NAF prefixes cover the whole activity: each of its sub-classes."""
    leaves = node.subclasses
    return tuple(one for one in requirements() if leaves and all(leaf.startswith(one.prefixes) for leaf in leaves))


def outcomes(facts: Facts, node: Node, applied: tuple[str, ...]) -> tuple[Outcome, ...]:
    """Return the requirements of an activity over all zones."""
    return tuple(Outcome(one, one.id in applied, _passed_everywhere(facts, one.id)) for one in requirements_of(node))


def is_lacking(one: Requirement, passed: float) -> bool:
    """Whether a zone is known not to have what the activity cannot do without, `passed` being its 1, 0 or NaN."""
    return one.kind == "must" and passed == 0


def lacking(facts: Facts, node: Node, index: int) -> tuple[Requirement, ...]:
    """Return what an activity cannot do without and a zone is known not to have, as its ranking says of it."""
    musts = [one for one in requirements_of(node) if one.kind == "must"]
    return tuple(one for one in musts if is_lacking(one, _passed_everywhere(facts, one.id)[index]))


@lru_cache(maxsize=LISTED)
def _passed_everywhere(facts: Facts, requirement: str) -> FloatArray:
    """A requirement over all zones (n,), NaN without a check, held once however many activities share it."""
    check = next(one.check for one in requirements() if one.id == requirement)
    return _passed(facts, check) if check else np.full(len(facts.zones), np.nan)


def _passed(facts: Facts, check: Mapping[str, Any]) -> FloatArray:
    return RULES[check["rule"]](facts, check)


def _mode_within_km(facts: Facts, check: Mapping[str, Any]) -> FloatArray:
    """Met when one of the mode's nodes is within the distance; known not to be met where the mode does not exist."""
    kinds = criterion("access.modes").parameters["modes"][check["mode"]]
    met = []
    for kind in kinds:
        column = facts.access.kinds.index(kind)
        near = (facts.access.km[:, column] <= check["km"]).astype(float)
        met.append(np.where(facts.access.status[:, column] == "missing", np.nan, near))
    return _any(met)


def _sites_min_ha(facts: Facts, check: Mapping[str, Any]) -> FloatArray:
    """Met when a verified site is large enough; unknown where the land inventory is too thin to say no."""
    large = (facts.site_distance_km <= check["km"]) & (facts.site_ha >= check["ha"])
    return np.where(large.any(axis=1), 1.0, np.where(is_land_unknown(facts), np.nan, 0.0))


def _grid_within_km(facts: Facts, check: Mapping[str, Any]) -> FloatArray:
    """Met when a substation of the voltage is within the distance; unknown where RTE's file does not reach."""
    km = facts.access.distances(f"grid_{check['kv']}")
    return np.where(np.isnan(km), np.nan, (km <= check["km"]).astype(float))


def _any_of(facts: Facts, check: Mapping[str, Any]) -> FloatArray:
    return _any([_passed(facts, one) for one in check["checks"]])


def _any(met: list[FloatArray]) -> FloatArray:
    """1 when one is met, else unknown when one is unknown, else 0."""
    columns = np.column_stack(met)
    return np.where((columns == 1).any(axis=1), 1.0, np.where(np.isnan(columns).any(axis=1), np.nan, 0.0))


RULES = {
    "mode_within_km": _mode_within_km,
    "grid_within_km": _grid_within_km,
    "sites_min_ha": _sites_min_ha,
    "any_of": _any_of,
}
