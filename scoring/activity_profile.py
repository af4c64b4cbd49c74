"""What an activity needs: occupations, jobs, hectares, power, transport modes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from scoring.cells import FloatArray
from scoring.nomenclature import FINE_LEVELS, MERGED_A38, Node, Nomenclature
from scoring.question import MODES, Question
from skills.families import Family, families

DATA = Path(__file__).resolve().parent / "data"

PSEUDO_HIRES = 150.0
MERGED_EXCESS = 0.5
WIDER_EXCESS = 0.25
FRAGILE_HIRES = 100


@dataclass(frozen=True)
class Need:
    """A family that the activity employs: `share` of its hires, `scored_share` among scored families."""

    family: Family
    share: float
    scored_share: float


@dataclass(frozen=True)
class Defaults:
    """Land, power, modes and project sizes of a branch, with the evidence of the power figure (P or E)."""

    land_m2_per_job: tuple[float, float]
    kw_per_job: float
    kw_evidence: str
    modes: Mapping[str, float]  # shares summing to 1
    small_jobs: float
    medium_jobs: float
    large_jobs: float


@dataclass(frozen=True, eq=False)
class ActivityProfile:
    """What an activity needs, at the size of the project; `edited` names what the reader changed.

    `basis` is the level whose hires describe it (its own, or an ancestor's when it has none); it is fragile under 100
    hires.
    """

    node: Node
    needs: tuple[Need, ...]
    hires: int
    basis: str
    jobs: float
    hectares: float
    mw: float
    modes: Mapping[str, float]
    defaults: Defaults
    edited: frozenset[str]
    excess_of_branch: float  # how much of the branch's say is not about the activity, see `branch_excess`
    covered_share: float  # share of the branch's jobs in zones whose jobs by sub-class are read in its place
    scored_shares: FloatArray  # (f,) over the nomenclature's families, summing to 1

    @property
    def is_merged(self) -> bool:
        """True when the branch that is read mixes several NAF divisions: cars, aircraft and ships are one number."""
        return self.branch_excess > 0 and self.node.a38[0] in MERGED_A38

    @property
    def branch_excess(self) -> float:
        """Weight share of the branch's criteria that passes to finer evidence: nothing once every zone is finer."""
        return self.excess_of_branch * (1 - self.covered_share)

    @property
    def is_fragile(self) -> bool:
        return self.hires < FRAGILE_HIRES

    @property
    def is_estimated(self) -> bool:
        return self.basis != self.node.level


@cache
def _default_entries() -> dict[str, Any]:
    return tomllib.loads((DATA / "profile_defaults.toml").read_text(encoding="utf-8"))


def profile_defaults(node: Node) -> Defaults:
    """Return the defaults of the A38 branch, overridden by the longest NAF prefix that covers the node."""
    entries = _default_entries()
    entry = entries["branches"][node.a38[0]] if len(node.a38) == 1 else entries["several_branches"]
    prefixes = [prefix for prefix in entries["overrides"] if node.code.startswith(prefix)]
    if prefixes and node.level in FINE_LEVELS:
        entry = entry | entries["overrides"][max(prefixes, key=len)]
    low, high = entry["land_m2_per_job"]
    sizes = entry["project_jobs"]
    return Defaults(
        land_m2_per_job=(float(low), float(high)),
        kw_per_job=float(entry["kw_per_job"]),
        kw_evidence=entry["kw_evidence"],
        modes={mode: entry["mode_shares_pct"][mode] / 100 for mode in MODES},
        small_jobs=float(sizes["small"]),
        medium_jobs=float(sizes["medium"]),
        large_jobs=float(sizes["large"]),
    )


def default_evidence(defaults: Defaults) -> dict[str, str]:
    """Return what each default rests on, "P" (a public figure) or "E" (expert judgement), by the field it fills."""
    evidence = _default_entries()["evidence"]
    return {
        "jobs": evidence["project_jobs"],
        "hectares": evidence["land_m2_per_job"],
        "mw": defaults.kw_evidence,
        "modes": evidence["mode_shares_pct"],
    }


def build_profile(
    node: Node, nomenclature: Nomenclature, question: Question | None, *, covered_share: float = 0.0
) -> ActivityProfile:
    """Return the profile of a node, with the edits of a question; see `fine_grain.covered_share`."""
    defaults = profile_defaults(node)
    shares, hires, basis = hire_shares(node, nomenclature)
    scored = scored_shares(shares, nomenclature.family_codes)
    asked = question or Question(node.code, node.level)
    jobs = asked.jobs if asked.jobs is not None else defaults.medium_jobs
    m2 = sum(defaults.land_m2_per_job) / 2
    edited = {name for name in ("jobs", "hectares", "mw") if getattr(asked, name) is not None}
    return ActivityProfile(
        node=node,
        needs=_needs(shares, scored, nomenclature.family_codes),
        hires=hires,
        basis=basis,
        jobs=jobs,
        hectares=asked.hectares if asked.hectares is not None else round(jobs * m2 / 10_000, 2),
        mw=asked.mw if asked.mw is not None else round(jobs * defaults.kw_per_job / 1000, 2),
        modes=_mode_shares(dict(asked.modes)) if asked.modes else defaults.modes,
        defaults=defaults,
        edited=frozenset(edited | ({"modes"} if asked.modes else set())),
        excess_of_branch=branch_excess(node, nomenclature),
        covered_share=covered_share,
        scored_shares=scored,
    )


def branch_excess(node: Node, nomenclature: Nomenclature) -> float:
    """Return how much of the branch's say is not about the activity: a half, a quarter or nothing.

    A half when the A38 branch merges divisions; a quarter when it is one division but holds several groups and the
    activity lies in one; nothing when the activity is the branch, the division or wider.
    """
    if node.level not in FINE_LEVELS:
        return 0.0
    if node.a38[0] in MERGED_A38:
        return MERGED_EXCESS
    leaves = nomenclature.nodes[f"a38:{node.a38[0]}"].subclasses
    groups = {leaf[:4] for leaf in leaves}
    return WIDER_EXCESS if node.level != "division" and len(groups) > 1 else 0.0


def hire_shares(node: Node, nomenclature: Nomenclature) -> tuple[FloatArray, int, str]:
    """Return the shares (f,) of families in the hires of a node, its hires, and the level they come from.

    Each level is shrunk towards its parent by 150 pseudo-hires: (hires + 150 x parent share) / (all hires + 150). A
    node without hires has its parent's shares.
    """
    chain = nomenclature.chain(node)
    shares = np.full(len(nomenclature.family_codes), 1.0 / len(nomenclature.family_codes))
    for ancestor in reversed(chain):
        hires = nomenclature.hires[ancestor.key]
        if hires.sum() > 0:
            prior = 0.0 if ancestor is chain[-1] else PSEUDO_HIRES
            shares = (hires + prior * shares) / (hires.sum() + prior)
    basis = next((one for one in chain if nomenclature.hires[one.key].sum() > 0), chain[-1])
    return shares, round(nomenclature.hires[node.key].sum()), basis.level


def scored_shares(shares: FloatArray, family_codes: tuple[str, ...]) -> FloatArray:
    """Return shares (f,) kept for scored families only and summing to 1; all families when none is scored."""
    is_scored = np.array([code in families() and families()[code].is_scored for code in family_codes])
    kept = np.where(is_scored, shares, 0.0)
    total = kept.sum()
    return kept / total if total > 0 else shares


def _needs(shares: FloatArray, scored: FloatArray, family_codes: tuple[str, ...]) -> tuple[Need, ...]:
    found = [
        Need(families()[code], float(share), float(kept))
        for code, share, kept in zip(family_codes, shares, scored, strict=True)
        if share > 0 and code in families()
    ]
    return tuple(sorted(found, key=lambda need: -need.share))


def _mode_shares(modes: Mapping[str, float]) -> dict[str, float]:
    total = sum(modes.values())
    return {mode: modes.get(mode, 0.0) / total for mode in MODES}
