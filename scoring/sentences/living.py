"""Sentences of the criteria on living conditions."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _

from scoring.numbers import number
from scoring.place import Place


def _housing(place: Place) -> str:
    rent, vacancy = place.fact("rent"), place.fact("vacancy")
    parts = []
    if not np.isnan(rent):
        parts.append(_("maisons à %(rent)s €/m² par mois") % {"rent": number(rent, 1)})
    if not np.isnan(vacancy):
        parts.append(
            _("%(vacancy)s %% de logements vacants depuis plus de deux ans") % {"vacancy": number(vacancy, 1)}
        )
    said = _("Logement : %(parts)s, note %(value)s sur 100, %(standing)s") % {
        "parts": ", ".join(parts),
        "value": number(place.value, 0),
        "standing": place.standing,
    }
    if np.isnan(rent):
        return said + _(" ; loyer inconnu : la moitié de la note reste ouverte")
    return said + _(" ; vacance longue inconnue : la moitié de la note reste ouverte") if np.isnan(vacancy) else said


def _care(place: Place) -> str:
    return _("%(value)s médecins généralistes pour 10 000 habitants, %(standing)s") % {
        "value": number(place.value, 1),
        "standing": place.standing,
    }


def _migration(place: Place) -> str:
    sign = "+" if place.value > 0 else ""
    return _("Solde migratoire de %(sign)s%(value)s %% par an, %(standing)s") % {
        "sign": sign,
        "value": number(place.value, 2),
        "standing": place.standing,
    }


SENTENCES: dict[str, Callable[[Place], str]] = {
    "living.housing": _housing,
    "living.care": _care,
    "living.migration": _migration,
}
