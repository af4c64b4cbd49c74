"""What is known of one basin: the matter of its page and of the interface."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from django.db.models import F

from basins.indicators import Indicator, indicators
from basins.models import Perimeter
from economy.models import GeographicalIndication, Plant
from economy.queries import zone_jobs_series
from infrastructure.models import BrownfieldSite
from measures.normalisation import percentile
from scoring.cells import FloatArray
from scoring.facts import Facts, ZoneCard
from scoring.references import (
    RegionPart,
    Territory,
    TerritoryValue,
    region_parts,
    series_of,
    territories_of,
    territory_values,
)
from scoring.sheet_tables import (
    AccessKm,
    BranchJobs,
    LevelJobs,
    OccupationJobs,
    access,
    composition,
    levels,
    occupations,
)
from sources.models import Edition

# (year, jobs) in order.
Series = tuple[tuple[int, float], ...]


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


@dataclass(frozen=True, eq=False)
class BasinSheet:
    """Everything a basin page shows.

    `territories` are its regions then the nation; what stands beside a figure of the basin is given in their order:
    `references` by indicator, `reference_series` of all jobs.
    """

    zone: ZoneCard
    parts: tuple[RegionPart, ...]
    territories: tuple[Territory, ...]
    indicators: tuple[IndicatorValue, ...]
    references: dict[str, tuple[TerritoryValue, ...]]
    composition: tuple[BranchJobs, ...]
    jobs_series: Series
    reference_series: tuple[Series, ...]
    occupations: tuple[OccupationJobs, ...]
    levels: tuple[LevelJobs, ...]
    plants: tuple[Plant, ...]
    indications: tuple[GeographicalIndication, ...]
    sites: tuple[BrownfieldSite, ...]
    access: tuple[AccessKm, ...]
    industry_territories: tuple[Perimeter, ...]


def basin_sheet(facts: Facts, zone_code: str) -> BasinSheet:
    """Return the sheet of a basin; raises `NotFound`."""
    index = facts.zone(zone_code)
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    in_zone = {"edition": edition, "zone__code": zone_code}
    territories = territories_of(facts, zone_code)
    beside = [territory_values(facts, one) for one in territories]
    shown = indicator_values(facts, zone_code)
    series = _all_jobs(facts)
    return BasinSheet(
        zone=facts.zones[index],
        parts=region_parts(facts, zone_code),
        territories=territories,
        indicators=shown,
        references={one.id: tuple(values[one.id] for values in beside) for one in shown},
        composition=composition(facts, index, territories),
        jobs_series=_known_years(series.columns, series.loc[zone_code].to_numpy(float)),
        reference_series=tuple(
            _known_years(series.columns, total) for total in series_of(series.to_numpy(float), territories).values()
        ),
        occupations=occupations(facts, index, territories),
        levels=levels(facts, index, territories),
        indications=tuple(GeographicalIndication.objects.of(edition).filter(zone_codes__contains=[zone_code])),
        plants=tuple(Plant.objects.filter(**in_zone).order_by("kind", "name")),
        sites=zone_sites(facts, zone_code),
        access=access(facts, index, territories),
        industry_territories=tuple(
            Perimeter.objects.filter(edition=edition, memberships__commune__zone__code=zone_code).distinct()
        ),
    )


def zone_sites(facts: Facts, zone_code: str) -> tuple[BrownfieldSite, ...]:
    """Return the verified brownfields of a basin, usable ones first, the largest first, unknown surfaces last."""
    sites = BrownfieldSite.objects.filter(edition__content_hash=facts.edition.content_hash, zone__code=zone_code)
    return tuple(sites.order_by("-is_usable", F("surface_ha").desc(nulls_last=True), "code"))


@lru_cache(maxsize=2)
def _all_jobs(facts: Facts) -> pd.DataFrame:
    """All salaried jobs by zone, in the order of the facts, and year."""
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    return zone_jobs_series(edition).reindex([zone.code for zone in facts.zones])


def _known_years(years: pd.Index, jobs: FloatArray) -> Series:
    return tuple((int(year), float(one)) for year, one in zip(years, jobs, strict=True) if not np.isnan(one))


def indicator_values(facts: Facts, zone_code: str) -> tuple[IndicatorValue, ...]:
    """Return the indicators of a basin in the order of their files; raises `NotFound`."""
    index = facts.zone(zone_code)
    return tuple(indicator_value(facts, one, index) for one in indicators().values() if one.id in facts.values)


def indicator_value(facts: Facts, one: Indicator, index: int) -> IndicatorValue:
    """Return an indicator that the edition holds in a zone, by position."""
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
