"""Sentences of the criteria on the productive fabric."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.numbers import number
from scoring.place import Place
from scoring.sentences.words import times


def _specialisation(place: Place) -> str:
    nodes = place.facts.nomenclature.nodes
    said = _("%(jobs)s emplois privés dans la branche « %(branch)s », %(times)s, %(standing)s") % {
        "jobs": number(place.fact("jobs"), 0),
        "branch": ", ".join(nodes[f"a38:{code}"].label for code in place.profile.node.a38),
        "times": times(place.value),
        "standing": place.standing,
    }
    if place.profile.is_merged:
        return said + _(" ; cette branche mêle plusieurs activités, dont celle-ci")
    return said + _(" ; cette branche est plus large que l'activité") if place.profile.branch_excess else said


def _fine_presence(place: Place) -> str:
    firms, plants, near = (round(place.fact(name)) for name in ("epv", "large_plant", "near"))
    named = []
    if firms:
        told = ngettext(
            "%(count)s entreprise du patrimoine vivant", "%(count)s entreprises du patrimoine vivant", firms
        )
        named.append(told % {"count": firms})
    if plants:
        told = ngettext("%(count)s grand site industriel", "%(count)s grands sites industriels", plants)
        named.append(told % {"count": plants})
    parts = [_("%(named)s de l'activité même") % {"named": _(" et ").join(named)}] if named else []
    if near:
        parts.append(
            ngettext(
                "%(count)s établissement d'une activité apparentée",
                "%(count)s établissements d'activités apparentées",
                near,
            )
            % {"count": near}
        )
    if not parts:
        return _("Aucune entreprise du patrimoine vivant ni grand site de l'activité (absence n'est pas preuve)")
    return f"{', '.join(parts)}, {place.standing}"


def _neighbours(place: Place) -> str:
    count = round(place.fact("count"))
    return ngettext(
        "%(jobs)s emplois de la branche dans le seul bassin à moins de %(km)s km, %(times)s, %(standing)s",
        "%(jobs)s emplois de la branche dans les %(count)s bassins à moins de %(km)s km, %(times)s, %(standing)s",
        count,
    ) % {
        "km": number(place.criterion.parameters["radius_km"], 0),
        "jobs": number(place.fact("jobs"), 0),
        "count": count,
        "times": times(place.value),
        "standing": place.standing,
    }


SENTENCES: dict[str, Callable[[Place], str]] = {
    "fabric.specialisation": _specialisation,
    "fabric.fine_presence": _fine_presence,
    "fabric.neighbours": _neighbours,
}
