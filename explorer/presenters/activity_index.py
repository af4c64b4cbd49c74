"""The index of activities: the industrial ones by branch, the others by division, or what a text names."""

from collections.abc import Sequence
from typing import Any

from explorer.presenters.activity import activity_link, card_url
from explorer.presenters.ranking import ranking_url
from explorer.wording import level_label
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.question import Question
from scoring.search import Match
from scoring.service import card


def activity_index_page(facts: Facts, text: str | None, matches: Sequence[Match]) -> dict[str, Any]:
    """Return the context of the index of activities, or of a search among them."""
    nodes = facts.nomenclature.nodes
    industrial = facts.nomenclature.manufacturing
    sections = sorted((one for one in nodes.values() if one.level == "section"), key=lambda one: one.code)
    return {
        "edition": facts.edition,
        "text": text,
        "matches": [match_row(one) for one in matches],
        "branches": [] if text else [group(facts, nodes[f"a38:{code}"], "subclass") for code in industrial],
        "sections": [] if text else [group(facts, one, "division") for one in sections if one.code != "C"],
        "count": sum(one.level == "subclass" for one in nodes.values()),
        "industrial_count": len(nodes["section:C"].subclasses),
    }


def group(facts: Facts, node: Node, level: str) -> dict[str, Any]:
    """Return a branch or a section with its activities of a level."""
    inside = set(node.subclasses)
    members = [
        one for one in facts.nomenclature.nodes.values() if one.level == level and set(one.subclasses) <= inside
    ]
    return activity_link(card(node)) | {
        "members": [activity_link(card(one)) for one in sorted(members, key=lambda one: one.code)]
    }


def match_row(match: Match) -> dict[str, str]:
    """Return a match: its page, and its ranking."""
    question = Question(match.activity.code, match.activity.level)
    return {
        "code": match.activity.code,
        "label": match.activity.label,
        "level": level_label(match.activity.level),
        "reason": str(match.reason),
        "url": card_url(match.activity),
        "ranking_url": ranking_url(question),
    }
