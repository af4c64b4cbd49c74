"""Starting from the resources of a basin: its strong occupations, sites and know-how, and what would use each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from economy.indications import makes
from infrastructure.models import BrownfieldSite
from scoring.activity_profile import build_profile
from scoring.activity_sheet import relatives
from scoring.capabilities import family_strengths
from scoring.cells import FloatArray
from scoring.definitions import criterion
from scoring.facts import Facts
from scoring.resource_use import SITES, KnownFirm, known_places
from scoring.reverse import Suggestion, folded, suggestions
from skills.families import Family, families

LEVEL = "subclass"
# Notable: a stronghold of the basin, not a shade above the average. Judgement.
STRONG_QUOTIENT, LEAST_JOBS, FAMILIES_SHOWN = 1.5, 150.0, 8
LEAST_SITE_HA, SITES_SHOWN = 1.0, 8
CLASSES_SHOWN = 8
# An activity uses an occupation when a tenth of its production jobs are in it.
LEAST_NEED = 0.1
# A site suits a project that fills a quarter of it at least: a workshop alone on 30 ha wastes them.
LEAST_FILLED = 0.25
ACTIVITIES_SHOWN = 5


@dataclass(frozen=True)
class FamilyResource:
    """An occupation family that the basin holds well above its size, and the activities that would employ it most."""

    family: Family
    jobs: float
    error_share: float
    quotient: float
    national_rank: int
    is_rare: bool
    uses: tuple[Suggestion, ...]


class NearSite(NamedTuple):
    """A usable brownfield of the basin or near its centre."""

    site: BrownfieldSite
    surface_ha: float
    km: float
    is_own: bool


@dataclass(frozen=True)
class SiteResource:
    """Sites of like size, and the activities whose usual project would fill them."""

    sites: tuple[NearSite, ...]
    uses: tuple[Suggestion, ...]


@dataclass(frozen=True)
class KnowHowResource:
    """A class of activities with establishments known in the basin, or an indication, and what is akin to it."""

    label: str
    code: str  # empty for an indication
    firms: tuple[KnownFirm, ...]
    uses: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Resources:
    """What a basin can start from; empty parts are those of which nothing is known."""

    families: tuple[FamilyResource, ...]
    sites: tuple[SiteResource, ...]
    know_how: tuple[KnowHowResource, ...]


@dataclass(frozen=True, eq=False)
class _Needs:
    """What each manufacturing sub-class needs: shares (f,) of its scored occupations, hectares of a usual project."""

    shares: dict[str, FloatArray]
    hectares: dict[str, float]


def zone_resources(facts: Facts, zone_code: str) -> Resources:
    """Return the notable resources of a basin with the manufacturing activities that would use them.

    Activities are sub-classes, one a group, those for which the basin ranks best first. Raises `NotFound`.
    """
    index, needs = facts.zone(zone_code), _needs(facts)
    rows = [one for one in suggestions(facts, zone_code, LEVEL) if one.node.code in needs.shares]
    return Resources(
        _family_resources(facts, index, rows, needs),
        _site_resources(facts, index, rows, needs),
        _know_how_resources(facts, zone_code, rows),
    )


@lru_cache(maxsize=2)
def _needs(facts: Facts) -> _Needs:
    manufacturing = set(facts.nomenclature.manufacturing)
    nodes = [one for one in facts.nomenclature.nodes.values() if one.level == LEVEL and set(one.a38) <= manufacturing]
    profiles = {node.code: build_profile(node, facts.nomenclature, None) for node in nodes}
    return _Needs(
        {code: one.scored_shares for code, one in profiles.items()},
        {code: one.hectares for code, one in profiles.items()},
    )


def _first(rows: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The best suggestion of each group, the best groups first."""
    return tuple(members[0] for members in folded(list(rows))[:ACTIVITIES_SHOWN])


