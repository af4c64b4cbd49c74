"""What is asked of groups of basins: one activity or a chain of steps, a distance, a size.

Read strictly from a query string, written back as differences from the defaults. The names of the parameters differ
between the pages and the interface; what they accept does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.numbers import number
from scoring.question import Question, parse_number, refuse_unknown

NEAREST_KM, FARTHEST_KM, USUAL_KM = 5.0, 150.0, 60.0
FEWEST_STEPS, MOST_STEPS = 2, 6
LONGEST_NAME = 40
SIZES = (2, 3)
# What a question on one activity may change; the scale and the sum are those of the bounds and of the arithmetic mean.
EDITS = ("level", "weights", "preset", "region", "jobs", "hectares", "mw", "modes", "require")
CHAIN_EDITS = ("weights", "preset", "region")


@dataclass(frozen=True)
class Names:
    """How an interface names the parameters of groups."""

    activity: str
    steps: str
    distance: str
    size: str
    basin: str

    def every(self, *also: str) -> tuple[str, ...]:
        """Return every parameter accepted, and others."""
        return (self.activity, self.steps, *EDITS, self.distance, self.size, self.basin, *also)


PAGE_NAMES = Names("activite", "etapes", "distance", "taille", "bassin")
API_NAMES = Names("activity", "steps", "distance", "size", "basin")


@dataclass(frozen=True)
class Step:
    """A step of a chain: its question, and its role ("" for none given)."""

    question: Question
    name: str


@dataclass(frozen=True)
class GroupQuestion:
    """One activity (a single step) or a chain; `size` is None for pairs and triples, `basin` one that must be in."""

    steps: tuple[Step, ...]
    distance_km: float = USUAL_KM
    size: int | None = None
    basin: str | None = None

    @property
    def is_chain(self) -> bool:
        return len(self.steps) > 1

    @property
    def first(self) -> Question:
        return self.steps[0].question

    def to_query(self, names: Names, **changes: object) -> str:
        """Return the query string of this question, with changes: only what differs from the defaults."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        named, _amp, edits = asked.first.to_query(names.activity).partition("&")
        if asked.is_chain:
            written = ",".join(f"{one.question.activity}:{one.name}".rstrip(":") for one in asked.steps)
            named = urlencode({names.steps: written}, quote_via=quote, safe=":,.")
            edits = (
                replace(asked.first, level="subclass", activity="00.00Z").to_query(names.activity).partition("&")[2]
            )
        settings = {
            names.distance: "" if asked.distance_km == USUAL_KM else f"{asked.distance_km:g}",
            names.size: asked.size or "",
            names.basin: asked.basin or "",
        }
        own = urlencode({name: value for name, value in settings.items() if value})
        return "&".join(part for part in (named, edits, own) if part)


def parse_group_question(facts: Facts, params: QueryDict, names: Names, *, also: Iterable[str] = ()) -> GroupQuestion:
    """Return the question of a query string; raises `BadQuestion` or `NotFound` with a sentence."""
    settings = (names.distance, names.size, names.basin, *also)
    refuse_unknown(params, names.every(*also))
    if names.steps in params and params.get(names.activity, "").strip():
        sentence = _(
            "Une activité (%(activity)s) et une chaîne (%(steps)s) ne se demandent pas ensemble : gardez l'une."
        )
        raise BadQuestion(names.steps, sentence % {"activity": names.activity, "steps": names.steps})
    edits = params.copy()
    for name in (names.steps, *settings):
        edits.pop(name, None)
    steps = _chain(facts, edits, params, names) if names.steps in params else (_activity(facts, edits, names),)
    return GroupQuestion(
        steps=steps,
        distance_km=_distance(params, names.distance),
        size=_size(params, names.size),
        basin=_basin(facts, params, names.basin),
    )


def _activity(facts: Facts, edits: QueryDict, names: Names) -> Step:
    if not edits.get(names.activity, "").strip():
        sentence = _(
            "Indiquez une activité (%(activity)s=32.50B par exemple) ou une chaîne "
            "(%(steps)s=25.62A:composants,32.50B:montage)."
        )
        raise BadQuestion(names.activity, sentence % {"activity": names.activity, "steps": names.steps})
    return Step(service.parse_question(facts, edits, activity_parameter=names.activity), "")


