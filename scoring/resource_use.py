"""Which resources of a basin an activity would use: its occupations, its land, its know-how."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from economy.indications import makes
from economy.models import GeographicalIndication, Plant
from scoring.activity_profile import ActivityProfile, build_profile
from scoring.capabilities import family_strengths
from scoring.criteria.land import is_land_unknown
from scoring.definitions import criterion
from scoring.facts import Facts
from scoring.nomenclature import Node
from skills.families import Family, families

# An occupation that an activity would use here: a twentieth of its production jobs, held a fifth above the national
# share by a hundred people. Judgement: under that, the basin offers what any other does.
LEAST_NEED, STRONG_QUOTIENT, LEAST_JOBS = 0.05, 1.2, 100.0
OCCUPATIONS_TOLD = 2
USES_KEPT = 2048
SITES = "land.sites"


class OccupationUse(NamedTuple):
    """An occupation family that an activity needs and that the basin holds above the national share.

    `need` is its share (0-1) of the activity's production jobs; `jobs` are estimated within `error_share`.
    """

    family: Family
    need: float
    jobs: float
    error_share: float
    quotient: float
    is_rare: bool


class SiteUse(NamedTuple):
    """Usable brownfields that a project of the usual size would fit, within `radius_km`; None: inventory too thin."""

    fitting: int | None
    needed_ha: float
    largest_ha: float
    radius_km: float


class KnownFirm(NamedTuple):
    """An establishment known in the basin: heritage firm or large plant, with its sub-class."""

    name: str
    kind: str
    naf_code: str


class KnowHow(NamedTuple):
    """Establishments of the activity's class, how many more there are of its group, and indications it may bear."""

    firms: tuple[KnownFirm, ...]
    same_group: int
    indications: tuple[str, ...]


@dataclass(frozen=True)
class ResourceUse:
    """What an activity would draw on in a basin."""

    occupations: tuple[OccupationUse, ...]
    sites: SiteUse
    know_how: KnowHow


@dataclass(frozen=True)
class KnownPlaces:
    """Establishments and industrial geographical indications of a basin, as named in the lists."""

    firms: tuple[KnownFirm, ...]
    indications: tuple[tuple[str, str], ...]  # name, division


@lru_cache(maxsize=64)
def known_places(facts: Facts, zone_code: str) -> KnownPlaces:
    """Return the establishments and indications known in a basin."""
    edition = {"edition__content_hash": facts.edition.content_hash}
    firms = Plant.objects.filter(**edition, zone__code=zone_code).order_by("naf_code", "kind", "name")
    names = GeographicalIndication.objects.filter(**edition, zone_codes__contains=[zone_code])
    return KnownPlaces(
        tuple(KnownFirm(*row) for row in firms.values_list("name", "kind", "naf_code")),
        tuple(names.values_list("name", "division")),
    )


@lru_cache(maxsize=USES_KEPT)
def resource_use(facts: Facts, zone_code: str, node: Node) -> ResourceUse:
    """Return the resources of a basin that a usual project of an activity would use; raises `NotFound`."""
    index, places = facts.zone(zone_code), known_places(facts, zone_code)
    profile = build_profile(node, facts.nomenclature, None)
    return ResourceUse(
        occupations=occupation_uses(facts, index, profile)[:OCCUPATIONS_TOLD],
        sites=site_use(facts, index, profile.hectares),
        know_how=know_how(places, profile.node),
    )


def occupation_uses(facts: Facts, index: int, profile: ActivityProfile) -> tuple[OccupationUse, ...]:
    """Return the occupations that an activity needs and the basin is strong in, those that tell most first.

    What tells: the need times the logarithm of the quotient. Empty where no stock is known.
    """
    quotients, is_rare = family_strengths(facts)
    table = facts.occupations
    found = []
    for code, need in zip(facts.nomenclature.family_codes, profile.scored_shares.tolist(), strict=True):
        if need < LEAST_NEED or code not in table.codes or code not in families():
            continue
        column = table.codes.index(code)
        jobs, quotient = float(table.jobs[index, column]), float(quotients[index, column])
        if jobs >= LEAST_JOBS and quotient >= STRONG_QUOTIENT:
            error, rare = float(table.error_share[index, column]), bool(is_rare[index, column])
            found.append(OccupationUse(families()[code], need, jobs, error, quotient, rare))
    return tuple(sorted(found, key=lambda one: -one.need * np.log(one.quotient)))


def site_use(facts: Facts, index: int, needed_ha: float) -> SiteUse:
    """Return the usable brownfields of at least the needed surface around a basin: those that the criterion counts."""
    parameters = criterion(SITES).parameters
    near = facts.site_ha[facts.site_distance_km[index] <= parameters["radius_km"]]
    fitting = near[near >= needed_ha]
    count = None if is_land_unknown(facts)[index] and not fitting.size else int(fitting.size)
    return SiteUse(count, needed_ha, float(near.max(initial=0.0)), parameters["radius_km"])


def know_how(places: KnownPlaces, node: Node) -> KnowHow:
    """Return what the lists know of an activity in a basin: its class, its group, what the indications make."""
    classes, groups = {code[:5] for code in node.subclasses}, {code[:4] for code in node.subclasses}
    same_class = [one for one in places.firms if one.naf_code[:5] in classes]
    same_group = sum(one.naf_code[:4] in groups for one in places.firms)
    borne = [name for name, division in places.indications if any(makes(name, division, c) for c in node.subclasses)]
    return KnowHow(tuple(same_class), same_group, tuple(borne))
