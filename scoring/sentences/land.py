"""Sentences of the criteria on land."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.criteria.land import needs_grid
from scoring.numbers import number
from scoring.place import Place


def _sites(place: Place) -> str:
    count = round(place.value)
    needed = _("d'au moins %(ha)s ha") % {"ha": number(place.profile.hectares, 1)}
    extent = _("inventaire local complet") if place.fact("is_local") else _("inventaire partiel")
    if not count:
        none = _("Aucune friche vérifiée, libre et en vocation d'activité %(needed)s à moins de 40 km")
        return (none + (f" ({extent})" if place.fact("is_local") else "")) % {"needed": needed}
    return ngettext(
        "%(count)s friche vérifiée et libre %(needed)s à moins de 40 km, %(standing)s (%(extent)s)",
        "%(count)s friches vérifiées et libres %(needed)s à moins de 40 km, %(standing)s (%(extent)s)",
        count,
    ) % {"count": count, "needed": needed, "standing": place.standing, "extent": extent}


def _parks(place: Place) -> str:
    count = round(place.value)
    needed = _("au moins %(ha)s ha") % {"ha": number(place.profile.hectares, 1)}
    if not count:
        return _("Aucun parc d'activité n'offre %(needed)s à moins de 40 km (inventaire déclaré complet)") % {
            "needed": needed
        }
    return ngettext(
        "%(count)s parc d'activité offre %(needed)s à moins de 40 km, %(standing)s",
        "%(count)s parcs d'activité offrent %(needed)s à moins de 40 km, %(standing)s",
        count,
    ) % {"count": count, "needed": needed, "standing": place.standing}


def _power(place: Place) -> str:
    mw = number(place.profile.mw, 1)
    told = _("poste à 225 kV ou plus à %(km)s km, à 63 kV ou plus à %(km_63)s km (à vol d'oiseau)") % {
        "km": number(place.value, 0),
        "km_63": number(place.fact("km_63"), 0),
    }
    if needs_grid(place.profile):
        return _("Pour %(mw)s MW : %(told)s, %(standing)s ; puissance disponible à vérifier auprès de RTE") % {
            "mw": mw,
            "told": told,
            "standing": place.standing,
        }
    return _(
        "%(mw)s MW se raccordent en moyenne tension : le réseau à 225 kV ne compte pas, son poids va aux autres "
        "critères (%(told)s)"
    ) % {"mw": mw, "told": told}


SENTENCES: dict[str, Callable[[Place], str]] = {
    "land.sites": _sites,
    "land.parks": _parks,
    "land.power": _power,
}
