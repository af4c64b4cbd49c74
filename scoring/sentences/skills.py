"""Sentences of the criteria on occupations: who is there, who is sought, who is trained."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _

from scoring.activity_profile import families
from scoring.numbers import number
from scoring.place import Place
from scoring.sentences.words import about
from skills.trades import trades


def _quotient(place: Place) -> str:
    family = families()[str(place.measured.facts["lead_family"][place.index])]
    return _("Métiers requis présents %(times)s, %(standing)s, dont ≈ %(jobs)s emplois « %(family)s »") % {
        "times": about(place.value),
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
        "times": about(place.value),
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


SENTENCES: dict[str, Callable[[Place], str]] = {
    "skills.quotient": _quotient,
    "skills.depth": _depth,
    "skills.bmo": _bmo,
    "skills.training": _training,
}
