"""Gaps and what-ifs as the plain objects that the interface answers with."""

from collections.abc import Mapping
from typing import Any

from api.presenters import activity, rounded
from scoring.cells import known
from scoring.gap import Alone, Gap, Proposal, Stuck
from scoring.gap_words import gap_sentence
from scoring.levers import lever_table
from scoring.ranking import Ranking
from scoring.what_if import Standing, column_of, standing


def gap(found: Gap) -> dict[str, Any]:
    """Return what must change."""
    ranking = found.ranking
    return _head(ranking, found.index) | {
        "target": found.target.text,
        "status": found.status,
        "sentence": gap_sentence(found),
        "horizon_years": lever_table().horizon_years,
        "points_needed": rounded(found.need),
        "most_points": rounded(found.most_points),
        "effort": rounded(found.effort),
        "efforts": {key: rounded(value) for key, value in found.efforts.items()},
        "before": place(standing(ranking, found.index)),
        "after": place(standing(found.after, found.index)) if found.after else None,
        "proposals": [proposal(one) for one in found.proposals],
        "levers_alone": [alone(one) for one in found.alone],
        "out_of_reach": [stuck(one) for one in found.stuck],
    }


def what_if(before: Ranking, after: Ranking, index: int, changes: Mapping[str, float]) -> dict[str, Any]:
    """Return where the basin stands before and after."""
    return _head(before, index) | {
        "before": place(standing(before, index)),
        "after": place(standing(after, index)),
        "changes": [_change(before, after, index, key, value) for key, value in changes.items()],
    }


def _head(ranking: Ranking, index: int) -> dict[str, Any]:
    zone = ranking.facts.zones[index]
    return {
        "activity": activity(ranking.sector),
        "basin": {"code": zone.code, "name": zone.name},
        "edition": ranking.edition.name,
    }


def _change(before: Ranking, after: Ranking, index: int, key: str, value: float) -> dict[str, Any]:
    column = column_of(before, key)
    return {
        "criterion": key,
        "unit": str(before.used[column].unit),
        "before": rounded(known(before.cells[column].measured.value[index])),
        "after": rounded(value),
        "points": rounded(after.points[index, column] - before.points[index, column]),
    }


def place(one: Standing) -> dict[str, Any]:
    """Return where a basin stands."""
    return {
        "score": rounded(one.score),
        "score_low": rounded(one.score_low),
        "score_high": rounded(one.score_high),
        "rank": one.rank,
        "rank_p05": rounded(one.rank_p05),
        "rank_p95": rounded(one.rank_p95),
    }


def proposal(one: Proposal) -> dict[str, Any]:
    """Return a change proposed."""
    lever = one.reach.lever
    return {
        "lever": lever.id,
        "action": str(lever.action),
        "who": lever.who,
        "amount": rounded(one.amount),
        "unit": lever.unit_of(one.amount),
        "effort": rounded(one.effort),
        "points": rounded(one.points),
        "values": {key: rounded(value) for key, value in one.values.items()},
        "score": rounded(one.score),
        "rank": one.rank,
    }


def alone(one: Alone) -> dict[str, Any]:
    """Return a lever by itself."""
    return {
        "lever": one.reach.lever.id,
        "unit": str(one.reach.lever.unit),
        "amount": rounded(one.amount),
        "effort": rounded(one.effort),
        "most": rounded(one.most),
        "most_points": rounded(one.most_points),
    }


def stuck(one: Stuck) -> dict[str, Any]:
    """Return a criterion that cannot be moved."""
    return {
        "criterion": one.criterion.id,
        "who": one.who,
        "sentence": one.why,
        "value": rounded(one.value),
        "unit": str(one.criterion.unit),
        "points_lost": rounded(one.points_lost),
        "needed": rounded(one.needed),
    }
