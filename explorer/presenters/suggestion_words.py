"""What is said of an activity suggested to a basin: its interval, its distance, the resources it would use."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.presenters.basin_listing import distance_label
from explorer.wording import apart, listed, number, with_unit
from scoring.fabric_distance import OWN_JOBS, FabricDistance
from scoring.facts import Facts, ZoneCard
from scoring.known_share import is_too_little_known, known_share
from scoring.numbers import ordinal
from scoring.resource_use import KnowHow, OccupationUse, ResourceUse, SiteUse
from scoring.reverse import Suggestion

SOURCES = (
    "urssaf-zone-a38", "epv-firms", "irep-large-plants", "dares-fap-sectors", "insee-flores-zone-a38",
    "hires-naf-rome", "cerema-cartofriches", "inpi-industrial-indications",
)  # fmt: skip
FIRMS_NAMED = 2


def little_known(facts: Facts, zone: ZoneCard) -> str:
    """Return why nothing is suggested to a basin of which too little is known, empty for the others."""
    if not is_too_little_known(facts, zone.code):
        return ""
    return _(
        "On ne connaît à %(name)s qu'environ %(share)s du poids des critères : des rangs diraient surtout ce que l'on "
        "ignore. Aucune activité n'est donc proposée."
    ) % {"name": zone.name, "share": with_unit(number(100 * known_share(facts, zone.code), 0), "%")}


def chain_label(one: Suggestion) -> str:
    """Return the name of the value chain of an activity."""
    return str(one.chain.label) if one.chain else _("plusieurs filières")


def distance_words(one: FabricDistance) -> dict[str, str]:
    """Return the class of a distance, its name, and what says so."""
    return {"kind": one.kind, "label": distance_label(one.kind), "reason": distance_reason(one)}


def distance_reason(one: FabricDistance) -> str:
    """Return the strongest fact on which a distance rests."""
    if one.same_class:
        return ngettext(
            "%(count)s établissement connu de sa classe",
            "%(count)s établissements connus de sa classe",
            one.same_class,
        ) % {"count": number(one.same_class, 0)}
    if one.own_jobs and one.own_jobs >= OWN_JOBS:
        return _("%(jobs)s emplois privés dans l'activité même") % {"jobs": number(one.own_jobs, 0)}
    parts = []
    if one.same_group:
        parts.append(
            ngettext(
                "%(count)s établissement connu de son groupe", "%(count)s établissements connus de son groupe",
                one.same_group,
            )
            % {"count": number(one.same_group, 0)}
        )  # fmt: skip
    if one.quotient is not None and (not one.is_related or one.quotient >= 1 or one.same_group):
        parts.append(
            _("sa branche A38 pèse %(times)s fois la part nationale après lissage (%(jobs)s emplois privés)")
            % {"times": number(one.quotient, 1), "jobs": number(one.branch_jobs or 0, 0)}
        )
    elif one.quotient is None:
        parts.append(_("emplois de sa branche non connus"))
    if one.is_related and one.related_rank:
        parts.append(
            _("activités apparentées : %(rank)s bassin sur %(all)s")
            % {"rank": ordinal(one.related_rank), "all": number(one.basins, 0)}
        )
    return apart(parts)


def resource_words(use: ResourceUse) -> list[dict[str, Any]]:
    """Return what an activity would use, by kind of resource, with its sentence; what is lacking is said too."""
    return [
        {"kind": _("Métiers"), "text": occupations_text(use.occupations), "is_there": bool(use.occupations)},
        {"kind": _("Terrains"), "text": sites_text(use.sites), "is_there": bool(use.sites.fitting)},
        {"kind": _("Savoir-faire"), "text": know_how_text(use.know_how), "is_there": has_know_how(use.know_how)},
    ]


def occupations_text(found: tuple[OccupationUse, ...]) -> str:
    """Return the strong occupations of the basin that an activity would employ."""
    if not found:
        return _("aucun métier dont le bassin soit fort n'y pèse")
    return apart(
        _("%(family)s, ≈ %(jobs)s emplois, %(times)s fois la part nationale%(rare)s")
        % {
            "family": lower_first(str(one.family.label)),
            "jobs": number(one.jobs, 0),
            "times": number(one.quotient, 1),
            "rare": _(", métier rare") if one.is_rare else "",
        }
        for one in found
    )


def sites_text(use: SiteUse) -> str:
    """Return how many usable brownfields would hold a project of the usual size."""
    needed = hectares(use.needed_ha)
    asked = {"needed": needed, "radius": number(use.radius_km, 0)}
    if use.fitting is None:
        return _("friches non connues ici : inventaire trop mince pour compter celles de %(needed)s") % asked
    if not use.fitting:
        if not use.largest_ha:
            return _("aucune friche utilisable à moins de %(radius)s km ; il en faudrait une de %(needed)s") % asked
        told = _("aucune friche utilisable de %(needed)s à moins de %(radius)s km, la plus grande en fait %(largest)s")
        return told % (asked | {"largest": hectares(use.largest_ha)})
    return ngettext(
        "%(count)s friche utilisable d'au moins %(needed)s à moins de %(radius)s km",
        "%(count)s friches utilisables d'au moins %(needed)s à moins de %(radius)s km",
        use.fitting,
    ) % (asked | {"count": number(use.fitting, 0)})


def hectares(surface: float) -> str:
    """Return a surface with as many decimals as tell something, two at most."""
    decimals = 0 if surface >= 10 else next(one for one in range(3) if round(surface, one) == round(surface, 2))
    return with_unit(number(surface, decimals), "ha")


def has_know_how(one: KnowHow) -> bool:
    """Whether the lists know of anything akin to an activity."""
    return bool(one.firms or one.same_group or one.indications)


def know_how_text(one: KnowHow) -> str:
    """Return the establishments and indications of a basin that an activity could lean on."""
    parts = [_("indication géographique « %(name)s »") % {"name": name} for name in one.indications]
    if one.firms:
        named = list(dict.fromkeys(firm.name for firm in one.firms))[:FIRMS_NAMED]
        parts.append(
            ngettext(
                "%(count)s établissement connu de la même classe : %(named)s",
                "%(count)s établissements connus de la même classe, dont %(named)s",
                len(one.firms),
            )
            % {"count": number(len(one.firms), 0), "named": listed(named)}
        )
    elif one.same_group:
        parts.append(
            ngettext(
                "%(count)s établissement connu du même groupe",
                "%(count)s établissements connus du même groupe",
                one.same_group,
            )
            % {"count": number(one.same_group, 0)}
        )
    return apart(parts) or _("ni entreprise du patrimoine vivant, ni grand site, ni indication géographique connus")


def lower_first(text: str) -> str:
    """Return a label as it stands in the middle of a sentence."""
    return text[:1].lower() + text[1:]
