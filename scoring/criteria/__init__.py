"""The functions that measure each criterion: (facts, profile, parameters) -> Measured, one entry per zone."""

from collections.abc import Callable, Mapping
from typing import Any

from scoring.activity_profile import ActivityProfile
from scoring.cells import Measured
from scoring.criteria import access, dynamics, fabric, land, living, skills
from scoring.facts import Facts

Measure = Callable[[Facts, ActivityProfile, Mapping[str, Any]], Measured]

MEASURES: dict[str, Measure] = {
    "skills.quotient": skills.quotient,
    "skills.depth": skills.depth,
    "fabric.specialisation": fabric.specialisation,
    "fabric.fine_presence": fabric.fine_presence,
    "fabric.neighbours": fabric.neighbours,
    "land.sites": land.sites,
    "access.modes": access.modes,
    "access.market": access.market,
    "living.housing": living.housing,
    "living.care": living.care,
    "living.migration": living.migration,
    "dynamics.local": dynamics.local,
    "dynamics.jobs": dynamics.jobs,
}
