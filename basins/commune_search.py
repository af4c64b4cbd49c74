"""Communes by name or code, those that they bear and those that they bore before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, Value, When
from django.db.models.functions import Greatest

from basins.former_names import FormerName
from basins.listed import FormerCommuneQuerySet
from basins.models import Commune, CommuneQuerySet, FormerCommune
from basins.names import normalised_name
from sources.models import Edition

CODE_BEGINNING = re.compile(r"\d[\dAB]\d{0,3}")
LONGEST_NAME = 100


@dataclass(frozen=True)
class CommuneMatch:
    """A commune found by name or code, and the zone it belongs to; `former` is the name it was found by, if old."""

    insee_code: str
    name: str
    department_code: str
    zone_code: str
    zone_name: str
    population: int
    former: FormerName | None = None

    @property
    def called(self) -> str:
        """The normalised name it was found by."""
        return self.former.normalised if self.former else normalised_name(self.name)


def communes_matching(edition: Edition, text: str, *, limit: int) -> list[CommuneMatch]:
    """Return the communes whose name or INSEE code answers a text, each once, best first.

    Order: the name itself, former communes of that very name, names that begin with the text, former ones that do,
    then those that resemble it (accents, hyphens and typing slips forgiven); the more populous first. An INSEE code,
    or its beginning, finds by code; a whole code that is no longer in force finds the commune of today.
    """
    code, name = text.strip().upper(), normalised_name(text)
    if CODE_BEGINNING.fullmatch(code):
        current = communes_of(edition).filter(insee_code__startswith=code)
        found = matches(current.order_by("-population", "insee_code")[:limit])
        return found or former_matches(former_of(edition).filter(code=code).order_by("-ended_on")[:1])
    if not 0 < len(name) <= LONGEST_NAME:
        return []
    found = beginning(edition, name, limit)
    # Only now: resemblance is ten times slower on a frequent word such as « saint ».
    return found if len(found) == limit else once([*found, *resembling(edition, name, limit)])[:limit]


def communes_of(edition: Edition) -> CommuneQuerySet:
    """Return the communes of an edition with their zone, without outlines."""
    return Commune.objects.of(edition).select_related("zone").defer("geom", "zone__geom")


def former_of(edition: Edition) -> FormerCommuneQuerySet:
    """Return the former communes of an edition with the commune of today and its zone, without outlines."""
    rows = FormerCommune.objects.of(edition).select_related("commune__zone")
    return rows.defer("commune__geom", "commune__zone__geom")


def beginning(edition: Edition, name: str, limit: int) -> list[CommuneMatch]:
    """Return the communes whose name, now or before, is or begins with a normalised name."""
    is_same = Case(When(name_normalised=name, then=Value(0)), default=Value(1))
    now = matches(communes_of(edition).beginning(name).order_by(is_same, "-population", "insee_code")[:limit])
    former = former_of(edition).beginning(name)
    before = former_matches(former.order_by(is_same, "-commune__population", "-ended_on", "code")[:limit])
    # Sorting is stable: what bears the very name goes first, and what bears it now before what bore it.
    return once(sorted([*now, *before], key=lambda one: one.called != name))[:limit]


def resembling(edition: Edition, name: str, limit: int) -> list[CommuneMatch]:
    """Return the communes whose name, now or before, resembles a normalised name, the closest first."""
    whole, word = TrigramSimilarity("name_normalised", name), TrigramWordSimilarity(name, "name_normalised")
    closeness = Greatest(whole, word)
    now = communes_of(edition).resembling(name).annotate(closeness=closeness)
    before = former_of(edition).resembling(name).annotate(closeness=closeness)
    found = [
        *((one.closeness, match_of(one)) for one in now.order_by("-closeness", "-population", "insee_code")[:limit]),
        *((one.closeness, former_match(one)) for one in before.order_by("-closeness", "-commune__population")[:limit]),
    ]
    return once(one for _closeness, one in sorted(found, key=lambda pair: -pair[0]))


def once(found: Iterable[CommuneMatch]) -> list[CommuneMatch]:
    """Return communes each once, as first found."""
    kept: dict[str, CommuneMatch] = {}
    for one in found:
        kept.setdefault(one.insee_code, one)
    return list(kept.values())


def matches(rows: Iterable[Commune]) -> list[CommuneMatch]:
    """Return communes as found by what they are."""
    return [match_of(one) for one in rows]


def former_matches(rows: Iterable[FormerCommune]) -> list[CommuneMatch]:
    """Return communes as found by what they were."""
    return [former_match(one) for one in rows]


def former_match(row: FormerCommune) -> CommuneMatch:
    commune = row.commune
    name = FormerName(row.code, row.name, commune.insee_code, commune.name, row.ended_on, row.is_direct)
    return match_of(commune, name)


def match_of(one: Commune, former: FormerName | None = None) -> CommuneMatch:
    zone = one.zone
    return CommuneMatch(one.insee_code, one.name, one.department_id, zone.code, zone.name, one.population, former)
