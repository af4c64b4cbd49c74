"""What a basin is compared with: its regions and the nation, each the proper aggregate of its basins."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from basins.indicators import POPULATION, Aggregate, Indicator, indicators
from basins.territories import zone_region_population
from measures.arrays import Flags, Floats
from measures.quotient import location_quotient
from measures.territory import harmonic_mean, median_known, weighted_mean
from scoring.facts import Facts
from sources.models import Edition

NATION = "france"
# A region in which fewer people of the basin live (in %) is named, not compared with.
LEAST_PART_PCT = 5.0
# Under this share of its people in basins whose value is known, a territory has no value.
LEAST_KNOWN_SHARE = 0.5


@dataclass(frozen=True)
class RegionPart:
    """The share (in %) of a basin's people who live in a region."""

    code: str
    name: str
    share_pct: float


@dataclass(frozen=True, eq=False)
class Territory:
    """A set of basins under one name: `members` (n,) over the zones of the facts."""

    code: str
    name: str
    members: Flags


@dataclass(frozen=True)
class TerritoryValue:
    """An indicator in a territory; `known` of its `count` basins have a value, so that a partial sum is a least."""

    value: float | None
    status: str
    known: int
    count: int

    @property
    def is_partial(self) -> bool:
        return self.known < self.count


def region_parts(facts: Facts, zone_code: str) -> tuple[RegionPart, ...]:
    """Return the regions of a basin, the most populous part first; raises `NotFound`."""
    facts.zone(zone_code)
    parts = _region_parts(facts)[zone_code]
    total = sum(people for _code, people in parts) or 1
    return tuple(RegionPart(code, facts.regions[code], 100 * people / total) for code, people in parts)


def territories_of(facts: Facts, zone_code: str) -> tuple[Territory, ...]:
    """Return what a basin is compared with, its regions by share of its people and then the nation.

    A region that is the basin itself (Mayotte) would compare it with itself: it is left out.
    """
    parts = [one for one in region_parts(facts, zone_code) if one.share_pct >= LEAST_PART_PCT]
    regions = [region(facts, one.code) for one in parts]
    alone = facts.zone(zone_code)
    return (*(one for one in regions if one.members.sum() > 1 or not one.members[alone]), nation(facts))


def region(facts: Facts, code: str) -> Territory:
    """Return a region as the basins most of whose people live in it, so that regions add up to the nation."""
    main = _main_regions(facts)
    return Territory(code, facts.regions[code], main == code)


def nation(facts: Facts) -> Territory:
    """Return all basins."""
    return Territory(NATION, _("France"), np.ones(len(facts.zones), dtype=bool))


@lru_cache(maxsize=2)
def _region_parts(facts: Facts) -> dict[str, list[tuple[str, int]]]:
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    parts: dict[str, list[tuple[str, int]]] = {zone.code: [] for zone in facts.zones}
    for row in zone_region_population(edition).itertuples():
        parts[str(row.zone)].append((str(row.region), int(str(row.population))))
    return parts


@lru_cache(maxsize=2)
def _main_regions(facts: Facts) -> npt.NDArray[np.str_]:
    parts = _region_parts(facts)
    return np.array([parts[zone.code][0][0] for zone in facts.zones])


def territory_values(facts: Facts, territory: Territory) -> dict[str, TerritoryValue]:
    """Return the value of every indicator in a territory; computed once per territory and process."""
    return _territory_values(facts, territory.code, territory.members.tobytes())


@lru_cache(maxsize=256)
def _territory_values(facts: Facts, code: str, members: bytes) -> dict[str, TerritoryValue]:
    mask = np.frombuffer(members, dtype=bool)
    return {one.id: aggregated(facts, one, mask) for one in indicators().values() if one.id in facts.values}


def aggregated(facts: Facts, indicator: Indicator, members: Flags) -> TerritoryValue:
    """Return an indicator over the basins of a mask, by the rule its file gives.

    Basins where the thing does not exist are left out. `missing` where fewer than half the people live in basins whose
    value is known; `estimated` where a value is itself estimated, is left out, or where the rule is a median.
    """
    values, status = facts.values[indicator.id]
    inside = members & (status != "absent")
    if not inside.any():
        return TerritoryValue(None, "absent" if members.any() else "missing", 0, 0)
    known = inside & ~np.isnan(values)
    people = _weights(facts, POPULATION)
    counts = int(known.sum()), int(inside.sum())
    if people[known].sum() < LEAST_KNOWN_SHARE * people[inside].sum() or not known.any():
        return TerritoryValue(None, "missing", *counts)
    value = _by_rule(facts, indicator.aggregate, values, known)
    if np.isnan(value):
        return TerritoryValue(None, "missing", *counts)
    is_exact = (status[inside] == "observed").all() and indicator.aggregate.rule != "median"
    return TerritoryValue(value, "observed" if is_exact else "estimated", *counts)


def _by_rule(facts: Facts, aggregate: Aggregate, values: Floats, known: Flags) -> float:
    if aggregate.rule == "sum":
        return float(values[known].sum())
    if aggregate.rule == "median":
        return median_known(values[known])
    mean = {"mean": weighted_mean, "harmonic": harmonic_mean}[aggregate.rule]
    return mean(values[known], _weights(facts, aggregate.weight)[known])


def _weights(facts: Facts, name: str) -> Floats:
    if name == POPULATION:
        return np.array([zone.population for zone in facts.zones], dtype=float)
    return facts.values[name][0] if name in facts.values else np.full(len(facts.zones), np.nan)


def branch_shares_pct(facts: Facts, members: Flags) -> Floats:
    """Return the share (k,) in % of each A38 branch in the private jobs of the basins of a mask; sums of jobs."""
    return shares_pct(np.nansum(facts.private_jobs.end[members], axis=0))


def shares_pct(jobs: Floats) -> Floats:
    """Return the share (k,) in % of each number of jobs in their sum, NaN where there is none."""
    total = float(jobs.sum())
    return 100 * jobs / total if total else np.full(jobs.shape, np.nan)


def family_shares(facts: Facts, members: Flags) -> Floats:
    """Return the share (f,) of each occupation family in the estimated jobs of the basins of a mask."""
    jobs = np.nansum(facts.occupations.jobs[members], axis=0)
    total = float(jobs.sum())
    return jobs / total if total else np.full(jobs.shape, np.nan)


def family_quotients(facts: Facts, members: Flags) -> Floats:
    """Return how many times the national share (f,) each occupation family holds in the basins of a mask."""
    jobs = np.nansum(facts.occupations.jobs[members], axis=0)
    national = family_shares(facts, nation(facts).members)
    return location_quotient(jobs[None, :], np.array([jobs.sum()]), national)[0]


def series_of(jobs: Floats, territories: Sequence[Territory]) -> dict[str, Floats]:
    """Return by territory code its jobs by year (y,): the sum of (n, y) over its basins known every year, else NaN."""
    is_whole = ~np.isnan(jobs).any(axis=1)
    found = {}
    for one in territories:
        inside = one.members & is_whole
        found[one.code] = jobs[inside].sum(axis=0) if inside.any() else np.full(jobs.shape[1], np.nan)
    return found
