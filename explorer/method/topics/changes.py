"""What must change to reach a target: the effort of the changes proposed, and the score they lead to."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, num, sum_terms, times
from explorer.method.worked import Case, Checked, Example, Step, Topic
from explorer.tables import Cell, Column, Table
from scoring.gap import Gap, gap, is_reached
from scoring.levers import lever_table
from scoring.numbers import ordinal
from scoring.targets import parse_target

FIRST_ONES = 20


def examples(case: Case) -> Sequence[Checked]:
    """Work out the effort and the score of the changes proposed; nothing where no lever can be pulled here.

    A basin among the first ones has nothing to reach: the example is then the first one behind them.
    """
    target = parse_target(f"top{min(FIRST_ONES, len(case.facts.zones))}", len(case.facts.zones))
    behind = np.flatnonzero(case.ranking.rank == target.number + 1)
    shown = case
    if is_reached(case.ranking, case.index, target):
        if not behind.size:
            return ()
        shown = replace(case, index=int(behind[0]))
    found = gap(shown.ranking, shown.zone.code, target, {})
    if not found.proposals or found.after is None:
        return ()
    return (_effort(shown, found, _note(case, shown, found)), _score(shown, found))


def _effort(case: Case, found: Gap, note: str) -> Checked:
    rows = [(one, lever_table().levers[one.reach.lever.id].effort) for one in found.proposals]
    total = math.fsum(one.amount * unit * one.reach.factor for one, unit in rows)
    terms = [times(num(one.amount, 2), num(unit, 3), num(one.reach.factor, 3)) for one, unit in rows]
    columns = (
        Column(_("Changement")),
        Column(_("Quantité"), "", 1),
        Column(_("Unité")),
        Column(_("Effort d'une unité"), "", 2),
        Column(_("Facteur de taille"), "", 2),
        Column(_("Effort"), "", 2),
        Column(_("Points gagnés"), "", 2),
    )
    lines: list[Sequence[Cell]] = [
        (
            str(one.reach.lever.action),
            one.amount,
            one.reach.lever.unit_of(one.amount),
            unit,
            one.reach.factor,
            one.effort,
            one.points,
        )
        for one, unit in rows
    ]
    label = _("Effort pour les %(count)s premiers rangs : %(name)s, %(rank)s aujourd'hui") % {
        "count": f"{found.target.number:g}",
        "name": case.zone.name,
        "rank": ordinal(int(case.ranking.rank[case.index])),
    }
    table = Table("changements", _("Les changements les moins coûteux"), columns, lines)
    steps = [Step(_("Somme des efforts"), about(equals("E", sum_terms(terms)), total, 2))]
    return Checked(label, Example(total, steps, table, note=note), found.effort, 2, _("points d'effort"))


def _score(case: Case, found: Gap) -> Checked:
    """Add what each criterion moved gains to the score of today; the engine ranks all basins again instead."""
    before = float(case.ranking.score[case.index])
    gains = [_gain(case, found, key) for one in found.proposals for key in one.values]
    result = math.fsum([before, *(100 * weight * (after - mark) for weight, mark, after in gains)])
    terms = [times(num(100 * weight, 2), rf"({num(after, 3)} - {num(mark, 3)})") for weight, mark, after in gains]
    step = Step(
        _("Score d'aujourd'hui, plus ce que gagne chaque critère"),
        about(equals("S'", sum_terms([num(before, 2), *terms])), result, 2),
    )
    assert found.after is not None
    return Checked(
        _("Score après ces changements"),
        Example(result, [step]),
        float(found.after.score[case.index]),
        2,
        _("points"),
    )


def _gain(case: Case, found: Gap, criterion_id: str) -> tuple[float, float, float]:
    """Return the weight of a criterion, its mark today and its mark once changed."""
    column = case.column(criterion_id)
    assert column is not None and found.after is not None
    before, after = (one.assessment.normalised[case.index, column] for one in (case.ranking, found.after))
    return float(case.ranking.weights[column]), float(before), float(after)


def _note(case: Case, shown: Case, found: Gap) -> str:
    """Return what to say where another basin is shown, or where even every lever does not reach the target."""
    if shown.index != case.index:
        return _("%(name)s est déjà parmi ces premiers : l'exemple est le bassin qui les suit.") % {
            "name": case.zone.name
        }
    if found.status == "short":
        return _(
            "La cible reste hors de portée : ces changements apportent l'essentiel de ce que les leviers permettent."
        )
    return ""


def _title() -> str:
    return _("Ce qui manque : les changements les moins coûteux")


def _symbols() -> Mapping[str, str]:
    return {
        "q_l": _(
            "quantité du levier, par pas entiers : personnes formées, hectares, logements ; 0 si on n'y touche pas"
        ),
        "e_l": _(
            "effort d'une unité, un jugement que chacun peut changer ; 1 point est une année de chargé de mission"
        ),
        "f_l": _("facteur de taille : un site de 10 ha demande deux fois plus qu'un très petit, 1 ailleurs"),
        "g_l": _("points que cette quantité apporte : 100 fois le poids, fois la note gagnée"),
        "B": _("points qui manquent : écart avec le bassin au rang visé, ou avec le score visé"),
    }


TOPIC = Topic(
    "progresser",
    _title,
    "explorer/_method_changes_effort.html",
    (
        r"E = \min_{q} \sum_{l} e_l f_l q_l",
        r"\sum_{l} g_l(q_l) \geq B",
    ),
    _symbols,
    examples,
)
