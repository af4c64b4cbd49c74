"""The forms that ask for groups of basins: what was typed stays typed, and becomes the shortest address."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from explorer.activity_search import obvious_match
from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.group_definitions import preset_chains
from scoring.group_question import (
    CHAIN_EDITS,
    EDITS,
    LONGEST_NAME,
    MOST_STEPS,
    PAGE_NAMES,
    SIZES,
    USUAL_KM,
    GroupQuestion,
    refuse_count,
)

STEPS = range(1, MOST_STEPS + 1)
FIELDS = tuple(name for step in STEPS for name in (f"e{step}", f"n{step}"))
# Requirements and level belong to one activity: another one would refuse them.
KEPT = tuple(name for name in EDITS if name not in ("level", "require"))
LONGEST_SHOWN = 60
SUGGESTED = 5


def read_form(facts: Facts, params: QueryDict) -> QueryDict:
    """Return the parameters as an address holds them: fields of steps as one chain, words as codes.

    Raises `BadQuestion` or `NotFound` on what names no activity, or more than one.
    """
    asked = params.copy()
    for name in ("distance", "taille", "bassin", "activite"):
        if name in asked and not asked[name].strip():
            del asked[name]
    if any(name in params for name in FIELDS):
        for name in FIELDS:
            asked.pop(name, None)
        asked["etapes"] = chain_typed(facts, params)
    elif "activite" in asked:
        asked["activite"] = activity_code(facts, asked["activite"])
    return asked


def chain_typed(facts: Facts, params: QueryDict) -> str:
    """Return the fields of the steps as `code:name,…`; raises `BadQuestion` or `NotFound`."""
    steps = []
    for place in STEPS:
        text, name = params.get(f"e{place}", "").strip(), params.get(f"n{place}", "").strip()
        if not text:
            continue
        try:
            code = activity_code(facts, text)
        except NotFound as error:
            sentence = _("Étape %(place)s : %(reason)s") % {"place": place, "reason": error.sentence}
            raise NotFound(sentence, error.suggestions) from None
        steps.append(f"{code}:{name.replace(',', ' ').replace(':', ' ')[:LONGEST_NAME]}".rstrip(":"))
    refuse_count(len(steps), "etapes")
    return ",".join(steps)


def activity_code(facts: Facts, text: str) -> str:
    """Return the code that a text names, a code or a product; raises `NotFound` with the activities it may name."""
    try:
        return facts.nomenclature.find(text.strip(), None).code
    except NotFound:
        matches = service.search_activities(text, limit=SUGGESTED)
        if not matches:
            raise
        match = obvious_match(matches)
        if match:
            return match.activity.code
    sentence = _("« %(text)s » peut désigner plusieurs activités : écrivez le code de l'une d'elles.")
    found = tuple((one.activity.code, one.activity.label) for one in matches)
    raise NotFound(sentence % {"text": text[:LONGEST_SHOWN]}, found)


def group_forms(facts: Facts, params: QueryDict, question: GroupQuestion | None, wrong: str = "") -> dict[str, Any]:
    """Return the two forms as filled: from the question when there is one, else as typed; `wrong` is a parameter."""
    return {
        "activity": question.first.activity if question and not question.is_chain else typed(params, "activite"),
        "steps": steps_of(facts, params, question),
        "distance": f"{question.distance_km:g}" if question else typed(params, "distance") or f"{USUAL_KM:g}",
        "sizes": [
            {"value": value, "label": label, "is_chosen": typed(params, "taille") == value}
            for value, label in zip(("", *map(str, SIZES)), size_labels(), strict=True)
        ],
        "basins": [
            {"code": zone.code, "name": zone.name, "is_chosen": zone.code == typed(params, "bassin")}
            for zone in sorted(facts.zones, key=lambda one: one.name)
        ],
        "hidden": hidden(params, KEPT),
        "chain_hidden": hidden(params, CHAIN_EDITS),
        "wrong": wrong,
        "is_chain": question.is_chain if question else any(name in params for name in ("etapes", *FIELDS)),
        "presets": [{"label": str(one.label), "query": preset_query(one.id)} for one in preset_chains()],
    }


def size_labels() -> tuple[str, str, str]:
    """Return the words of the sizes of groups: both, pairs, triples."""
    return _("paires et triplets"), _("paires"), _("triplets")


def typed(params: QueryDict, name: str) -> str:
    return params.get(name, "").strip()[:LONGEST_SHOWN]


def hidden(params: QueryDict, names: tuple[str, ...]) -> list[dict[str, str]]:
    """Return what a form sends back unseen: the settings that came with the question."""
    return [{"name": name, "value": params[name]} for name in names if params.get(name, "").strip()]


def steps_of(facts: Facts, params: QueryDict, question: GroupQuestion | None) -> list[dict[str, Any]]:
    """Return the six rows of the form of a chain, with the label of each activity that is known."""
    pairs = [(typed(params, f"e{place}"), typed(params, f"n{place}")) for place in STEPS]
    if question and question.is_chain:
        pairs = [(one.question.activity, one.name) for one in question.steps]
    elif question:
        pairs = [(question.first.activity, "")]
    elif params.get("etapes"):
        pieces = [piece.strip().partition(":") for piece in params["etapes"].split(",") if piece.strip()]
        pairs = [(code.strip()[:LONGEST_SHOWN], name.strip()[:LONGEST_SHOWN]) for code, _colon, name in pieces]
    pairs = (pairs + [("", "")] * MOST_STEPS)[:MOST_STEPS]
    return [
        {"place": place, "code": code, "name": name, "label": label_of(facts, code)}
        for place, (code, name) in enumerate(pairs, start=1)
    ]


def label_of(facts: Facts, code: str) -> str:
    """Return the label of an activity, empty for what is no code."""
    try:
        return facts.nomenclature.find(code, None).label if code else ""
    except (BadQuestion, NotFound):
        return ""


def preset_query(preset: str) -> str:
    """Return the query string of a chain to start from, with the names of its steps in the reader's language."""
    chain = next(one for one in preset_chains() if one.id == preset)
    asked = QueryDict(mutable=True)
    asked[PAGE_NAMES.steps] = ",".join(f"{step.code}:{step.name}" for step in chain.steps)
    return asked.urlencode(safe=":,")
