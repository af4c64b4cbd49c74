"""What the pages of perimeters read: lists, and all that lies inside one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import F

from basins.commune_search import communes_matching
from basins.commune_sets import CommuneSet
from basins.models import Commune, EmploymentZone, Perimeter
from basins.own_perimeters import set_outline
from basins.perimeter_map import PerimeterMap, perimeter_map
from basins.perimeters import (
    AnyPerimeter,
    PerimeterMember,
    PerimeterZone,
    commune_codes,
    perimeter,
    perimeter_counts,
    perimeter_zones,
    perimeters,
    perimeters_of_zone,
    territory_members,
)
from economy.commune_jobs import PerimeterJobs, perimeter_jobs
from economy.models import CommuneJobs, Plant
from explorer.former_words import then_and_now
from explorer.perimeter_kinds import kind_titles
from explorer.queries import commune_names
from infrastructure.models import BrownfieldSite
from infrastructure.queries import listed_brownfields
from scoring.facts import EditionCard, Facts
from sources.models import Edition

COMMUNES_LOOKED_AT = 5
Kind = Perimeter.Kind


@dataclass(frozen=True)
class PerimeterInside:
    """What lies inside a perimeter: its zones, verified sites, known plants, members and the perimeters it holds."""

    zones: Sequence[PerimeterZone]
    jobs: PerimeterJobs
    national_jobs: dict[int, int]
    counts: pd.DataFrame  # what its communes add up to, see `perimeter_counts`
    listed: dict[str, int]  # brownfields listed in its communes, see `listed_brownfields`
    sites: Sequence[BrownfieldSite]
    plants: Sequence[Plant]
    members: Sequence[PerimeterMember]
    groups: Sequence[tuple[str, Sequence[Perimeter]]]
    commune_names: dict[str, str]
    map: PerimeterMap


def edition_of(card: EditionCard) -> Edition:
    return Edition.objects.get(content_hash=card.content_hash)


@lru_cache(maxsize=2)
def _everything(content_hash: str) -> tuple[Perimeter, ...]:
    return tuple(perimeters(Edition.objects.get(content_hash=content_hash)).order_by("kind", "name"))


def all_perimeters(card: EditionCard) -> tuple[Perimeter, ...]:
    """Return every perimeter of the edition without its outline, by kind and name; read once per process."""
    return _everything(card.content_hash)


def one_perimeter(card: EditionCard, kind: str, code: str) -> Perimeter:
    """Return a perimeter; raises `Perimeter.DoesNotExist`."""
    return perimeter(edition_of(card), kind, code)


def holding_communes_named(card: EditionCard, text: str) -> list[tuple[str, Perimeter]]:
    """Return the perimeters that hold the communes a text names, best first, each with the name of the commune."""
    matches = {one.insee_code: one for one in communes_matching(edition_of(card), text, limit=COMMUNES_LOOKED_AT)}
    rows = (
        Commune.objects.filter(edition__content_hash=card.content_hash, insee_code__in=matches)
        .select_related("department")
        .defer("geom")
    )
    held = {one.insee_code: one for one in rows}
    by_key = {(one.kind, one.code): one for one in all_perimeters(card)}
    found: list[tuple[str, Perimeter]] = []
    for code, match in matches.items():
        commune = held[code]
        territories = commune.memberships.values_list("perimeter__code", flat=True)
        keys = [
            *((Kind.INDUSTRY_TERRITORY, code) for code in territories),
            (Kind.EPCI, commune.ept_siren or commune.epci_siren),
            (Kind.DEPARTMENT, commune.department_id),
            (Kind.REGION, commune.department.region_id),
        ]
        told = then_and_now(match.name, match.former)
        found += [(told, by_key[key]) for key in keys if key in by_key]
    return found


def inside(facts: Facts, found: AnyPerimeter) -> PerimeterInside:
    """Return what lies inside a perimeter."""
    zones = perimeter_zones(found)
    codes = commune_codes(found)
    edition = found.edition_id
    in_communes = BrownfieldSite.objects.filter(edition=edition, insee_code__in=codes)
    sites = list(in_communes.order_by("-is_usable", F("surface_ha").desc(nulls_last=True), "code"))
    land_mass = EmploymentZone.objects.values_list("land_mass", flat=True).get(edition=edition, code=zones[0].code)
    return PerimeterInside(
        zones=zones,
        jobs=perimeter_jobs(found),
        national_jobs=national_jobs(facts.edition.content_hash),
        counts=perimeter_counts(found),
        listed=listed_brownfields(found),
        sites=sites,
        plants=plants_inside(found, zones),
        members=territory_members(found),
        groups=groups(facts.edition, found),
        commune_names=commune_names(facts.edition, [one.insee_code for one in sites[:50]]),
        map=perimeter_map(found, land_mass),
    )


@lru_cache(maxsize=2)
def national_jobs(content_hash: str) -> dict[int, int]:
    """Return the private jobs of all communes by year."""
    rows = CommuneJobs.objects.filter(edition__content_hash=content_hash).values_list("first_year", "jobs")
    totals: dict[int, int] = {}
    for first_year, jobs in rows:
        for year, count in enumerate(jobs, start=first_year):
            totals[year] = totals.get(year, 0) + count
    return dict(sorted(totals.items()))


def plants_inside(found: AnyPerimeter, zones: Sequence[PerimeterZone]) -> list[Plant]:
    """Return the plants of the zones wholly inside, and those of the others that stand within the outline."""
    outline = outline_of(found)
    is_whole = {one.code: one.zone_share == 1.0 for one in zones}
    plants = Plant.objects.filter(edition=found.edition_id)
    whole = plants.filter(zone__code__in=[code for code, entire in is_whole.items() if entire])
    cut = plants.filter(zone__code__in=[code for code, entire in is_whole.items() if not entire])
    partly = cut.filter(point__coveredby=outline) if outline else cut.none()
    return sorted([*whole, *partly], key=lambda one: (one.kind, one.name))


def outline_of(found: AnyPerimeter) -> GEOSGeometry | None:
    """Return the simplified outline of a perimeter; None for communes that have none."""
    if isinstance(found, CommuneSet):
        return set_outline(found)
    return Perimeter.objects.values_list("geom", flat=True).get(pk=found.pk)


def groups(card: EditionCard, found: AnyPerimeter) -> list[tuple[str, list[Perimeter]]]:
    """Return the perimeters that this one holds, lies in or crosses, under the words that say how."""
    communes = Commune.objects.in_perimeter(found)
    columns = ("epci_siren", "ept_siren", "department", "department__region")
    facts = list(communes.order_by().values_list(*columns).distinct())
    # The Grand Paris is one EPCI over eleven establishments: both are of interest.
    sirens = {siren for row in facts for siren in row[:2] if siren}
    territories = set(
        Perimeter.objects.filter(kind=Kind.INDUSTRY_TERRITORY, memberships__commune__in=communes).values_list(
            "code", flat=True
        )
    )
    wanted = {
        Kind.INDUSTRY_TERRITORY: territories,
        Kind.EPCI: sirens,
        Kind.DEPARTMENT: {row[2] for row in facts},
        Kind.REGION: {row[3] for row in facts},
    }
    everything = all_perimeters(card)
    return [
        (title, [one for one in everything if one.kind == kind and one.code in wanted[kind] and one != found])
        for kind, title in kind_titles().items()
    ]


@lru_cache(maxsize=400)
def _around(content_hash: str, zone_code: str) -> tuple[Perimeter, ...]:
    return tuple(perimeters_of_zone(Edition.objects.get(content_hash=content_hash), zone_code))


def perimeters_around(card: EditionCard, zone_code: str) -> tuple[Perimeter, ...]:
    """Return the perimeters that share a commune with a basin, by kind and name; read once per basin and process."""
    return _around(card.content_hash, zone_code)
