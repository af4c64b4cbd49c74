"""Links made under another edition: the question is kept, what no longer exists is left out and told."""

from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from explorer.permalinks import PARAMETER, LinkedEdition
from explorer.wording import listed
from scoring.definitions import PRESETS
from scoring.errors import BadQuestion, NotFound
from scoring.facts import EditionCard, Facts
from scoring.question import AGGREGATIONS, NORMALISATIONS, weight_keys
from scoring.requirements import requirements_of

LONGEST_TOLD = 40


@dataclass(frozen=True)
class OlderLink:
    """What a page says to who comes by a link of another edition: a sentence, and what of the question is left out."""

    sentence: str
    left_out: tuple[str, ...] = ()


# The link by which the answer being made was asked: files say it too, wherever in them their provenance is written.
_opened: ContextVar[OlderLink | None] = ContextVar("older_link", default=None)


def follow(link: OlderLink | None) -> None:
    """Let the files made from now on say by which link they are asked, None for no older one."""
    _opened.set(link)


def link_followed() -> tuple[tuple[str, str], ...]:
    """Return what a file says of the older link by which it is asked: a label and its words; nothing for no link."""
    link = _opened.get()
    return () if link is None else ((_("Lien suivi"), " ".join((link.sentence, *link.left_out))),)


def unreadable(text: str) -> BadQuestion:
    """Return what is wrong with an edition that no link of the site names."""
    sentence = _(
        "« %(text)s » ne désigne pas une édition : un lien la nomme comme 2026.2-fa39422d. Ce paramètre peut être "
        "retiré."
    )
    return BadQuestion(PARAMETER, sentence % {"text": text[:LONGEST_TOLD]})


def older_link(facts: Facts, linked: LinkedEdition, params: QueryDict) -> tuple[QueryDict, OlderLink | None]:
    """Return the parameters as this edition understands them, and what to say of the link; None for one of its own."""
    if linked.is_(facts.edition):
        return params, None
    kept, left_out = still_meant(facts, params)
    return kept, OlderLink(told(linked.name, facts.edition), left_out)


def told(linked: str, edition: EditionCard) -> str:
    """Return the sentence that says which edition a link was made under, and whose figures the page shows."""
    if linked == edition.name:
        return _(
            "Ce lien a été fait sous une autre version de l'édition %(linked)s. La question est la même ; les "
            "chiffres sont ceux de la version en service et ont pu changer."
        ) % {"linked": linked}
    return _(
        "Ce lien a été fait sous l'édition %(linked)s. La question est la même ; les chiffres sont ceux de l'édition "
        "%(shown)s, en service, et ont pu changer."
    ) % {"linked": linked, "shown": edition.name}


def still_meant(facts: Facts, params: QueryDict) -> tuple[QueryDict, tuple[str, ...]]:
    """Return the parameters without the values that this edition does not know, and a sentence for each left out."""
    kept, sentences = params.copy(), []
    for name, settle in SETTLED.items():
        if name not in params:
            continue
        left, lost = settle(facts, params, params[name])
        if lost:
            kept.pop(name)
            if left:
                kept[name] = left
            sentences.append(lost_sentence(name, lost))
    return kept, tuple(sentences)


Settled = tuple[str, list[str]]


def kept_among(text: str, known: Collection[str]) -> Settled:
    """Return the values of a list that are known, joined again, and those that are not; a value may carry a number."""
    values = [one.strip() for one in text.split(",") if one.strip()]
    left = [one for one in values if one.partition(":")[0] in known]
    return ",".join(left), [one.partition(":")[0] for one in values if one not in left]


def kept_requirements(facts: Facts, params: QueryDict, _text: str) -> Settled:
    """Return the requirements that the activity still has; all of them where the activity itself is not known."""
    text = ",".join(params.getlist("require"))
    try:
        node = facts.nomenclature.find(params.get("activite", ""), params.get("level", "").strip() or None)
    except (NotFound, BadQuestion):
        return text, []
    return kept_among(text, [one.id for one in requirements_of(node)])


# How each parameter is read, by name: (facts, parameters, its text) -> what is left of it, what is lost.
SETTLED: dict[str, Callable[[Facts, QueryDict, str], Settled]] = {
    "weights": lambda _facts, _params, text: kept_among(text, weight_keys()),
    "preset": lambda _facts, _params, text: kept_among(text, [one.id for one in PRESETS]),
    "region": lambda facts, _params, text: kept_among(text, facts.regions),
    "require": kept_requirements,
    "normalisation": lambda _facts, _params, text: kept_among(text, NORMALISATIONS),
    "aggregation": lambda _facts, _params, text: kept_among(text, AGGREGATIONS),
    "bassins": lambda facts, _params, text: kept_among(text, facts.zone_index),
}


def lost_sentence(name: str, lost: list[str]) -> str:
    """Return what was left out of a question, in words."""
    words = {
        "weights": _("Poids laissé de côté, son critère n'existe plus : %(lost)s."),
        "preset": _("Préréglage qui n'existe plus : %(lost)s. Les poids sont ceux par défaut."),
        "region": _("Région qui n'existe plus : %(lost)s. Toute la France est montrée."),
        "require": _("Critère éliminatoire qui n'existe plus : %(lost)s."),
        "normalisation": _("Mise à l'échelle qui n'existe plus : %(lost)s. L'usuelle la remplace."),
        "aggregation": _("Agrégation qui n'existe plus : %(lost)s. L'usuelle la remplace."),
        "bassins": _("Bassin qui n'existe plus : %(lost)s."),
    }
    return words[name] % {"lost": listed([one[:LONGEST_TOLD] for one in lost])}
