"""The page of a what-if: the values that can be changed, and where the basin then stands."""

from typing import Any

import numpy as np
from django.http import HttpRequest
from django.utils.translation import gettext as _

from explorer.permalinks import permalink as lasting_link
from explorer.presenters.change import caution, change_frame, slope, standing_card, written_value
from explorer.presenters.gap import amount
from explorer.what_if_asked import (
    KEPT,
    LONGEST_NAME,
    MARGINS_KEPT,
    MOST_KEPT,
    Scenario,
    WhatIfAsked,
    default_name,
    field_number,
    shown_change,
    shown_today,
)
from explorer.wording import number
from scoring.levers import lever_table
from scoring.ranking import RankedBasin, Ranking
from scoring.reaches import Reach, reach
from scoring.what_if import changed, limits, standing

# A hint shows the first decimal at which one step of the lever is seen.
MOST_DECIMALS = 3


def what_if_page(request: HttpRequest, ranking: Ranking, basin: RankedBasin, asked: WhatIfAsked) -> dict[str, Any]:
    """Return the context of the page."""
    zone, query = basin.zone, ranking.question.to_query("activite")
    permalink = asked.url(zone.code, query)
    after = _then(ranking, basin.index, asked.scenario)
    keeping = asked.keeping()
    return change_frame(ranking, basin) | {
        "pillars": _pillars(ranking, basin.index, asked),
        "error": {"field": asked.wrong, "sentence": asked.sentence} if asked.wrong else None,
        "name": asked.scenario.name,
        "longest_name": LONGEST_NAME,
        "keeps_margins": asked.scenario.keeps_margins,
        "margins_kept": MARGINS_KEPT,
        "kept_fields": [(name, one.text) for name, one in zip(KEPT, asked.kept, strict=False)],
        "sentence": _sentence(ranking, basin, after),
        "changes": _changes(ranking, after, basin.index, asked.scenario) if after else [],
        "caution": caution(standing(ranking, basin.index), standing(after, basin.index)) if after else "",
        "slope": _slope(ranking, after, basin.index) if after else None,
        "scenarios": _scenarios(ranking, basin, asked, after),
        "keep_url": keeping.url(zone.code, query) if keeping else "",
        "is_full": len(asked.kept) >= MOST_KEPT,
        "most_kept": MOST_KEPT,
        "url": permalink.partition("?")[0],
        "reset_url": WhatIfAsked(Scenario("", {}), asked.kept).url(zone.code, query),
        "permalink": permalink,
        "share_url": lasting_link(request, permalink, ranking.edition),
    }


def _then(ranking: Ranking, index: int, scenario: Scenario) -> Ranking | None:
    if not scenario.changes:
        return None
    return changed(ranking, index, scenario.changes, keeps_margins=scenario.keeps_margins)


def _slope(ranking: Ranking, after: Ranking, index: int) -> dict[str, Any] | None:
    return slope(standing(ranking, index), standing(after, index), len(ranking.facts.zones))


def _sentence(ranking: Ranking, basin: RankedBasin, after: Ranking | None) -> str:
    before = standing_card("", standing(ranking, basin.index))
    words = {"name": basin.zone.name, "rank": before["rank"], "score": before["score"]}
    if after is None:
        today = _(
            "%(name)s est aujourd'hui %(rank)s avec %(score)s points. Changez une valeur pour voir ce qu'elle "
            "déplace : les autres bassins et les échelles ne bougent pas."
        )
        return today % words
    then = standing_card("", standing(after, basin.index))
    moved = _(
        "%(name)s passerait du %(rank)s au %(then_rank)s rang, et de %(score)s à %(then_score)s points sur 100, les "
        "autres bassins restant ce qu'ils sont."
    )
    vetoed = _(
        "%(name)s est écarté par un critère éliminatoire : de %(score)s à %(then_score)s points sur 100, il resterait "
        "sans rang."
    )
    return (moved if basin.rank else vetoed) % (words | {"then_rank": then["rank"], "then_score": then["score"]})


