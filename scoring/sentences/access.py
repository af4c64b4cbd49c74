"""Sentences of the criteria on networks and customers within reach."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _

from scoring.numbers import number
from scoring.place import Place


def kind_labels() -> dict[str, str]:
    """Return the name of each kind of logistics node."""
    return {
        "motorway": _("autoroute ou voie express"),
        "siding": _("embranchement ferroviaire"),
        "freight_station": _("gare ouverte au fret"),
        "combined_terminal": _("terminal de transport combiné"),
        "marshalling_yard": _("triage"),
        "seaport": _("port de mer"),
        "inland_port": _("port fluvial"),
        "airport": _("aéroport régulier"),
        "grid_63": _("poste électrique à 63 kV ou plus"),
        "grid_225": _("poste électrique à 225 kV ou plus"),
        "grid_400": _("poste électrique à 400 kV"),
    }


def _modes(place: Place) -> str:
    labels, access = kind_labels(), place.facts.access
    told = []
    for kind in place.kinds:
        column = access.kinds.index(kind)
        km, status = access.km[place.index, column], access.status[place.index, column]
        if status == "absent":
            told.append(_("%(label)s : aucun sur ce territoire") % {"label": labels[kind]})
        elif np.isnan(km):
            told.append(_("%(label)s : non disponible") % {"label": labels[kind]})
        else:
            told.append(_("%(label)s à %(km)s km") % {"label": labels[kind], "km": number(float(km), 0)})
    return _(
        "Réseaux utiles à l'activité : %(told)s (à vol d'oiseau, moyenne des habitants) ; note %(value)s sur 100, "
        "%(standing)s"
    ) % {
        "value": number(place.value, 0),
        "told": ", ".join(told),
        "standing": place.standing,
    }


def _market(place: Place) -> str:
    said = _("%(value)s emplois industriels à portée, pondérés par la distance, %(standing)s") % {
        "value": number(place.value, 0),
        "standing": place.standing,
    }
    if not place.fact("is_border"):
        return said
    return said + _(" ; bassin frontalier : les emplois de l'autre côté ne sont pas comptés")


SENTENCES: dict[str, Callable[[Place], str]] = {
    "access.modes": _modes,
    "access.market": _market,
}