def _chain(facts: Facts, edits: QueryDict, params: QueryDict, names: Names) -> tuple[Step, ...]:
    """Return the steps of a chain, each with the usual profile of its activity."""
    for name in edits:
        if name in EDITS and name not in CHAIN_EDITS:
            sentence = _("%(name)s ne vaut pas pour une chaîne : chaque étape y a la taille courante de son activité.")
            raise BadQuestion(name, sentence % {"name": name})
    pieces = [piece.strip() for piece in params[names.steps].split(",") if piece.strip()]
    refuse_count(len(pieces), names.steps)
    steps = tuple(_step(facts, edits, names, place, piece) for place, piece in enumerate(pieces, start=1))
    _refuse_repeated(steps, names.steps)
    return steps


def _refuse_repeated(steps: tuple[Step, ...], parameter: str) -> None:
    """Raise `BadQuestion` on a step asked twice: it would only count double."""
    asked = [(one.question.activity, one.question.level) for one in steps]
    for place, one in enumerate(asked):
        if one in asked[:place]:
            sentence = _("L'étape %(place)s répète l'étape %(first)s (%(code)s) : gardez-en une.")
            words = {"place": place + 1, "first": asked.index(one) + 1, "code": one[0]}
            raise BadQuestion(parameter, sentence % words)


def refuse_count(count: int, parameter: str) -> None:
    """Raise `BadQuestion` on a chain of no step, of one, or of too many."""
    if count == 0:
        sentence = _(
            "La chaîne n'a aucune étape : donnez de %(least)s à %(most)s activités, "
            "par exemple 25.62A:composants,32.50B:montage."
        )
    elif count < FEWEST_STEPS:
        sentence = _(
            "Une chaîne compte au moins %(least)s étapes : ajoutez-en une, ou demandez les bassins "
            "qui se complètent pour cette seule activité."
        )
    elif count > MOST_STEPS:
        sentence = _(
            "La chaîne compte %(count)s étapes ; %(most)s au plus sont acceptées : réunissez les plus proches."
        )
    else:
        return
    raise BadQuestion(parameter, sentence % {"least": FEWEST_STEPS, "most": MOST_STEPS, "count": count})


def _step(facts: Facts, edits: QueryDict, names: Names, place: int, piece: str) -> Step:
    code, _colon, name = (part.strip() for part in piece.partition(":"))
    if len(name) > LONGEST_NAME or ":" in name:
        sentence = _("Étape %(place)s : le nom d'une étape compte %(most)s caractères au plus, sans deux-points.")
        raise BadQuestion(names.steps, sentence % {"place": place, "most": LONGEST_NAME})
    asked = edits.copy()
    asked[names.activity] = code
    try:
        question = service.parse_question(facts, asked, activity_parameter=names.activity)
    except NotFound as error:
        sentence = _("Étape %(place)s : %(reason)s") % {"place": place, "reason": error.sentence}
        raise NotFound(sentence, error.suggestions) from None
    except BadQuestion as error:
        if error.parameter != names.activity:
            raise
        sentence = _("Étape %(place)s : il manque le code de l'activité avant « :%(name)s ».")
        raise BadQuestion(names.steps, sentence % {"place": place, "name": name}) from None
    return Step(question, name)


def _distance(params: QueryDict, parameter: str) -> float:
    text = params.get(parameter, "").strip()
    if not text:
        return USUAL_KM
    try:
        distance = parse_number(parameter, text, largest=FARTHEST_KM, what=_("la distance, en km"))
    except BadQuestion:
        distance = 0.0
    if distance < NEAREST_KM:
        sentence = _(
            "« %(text)s » ne convient pas pour la distance entre bassins : un nombre de %(nearest)s à %(farthest)s km "
            "est attendu. Plus près, aucun bassin n'a de voisin ; plus loin, ce n'est plus un voisinage."
        )
        ends = {"nearest": number(NEAREST_KM, 0), "farthest": number(FARTHEST_KM, 0)}
        raise BadQuestion(parameter, sentence % ({"text": text[:40]} | ends))
    return distance


def _size(params: QueryDict, parameter: str) -> int | None:
    text = params.get(parameter, "").strip()
    if text and text not in map(str, SIZES):
        sentence = _("« %(text)s » ne convient pas pour %(name)s : 2 (paires), 3 (triplets), ou rien pour les deux.")
        raise BadQuestion(parameter, sentence % {"text": text[:20], "name": parameter})
    return int(text) if text else None


def _basin(facts: Facts, params: QueryDict, parameter: str) -> str | None:
    code = params.get(parameter, "").strip()
    if code:
        facts.zone(code)
    return code or None
