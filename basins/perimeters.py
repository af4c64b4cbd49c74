"""Perimeters read from an edition: lists, the zones each lies over, and those a zone takes part in."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from django.db.models import Count, Sum

from basins.models import Commune, EmploymentZone, IndustryTerritoryMember, Perimeter, PerimeterQuerySet
from sources.models import Edition


@dataclass(frozen=True)
class PerimeterZone:
    """The part of a zone that lies inside a perimeter; shares are of the municipal population, 0-1."""

    code: str
    name: str
    population_inside: int
    commune_count: int
    zone_share: float  # of the zone's people, those who live in the perimeter
    perimeter_share: float  # of the perimeter's people, those who live in the zone


@dataclass(frozen=True)
class PerimeterMember:
    """A grouping or single commune that joined a Territoire d'industrie."""

    kind: str
    kind_label: str
    siren: str
    name: str


def perimeters(edition: Edition) -> PerimeterQuerySet:
    """Perimeters of an edition without their outlines, which only maps read."""
    return Perimeter.objects.of(edition).defer("geom")


def perimeter(edition: Edition, kind: str, code: str) -> Perimeter:
    """Return one perimeter, without its outline; raises `Perimeter.DoesNotExist`."""
    return perimeters(edition).get(kind=kind, code=code)


def perimeters_frame(edition: Edition, kind: str) -> pd.DataFrame:
    """Return the perimeters of a kind indexed by code: name, legal_form, population, commune_count; by name."""
    columns = ("code", "name", "legal_form", "population", "commune_count")
    rows = Perimeter.objects.of(edition).of_kind(kind).order_by("name", "code").values_list(*columns)
    return pd.DataFrame(list(rows), columns=list(columns)).set_index("code")


def perimeter_zones(perimeter: Perimeter) -> list[PerimeterZone]:
    """Return the zones that share a commune with the perimeter, the most populous part first."""
    parts = (
        Commune.objects.in_perimeter(perimeter)
        .order_by()
        .values_list("zone__code", "zone__name", "zone__population")
        .annotate(Sum("population"), Count("pk"))
        .order_by("-population__sum", "zone__code")
    )
    return [
        PerimeterZone(code, name, inside, communes, inside / zone_population, inside / perimeter.population)
        for code, name, zone_population, inside, communes in parts
    ]


def perimeters_of_zone(edition: Edition, zone_code: str) -> list[Perimeter]:
    """Return the perimeters that share a commune with a zone, by kind and name.

    Raises `EmploymentZone.DoesNotExist`.
    """
    zone = EmploymentZone.objects.of(edition).only("edition_id").get(code=zone_code)
    return list(perimeters(edition).touching_zone(zone).order_by("kind", "name"))


def commune_codes(perimeter: Perimeter) -> Sequence[str]:
    """Return the INSEE codes of the communes of a perimeter, in order."""
    return list(Commune.objects.in_perimeter(perimeter).order_by("insee_code").values_list("insee_code", flat=True))


def territory_members(perimeter: Perimeter) -> list[PerimeterMember]:
    """Return the groupings and single communes of a Territoire d'industrie by name; none for another kind."""
    members = IndustryTerritoryMember.objects.filter(perimeter=perimeter).order_by("name", "code")
    return [PerimeterMember(one.kind, one.get_kind_display(), one.code, one.name) for one in members]
