"""Sentences of the criteria on the productive fabric."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.criteria.related import REST
from scoring.numbers import number
from scoring.place import Place
from scoring.sentences.words import about, times


def _specialisation(place: Place) -> str:
    nodes = place.facts.nomenclature.nodes
    if place.fact("is_fine"):
        return _("%(jobs)s emplois privés dans l'activité même (sous-classes, %(year)s), %(times)s, %(standing)s") % {
            "jobs": number(place.fact("jobs"), 0),
            "year": place.facts.subclass_jobs.years[-1],
            "times": times(place.value),
            "standing": place.standing,
        }
    said = _("%(jobs)s emplois privés dans la branche « %(branch)s », %(times)s, %(standing)s") % {
        "jobs": number(place.fact("jobs"), 0),
        "branch": ", ".join(nodes[f"a38:{code}"].label for code in place.profile.node.a38),
        "times": times(place.value),
        "standing": place.standing,
    }
    if place.profile.covered_share:
        return said + _(" ; l'activité même n'y est pas chargée, ou couverte par le secret : bornes élargies")
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
    if place.fact("is_fine"):
        return ngettext(
            "%(jobs)s emplois de l'activité même dans le seul bassin à moins de %(km)s km, %(times)s, %(standing)s",
            "%(jobs)s emplois de l'activité même dans les %(count)s bassins à moins de %(km)s km, "
            "%(times)s, %(standing)s",
            count,
        ) % _neighbour_words(place, count)
    return ngettext(
        "%(jobs)s emplois de la branche dans le seul bassin à moins de %(km)s km, %(times)s, %(standing)s",
        "%(jobs)s emplois de la branche dans les %(count)s bassins à moins de %(km)s km, %(times)s, %(standing)s",
        count,
    ) % _neighbour_words(place, count)


def _neighbour_words(place: Place, count: int) -> dict[str, object]:
    return {
        "km": number(place.criterion.parameters["radius_km"], 0),
        "jobs": number(place.fact("jobs"), 0),
        "count": count,
        "times": times(place.value),
        "standing": place.standing,
    }


def _branch(place: Place, code: str) -> str:
    """The name of a branch, "reste de la branche" for the rest of the activity's own."""
    if code == REST:
        return _("le reste de la branche « %(branch)s »") % {"branch": _label(place, place.profile.node.a38[0])}
    return _("« %(branch)s »") % {"branch": _label(place, code)}


def _label(place: Place, code: str) -> str:
    return place.facts.nomenclature.nodes[f"a38:{code}"].label


def _related(place: Place) -> str:
    named = [
        _("%(branch)s (%(jobs)s emplois)")
        % {
            "branch": _branch(place, str(place.measured.facts[name][place.index])),
            "jobs": number(place.fact(f"{name}_jobs"), 0),
        }
        for name in ("first", "second")
        if place.measured.facts[name][place.index]
    ]
    if not named:
        return _("Aucune branche apparentée n'est plus présente ici qu'en moyenne en France, %(standing)s") % {
            "standing": place.standing
        }
    return _("Branches apparentées : %(times)s, %(standing)s ; d'abord %(named)s") % {
        "times": times(place.value),
        "standing": place.standing,
        "named": _(" et ").join(named),
    }


def _chain(place: Place) -> str:
    roles = {"supplier": _("qui fournit"), "customer": _("qui achète")}
    leads = {name: str(place.measured.facts[name][place.index]) for name in roles}
    named = [
        _("« %(branch)s » %(role)s (%(jobs)s emplois)")
        % {
            "branch": _label(place, code),
            "role": roles[name] if len(set(leads.values())) > 1 else _("qui fournit et achète"),
            "jobs": number(place.fact(f"{name}_jobs"), 0),
        }
        for name, code in leads.items()
        if code
    ]
    return _(
        "Fournisseurs et clients à portée : %(times)s, %(standing)s ; à moins de %(km)s km, d'abord %(named)s"
    ) % {
        "times": about(place.value),
        "standing": place.standing,
        "km": number(place.criterion.parameters["decay_km"], 0),
        "named": _(" et ").join(dict.fromkeys(named)),
    }


SENTENCES: dict[str, Callable[[Place], str]] = {
    "fabric.specialisation": _specialisation,
    "fabric.fine_presence": _fine_presence,
    "fabric.neighbours": _neighbours,
    "fabric.related": _related,
    "fabric.chain": _chain,
}
