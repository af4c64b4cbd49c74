"""The administrative perimeters that share a commune with a basin, by kind, each with the link to its page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.models import Perimeter
from explorer.perimeter_kinds import kind_titles, perimeter_url
from explorer.perimeter_queries import perimeters_around
from scoring.facts import Facts

# The page shows them among the programmes.
LISTED_APART = (Perimeter.Kind.INDUSTRY_TERRITORY,)
# A longer list is folded at first.
LONGEST_OPEN = 8


def perimeter_groups(facts: Facts, zone_code: str) -> list[dict[str, Any]]:
    """Return by kind, kinds without any or shown apart left out, the name and address of each perimeter of a basin."""
    around = perimeters_around(facts.edition, zone_code)
    groups = []
    for kind, title in kind_titles().items():
        if kind in LISTED_APART:
            continue
        rows = [{"name": one.name, "url": perimeter_url(one.kind, one.code)} for one in around if one.kind == kind]
        if rows:
            groups.append({"kind": kind.value, "title": title, "rows": rows, "is_long": len(rows) > LONGEST_OPEN})
    return groups


def perimeters_note() -> str:
    """Return which perimeters are listed."""
    return _(
        "Les intercommunalités, départements et régions qui partagent au moins une commune avec ce bassin ; la page "
        "de chacun dit dans quelle proportion."
    )


def territories_sentence(count: int) -> str:
    """Return how many Territoires d'industrie touch the basin."""
    if not count:
        return _("Aucun Territoire d'industrie ne touche ce bassin.")
    return ngettext(
        "Ce bassin touche un Territoire d'industrie :", "Ce bassin touche %(count)s Territoires d'industrie :", count
    ) % {"count": count}
