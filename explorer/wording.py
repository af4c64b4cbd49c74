"""The words of the screen for what the code names by identifiers: levels, modes, statuses, lists."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scoring.numbers import NARROW_SPACE, is_english
from scoring.numbers import number as written_number

# The sign set before or instead of a value; never the only mark, its label goes with it.
STATUS_SIGNS = {"estimated": "≈"}
# Translated one at a time: a file asks for ten thousand of them.
STATUS_LABELS = {
    "observed": gettext_noop("observé"),
    "estimated": gettext_noop("estimé"),
    "suppressed": gettext_noop("secret statistique"),
    "missing": gettext_noop("non disponible"),
    "absent": gettext_noop("n'existe pas ici"),
}

ONE_NUMBER = re.compile(r"\D*(\d+(?:[.,]\d+)?)")
# Words of units that are counted, and the same for one. The adjective follows its noun: "1 site prêt".
SINGULARS = {
    "fr": {
        "emplois": "emploi", "entreprises": "entreprise", "établissements": "établissement", "sites": "site",
        "parcs": "parc", "prêts": "prêt", "personnes": "personne", "formées": "formée", "médecins": "médecin",
        "généralistes": "généraliste", "points": "point",
    },
    "en": {
        "jobs": "job", "firms": "firm", "establishments": "establishment", "plants": "plant", "sites": "site",
        "parks": "park", "people": "person", "practitioners": "practitioner", "points": "point",
    },
}  # fmt: skip


def status_label(status: str) -> str:
    """Return what is known of a value, in words."""
    return _(STATUS_LABELS[status])


def level_label(level: str) -> str:
    """Return the name of a level of the nomenclature."""
    return {
        "subclass": _("sous-classe"),
        "class": _("classe"),
        "group": _("groupe"),
        "division": _("division"),
        "a38": _("branche A38"),
        "section": _("section"),
        "a17": _("branche A17"),
    }[level]


def mode_label(mode: str) -> str:
    """Return the name of a transport mode."""
    return {
        "road": _("route"),
        "rail": _("rail"),
        "sea": _("mer"),
        "inland": _("fleuve"),
        "air": _("air"),
    }[mode]


def skill_level_label(level: str) -> str:
    """Return the name of a level of skill of an occupation family."""
    return {
        "worker": _("ouvrier, employé"),
        "technician": _("technicien"),
        "engineer": _("ingénieur, cadre"),
        "other": _("autre"),
    }[level]


def requirement_label(kind: str) -> str:
    """Return how binding a requirement is."""
    return {"must": _("indispensable"), "should": _("souhaitable"), "to_verify": _("à vérifier")}[kind]


def evidence_label(kind: str) -> str:
    """Return what a criterion claims: a prediction that the bench confirms, a preference, or one it cannot judge."""
    return {
        "predictive": _("aide à prédire"),
        "preference": _("préférence"),
        "to_test": _("valeur prédictive à éprouver"),
    }[kind]


def listed(words: Sequence[str]) -> str:
    """Return words joined as in a sentence: "a, b et c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def apart(parts: Iterable[str]) -> str:
    """Return parts of a sentence that commas may hold, set apart: "a, b ; c"."""
    return _(" ; ").join(parts)


def titled(title: str, text: str) -> str:
    """Return a text after what it is about: "losange : Oyonnax"."""
    return _("%(title)s : %(text)s") % {"title": title, "text": text}


def capitalised(text: str) -> str:
    """Return a text whose first letter is a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def number(value: float, decimals: int) -> str:
    """Return a number in the separators of the language, with a true minus in every language."""
    return written_number(value, decimals)


def with_unit(value: str, unit: str) -> str:
    """Return a written value and its unit, kept on one line; a percent sign sticks to the number in English."""
    if not unit:
        return value
    if unit.startswith("%"):
        return f"{value}{'' if is_english() else NARROW_SPACE}{unit}"
    return f"{value}\u00a0{_for_one(unit) if _is_one(value) else unit}"


def _is_one(value: str) -> bool:
    """Whether a written number takes the singular: under two in French, one alone in English."""
    found = ONE_NUMBER.fullmatch(value)
    if found is None:
        return False
    return found[1] == "1" if is_english() else float(found[1].replace(",", ".")) < 2


def _for_one(unit: str) -> str:
    """Return a unit in the singular, its first noun and the adjective beside it."""
    words, singulars = unit.split(" "), SINGULARS["en" if is_english() else "fr"]
    return " ".join([*(singulars.get(one, one) for one in words[:2]), *words[2:]])
