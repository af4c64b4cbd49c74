"""What a comparison asks: its basins in order, an activity if any, and what is wrong with either."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.compare_address import MOST, compare_query
from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.question import PARAMETERS, Question, refuse_unknown

BASINS, ADD, SEARCH, ACTIVITY = "bassins", "ajouter", "cherche", "activite"
ACCEPTED = (BASINS, ADD, SEARCH, ACTIVITY, *PARAMETERS, "preset")
LONGEST_CODES = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong with a comparison, in a sentence, and the status of the answer."""

    sentence: str
    status: int = 400


@dataclass(frozen=True)
class Comparison:
    """The basins to hold side by side, by code, at most five; `question` is about the activity, if one is asked.

    `problems` are those of the address; the basins are then what can be kept of it.
    """

    codes: tuple[str, ...]
    question: Question | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def question_query(self) -> str:
        """The query string of the activity, empty when none is asked."""
        return self.question.to_query(ACTIVITY) if self.question else ""

    @property
    def query(self) -> str:
        return compare_query(self.codes, self.question_query)


def read_comparison(facts: Facts, params: QueryDict) -> Comparison:
    """Return what an address asks; raises `BadQuestion` on a parameter that means nothing here."""
    given = joined(params)
    refuse_unknown(given, (*ACCEPTED, "lang"))
    codes, problems = read_codes(facts, given.get(BASINS, ""))
    try:
        question = read_question(facts, given)
    except BadQuestion as error:
        return Comparison(codes, None, (*problems, Problem(error.sentence)))
    except NotFound as error:
        return Comparison(codes, None, (*problems, Problem(error.sentence, 404)))
    return Comparison(codes, question, problems)


def joined(params: QueryDict) -> QueryDict:
    """Return the parameters with all basins in one: a list of boxes ticked sends each under the same name."""
    given = params.copy()
    if len(given.getlist(BASINS)) > 1:
        given[BASINS] = ",".join(one for one in given.getlist(BASINS) if one.strip())
    return given


def read_codes(facts: Facts, text: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the basins of a list of codes and what is wrong with it; all that can be kept is."""
    asked = [one.strip() for one in text[:LONGEST_CODES].split(",") if one.strip()]
    known = [one for one in asked if one in facts.zone_index]
    kept = list(dict.fromkeys(known))
    problems = []
    if unknown := [one[:20] for one in dict.fromkeys(asked) if one not in facts.zone_index]:
        sentence = ngettext(
            "Aucun bassin ne porte le code %(codes)s : un code a quatre chiffres, par exemple 2716.",
            "Aucun bassin ne porte les codes %(codes)s : un code a quatre chiffres, par exemple 2716.",
            len(unknown),
        )
        problems.append(Problem(sentence % {"codes": quoted(unknown)}, 404))
    if repeated := sorted({one for one in known if known.count(one) > 1}):
        sentence = ngettext(
            "Le bassin %(names)s est demandé deux fois : une seule suffit.",
            "Les bassins %(names)s sont demandés deux fois : une seule suffit.",
            len(repeated),
        )
        problems.append(Problem(sentence % {"names": quoted([facts.zones[facts.zone(one)].name for one in repeated])}))
    if len(kept) > MOST or len(text) > LONGEST_CODES:
        sentence = _(
            "%(count)s bassins sont demandés ; on en compare %(most)s au plus. Voici les %(most)s premiers : "
            "retirez-en pour en ajouter d'autres."
        )
        problems.append(Problem(sentence % {"count": max(len(kept), MOST + 1), "most": MOST}))
    return tuple(kept[:MOST]), tuple(problems)


def quoted(names: Sequence[str]) -> str:
    """Return names between quotation marks, joined by commas."""
    return ", ".join(f"« {one} »" for one in names)


def read_question(facts: Facts, params: QueryDict) -> Question | None:
    """Return the question about the activity, None when none is asked; raises `BadQuestion` or `NotFound`."""
    if not params.get(ACTIVITY, "").strip():
        idle = [name for name in (*PARAMETERS, "preset") if params.get(name, "").strip()]
        idle += [name for name in params if name.startswith(("w.", "m."))]
        if idle:
            sentence = _("%(name)s règle le classement d'une activité : indiquez aussi activite=32.50B par exemple.")
            raise BadQuestion(idle[0], sentence % {"name": idle[0][:40]})
        return None
    return service.parse_question(facts, params, activity_parameter=ACTIVITY, also=(BASINS, ADD, SEARCH, "lang"))
