"""A perimeter's score for an activity, in words: a range, what each basin puts in it, what its members can act on."""

from typing import Any

from django.utils.translation import gettext as _

from explorer.presenters.ranking import activity_url, ranking_url, why_url
from explorer.tables import Cell, Column, Table
from explorer.wording import number, with_unit
from scoring.definitions import PILLARS
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.perimeter_score import CriterionPart, PerimeterScore, ZonePart
from scoring.question import Question
from scoring.ranking import Ranking


def score_card(facts: Facts, ranking: Ranking, score: PerimeterScore, *, weighting: str) -> dict[str, Any]:
    """Return the score of a perimeter with its range, its zones and the two groups of its criteria."""
    pillars = {one.id: str(one.label) for one in PILLARS}
    within = [criterion_row(one, pillars) for one in score.criteria if one.is_within_reach]
    beyond = [criterion_row(one, pillars) for one in score.criteria if not one.is_within_reach]
    question = ranking.question
    return {
        "activity": {
            "label": ranking.sector.label,
            "code": ranking.sector.code,
            "url": activity_url(question),
            "ranking_url": ranking_url(question),
        },
        "sentence": sentence(score),
        "weighting": weighting,
        "zones": [zone_row(question, one, len(facts.zones)) for one in score.zones],
        "groups": [
            {
                "title": reach_titles()[True],
                "rows": within,
                "lost": number(sum(one.lost for one in score.criteria if one.is_within_reach), 1),
            },
            {
                "title": reach_titles()[False],
                "rows": beyond,
                "lost": number(sum(one.lost for one in score.criteria if not one.is_within_reach), 1),
            },
        ],
        "total": number(score.score, 1),
    }


def sentence(score: PerimeterScore) -> str:
    """Return the score as a range: the basins first, then what missing and estimated data leave open."""
    values = {
        "score": number(score.score, 1),
        "low": number(score.low, 1),
        "high": number(score.high, 1),
        "worst": number(score.lowest.score, 1),
        "worst_name": score.lowest.zone.name,
        "best": number(score.highest.score, 1),
        "best_name": score.highest.zone.name,
    }
    bounds = _("données manquantes ou estimées comprises, entre %(low)s et %(high)s.") % values
    if len(score.zones) == 1:
        return _("%(score)s points, comme son bassin ; ") % values + bounds
    told = _(
        "De %(worst)s points (%(worst_name)s) à %(best)s (%(best_name)s) selon le bassin ; %(score)s en moyenne ; "
    )
    return told % values + bounds


def zone_row(question: Question, one: ZonePart, count: int) -> dict[str, str]:
    """Return what a zone puts in the score."""
    rank = _("%(rank)s sur %(count)s") % {"rank": ordinal(one.rank), "count": count} if one.rank else _("écarté")
    return {
        "name": one.zone.name,
        "url": why_url(one.zone.code, question),
        "weight": with_unit(number(100 * one.weight, 0), "%"),
        "score": number(one.score, 1),
        "bounds": f"{number(one.low, 0)}–{number(one.high, 0)}",
        "rank": rank,
    }


def reach_titles() -> dict[bool, str]:
    """Return the words for what the members of a perimeter can act on, and for what they cannot."""
    return {
        True: _("Ce que ses membres peuvent changer : terrain, formation, logement"),
        False: _("Ce dont ils héritent : tissu, métiers présents, accès, dynamique"),
    }


def weighting_sentence(*, by_jobs: bool, are_known: bool) -> str:
    """Return how the basins are weighted, and that each is scored whole; `are_known`: jobs are, in every basin."""
    if by_jobs:
        told = _("Moyenne des scores de ses bassins, pesés par les emplois privés du périmètre dans chacun.")
    elif are_known:
        told = _(
            "Moyenne des scores de ses bassins, pesés par ses habitants dans chacun : aucun emploi privé n'y est "
            "déclaré à la commune."
        )
    else:
        told = _(
            "Moyenne des scores de ses bassins, pesés par ses habitants dans chacun : ses emplois privés ne sont pas "
            "connus dans tous."
        )
    return f"{told} {_('Un bassin entier est noté, y compris ce qui en dépasse.')}"


def score_zones_table(score: PerimeterScore) -> Table:
    """Return what each zone puts in the score."""
    columns = [
        Column(_("Bassin"), is_french=True),
        Column(_("Code")),
        Column(_("Poids"), unit="%", decimals=0),
        Column(_("Score"), decimals=1),
        Column(_("Au moins"), decimals=0),
        Column(_("Au plus"), decimals=0),
        Column(_("Rang national"), decimals=0),
    ]
    rows: list[list[Cell]] = [
        [one.zone.name, one.zone.code, 100 * one.weight, one.score, one.low, one.high, one.rank] for one in score.zones
    ]
    return Table("score-zones", _("Ce que chaque bassin y met"), columns, rows, status="estimated")


def score_criteria_table(score: PerimeterScore) -> Table:
    """Return the points of each criterion, what members can act on first."""
    pillars = {one.id: str(one.label) for one in PILLARS}
    titles = {True: _("ses membres peuvent agir"), False: _("ses membres en héritent")}
    columns = [
        Column(_("Critère")),
        Column(_("Pilier")),
        Column(_("Prise")),
        Column(_("Points"), decimals=1),
        Column(_("Sur"), decimals=1),
        Column(_("À gagner"), decimals=1),
    ]
    rows: list[list[Cell]] = [
        [one.label, pillars[one.pillar], titles[one.is_within_reach], one.points, one.most, one.lost]
        for one in sorted(score.criteria, key=lambda one: not one.is_within_reach)
    ]
    return Table("score-criteria", _("Sur quoi agir, et ce dont on hérite"), columns, rows, status="estimated")


def criterion_row(one: CriterionPart, pillars: dict[str, str]) -> dict[str, str]:
    """Return the points of a criterion, of how many, and what is left to gain."""
    return {
        "label": one.label,
        "pillar": pillars[one.pillar],
        "points": number(one.points, 1),
        "most": number(one.most, 1),
        "lost": number(one.lost, 1),
    }
