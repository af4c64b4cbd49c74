"""Private jobs of communes: where the file counts them, where it does not reach, and the sums of a perimeter.

Urssaf hides no count and its communes sum to its total of France: a commune without a row declares no employee, 0.
Two cases are not known instead: a department without any row, which the file does not cover (Mayotte), and a commune
re-established since 2018, which the file still counts in the commune it came out of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from django.db.models import BooleanField, ExpressionWrapper, Q

from basins.models import Commune
from basins.perimeters import AnyPerimeter
from economy.models import CommuneJobs

# Of a commune re-established since 2018, which has no outline.
IS_BARE = ExpressionWrapper(Q(geom__isnull=True), BooleanField())


class CommuneSeries(NamedTuple):
    """The jobs of a commune year after year, None where they are not known."""

    commune: int  # its key
    zone: str
    population: int
    jobs: Sequence[int] | None


@dataclass(frozen=True)
class PerimeterJobs:
    """The private jobs of the communes of a perimeter.

    `by_zone` holds the sums over communes known, zones x years, zones without any left out; `coverage`, by zone, the
    share (0-1) of the people of the perimeter there who live in communes known, and `share` that of all its people:
    under 1, a sum is a part of the whole.
    """

    by_zone: pd.DataFrame
    coverage: pd.Series
    share: float


def covered_departments(edition: int, departments: Iterable[str]) -> set[str]:
    """Return those of some departments of an edition, by its key, of which the file of jobs names a commune."""
    rows = CommuneJobs.objects.filter(edition=edition, commune__department__in=set(departments))
    return set(rows.order_by().values_list("commune__department", flat=True).distinct())


def years_held(edition: int) -> list[int]:
    """Return the years of jobs that an edition, by its key, holds for communes; none where it holds none."""
    first = CommuneJobs.objects.filter(edition=edition).only("first_year", "jobs").first()
    return list(range(first.first_year, first.first_year + len(first.jobs))) if first else []


def series_of(
    jobs: Sequence[int] | None, *, is_covered: bool, has_outline: bool, years: Sequence[int]
) -> Sequence[int] | None:
    """Return the jobs of a commune: its row, zeros where the file has none for it, None where they are not known.

    A commune re-established since 2018 has no outline.
    """
    if jobs is not None:
        return jobs
    return [0] * len(years) if is_covered and has_outline else None


def commune_series(perimeter: AnyPerimeter) -> tuple[list[int], list[CommuneSeries]]:
    """Return the years, and the series of every commune of a perimeter."""
    names = ("pk", "zone__code", "population", "department", "is_bare", "private_jobs__jobs")
    rows = Commune.objects.in_perimeter(perimeter).annotate(is_bare=IS_BARE).order_by("pk").values_list(*names)
    covered = {row[3] for row in rows if row[5] is not None}
    unseen = {row[3] for row in rows} - covered
    # Asked only of what the perimeter itself does not tell.
    covered |= covered_departments(perimeter.edition_id, unseen) if unseen else set()
    years = years_held(perimeter.edition_id)
    return years, [
        CommuneSeries(
            key, zone, people, series_of(jobs, is_covered=dept in covered, has_outline=not is_bare, years=years)
        )
        for key, zone, people, dept, is_bare, jobs in rows
    ]


def perimeter_jobs(perimeter: AnyPerimeter) -> PerimeterJobs:
    """Return the private jobs of the communes of a perimeter, and how many of its people they cover."""
    years, communes = commune_series(perimeter)
    totals: dict[str, list[int]] = {}
    for one in communes:
        if one.jobs is not None:
            totals[one.zone] = [a + b for a, b in zip(totals.get(one.zone, [0] * len(years)), one.jobs, strict=True)]
    zones = sorted({one.zone for one in communes})
    return PerimeterJobs(
        pd.DataFrame.from_dict(totals, orient="index", columns=pd.Index(years), dtype="int64").sort_index(),
        pd.Series({zone: known_share([one for one in communes if one.zone == zone]) for zone in zones}, dtype=float),
        known_share(communes),
    )


def known_share(communes: Sequence[CommuneSeries]) -> float:
    """Return the share of people who live in communes known; where nobody lives, whether all are known."""
    everybody = sum(one.population for one in communes)
    if not everybody:
        return float(all(one.jobs is not None for one in communes))
    return sum(one.population for one in communes if one.jobs is not None) / everybody
