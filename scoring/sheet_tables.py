"""The tables of a basin's sheet: its branches, its occupations, its access, each beside its references."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measures.quotient import location_quotient
from measures.territory import weighted_mean
from scoring.activity_profile import families
from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.references import Territory, branch_shares_pct, family_quotients, family_shares
from scoring.sentences.access import kind_labels

# A family with fewer jobs than this share of the national total is rare: five in a thousand.
RARE_SHARE = 0.005
LEVELS = ("worker", "technician", "engineer")


@dataclass(frozen=True)
class BranchJobs:
    """Private jobs of an A38 branch in a basin; `quotient` is the share here over the share in France.

    `references_pct` are the shares in the territories that the basin is compared with, in their order.
    """

    code: str
    label: str
    jobs: float | None
    share_pct: float | None
    quotient: float | None
    status: str
    references_pct: tuple[float | None, ...]


@dataclass(frozen=True)
class OccupationJobs:
    """Estimated jobs of an occupation family in a basin, with the relative error of the estimate.

    `references` are the quotients of the territories that the basin is compared with, the nation (1) left out.
    """

    code: str
    label: str
    level: str
    jobs: float
    quotient: float
    error_share: float
    is_rare: bool
    references: tuple[float | None, ...]


@dataclass(frozen=True)
class LevelJobs:
    """Estimated jobs of the industrial occupations of a level, and their share (%) here and in each territory."""

    level: str
    jobs: float
    share_pct: float
    references_pct: tuple[float | None, ...]


@dataclass(frozen=True)
class AccessKm:
    """Distance from the people of a basin to the nearest node of a kind, and from those of its references."""

    kind: str
    label: str
    km: float | None
    nearest: str
    status: str
    references_km: tuple[float | None, ...]


def known(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(value) else float(value)


def composition(facts: Facts, index: int, territories: Sequence[Territory]) -> tuple[BranchJobs, ...]:
    """Return the manufacturing branches of a basin, the largest first."""
    table = facts.private_jobs
    national = np.nansum(table.end, axis=0)
    jobs = table.end[index]
    total = float(np.nansum(jobs))
    quotients = location_quotient(jobs[None, :], np.array([total]), national / national.sum())[0]
    references = [branch_shares_pct(facts, one.members) for one in territories]
    rows = [
        BranchJobs(
            code=code,
            label=facts.nomenclature.nodes[f"a38:{code}"].label,
            jobs=known(jobs[column]),
            share_pct=known(100 * jobs[column] / total) if total else None,
            quotient=known(quotients[column]),
            status=str(table.end_status[index, column]),
            references_pct=tuple(known(one[column]) for one in references),
        )
        for column, code in enumerate(table.codes)
        if code in facts.nomenclature.manufacturing
    ]
    return tuple(sorted(rows, key=lambda row: -(row.jobs or 0)))


def occupations(facts: Facts, index: int, territories: Sequence[Territory]) -> tuple[OccupationJobs, ...]:
    """Return the scored families of a basin, the one held most above its size first."""
    table = facts.occupations
    jobs = table.jobs[index]
    if np.isnan(jobs).all():
        return ()
    everywhere = np.ones(len(facts.zones), dtype=bool)
    national = family_shares(facts, everywhere)
    quotients = location_quotient(jobs[None, :], np.array([np.nansum(jobs)]), national)[0]
    references = [family_quotients(facts, one.members) for one in territories if not one.members.all()]
    rows = [
        OccupationJobs(
            code=code,
            label=str(family.label),
            level=family.level,
            jobs=float(jobs[column]),
            quotient=float(quotients[column]),
            error_share=float(table.error_share[index, column]),
            is_rare=bool(national[column] < RARE_SHARE),
            references=tuple(known(one[column]) for one in references),
        )
        for column, code in enumerate(table.codes)
        if (family := families().get(code)) and family.is_scored and jobs[column] > 0
    ]
    return tuple(sorted(rows, key=lambda row: -row.quotient))


def levels(facts: Facts, index: int, territories: Sequence[Territory]) -> tuple[LevelJobs, ...]:
    """Return the industrial jobs of a basin by level of skill, shares summing to 100 over the three levels."""
    table = facts.occupations
    if np.isnan(table.jobs[index]).all():
        return ()
    level_of = [family.level if (family := families().get(code)) and family.is_scored else "" for code in table.codes]
    is_of = np.array([[level == one for level in level_of] for one in LEVELS], dtype=float)

    def by_level(jobs: FloatArray) -> FloatArray:
        return is_of @ np.nan_to_num(jobs)

    here = by_level(table.jobs[index])
    others = [by_level(np.nansum(table.jobs[one.members], axis=0)) for one in territories]
    return tuple(
        LevelJobs(
            level=level,
            jobs=float(here[row]),
            share_pct=100 * float(here[row] / here.sum()),
            references_pct=tuple(100 * float(one[row] / one.sum()) if one.sum() else None for one in others),
        )
        for row, level in enumerate(LEVELS)
        if here.sum()
    )


def access(facts: Facts, index: int, territories: Sequence[Territory]) -> tuple[AccessKm, ...]:
    """Return the distance to each kind of node; a territory's is the mean of its basins weighted by their people."""
    labels, table = kind_labels(), facts.access
    people = np.array([zone.population for zone in facts.zones], dtype=float)
    return tuple(
        AccessKm(
            kind=kind,
            label=labels[kind],
            km=known(table.km[index, column]),
            nearest=str(table.nearest[index, column]),
            status=str(table.status[index, column]),
            references_km=tuple(
                known(weighted_mean(table.km[one.members, column], people[one.members])) for one in territories
            ),
        )
        for column, kind in enumerate(table.kinds)
    )
