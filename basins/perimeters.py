"""Perimeters read from an edition: lists, the zones each lies over, and those a zone takes part in."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from django.db.models import Count, Q, Sum

from basins.commune_sets import CommuneSet
from basins.models import (
    Commune,
    CommuneCounts,
    EmploymentZone,
    IndustryTerritoryMember,
    Perimeter,
    PerimeterCommune,
    perimeter_key,
)
from basins.queries import count_names
from sources.models import Edition, EditionRowQuerySet

AnyPerimeter = Perimeter | CommuneSet


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


def perimeters(edition: Edition) -> EditionRowQuerySet:
    """Perimeters of an edition without their outlines, which only maps read."""
    return Perimeter.objects.of(edition).defer("geom")


def perimeter(edition: Edition, kind: str, code: str) -> Perimeter:
    """Return one perimeter, without its outline; raises `Perimeter.DoesNotExist`."""
    return perimeters(edition).get(kind=kind, code=code)


def perimeter_zones(perimeter: AnyPerimeter) -> list[PerimeterZone]:
    """Return the zones that share a commune with the perimeter, the most populous part first."""
    parts = (
        Commune.objects.in_perimeter(perimeter)
        .order_by()
        .values_list("zone__code", "zone__name", "zone__population")
        .annotate(Sum("population"), Count("pk"))
        .order_by("-population__sum", "zone__code")
    )
    return [
        PerimeterZone(
            code, name, inside, communes, share(inside, zone_population), share(inside, perimeter.population)
        )
        for code, name, zone_population, inside, communes in parts
    ]


def perimeters_of_zone(edition: Edition, zone_code: str) -> list[Perimeter]:
    """Return the perimeters that share a commune with a zone, by kind and name.

    Raises `EmploymentZone.DoesNotExist`.
    """
    zone = EmploymentZone.objects.of(edition).only("pk").get(code=zone_code)
    columns = {
        Perimeter.Kind.EPCI: ("epci_siren", "ept_siren"),
        Perimeter.Kind.DEPARTMENT: ("department",),
        Perimeter.Kind.REGION: ("department__region",),
    }
    names = [(kind, column) for kind, of_kind in columns.items() for column in of_kind]
    communes = Commune.objects.filter(zone=zone).order_by()
    rows = communes.values_list(*(column for _kind, column in names)).distinct()
    # Named one by one: as a condition on subqueries, the same question takes several times longer.
    keys = {
        perimeter_key(kind, code) for row in rows for (kind, _column), code in zip(names, row, strict=True) if code
    }
    territories = PerimeterCommune.objects.filter(commune__zone=zone).values("perimeter")
    chosen = Q(key__in=keys) | Q(pk__in=territories)
    return list(perimeters(edition).filter(chosen).order_by("kind", "name"))


def commune_codes(perimeter: AnyPerimeter) -> Sequence[str]:
    """Return the INSEE codes of the communes of a perimeter, in order."""
    return list(Commune.objects.in_perimeter(perimeter).order_by("insee_code").values_list("insee_code", flat=True))


def perimeter_counts(perimeter: AnyPerimeter) -> pd.DataFrame:
    """Return what the communes of a perimeter add up to, indexed by count (the fields of `CommuneCounts`).

    Columns: `total` over the communes known, NaN where none is; `coverage`, the share of the perimeter's people who
    live in them, 0-1: under 1, the total is a part of the whole.
    """
    counts = CommuneCounts.objects.filter(commune__in=Commune.objects.in_perimeter(perimeter).values("pk"))
    names = count_names()
    totals = {f"{name}_total": Sum(name) for name in names}
    known = {f"{name}_known": Sum("commune__population", filter=Q(**{f"{name}__isnull": False})) for name in names}
    found = counts.aggregate(**totals, **known)
    rows = [(found[f"{name}_total"], share(found[f"{name}_known"] or 0, perimeter.population)) for name in names]
    return pd.DataFrame(rows, index=pd.Index(names, name="count"), columns=["total", "coverage"]).astype(float)


def territory_members(perimeter: AnyPerimeter) -> list[PerimeterMember]:
    """Return the groupings and single communes of a Territoire d'industrie by name; none for another kind."""
    if isinstance(perimeter, CommuneSet):
        return []
    members = IndustryTerritoryMember.objects.filter(perimeter=perimeter).order_by("name", "code")
    return [PerimeterMember(one.kind, one.get_kind_display(), one.code, one.name) for one in members]


def share(part: int, whole: int) -> float:
    """Return a part of a whole (0-1); where nobody lives, no part of anybody."""
    return part / whole if whole else 0.0