def _family_resources(
    facts: Facts, index: int, rows: Sequence[Suggestion], needs: _Needs
) -> tuple[FamilyResource, ...]:
    """The production families held most above the size of the basin, rare ones first, that some activity uses."""
    quotients, is_rare = family_strengths(facts)
    table, found = facts.occupations, []
    for column, code in enumerate(table.codes):
        jobs, quotient = float(table.jobs[index, column]), float(quotients[index, column])
        family = families().get(code)
        if family is None or not family.is_scored or not (jobs >= LEAST_JOBS and quotient >= STRONG_QUOTIENT):
            continue
        place = facts.nomenclature.family_codes.index(code) if code in facts.nomenclature.family_codes else None
        uses = _first(one for one in rows if place is not None and needs.shares[one.node.code][place] >= LEAST_NEED)
        if uses:
            found.append(
                FamilyResource(
                    family=family,
                    jobs=jobs,
                    error_share=float(table.error_share[index, column]),
                    quotient=quotient,
                    national_rank=int(np.nansum(quotients[:, column] > quotient)) + 1,
                    is_rare=bool(is_rare[index, column]),
                    uses=uses,
                )
            )
    return tuple(sorted(found, key=lambda one: (not one.is_rare, -one.quotient))[:FAMILIES_SHOWN])


def _site_resources(facts: Facts, index: int, rows: Sequence[Suggestion], needs: _Needs) -> tuple[SiteResource, ...]:
    """The largest usable sites within the radius of the land criterion, those of the basin before the others."""
    km = facts.site_distance_km[index]
    near = np.flatnonzero((km <= criterion(SITES).parameters["radius_km"]) & (facts.site_ha >= LEAST_SITE_HA))
    codes = {facts.site_codes[place]: place for place in near}
    sites = BrownfieldSite.objects.filter(
        edition__content_hash=facts.edition.content_hash, code__in=list(codes)
    ).select_related("zone")
    own = facts.zones[index].code
    found = [
        NearSite(one, float(facts.site_ha[place]), float(km[place]), one.zone.code == own)
        for one in sites
        for place in [codes[one.code]]
    ]
    found.sort(key=lambda one: (not one.is_own, -one.surface_ha, one.site.code))
    alike: dict[tuple[str, ...], list[NearSite]] = {}
    uses: dict[tuple[str, ...], tuple[Suggestion, ...]] = {}
    for one in found[:SITES_SHOWN]:
        fillers = _fillers(rows, needs, one.surface_ha)
        key = tuple(use.node.code for use in fillers)
        alike.setdefault(key, []).append(one)
        uses[key] = fillers
    return tuple(SiteResource(tuple(members), uses[key]) for key, members in alike.items())


def _fillers(rows: Sequence[Suggestion], needs: _Needs, surface_ha: float) -> tuple[Suggestion, ...]:
    return _first(one for one in rows if LEAST_FILLED * surface_ha <= needs.hectares[one.node.code] <= surface_ha)


def _know_how_resources(facts: Facts, zone_code: str, rows: Sequence[Suggestion]) -> tuple[KnowHowResource, ...]:
    """The classes with most establishments known, then the indications, each with what hires the same occupations."""
    places, by_code = known_places(facts, zone_code), {one.node.code: one for one in rows}
    firms: dict[str, list[KnownFirm]] = {}
    for firm in places.firms:
        if firm.naf_code in by_code:
            firms.setdefault(firm.naf_code[:5], []).append(firm)
    classes = sorted(
        firms, key=lambda code: (-len(firms[code]), by_code[firms[code][0].naf_code].fit.rank_among_basins)
    )
    found = [
        KnowHowResource(
            label=facts.nomenclature.nodes[f"class:{code}"].label,
            code=code,
            firms=tuple(firms[code]),
            uses=_akin(facts, [one for one in rows if one.node.code[:5] == code], by_code),
        )
        for code in classes[:CLASSES_SHOWN]
    ]
    for name, division in places.indications:
        made = [one for one in rows if makes(name, division, one.node.code)]
        if made:
            found.append(KnowHowResource(name, "", (), _akin(facts, made, by_code)))
    return tuple(found)


def _akin(facts: Facts, made: Sequence[Suggestion], by_code: Mapping[str, Suggestion]) -> tuple[Suggestion, ...]:
    """What is made there, then the activities that hire in the same occupations, the best ranked first."""
    near = relatives(facts, made[0].node)
    known = [by_code[one.sector.code] for one in near.found if one.sector.code in by_code] if near else []
    others = sorted(known, key=lambda one: one.fit.rank_among_basins)
    return _first([*made[:1], *others])
