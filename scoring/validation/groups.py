"""Which criteria the bench may read: what hides the answer, what was known then, what is only known since."""

from scoring.definitions import criteria

# Measures of the activity itself in the basin: they are the answer, and are hidden.
HIDDEN = ("fabric.specialisation", "fabric.fine_presence", "dynamics.local")
# Made again from numbers of the start year or before: local jobs (2019), their change (2009-2019), tightness (2019),
# flows between branches (2014).
DATED = (
    "skills.quotient",
    "skills.depth",
    "skills.availability",
    "fabric.related",
    "fabric.neighbours",
    "fabric.chain",
    "access.market",
    "dynamics.jobs",
)
# Places that move slowly, read at the vintage of the edition: networks, sites, schools, homes, doctors.
TODAY = (
    "skills.training",
    "land.sites",
    "land.parks",
    "land.power",
    "access.modes",
    "living.housing",
    "living.care",
)
# Measured during or after the years that are judged: they may tell the answer.
LATE = ("skills.bmo", "living.migration", "dynamics.programmes")

# The score under test, first, then what it becomes without the undated inputs, and with the late ones.
VARIANTS = {"score": (*DATED, *TODAY), "score_dated": DATED, "score_late": (*DATED, *TODAY, *LATE)}


def pillar_members(pillar: str) -> tuple[str, ...]:
    """Return the criteria of a pillar."""
    return tuple(one.id for one in criteria() if one.pillar == pillar)
