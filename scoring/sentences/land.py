"""Sentences of the criteria on land."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.numbers import number
from scoring.place import Place


def _sites(place: Place) -> str:
    count = round(place.value)
    needed = _("d'au moins %(ha)s ha") % {"ha": number(place.profile.hectares, 1)}
    if not count:
        return _("Aucune friche vérifiée, libre et en vocation d'activité %(needed)s à moins de 40 km") % {
            "needed": needed
        }
    return ngettext(
        "%(count)s friche vérifiée et libre %(needed)s à moins de 40 km, %(standing)s (inventaire partiel)",
        "%(count)s friches vérifiées et libres %(needed)s à moins de 40 km, %(standing)s (inventaire partiel)",
        count,
    ) % {"count": count, "needed": needed, "standing": place.standing}


SENTENCES: dict[str, Callable[[Place], str]] = {
    "land.sites": _sites,
}
