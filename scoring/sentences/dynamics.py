"""Sentences of the criteria on momentum."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from scoring.numbers import number
from scoring.place import Place


def _local(place: Place) -> str:
    sign = "+" if place.fact("gain") > 0 else ""
    said = _("Branche : %(sign)s%(gain)s emplois depuis 2019 par rapport à la tendance nationale, %(standing)s") % {
        "sign": sign,
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


SENTENCES: dict[str, Callable[[Place], str]] = {
    "dynamics.local": _local,
    "dynamics.jobs": _jobs,
}
