"""The know-how that lists and labels tell of: heritage firms, large plants, with their fine activities."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from economy.models import Plant
from explorer.perimeter_queries import PerimeterInside
from explorer.tables import Cell, Column, Table
from explorer.wording import apart, number
from scoring.facts import Facts
from scoring.sheet import BasinSheet

SOURCES = ("epv-firms", "irep-large-plants")
# A list longer than this is folded: a telephone shows the rest of the page first.
LONGEST_OPEN = 10
ACTIVITIES_NAMED = 2


def plants_table(facts: Facts, sheet: BasinSheet | PerimeterInside) -> Table | None:
    """Return the known establishments of a basin, or of a perimeter."""
    if not sheet.plants:
        return None
    columns = [
        Column(_("Établissement"), is_french=True),
        Column(_("Nature")),
        Column(_("Code NAF")),
        Column(_("Activité"), is_french=True),
    ]
    rows: list[list[Cell]] = [
        [one.name, str(one.get_kind_display()), one.naf_code, activity_label(facts, one.naf_code)]
        for one in sheet.plants
    ]
    return Table("plants", _("Savoir-faire connus"), columns, rows, sources=SOURCES, status="observed")


def activity_label(facts: Facts, naf_code: str) -> str:
    """Return the label of a sub-class, empty where the list gives a code that the nomenclature does not have."""
    node = facts.nomenclature.nodes.get(f"subclass:{naf_code}")
    return node.label if node else ""


def knowhow_sentence(facts: Facts, sheet: BasinSheet | PerimeterInside) -> str:
    """Return how many heritage firms and large plants there are, and the activities that come back most."""
    if not sheet.plants:
        return _(
            "Ni entreprise du patrimoine vivant ni grand site déclarant ses émissions dans les listes publiées. Leur "
            "absence n'est pas une preuve : ces listes ne couvrent ni les petites usines ni toutes les grandes."
        )
    kinds = Counter(one.kind for one in sheet.plants)
    counts = [
        ngettext(
            "%(count)s entreprise du patrimoine vivant", "%(count)s entreprises du patrimoine vivant", kinds["epv"]
        )
        % {"count": number(kinds["epv"], 0)},
        ngettext(
            "%(count)s grand établissement déclarant ses émissions",
            "%(count)s grands établissements déclarant leurs émissions",
            kinds["large_plant"],
        )
        % {"count": number(kinds["large_plant"], 0)},
    ]
    repeated = [pair for pair in Counter(one.naf_code for one in sheet.plants).most_common() if pair[1] > 1]
    named = [
        f"{activity_label(facts, code).lower()} ({number(count, 0)})"
        for code, count in repeated[:ACTIVITIES_NAMED]
        if activity_label(facts, code)
    ]
    most = _(" Activités qui reviennent le plus : %(named)s.") % {"named": apart(named)} if named else ""
    return f"{counts[0]}, {counts[1]}.{most}"


def plants(facts: Facts, sheet: BasinSheet) -> list[dict[str, Any]]:
    """Return the known establishments by kind, each with its fine activity and a link to who else fits it."""
    groups: dict[str, list[dict[str, str]]] = {}
    for one in sheet.plants:
        label = activity_label(facts, one.naf_code)
        groups.setdefault(one.kind, []).append(
            {
                "name": one.name,
                "naf_code": one.naf_code,
                "activity": label,
                "url": f"{reverse('explorer:ranking')}?activite={one.naf_code}" if label else "",
            }
        )
    return [
        {"label": str(Plant.Kind(kind).label), "rows": rows, "is_long": len(rows) > LONGEST_OPEN}
        for kind, rows in groups.items()
    ]
