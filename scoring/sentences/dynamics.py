"""Sentences of the criteria on momentum."""

import math
from collections.abc import Callable

from django.utils.translation import gettext as _

from scoring.numbers import number
from scoring.place import Place


def _local(place: Place) -> str:
    sign = "+" if place.fact("gain") > 0 else ""
    words = _(
        "%(subject)s : %(sign)s%(gain)s emplois depuis %(year)s par rapport à la tendance nationale, %(standing)s"
    )
    said = words % {
        "subject": _("Activité") if place.fact("is_fine") else _("Branche"),
        "sign": sign,
        "year": round(place.fact("start_year")),
        "gain": number(place.fact("gain"), 0),
        "standing": place.standing,
    }
    return said + _(" (rupture de série écrêtée)") if place.fact("is_clipped") else said


def _jobs(place: Place) -> str:
    sign = "+" if place.value > 0 else ""
    return _("Emploi salarié total : %(sign)s%(value)s %% par an en dix ans, %(standing)s") % {
        "sign": sign,
        "value": number(place.value, 2),
        "standing": place.standing,
    }


def _programmes(place: Place) -> str:
    eligible, rate = place.fact("eligible_pct"), place.fact("rate")
    parts = []
    if not math.isnan(eligible):
        parts.append(
            _("%(share)s %% de la population en Territoire d'industrie") % {"share": number(eligible, 0)}
            if eligible
            else _("Hors des Territoires d'industrie")
        )
    if not math.isnan(rate):
        parts.append(
            _("≈ %(rate)s entreprises aidées par France Relance pour 1 000 emplois industriels (par département)")
            % {"rate": number(rate, 1)}
        )
    return f"{', '.join(parts)}, {place.standing}"


SENTENCES: dict[str, Callable[[Place], str]] = {
    "dynamics.local": _local,
    "dynamics.jobs": _jobs,
    "dynamics.programmes": _programmes,
}
