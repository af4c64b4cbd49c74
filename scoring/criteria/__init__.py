"""The functions that measure each criterion: (facts, profile, parameters) -> Measured, one entry per zone."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from scoring.activity_profile import ActivityProfile
from scoring.cells import Measured
from scoring.criteria import access, chain, dynamics, fabric, hiring, land, living, related, skills
from scoring.facts import Facts

Measure = Callable[[Facts, ActivityProfile, Mapping[str, Any]], Measured]

MEASURES: dict[str, Measure] = {
    "skills.quotient": skills.quotient,
    "skills.depth": skills.depth,
    "skills.bmo": hiring.bmo,
    "skills.training": hiring.training,
    "skills.availability": skills.availability,
    "fabric.specialisation": fabric.specialisation,
    "fabric.fine_presence": fabric.fine_presence,
    "fabric.neighbours": fabric.neighbours,
    "fabric.related": related.related,
    "fabric.chain": chain.chain,
    "land.sites": land.sites,
    "access.modes": access.modes,
    "access.market": access.market,
    "living.housing": living.housing,
    "living.care": living.care,
    "living.migration": living.migration,
    "dynamics.local": dynamics.local,
    "dynamics.jobs": dynamics.jobs,
    "dynamics.programmes": dynamics.programmes,
}


def _nothing(profile: ActivityProfile) -> Hashable:
    return None


def _branch(profile: ActivityProfile) -> Hashable:
    if profile.covered_share:
        return profile.node.key, profile.covered_share
    return profile.node.a38, profile.branch_excess


# What each measure reads of the profile: profiles equal in it share their cells.
READS: dict[str, Callable[[ActivityProfile], Hashable]] = {
    "skills.quotient": lambda profile: profile.node.key,
    "skills.depth": lambda profile: (profile.node.key, profile.jobs),
    "skills.bmo": lambda profile: profile.node.key,
    "skills.training": lambda profile: (profile.node.key, profile.jobs),
    "skills.availability": lambda profile: profile.node.key,
    "fabric.specialisation": _branch,
    "fabric.fine_presence": lambda profile: profile.node.key,
    "fabric.neighbours": _branch,
    "fabric.related": lambda profile: (profile.node.key, profile.covered_share),
    "fabric.chain": lambda profile: profile.node.a38,
    "land.sites": lambda profile: profile.hectares,
    "access.modes": lambda profile: tuple(sorted(profile.modes.items())),
    "access.market": _nothing,
    "living.housing": _nothing,
    "living.care": _nothing,
    "living.migration": _nothing,
    "dynamics.local": _branch,
    "dynamics.jobs": _nothing,
    "dynamics.programmes": _nothing,
}
