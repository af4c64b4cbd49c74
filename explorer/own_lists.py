"""Own lists of communes as addresses name them: read, opened on the edition on show, kept when they are long."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.commune_sets import KEY_LENGTH, CommuneSet
from basins.commune_text import CODE, CONTROL
from basins.commune_values import Entry, Outcome
from basins.own_perimeters import commune_set, kept_codes
from explorer import queries
from explorer.perimeter_kinds import NAME
from explorer.perimeter_queries import edition_of
from explorer.wording import listed, number
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts

KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")
LONGEST_NAME = 80
# Values whose nearest names are looked for, and how many of each.
MOST_LOOKED_FOR, NEAR_SHOWN = 20, 5
NAMED_IN_TITLE = 2


def own_perimeter(facts: Facts, code: str, params: QueryDict) -> CommuneSet:
    """Return the set of communes of an address; raises `NotFound` on one that names none."""
    asked = kept_codes(code) if KEY.fullmatch(code) else written_codes(code)
    if asked is None:
        sentence = _(
            "Aucune liste de communes n'est gardée sous « %(code)s » : vérifiez l'adresse, ou collez de nouveau la "
            "liste."
        )
        raise NotFound(sentence % {"code": code[:40]})
    found = commune_set(edition_of(facts.edition), asked, name=list_name(params), titled=list_title)
    if not found.insee_codes:
        sentence = _("Ce périmètre est vide : aucun de ses codes (%(codes)s) n'est celui d'une commune de l'édition.")
        raise NotFound(sentence % {"codes": ", ".join(found.missing[:5])})
    return found


def written_codes(text: str) -> list[str]:
    """Return the codes written in an address; raises `NotFound` on what is no list of codes."""
    codes = [one.strip() for one in text.split(",")]
    wrong = [one for one in codes if not CODE.fullmatch(one)]
    if wrong:
        sentence = _(
            "« %(code)s » n'est ni une liste de codes Insee séparés par des virgules, par exemple 01004,01053, ni une "
            "liste gardée."
        )
        raise NotFound(sentence % {"code": wrong[0][:40]})
    return [one.upper() for one in codes]


def list_name(params: QueryDict) -> str:
    """Return the name that its reader gives a list, empty without one; raises `BadQuestion`."""
    name = " ".join(params.get(NAME, "").split())
    if len(name) > LONGEST_NAME or CONTROL.search(name):
        sentence = _("Le nom d'une liste compte %(limit)s caractères au plus, sans caractère de contrôle.")
        raise BadQuestion(NAME, sentence % {"limit": LONGEST_NAME})
    return name


def list_title(names: Sequence[str]) -> str:
    """Return what a list without a name is called, from the names of its communes, the most populous first."""
    if len(names) <= NAMED_IN_TITLE:
        return listed(names)
    shown, others = names[:NAMED_IN_TITLE], len(names) - NAMED_IN_TITLE
    told = ngettext("%(names)s et %(count)s autre commune", "%(names)s et %(count)s autres communes", others)
    return told % {"names": ", ".join(shown), "count": number(others, 0)}


def near_names(facts: Facts, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, the first of those that name nothing with the communes whose name is nearest."""
    found, looked_for = list(entries), 0
    for place, one in enumerate(entries):
        is_text = one.outcome is Outcome.UNKNOWN and not one.suggestions and any(map(str.isalpha, one.value))
        if is_text and looked_for < MOST_LOOKED_FOR:
            looked_for += 1
            near = queries.communes_named(facts.edition, one.value, limit=NEAR_SHOWN)
            past = tuple(match.former for match in near if match.former)
            found[place] = replace(one, suggestions=tuple(match.insee_code for match in near), past=past)
    return found
