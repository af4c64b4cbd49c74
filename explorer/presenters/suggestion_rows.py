"""The lines of what a basin could produce, as markup: what no weight moves is written once for a basin."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from explorer.presenters.basin_listing import Listing
from explorer.presenters.rank_bar import rank_bar, short_interval
from explorer.presenters.rows import unmet_list
from explorer.presenters.suggestion_words import (
    chain_label,
    distance_words,
    resource_words,
)
from explorer.skeletons import skeleton
from explorer.templatetags.french import french_only, percent, spaced
from explorer.wording import titled
from scoring.facts import Facts, ZoneCard
from scoring.nomenclature import Node
from scoring.numbers import number, ordinal
from scoring.question import Question
from scoring.rank_intervals import RankInterval
from scoring.resource_use import resource_use
from scoring.reverse import Suggestion
from scoring.sentences.robustness import interval_sentence

SLOTS = (
    "rank", "interval", "why_url", "label", "code", "unmet", "traits", "chain", "ranking_url", "others", "resources",
    "score", "advantage",
)  # fmt: skip
KEPT = 2048


class Addresses(NamedTuple):
    """Where the lines of a page lead: reasons of the basin, ranking of all basins."""

    why: str
    ranking: str

    @classmethod
    def of(cls, zone: ZoneCard) -> "Addresses":
        return cls(reverse("explorer:why", args=(zone.code,)), reverse("explorer:ranking"))


def suggestion_row(
    facts: Facts,
    zone: ZoneCard,
    asked: Listing,
    family: Sequence[Suggestion],
    interval: RankInterval | None,
    addresses: Addresses,
) -> SafeString:
    """Return the line of an activity: where it stands, how surely, what it would use, and its neighbours folded."""
    one, query = family[0], query_of(asked, family[0])
    values = {
        "rank": ordinal(one.fit.rank_among_basins),
        "interval": interval_markup(interval, len(facts.zones)),
        "why_url": escape(f"{addresses.why}?{query}"),
        "label": escape(one.node.label),
        "code": one.node.code,
        "unmet": unmet_list(facts, zone.code, one.node),
        "traits": traits(one),
        "chain": escape(chain_label(one)),
        "ranking_url": escape(f"{addresses.ranking}?{query}"),
        "others": neighbours(facts, zone, addresses.why, asked, family[1:]),
        "resources": _resources(facts, zone.code, one.node, get_language()),
        "score": number(one.fit.score, 1),
        "advantage": percent(one.fit.advantage, 1),
    }
    return mark_safe(skeleton("explorer/_suggestion.html", *SLOTS) % values)  # noqa: S308 - every value is escaped


def query_of(asked: Listing, one: Suggestion) -> str:
    """Return the question whose ranking gives a line its score, as the address holds it."""
    return Question(one.node.code, one.node.level, asked.weights).to_query("activite")


def interval_markup(interval: RankInterval | None, basins: int) -> str:
    """Return the bar and the words of an interval, or that it is not drawn yet."""
    if interval is None:
        return '<span class="interval">…</span>'
    bar = rank_bar(interval, basins, interval_sentence(interval))
    return f'{bar}<span class="interval" aria-hidden="true">{escape(short_interval(interval))}</span>'


def traits(one: Suggestion) -> str:
    """Return how far an activity is from what the basin does, and what says so."""
    words = distance_words(one.distance)
    reason = escape(spaced(words["reason"]))
    return f'<p class="traits"><span class="distance {words["kind"]}">{escape(words["label"])}</span> {reason}</p>'


def neighbours(facts: Facts, zone: ZoneCard, why: str, asked: Listing, others: Sequence[Suggestion]) -> str:
    """Return the activities folded under a line, none when it stands alone."""
    if not others:
        return ""
    lines = "".join(
        f'<li>{ordinal(one.fit.rank_among_basins)} <a href="{escape(f"{why}?{query_of(asked, one)}")}"{french_only()}>'
        f'{escape(one.node.label)}</a> <span class="code">{one.node.code}</span>'
        f"{unmet_list(facts, zone.code, one.node)}</li>"
        for one in others
    )
    told = ngettext("et %(count)s activité voisine", "et %(count)s activités voisines", len(others))
    summary = f'{escape(told % {"count": len(others)})}<span class="sr"> {others[0].node.code}</span>'
    return f'<details class="siblings"><summary>{summary}</summary><ul>{lines}</ul></details>'


@lru_cache(maxsize=KEPT)
def _resources(facts: Facts, zone_code: str, node: Node, language: str | None) -> str:
    """The resources that an activity would use, written once a language: no weight moves them."""
    lines = []
    for part in resource_words(resource_use(facts, zone_code, node)):
        lacking = "" if part["is_there"] else ' class="lacking"'
        text = escape(spaced(titled("", part["text"])))
        lines.append(f"<li{lacking}><strong>{escape(part['kind'])}</strong>{text}</li>")
    return f'<ul class="uses">{"".join(lines)}</ul>'
