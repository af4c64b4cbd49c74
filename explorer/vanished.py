"""Codes that an edition before knew and that this one does not: what they were, and the nearest there is now."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.contrib.gis.db.models.functions import Area, Distance, Intersection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from basins.indicators import indicators
from basins.models import EmploymentZone, Perimeter, ZoneValue
from explorer.perimeter_kinds import KINDS, perimeter_url
from scoring.facts import Facts
from scoring.service import current_edition, current_facts

NEAREST = 3
LIKE_ENOUGH = 0.5


@dataclass(frozen=True)
class Vanished:
    """A code that names nothing now: a sentence when an edition before knew it, and the nearest choices as links."""

    sentence: str
    links: tuple[dict[str, str], ...]

    @property
    def was_known(self) -> bool:
        return bool(self.sentence)


def vanished(request: HttpRequest) -> Vanished | None:
    """Return what became of the code in the address of a page; None where no code of an edition is in it."""
    match = getattr(request, "resolver_match", None)
    named = match.kwargs if match else {}
    if "zone_code" in named:
        return _zone(current_facts(), named["zone_code"])
    if "indicator" in named:
        return _indicator(current_facts(), named["indicator"])
    if "kind" in named and "code" in named:
        return _perimeter(named["kind"], named["code"])
    return None


def _zone(facts: Facts, code: str) -> Vanished | None:
    if code in facts.zone_index:
        return None
    before = _before(EmploymentZone, code=code)
    if before is None:
        # The first digits of a code are those of its region.
        near = get_close_matches(code[:4], list(facts.zone_index), NEAREST, LIKE_ENOUGH)
        return Vanished("", tuple(_zone_link(facts, one) for one in near))
    now = EmploymentZone.objects.of(current_edition()).annotate(far=Distance("centre", before.centre))
    near = list(now.order_by("far").values_list("code", flat=True)[:NEAREST])
    sentence = _(
        "Le bassin %(name)s (%(code)s) est dans l'édition %(edition)s ; l'édition en service ne l'a plus. Les plus "
        "proches :"
    )
    told = sentence % {"name": before.name, "code": before.code, "edition": before.edition.name}
    return Vanished(told, tuple(_zone_link(facts, one) for one in near))


def _zone_link(facts: Facts, code: str) -> dict[str, str]:
    name = facts.zones[facts.zone_index[code]].name
    return {"label": f"{name} ({code})", "url": reverse("explorer:basin", args=(code,))}


def _indicator(facts: Facts, name: str) -> Vanished | None:
    held = [one for one in indicators() if one in facts.values]
    if name in held:
        return None
    group = [one for one in held if one.partition(".")[0] == name.partition(".")[0]]
    near = get_close_matches(name[:60], held, NEAREST, LIKE_ENOUGH) or group[:NEAREST]
    links = tuple(
        {"label": str(indicators()[one].label), "url": reverse("explorer:indicator", args=(one,))} for one in near
    )
    before = _before(ZoneValue, indicator=name)
    if before is None:
        return Vanished("", links)
    label = str(indicators()[name].label) if name in indicators() else name
    sentence = _("L'indicateur « %(label)s » est dans l'édition %(edition)s ; l'édition en service ne l'a plus.")
    return Vanished(sentence % {"label": label, "edition": before.edition.name}, links)


def _perimeter(kind_slug: str, code: str) -> Vanished | None:
    kind = KINDS.get(kind_slug)
    here = Perimeter.objects.of(current_edition()).filter(kind=kind)
    if kind is None or here.filter(code=code).exists():
        return None
    before = _before(Perimeter, kind=kind, code=code)
    if before is None:
        return Vanished("", ())
    shared = here.filter(geom__intersects=before.geom).annotate(shared=Area(Intersection("geom", before.geom)))
    near = shared.order_by("-shared")[:NEAREST]
    sentence = _(
        "Le périmètre %(name)s (%(code)s) est dans l'édition %(edition)s ; l'édition en service ne l'a plus. Ceux qui "
        "couvrent les mêmes communes :"
    )
    told = sentence % {"name": before.name, "code": before.code, "edition": before.edition.name}
    return Vanished(told, tuple({"label": one.name, "url": perimeter_url(one.kind, one.code)} for one in near))


def _before(model: Any, **named: str) -> Any:
    """Return the row of the latest edition, but the one on show, that has it; None where none has."""
    rows = model.objects.filter(**named, edition__is_current=False).select_related("edition")
    return rows.order_by("-edition__loaded_at").first()
