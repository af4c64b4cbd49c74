"""The traits that basins are compared on, as `data/peers.toml` declares them, read from the facts of an edition."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from basins.indicators import indicators
from measures.arrays import Floats
from measures.peers import Trait, composition_trait, number_trait
from scoring.activity_profile import DATA
from scoring.facts import Facts
from scoring.sheet_tables import level_jobs
from skills.families import families
from skills.models import Level
from sources.texts import Text

FILE = DATA / "peers.toml"
KINDS = ("indicator", "branches", "occupations", "levels")
WHOLE = 100.0


class PeersFileError(Exception):
    """A file of traits that cannot be understood; the message names the entry."""


@dataclass(frozen=True)
class TraitRule:
    """How a trait is read: an indicator by its identifier, or the parts of a whole, which `whole` names with unit."""

    id: str
    kind: str
    indicator: str
    log_offset: float | None
    of: str
    shrink: float
    label: Text
    whole: Text

    @property
    def decimals(self) -> int:
        """Decimals on screen: those of the indicator; whole percents of a composition."""
        return indicators()[self.indicator].decimals if self.indicator else 0

    @property
    def status(self) -> str:
        """What is known of a composition: published branches, or trades estimated from them."""
        return "observed" if self.kind == "branches" else "estimated"


@dataclass(frozen=True)
class Purpose:
    """What one looks for in a peer: the weight of each trait, out of 100; `slug` names it in addresses."""

    id: str
    slug: str
    label: Text
    why: Text
    weights: Mapping[str, float]


@dataclass(frozen=True)
class PeerRules:
    """The whole file; `outcomes` are the indicators shown beside alike basins, never among the traits."""

    reviewed: date
    largest_gap: float
    least_covered: float
    outcomes: tuple[str, ...]
    traits: Mapping[str, TraitRule]
    purposes: Mapping[str, Purpose]


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of a whole by zone (n, c), in %, NaN where unknown, with their codes and the national shares (c,)."""

    codes: tuple[str, ...]
    shares_pct: Floats
    national_pct: Floats


@cache
def peer_rules() -> PeerRules:
    """Return the traits and purposes of the built-in file; raises `PeersFileError`."""
    return read_rules(FILE)


def read_rules(path: Path) -> PeerRules:
    """Return the traits and purposes of a file; raises `PeersFileError` on an outcome used as a trait, a sum of
    weights other than 100, or an entry that means nothing."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    refused = {*entries["outcomes"], *entries["never"]}
    traits = {id_: _trait(id_, one, refused) for id_, one in entries["traits"].items()}
    purposes = {id_: _purpose(id_, one, traits) for id_, one in entries["purposes"].items()}
    named = {name for one in purposes.values() for name in one.weights}
    if unused := sorted(set(traits) - named):
        raise PeersFileError(f"{path.name}: no purpose weighs {', '.join(unused)}.")
    for outcome in entries["outcomes"]:
        if outcome not in indicators():
            raise PeersFileError(f"{path.name}: {outcome} is no indicator.")
    return PeerRules(
        reviewed=entries["reviewed"],
        largest_gap=float(entries["largest_gap"]),
        least_covered=float(entries["least_covered"]),
        outcomes=tuple(entries["outcomes"]),
        traits=traits,
        purposes=purposes,
    )


def _trait(id_: str, entry: Mapping[str, Any], refused: set[str]) -> TraitRule:
    kind, indicator = entry.get("kind", ""), entry.get("indicator", "")
    if kind not in KINDS or (kind == "indicator") != bool(indicator):
        raise PeersFileError(f"trait {id_}: unknown kind, or an indicator without its identifier.")
    if indicator in refused:
        raise PeersFileError(f"trait {id_}: {indicator} is an outcome, it cannot make two basins alike.")
    if kind == "indicator":
        if indicator not in indicators():
            raise PeersFileError(f"trait {id_}: {indicator} is no indicator.")
        label, whole = indicators()[indicator].label, indicators()[indicator].unit
    else:
        label, whole = Text(**entry["label"]), Text(**entry["whole"])
    log = float(entry["log"]) if "log" in entry else None
    return TraitRule(id_, kind, indicator, log, entry.get("of", ""), float(entry.get("shrink", 0)), label, whole)


def _purpose(id_: str, entry: Mapping[str, Any], traits: Mapping[str, TraitRule]) -> Purpose:
    weights = {name: float(weight) for name, weight in entry["weights"].items()}
    if unknown := sorted(set(weights) - set(traits)):
        raise PeersFileError(f"purpose {id_}: unknown traits {', '.join(unknown)}.")
    if sum(weights.values()) != WHOLE or min(weights.values()) <= 0:
        raise PeersFileError(
            f"purpose {id_}: weights are positive and sum to {WHOLE:g}, not {sum(weights.values()):g}."
        )
    return Purpose(id_, entry["slug"], Text(**entry["label"]), Text(**entry["why"]), weights)


@lru_cache(maxsize=2)
def traits_of(facts: Facts) -> dict[str, Trait]:
    """Return every trait that the edition holds, by identifier, in the order of the file."""
    found = {one.id: _read(facts, one) for one in peer_rules().traits.values()}
    return {id_: trait for id_, trait in found.items() if trait is not None}


def _read(facts: Facts, rule: TraitRule) -> Trait | None:
    if rule.kind != "indicator":
        amounts, _codes = _amounts(facts, rule)
        return composition_trait(amounts + rule.shrink * _national(amounts))
    if rule.indicator not in facts.values:
        return None
    values, status = facts.values[rule.indicator]
    return number_trait(values, is_absent=status == "absent", log_offset=rule.log_offset)


@lru_cache(maxsize=16)
def parts_of(facts: Facts, rule: TraitRule) -> Parts:
    """Return the parts of a trait that is a composition, as they are known, without what shrinks them."""
    amounts, codes = _amounts(facts, rule)
    total = amounts.sum(axis=1, keepdims=True)
    return Parts(codes, 100 * amounts / np.where(total > 0, total, np.nan), 100 * _national(amounts))


def part_label(facts: Facts, rule: TraitRule, code: str) -> str:
    """Return the name of a part of a composition: a branch, a trade or a level, in the language of the reader."""
    if rule.kind == "branches":
        return facts.nomenclature.nodes[f"a38:{code}"].label
    return str(facts.occupations.labels[code] if rule.kind == "occupations" else Level(code).label)


def _national(amounts: Floats) -> Floats:
    return np.asarray(np.nansum(amounts, axis=0) / np.nansum(amounts))


def _amounts(facts: Facts, rule: TraitRule) -> tuple[Floats, tuple[str, ...]]:
    """Jobs by zone and part (n, c), a zone where any is unknown having no composition, and codes of the parts."""
    if rule.kind == "branches":
        made = np.isin(facts.private_jobs.codes, facts.nomenclature.manufacturing)
        # The columns that no basin knows (agriculture, households, embassies) are not of the private jobs.
        kept = (made if rule.of == "manufacturing" else ~made) & ~np.isnan(facts.private_jobs.end).all(axis=0)
        return np.asarray(facts.private_jobs.end[:, kept]), _chosen(facts.private_jobs.codes, kept)
    if rule.kind == "occupations":
        known = families()
        kept = np.array([one in known and known[one].is_industrial for one in facts.occupations.codes])
        return np.asarray(facts.occupations.jobs[:, kept]), _chosen(facts.occupations.codes, kept)
    jobs = level_jobs(facts)
    return jobs.to_numpy(float), tuple(map(str, jobs.columns))


def _chosen(codes: tuple[str, ...], kept: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(code for code, is_kept in zip(codes, kept, strict=True) if is_kept)
