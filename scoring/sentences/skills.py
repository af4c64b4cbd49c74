"""Sentences of the criteria on occupations: who is there, who is sought, who is trained."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _

from scoring.activity_profile import families
from scoring.numbers import number
from scoring.place import Place
from scoring.sentences.words import about
from skills.trades import trades

# What is less than half a percent short of everything is everything.
WHOLE_SHARE = 0.995


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


def _availability(place: Place) -> str:
    least = number(place.criterion.parameters["least_jobs"], 0)
    there = place.fact("there_share")
    if there == 0:
        return _(
            "Aucun des métiers requis ne compte plus de %(least)s emplois dans ce bassin : recruter n'y est pas plus "
            "facile que dans le pays, %(standing)s"
        ) % {"least": least, "standing": place.standing}
    said = _(
        "Tension de recrutement dans les métiers requis : indice ≈ %(index)s en 2019, contre %(national)s en France "
        "pour les mêmes métiers (plus il est haut, plus recruter est difficile), %(standing)s"
    ) % {
        "index": number(place.fact("there_index"), 1),
        "national": number(place.fact("there_national"), 1),
        "standing": place.standing,
    }
    if there < WHOLE_SHARE:
        said += _(" ; %(share)s %% des besoins portent sur des métiers de moins de %(least)s emplois ici") % {
            "share": number(100 * (1 - there), 0),
            "least": least,
        }
    return said


SENTENCES: dict[str, Callable[[Place], str]] = {
    "skills.quotient": _quotient,
    "skills.depth": _depth,
    "skills.bmo": _bmo,
    "skills.training": _training,
    "skills.availability": _availability,
}
