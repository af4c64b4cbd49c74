"""The page that holds basins side by side: who they are, how to change them, each theme, the activity if any."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.compare_address import FEWEST, MOST, compare_url
from explorer.compare_search import BasinMatch
from explorer.comparison import Comparison, Problem
from explorer.permalinks import stamped
from explorer.presenters.basin_peers import peers_url
from explorer.presenters.compare_markup import BEST_MARK, rows_html
from explorer.presenters.compare_rows import CompareSection
from explorer.presenters.compare_score import pillar_figure, score_sections
from explorer.presenters.compare_sections import sections
from explorer.presenters.ranking import activity_url, ranking_url, why_url
from explorer.tables import shown
from explorer.wording import listed, number
from scoring.cells import known
from scoring.facts import Facts, ZoneCard
from scoring.numbers import ordinal
from scoring.peer_traits import peer_rules
from scoring.peers import find_peers
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.search import Match

SUGGESTED = 4


def compare_page(
    facts: Facts, asked: Comparison, ranking: Ranking | None, problems: Sequence[Problem] = (), *, typed: str = ""
) -> dict[str, Any]:
    """Return the context of a comparison; with a problem, or fewer than two basins, the form alone."""
    page = form_context(facts, asked, typed=typed)
    told = [*asked.problems, *problems]
    lasting = stamped(compare_url(asked.codes, asked.question_query), facts.edition)
    page |= {"problems": [one.sentence for one in told], "permalink": lasting}
    if told or len(asked.codes) < FEWEST:
        return page | {"suggested": suggested(facts, asked) if len(asked.codes) == 1 else []}
    themes = sections(facts, asked.codes)
    return page | {
        "has_table": True,
        "headline": headline(facts, asked, ranking),
        "best_mark": BEST_MARK,
        "sections": [section_context(one) for one in themes],
        "activity": activity_context(facts, asked, ranking) if ranking else None,
        "csv_url": f"{reverse('explorer:compare-csv')}{asked.query}",
    }


def comparison_sections(facts: Facts, asked: Comparison, ranking: Ranking | None) -> list[CompareSection]:
    """Return all that a comparison holds, the activity first."""
    scored = score_sections(ranking, asked.codes) if ranking else []
    return [*scored, *sections(facts, asked.codes)]


def zones_of(facts: Facts, asked: Comparison) -> list[ZoneCard]:
    """Return the basins of a comparison, in order."""
    return [facts.zones[facts.zone(code)] for code in asked.codes]


def form_context(facts: Facts, asked: Comparison, *, typed: str = "") -> dict[str, Any]:
    """Return what changes a comparison: its basins with the links that move or remove them, its two search fields."""
    kept = QueryDict(asked.question_query)
    return {
        "edition": facts.edition,
        "basins": [basin_entry(facts, asked, position) for position in range(len(asked.codes))],
        "codes": ",".join(asked.codes),
        "question_fields": list(kept.items()),
        "can_add": len(asked.codes) < MOST,
        "most": MOST,
        "fewest": FEWEST,
        "typed": typed,
        "question": asked.question and question_entry(facts, asked, asked.question),
    }


def question_entry(facts: Facts, asked: Comparison, question: Question) -> dict[str, Any]:
    """Return the activity asked, with the link that leaves it."""
    node = facts.nomenclature.find(question.activity, question.level)
    return {"code": node.code, "label": node.label, "without_url": compare_url(asked.codes)}


def basin_entry(facts: Facts, asked: Comparison, position: int) -> dict[str, Any]:
    """Return a basin with the links that change its place; an empty link where there is nothing to do."""
    codes, query = list(asked.codes), asked.question_query
    zone = facts.zones[facts.zone(codes[position])]
    others = codes[:position] + codes[position + 1 :]
    return {
        "code": zone.code,
        "name": zone.name,
        "where": listed([facts.regions[code] for code in zone.region_codes]),
        "url": reverse("explorer:basin", args=(zone.code,)),
        "peers_url": peers_url(zone.code),
        "why_url": why_url(zone.code, asked.question) if asked.question else "",
        "is_first": position == 0,
        "remove_url": compare_url(others, query),
        "earlier_url": compare_url(moved(codes, position, position - 1), query) if position else "",
        "later_url": compare_url(moved(codes, position, position + 1), query) if position + 1 < len(codes) else "",
    }


def moved(codes: Sequence[str], start: int, end: int) -> list[str]:
    """Return the basins with one moved to another place."""
    others = [*codes[:start], *codes[start + 1 :]]
    return [*others[:end], codes[start], *others[end:]]


def suggested(facts: Facts, asked: Comparison) -> list[dict[str, str]]:
    """Return the basins that resemble the only one asked, each with the comparison it would make."""
    purpose = next(iter(peer_rules().purposes.values()))
    found = find_peers(facts, asked.codes[0], purpose, exclude_region=False, limit=SUGGESTED)
    return [
        {"name": one.zone.name, "url": compare_url([*asked.codes, one.zone.code], asked.question_query)}
        for one in found.peers
    ]


def section_context(one: CompareSection) -> dict[str, Any]:
    source = one.common_source
    return {
        "id": one.id,
        "title": one.title,
        "note": one.note,
        "body": rows_html(one.rows, with_sources=not source),
        "source": source,
    }


def activity_context(facts: Facts, asked: Comparison, ranking: Ranking) -> dict[str, Any]:
    """Return what a comparison says of an activity."""
    question = ranking.question
    return {
        "label": ranking.sector.label,
        "code": ranking.sector.code,
        "url": activity_url(question),
        "ranking_url": ranking_url(question),
        "figure": shown(facts, pillar_figure(facts, ranking, asked.codes)),
        "sections": [section_context(one) for one in score_sections(ranking, asked.codes)],
        "is_geometric": question.aggregation == "geometric",
    }


def headline(facts: Facts, asked: Comparison, ranking: Ranking | None) -> str:
    """Return the sentence that answers: the ranks for the activity, else the size and the industry of each."""
    if ranking:
        told = [_ranked(ranking, code) for code in asked.codes]
        return _("%(basins)s, pour cette activité.") % {"basins": listed(told)}
    told = [_sized(facts, code) for code in asked.codes]
    return _("Emplois industriels privés : %(basins)s.") % {"basins": listed(told)}


def _ranked(ranking: Ranking, code: str) -> str:
    one = ranking.basin(code)
    if one.rank is None:
        return _("%(name)s écarté") % {"name": one.zone.name}
    values = {"name": one.zone.name, "rank": ordinal(one.rank), "score": number(one.score, 1)}
    return _("%(name)s %(rank)s (%(score)s points)") % values


def _sized(facts: Facts, code: str) -> str:
    index = facts.zone(code)
    jobs = known(facts.industrial_jobs[index])
    values = {"name": facts.zones[index].name, "jobs": _("non disponible") if jobs is None else number(jobs, 0)}
    return _("%(name)s (%(jobs)s)") % values


def add_page(facts: Facts, asked: Comparison, text: str, matches: Sequence[BasinMatch]) -> dict[str, Any]:
    """Return the context of the choice of a basin to add."""
    entries = [
        {
            "name": one.name,
            "commune": one.commune,
            "is_there": one.code in asked.codes,
            "url": compare_url([*asked.codes, one.code], asked.question_query),
        }
        for one in matches
    ]
    return form_context(facts, asked, typed=text) | {"text": text, "matches": entries}


def activity_choice(facts: Facts, asked: Comparison, text: str, matches: Sequence[Match]) -> dict[str, Any]:
    """Return the context of the choice of an activity."""
    entries = [
        {
            "code": one.activity.code,
            "label": one.activity.label,
            "reason": str(one.reason),
            "url": compare_url(asked.codes, Question(one.activity.code, one.activity.level).to_query("activite")),
        }
        for one in matches
    ]
    return form_context(facts, asked) | {"text": text, "activities": entries}