def _pillars(ranking: Ranking, index: int, asked: WhatIfAsked) -> list[dict[str, Any]]:
    """Return the fields by pillar, those that weigh nothing for this question left out."""
    groups = []
    for pillar in ranking.pillars:
        rows = [
            _field(ranking, index, column, asked)
            for column, one in enumerate(ranking.used)
            if one.pillar == pillar.id and (ranking.weights[column] > 0 or one.id in asked.scenario.changes)
        ]
        if rows:
            groups.append({"id": pillar.id, "label": pillar.label, "fields": rows})
    return groups


def _field(ranking: Ranking, index: int, column: int, asked: WhatIfAsked) -> dict[str, Any]:
    one, name = ranking.used[column], f"v.{ranking.used[column].id}"
    accepted, today = limits(ranking, one.id), shown_today(ranking, index, column)
    change = asked.scenario.changes.get(one.id)
    shown = today if change is None else shown_change(change)
    return {
        "id": one.id,
        "name": name,
        "label": str(one.label),
        "unit": str(one.unit),
        "value": asked.typed.get(one.id, shown) if asked.wrong else shown,
        "today": _today_words(ranking, index, column),
        "is_changed": change is not None,
        "is_wrong": asked.wrong == name,
        "low": number(accepted.low, one.decimals),
        "high": number(accepted.high, one.decimals),
        "weight": number(100 * float(ranking.weights[column]), 1),
        "hint": _hint(ranking, index, one.id),
    }


def _hint(ranking: Ranking, index: int, criterion_id: str) -> str:
    """Return what one step of the criterion's lever makes of its value: a number of people, of sites, of doctors."""
    lever = next((one for one in lever_table().levers.values() if criterion_id in one.criteria), None)
    if lever is None or lever.id not in {one.id for one in ranking.used}:
        return ""
    found = reach(ranking, index, lever)
    if not isinstance(found, Reach):
        return ""
    today, then = (float(one) for one in found.values[criterion_id][:2])
    decimals = next(one.decimals for one in ranking.used if one.id == criterion_id)
    while decimals < MOST_DECIMALS and round(today, decimals) == round(then, decimals):
        decimals += 1
    if round(today, decimals) == round(then, decimals):
        return ""
    return _("Repère : avec %(amount)s, %(value)s") % {
        "amount": amount(float(found.amounts[1]), lever),
        "value": field_number(then, decimals),
    }


def _today_words(ranking: Ranking, index: int, column: int) -> str:
    value = float(ranking.cells[column].measured.value[index])
    return _("non disponible") if np.isnan(value) else number(value, ranking.used[column].decimals)


def _changes(ranking: Ranking, after: Ranking, index: int, scenario: Scenario) -> list[dict[str, str]]:
    rows = []
    for column, one in enumerate(ranking.used):
        if one.id in scenario.changes:
            rows.append(
                {
                    "label": str(one.label),
                    "before": _today_words(ranking, index, column),
                    "after": written_value(scenario.changes[one.id], one),
                    "points": _signed(float(after.points[index, column] - ranking.points[index, column])),
                    "note": "" if ranking.weights[column] > 0 else _("sans poids dans cette question"),
                }
            )
    return rows


def _signed(value: float) -> str:
    return f"+{number(value, 2)}" if value >= 0.005 else number(value, 2)


def _scenarios(
    ranking: Ranking, basin: RankedBasin, asked: WhatIfAsked, after: Ranking | None
) -> list[dict[str, Any]]:
    """Return today, the scenarios kept and the one on the page, side by side."""
    index, code, query = basin.index, basin.zone.code, ranking.question.to_query("activite")
    columns = [standing_card(_("Aujourd'hui"), standing(ranking, index)) | {"changes": []}]
    for place, one in enumerate(asked.kept):
        then = _then(ranking, index, one)
        if then is not None:
            columns.append(
                standing_card(one.name, standing(then, index))
                | {
                    "changes": _changes(ranking, then, index, one),
                    "edit_url": asked.editing(place).url(code, query),
                    "remove_url": asked.without(place).url(code, query),
                }
            )
    if after is not None:
        title = asked.scenario.name or default_name(len(asked.kept))
        columns.append(
            standing_card(title, standing(after, index))
            | {"changes": _changes(ranking, after, index, asked.scenario), "is_current": True}
        )
    return columns
