"""One sentence per criterion and basin, the same on page and interface: a figure, a unit, a rank, a source."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.activity_profile import families
from scoring.numbers import number
from scoring.place import Place
from skills.trades import trades


def sentence(place: Place) -> str:
    """Return the sentence of a criterion in a basin; what is unknown is said, with what it does to the score."""
    status = str(place.measured.status[place.index])
    if status in ("missing", "suppressed", "absent"):
        return _unknown(place, status)
    return reason(place) + _(" ; ") + f"{place.source}."


def reason(place: Place) -> str:
    """Return the sentence of a known criterion without its source, for a list that has no room for both."""
    return SENTENCES[place.criterion.id](place)


def _unknown(place: Place, status: str) -> str:
    label = str(place.criterion.label)
    if status == "absent" and place.criterion.id == "fabric.neighbours":
        km = number(place.criterion.parameters["radius_km"], 0)
        told = _("%(label)s : aucun autre bassin n'a son centre à moins de %(km)s km") % {"label": label, "km": km}
        return told + _(" ; ") + f"{place.source}."
    if status == "absent":
        return _("%(label)s : n'existe pas sur ce territoire ; %(source)s.") % {"label": label, "source": place.source}
    reason = _("couvert par le secret statistique") if status == "suppressed" else _("non disponible pour ce bassin")
    return _("%(label)s : %(reason)s (%(source)s) ; compte pour la moitié de son poids, entre zéro et le maximum.") % {
        "label": label,
        "reason": reason,
        "source": place.source,
    }


def _times(value: float) -> str:
    """ "2,3 fois la moyenne nationale", said plainly near 1."""
    if 0.95 <= value <= 1.05:
        return _("comme la moyenne nationale")
    return _("%(value)s fois la moyenne nationale") % {"value": number(value, 2 if value < 2 else 1)}


def _about(value: float) -> str:
    """The same for an estimate: "≈ 2,3 fois la moyenne nationale"."""
    return _times(value) if 0.95 <= value <= 1.05 else f"≈ {_times(value)}"


def _quotient(place: Place) -> str:
    family = families()[str(place.measured.facts["lead_family"][place.index])]
    return _("Métiers requis présents %(times)s, %(standing)s, dont ≈ %(jobs)s emplois « %(family)s »") % {
        "times": _about(place.value),
        "standing": place.standing,
        "jobs": number(place.fact("lead_jobs"), 0),
        "family": family.label,
    }


def _depth(place: Place) -> str:
    cap = place.criterion.parameters["cap"]
    more = _("Au moins ") if place.value > cap - 0.05 else "≈ "
    return _(
        "%(more)s%(value)s emplois en place par poste à pourvoir pour un projet de %(posts)s emplois, %(standing)s"
    ) % {
        "more": more,
        "value": number(place.value, 1 if place.value < 10 else 0),
        "posts": number(place.profile.jobs, 0),
        "standing": place.standing,
    }


def _bmo(place: Place) -> str:
    said = _("Projets de recrutement dans les métiers requis : %(times)s, %(standing)s") % {
        "times": _about(place.value),
        "standing": place.standing,
    }
    projects = place.fact("lead_projects")
    if np.isnan(projects):
        return said
    return said + _(", dont ≈ %(projects)s en %(year)s « %(trade)s »") % {
        "projects": number(projects, 0),
        "year": int(place.measured.facts["lead_year"]),
        "trade": trades()[str(place.measured.facts["lead_trade"])].label,
    }


def _training(place: Place) -> str:
    cap = place.criterion.parameters["cap"]
    is_full = place.value > cap - 0.005
    value = number(place.value, 0) if is_full else number(place.value, 2)
    return _(
        "%(more)s%(value)s personne formée par an et par poste pour un projet de %(posts)s emplois, à moins de "
        "%(km)s km (≈ %(people)s en tout, hors apprentis), %(standing)s"
    ) % {
        "more": _("Au moins ") if is_full else "≈ ",
        "value": value,
        "posts": number(place.profile.jobs, 0),
        "km": number(place.criterion.parameters["radius_km"], 0),
        "people": number(place.fact("people"), 0),
        "standing": place.standing,
    }


def _specialisation(place: Place) -> str:
    nodes = place.facts.nomenclature.nodes
    said = _("%(jobs)s emplois privés dans la branche « %(branch)s », %(times)s, %(standing)s") % {
        "jobs": number(place.fact("jobs"), 0),
        "branch": ", ".join(nodes[f"a38:{code}"].label for code in place.profile.node.a38),
        "times": _times(place.value),
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
        "times": _times(place.value),
        "standing": place.standing,
    }


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
    "skills.quotient": _quotient,
    "skills.depth": _depth,
    "skills.bmo": _bmo,
    "skills.training": _training,
    "fabric.specialisation": _specialisation,
    "fabric.fine_presence": _fine_presence,
    "fabric.neighbours": _neighbours,
    "land.sites": _sites,
    "access.modes": _modes,
    "access.market": _market,
    "living.housing": _housing,
    "living.care": _care,
    "living.migration": _migration,
    "dynamics.local": _local,
    "dynamics.jobs": _jobs,
}
