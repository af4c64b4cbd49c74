"""The places that the points of a basin rest on: the brownfields and the plants that two criteria counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from economy.models import Plant
from explorer.citations import cited
from explorer.wording import number, with_unit
from scoring.evidence import CountedPlant, CountedSite
from scoring.facts import Facts

PLACES_SHOWN = 30


def counted_places(
    facts: Facts, sites: Sequence[CountedSite], plants: Sequence[CountedPlant], commune_names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the lists of counted places, sites nearest first and plants strongest first; empty ones are left out."""
    lists = [site_list(facts, sites, commune_names), plant_list(facts, plants)]
    return [one for one in lists if one["rows"]]


def site_list(facts: Facts, sites: Sequence[CountedSite], commune_names: Mapping[str, str]) -> dict[str, Any]:
    """Return the table of the brownfields that the land criterion counted."""
    return counted_list(
        "sites",
        ngettext("La friche comptée : %(count)s", "Les friches comptées : %(count)s", len(sites)),
        [(_("Site"), "french"), (_("Commune"), "french"), (_("Surface"), "num"), (_("Distance au centre"), "num")],
        [
            [
                site.name or _("sans nom (%(code)s)") % {"code": site.code},
                commune_names.get(site.insee_code, site.insee_code),
                with_unit(number(site.surface_ha, 1), "ha"),
                with_unit(number(site.km, 1), "km"),
            ]
            for site in sites
        ],
        cited(facts, "cerema-cartofriches"),
    )


def plant_list(facts: Facts, plants: Sequence[CountedPlant]) -> dict[str, Any]:
    """Return the table of the plants that the criterion of fine presence counted."""
    kinds = {value: str(label) for value, label in Plant.Kind.choices}
    return counted_list(
        "plants",
        ngettext("L'établissement compté : %(count)s", "Les établissements comptés : %(count)s", len(plants)),
        [(_("Établissement"), "french"), (_("Nature"), ""), (_("Activité"), "french"), (_("Poids compté"), "num")],
        [[one.name, kinds[one.kind], f"{one.naf_code} {one.label}", number(one.weight, 2)] for one in plants],
        cited(facts, "epv-firms", "irep-large-plants"),
    )


def counted_list(
    identifier: str, title: str, columns: list[tuple[str, str]], rows: list[list[str]], source: str
) -> dict[str, Any]:
    """Return a list as its template shows it; a column is a name and what it holds: "num", "french" or neither."""
    return {
        "id": identifier,
        "title": title % {"count": number(len(rows), 0)},
        "columns": columns,
        "rows": [
            [(cell, holds) for cell, (_name, holds) in zip(row, columns, strict=True)] for row in rows[:PLACES_SHOWN]
        ],
        "hidden": max(0, len(rows) - PLACES_SHOWN),
        "source": source,
    }
