"""What an activity needs, as the page of the activity shows it: each field editable, each default with its origin."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from explorer.presenters.ranking import requirements
from explorer.question_form import amount_label
from explorer.wording import mode_label, number, with_unit
from scoring.activity_profile import ActivityProfile, Defaults, default_evidence
from scoring.question import AGGREGATIONS, MODES, NORMALISATIONS, Question
from scoring.ranking import Ranking

AMOUNT_DECIMALS = {"jobs": 0, "hectares": 2, "mw": 2}
POWER_HOURS = 5000


def profile_form(ranking: Ranking) -> dict[str, Any]:
    """Return the fields of the profile as filled, and what the question keeps beside them."""
    question, profile = ranking.question, ranking.profile
    evidence = default_evidence(profile.defaults)
    return {
        "activity": question.activity,
        "amounts": [amount(name, question, profile, evidence[name]) for name in AMOUNT_DECIMALS],
        "modes": [
            {"id": mode, "label": mode_label(mode), "value": f"{100 * profile.modes.get(mode, 0.0):.0f}"}
            for mode in MODES
        ],
        "modes_origin": evidence_words(evidence["modes"]),
        "modes_default": usual_modes(profile.defaults) if question.modes else "",
        "requirements": requirements(ranking),
        "hidden": [{"name": name, "value": value} for name, value in kept(question)],
        "is_edited": bool(profile.edited or question.require),
    }


def kept(question: Question) -> list[tuple[str, str]]:
    """Return what the form does not show and must send along: level, weights, region, method."""
    fields = [("level", question.level)]
    if question.weights:
        fields.append(("weights", ",".join(f"{key}:{value:g}" for key, value in question.weights)))
    if question.region:
        fields.append(("region", question.region))
    for name, usual in (("normalisation", NORMALISATIONS[0]), ("aggregation", AGGREGATIONS[0])):
        if getattr(question, name) != usual:
            fields.append((name, getattr(question, name)))
    return fields


def amount(name: str, question: Question, profile: ActivityProfile, evidence: str) -> dict[str, str]:
    """Return a size of the project: what was typed, else the default as a placeholder, with the origin of it."""
    typed, decimals = getattr(question, name), AMOUNT_DECIMALS[name]
    usual = usual_amounts(profile)[name]
    return {
        "name": name,
        "label": amount_label(name),
        "value": "" if typed is None else f"{typed:g}",
        "placeholder": trimmed(usual, decimals),
        "default": trimmed(usual, decimals) if typed is not None else "",
        "origin": origins(profile, evidence)[name],
        "evidence": evidence_words(evidence),
    }


def usual_amounts(profile: ActivityProfile) -> dict[str, float]:
    """Return the defaults for the jobs of the project: land and power follow from them."""
    defaults = profile.defaults
    m2 = sum(defaults.land_m2_per_job) / 2
    return {
        "jobs": defaults.medium_jobs,
        "hectares": profile.jobs * m2 / 10_000,
        "mw": profile.jobs * defaults.kw_per_job / 1000,
    }


def trimmed(value: float, decimals: int) -> str:
    """Return a number without decimals that say nothing: 12, not 12,00."""
    return number(value, 0 if abs(value - round(value)) < 0.5 * 10**-decimals else decimals)


def origins(profile: ActivityProfile, evidence: str) -> Mapping[str, str]:
    """Return how each default is obtained, in words."""
    defaults = profile.defaults
    low, high = defaults.land_m2_per_job
    land = (
        number(low, 0) if low == high else _("%(low)s à %(high)s") % {"low": number(low, 0), "high": number(high, 0)}
    )
    return {
        "jobs": _("petit projet : %(small)s emplois ; courant : %(medium)s ; grand : %(large)s")
        % {
            "small": number(defaults.small_jobs, 0),
            "medium": number(defaults.medium_jobs, 0),
            "large": number(defaults.large_jobs, 0),
        },
        "hectares": _("emplois × %(land)s m² par emploi") % {"land": land},
        "mw": power_origin(defaults, evidence),
    }


def power_origin(defaults: Defaults, evidence: str) -> str:
    """Return how the power is obtained; the public figure is energy bought, brought to power by hours of use."""
    shown = trimmed(defaults.kw_per_job, 1)
    if evidence == "P":
        return _(
            "emplois × %(kw)s kW par emploi : électricité achetée (Insee, EACEI 2020) par emploi, sur %(hours)s h"
        ) % {
            "kw": shown,
            "hours": number(POWER_HOURS, 0),
        }
    return _("emplois × %(kw)s kW par emploi") % {"kw": shown}


def evidence_words(evidence: str) -> str:
    """Return what a default rests on."""
    return {"P": _("chiffre public"), "E": _("dire d'expert")}[evidence]


def usual_modes(defaults: Defaults) -> str:
    """Return the usual shares of the modes in words, largest first."""
    shares = sorted(((mode, share) for mode, share in defaults.modes.items() if share > 0), key=lambda pair: -pair[1])
    return ", ".join(f"{mode_label(mode)} {with_unit(number(100 * share, 0), '%')}" for mode, share in shares)
