"""The tables of a basin's sheet: its branches, its occupations, its access, each beside its references."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from measures.quotient import location_quotient
from measures.territory import weighted_mean
from scoring.capabilities import Capability, zone_capabilities
from scoring.cells import known
from scoring.facts import Facts
from scoring.references import Territory, branch_shares_pct, family_quotients, shares_pct
from scoring.sentences.access import kind_labels
from skills.families import LEVELS, families
from skills.models import Level
from skills.queries import zone_level_frame
from sources.models import Edition


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
    """What is known of an occupation family in a basin, its level of skill, and its quotient elsewhere.

    `references` are the quotients of the territories that the basin is compared with, the nation (1) left out.
    """

    capability: Capability
    level: str
    references: tuple[float | None, ...]

    @property
    def least_quotient(self) -> float:
        """The quotient once the error of the estimate is taken off."""
        return self.capability.quotient / (1 + self.capability.error_share)


@dataclass(frozen=True)
class LevelJobs:
    """Estimated jobs of the trades that produce or maintain at a level, their relative error, and shares (%).

    `share_pct` is that of the basin, `references_pct` those of its territories.
    """

    level: str
    label: str
    jobs: float
    error_share: float
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
    references = [family_quotients(facts, one.members) for one in territories if not one.members.all()]
    column = {code: position for position, code in enumerate(facts.occupations.codes)}
    return tuple(
        OccupationJobs(
            capability=one,
            level=families()[one.code].level,
            references=tuple(known(quotients[column[one.code]]) for quotients in references),
        )
        for one in zone_capabilities(facts, facts.zones[index].code)
    )


def levels(facts: Facts, index: int, territories: Sequence[Territory]) -> tuple[LevelJobs, ...]:
    """Return the production and maintenance jobs of a basin by level of skill, shares summing to 100."""
    jobs, error_share = _level_tables(facts)
    here, errors = jobs.to_numpy(float), error_share.to_numpy(float)
    if np.isnan(here[index]).any() or not here[index].sum():
        return ()
    shares = [shares_pct(here[index])] + [shares_pct(np.nansum(here[one.members], axis=0)) for one in territories]
    return tuple(
        LevelJobs(
            level=str(level),
            label=str(Level(level).label),
            jobs=float(here[index, column]),
            error_share=float(errors[index, column]),
            share_pct=float(shares[0][column]),
            references_pct=tuple(known(one[column]) for one in shares[1:]),
        )
        for column, level in enumerate(jobs.columns)
    )


def level_jobs(facts: Facts) -> pd.DataFrame:
    """Return the estimated production and maintenance jobs by zone, in the order of the facts, and level of skill."""
    return _level_tables(facts)[0]


@lru_cache(maxsize=2)
def _level_tables(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Jobs and their relative error by zone, in the order of the facts, and level from the least skilled."""
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    rows = zone_level_frame(edition)
    order = [zone.code for zone in facts.zones]

    def table(column: str) -> pd.DataFrame:
        return rows.pivot(index="zone", columns="level", values=column).reindex(index=order, columns=list(LEVELS))

    return table("value").astype("float64"), table("error_share").astype("float64")


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
