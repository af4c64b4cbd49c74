"""Basins by name, by commune and by region."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from basins.commune_search import CommuneMatch, communes_matching
from basins.names import normalised_name
from scoring.basin_search import zones_named
from scoring.errors import BadQuestion
from scoring.facts import Facts, ZoneCard
from sources.models import Edition

LONGEST_TEXT = 200
MOST_COMMUNES = 100


@dataclass(frozen=True)
class BasinsFound:
    """Basins, and the communes found by a name or a code that they no longer bear."""

    zones: Sequence[ZoneCard]
    former: Sequence[CommuneMatch] = ()


def matching_basins(facts: Facts, *, text: str | None, region: str | None) -> BasinsFound:
    """Return the basins of a region that bear a name, or hold a commune of that name; raises `BadQuestion`."""
    if region is not None:
        refuse_unknown_region(facts, region)
    found = BasinsFound(facts.zones) if text is None else named(facts, text)
    kept = [zone for zone in found.zones if region is None or region in zone.region_codes]
    codes = {zone.code for zone in kept}
    return BasinsFound(kept, [one for one in found.former if one.zone_code in codes])


def refuse_unknown_region(facts: Facts, region: str) -> None:
    """Raise `BadQuestion` on a code that no region bears."""
    if region not in facts.regions:
        sentence = _("« %(region)s » n'est le code d'aucune région. Valeurs acceptées : %(accepted)s.")
        raise BadQuestion("region", sentence % {"region": region[:40], "accepted": ", ".join(sorted(facts.regions))})


def refuse_unreadable(text: str) -> str:
    """Return a text without accents nor punctuation; raises `BadQuestion` when nothing is left, or far too much."""
    wanted = normalised_name(text)
    if not wanted or len(text) > LONGEST_TEXT:
        raise BadQuestion(
            "q",
            _("La recherche doit contenir une lettre ou un chiffre et compter au plus %(longest)s caractères.")
            % {"longest": LONGEST_TEXT},
        )
    return wanted


def named(facts: Facts, text: str) -> BasinsFound:
    """Return the basins of a name, exact first, then those of communes of that name; raises `BadQuestion`."""
    wanted = refuse_unreadable(text)
    by_name = zones_named(facts, text)
    edition = Edition.objects.get(content_hash=facts.edition.content_hash)
    communes = communes_matching(edition, text, limit=MOST_COMMUNES)
    # Names that only resemble the text help when nothing bears it.
    exact = [one for one in communes if one.called.startswith(wanted)]
    kept = exact if exact or by_name else communes
    by_commune = (facts.zones[facts.zone_index[one.zone_code]] for one in kept)
    zones = {zone.code: zone for zone in (*by_name, *by_commune)}
    return BasinsFound(list(zones.values()), [one for one in kept if one.former])
