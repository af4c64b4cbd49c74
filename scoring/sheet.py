"""What is known of one basin: the matter of its page and of the interface."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from basins.indicators import Indicator, indicators
from basins.models import Perimeter
from economy.models import Plant
from economy.queries import zone_jobs_series
from infrastructure.models import BrownfieldSite
from measures.normalisation import percentile
from measures.quotient import location_quotient
from scoring.activity_profile import families
from scoring.cells import FloatArray
from scoring.facts import Facts, ZoneCard
from scoring.sentences.access import kind_labels
from sources.models import Edition

OCCUPATIONS_SHOWN = 12


@dataclass(frozen=True)
class IndicatorValue:
    """An indicator in a basin; `national_rank` is 1 for the favourable end, None where the value is not known."""

    id: str
    group: str
    label: str
    value: float | None
    unit: str
    decimals: int
    status: str
    grain: str
    vintage: str
    source: str
    national_rank: int | None
    ranked: int
    percentile: float | None


@dataclass(frozen=True)
class BranchJobs:
    """Private jobs of an A38 branch in a basin; `quotient` is the share here over the share in France."""

    code: str
    label: str
    jobs: float | None
    share_pct: float | None
    quotient: float | None
    status: str


@dataclass(frozen=True)
class OccupationJobs:
    """Estimated jobs of an occupation family in a basin, with the relative error of the estimate."""

    code: str
    label: str
    level: str
    jobs: float
    quotient: float
    error_share: float


@dataclass(frozen=True)
class AccessKm:
    """Distance from the people of a basin to the nearest node of a kind."""

    kind: str
    label: str
    km: float | None
    nearest: str
    status: str


@dataclass(frozen=True, eq=False)
class BasinSheet:
    """Everything a basin page shows."""

    zone: ZoneCard
    region_names: tuple[str, ...]
    indicators: tuple[IndicatorValue, ...]
    composition: tuple[BranchJobs, ...]
    jobs_series: tuple[tuple[int, float], ...]
    national_series: tuple[tuple[int, float], ...]
    occupations: tuple[OccupationJobs, ...]
    plants: tuple[Plant, ...]
    sites: tuple[BrownfieldSite, ...]
    access: tuple[AccessKm, ...]
    industry_territories: tuple[Perimeter, ...]


def basin_sheet(facts: Facts, zone_code: str) -> BasinSheet:
    """Return the sheet of a basin; raises `NotFound`."""
    index = facts.zone(zone_code)
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    in_zone = {"edition": edition, "zone__code": zone_code}
    series = zone_jobs_series(edition)
    whole = series.sum(axis=0, min_count=1)
    zone = facts.zones[index]
    return BasinSheet(
        zone=zone,
        region_names=tuple(facts.regions[code] for code in zone.region_codes),
        indicators=indicator_values(facts, zone_code),
        composition=_composition(facts, index),
        jobs_series=_known_years(series.columns, series.loc[zone_code].to_numpy(float)),
        national_series=_known_years(series.columns, whole.to_numpy(float)),
        occupations=_occupations(facts, index),
        plants=tuple(Plant.objects.filter(**in_zone).order_by("kind", "name")),
        sites=tuple(BrownfieldSite.objects.filter(**in_zone).order_by("-is_usable", "-surface_ha", "code")),
        access=_access(facts, index),
        industry_territories=tuple(
            Perimeter.objects.filter(edition=edition, memberships__commune__zone__code=zone_code).distinct()
        ),
    )


def _known_years(years: pd.Index, jobs: FloatArray) -> tuple[tuple[int, float], ...]:
    return tuple((int(year), float(one)) for year, one in zip(years, jobs, strict=True) if not np.isnan(one))


def indicator_values(facts: Facts, zone_code: str) -> tuple[IndicatorValue, ...]:
    """Return the indicators of a basin in the order of their files; raises `NotFound`."""
    index = facts.zone(zone_code)
    return tuple(_indicator(facts, one, index) for one in indicators().values() if one.id in facts.values)


def _indicator(facts: Facts, one: Indicator, index: int) -> IndicatorValue:
    values, status = facts.values[one.id]
    value = float(values[index])
    is_known = not np.isnan(value)
    favourable = -values if one.better == "less" else values
    known = np.sort(-favourable[~np.isnan(favourable)])
    producer = facts.vintages.get(one.sources[0], ("", "", ""))[0]
    return IndicatorValue(
        id=one.id,
        group=one.group,
        label=str(one.label),
        value=value if is_known else None,
        unit=str(one.unit),
        decimals=one.decimals,
        status=str(status[index]),
        grain=one.grain,
        vintage=one.vintage,
        source=producer,
        national_rank=int(np.searchsorted(known, -favourable[index])) + 1 if is_known else None,
        ranked=int(known.size),
        percentile=round(100 * float(percentile(values)[index]), 1) if is_known else None,
    )


def _composition(facts: Facts, index: int) -> tuple[BranchJobs, ...]:
    table = facts.private_jobs
    national = np.nansum(table.end, axis=0)
    jobs = table.end[index]
    total = float(np.nansum(jobs))
    quotients = location_quotient(jobs[None, :], np.array([total]), national / national.sum())[0]
    rows = [
        BranchJobs(
            code=code,
            label=facts.nomenclature.nodes[f"a38:{code}"].label,
            jobs=None if np.isnan(jobs[column]) else float(jobs[column]),
            share_pct=100 * float(jobs[column]) / total if total and not np.isnan(jobs[column]) else None,
            quotient=None if np.isnan(quotients[column]) else float(quotients[column]),
            status=str(table.end_status[index, column]),
        )
        for column, code in enumerate(table.codes)
        if code in facts.nomenclature.manufacturing
    ]
    return tuple(sorted(rows, key=lambda row: -(row.jobs or 0)))


def _occupations(facts: Facts, index: int) -> tuple[OccupationJobs, ...]:
    """The scored families that the basin holds most above its size."""
    table = facts.occupations
    jobs = table.jobs[index]
    if np.isnan(jobs).all():
        return ()
    national = np.nansum(table.jobs, axis=0)
    quotients = location_quotient(jobs[None, :], np.array([np.nansum(jobs)]), national / national.sum())[0]
    rows = [
        OccupationJobs(code, str(family.label), family.level, float(jobs[i]), float(quotients[i]), float(error))
        for i, (code, error) in enumerate(zip(table.codes, table.error_share[index], strict=True))
        if (family := families().get(code)) and family.is_scored and jobs[i] > 0
    ]
    return tuple(sorted(rows, key=lambda row: -row.quotient)[:OCCUPATIONS_SHOWN])


def _access(facts: Facts, index: int) -> tuple[AccessKm, ...]:
    labels, access = kind_labels(), facts.access
    return tuple(
        AccessKm(
            kind=kind,
            label=labels[kind],
            km=None if np.isnan(access.km[index, column]) else float(access.km[index, column]),
            nearest=str(access.nearest[index, column]),
            status=str(access.status[index, column]),
        )
        for column, kind in enumerate(access.kinds)
    )
