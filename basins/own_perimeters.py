"""Sets of communes read from an edition, and lists of communes kept: the directory, the set, its outline."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import lru_cache

from django.contrib.gis.db.models import Union
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone

from basins.commune_sets import CommuneSet, list_address, list_key
from basins.commune_values import ARRONDISSEMENTS, Directory
from basins.former_names import FormerName
from basins.models import Commune, CommuneList, FormerCommune
from sources.models import Edition

# Lists kept in an hour, all readers together: 36,000 codes take at most 250 kB.
KEPT_AN_HOUR = 400
Titled = Callable[[Sequence[str]], str]


class TooManyLists(RuntimeError):
    """As many lists as are kept in an hour have been kept: no more for now."""


@lru_cache(maxsize=2)
def directory(content_hash: str) -> Directory:
    """Return the communes of an edition by code, by name and as they were before; read once per process."""
    edition = Edition.objects.get(content_hash=content_hash)
    rows = Commune.objects.of(edition).order_by("insee_code").values_list("insee_code", "name", "name_normalised")
    names: dict[str, str] = {}
    by_name: dict[str, list[str]] = {}
    for code, name, normalised in rows:
        names[code] = name
        by_name.setdefault(normalised, []).append(code)
    columns = ("code", "name", "commune__insee_code", "commune__name", "ended_on", "is_direct")
    past = FormerCommune.objects.of(edition).values_list(*columns)
    return Directory(names, by_name, tuple(FormerName(*row) for row in past))


def holds_former_codes(content_hash: str) -> bool:
    """Whether the edition knows the codes of communes that are no more."""
    return bool(directory(content_hash).former)


def commune_set(edition: Edition, asked: Iterable[str], *, name: str, titled: Titled) -> CommuneSet:
    """Return the communes that codes name, each once; codes no longer in force are followed, the unknown are told.

    `name` is what the reader calls it; `titled` says what it is called else, from the names of its communes, the most
    populous first.
    """
    known = directory(edition.content_hash)
    codes, changed, missing = set[str](), list[tuple[str, str]](), list[str]()
    for code in sorted(set(asked)):
        now = code if code in known.names else ARRONDISSEMENTS.get(code) or known.former.get(code, "")
        if now in known.names:
            codes.add(now)
            changed += [(code, now)] if now != code else []
        else:
            missing.append(code)
    rows = list(
        Commune.objects.of(edition)
        .filter(insee_code__in=codes)
        .order_by("-population", "insee_code")
        .values_list("population", "name")
    )
    return CommuneSet(
        code=list_address(asked),
        name=name or titled([one for _people, one in rows]),
        insee_codes=tuple(sorted(codes)),
        population=sum(people for people, _name in rows),
        commune_count=len(rows),
        edition_id=edition.pk,
        given_name=name,
        changed=tuple(changed),
        missing=tuple(missing),
    )


@lru_cache(maxsize=16)
def set_outline(communes: CommuneSet) -> GEOSGeometry | None:
    """Return the union of the simplified outlines of the communes; None where none of them has one."""
    shapes = Commune.objects.in_perimeter(communes).order_by()
    return shapes.aggregate(outline=Union("geom"))["outline"]


def kept_codes(key: str) -> Sequence[str] | None:
    """Return the codes of a kept list, None where none bears that key."""
    return CommuneList.objects.filter(key=key).values_list("insee_codes", flat=True).first()


@transaction.atomic
def keep_list(codes: Sequence[str]) -> str:
    """Keep a list too long to be its own address, once; return how its address names it.

    Raises `TooManyLists` when too many have been kept in an hour.
    """
    address = list_address(codes)
    if address != list_key(codes) or CommuneList.objects.filter(key=address).exists():
        return address
    if CommuneList.objects.filter(kept_at__gte=timezone.now() - timedelta(hours=1)).count() >= KEPT_AN_HOUR:
        raise TooManyLists
    CommuneList.objects.get_or_create(key=address, defaults={"insee_codes": sorted(set(codes))})
    return address
