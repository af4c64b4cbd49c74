"""From marks and weights to the score: the sum, and the geometric mean of the pillars."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, num, paren, times
from explorer.method.worked import Case, Checked, Example, Step, Topic, sum_of
from explorer.tables import Cell, Column, Table
from scoring.definitions import PILLARS
from scoring.ranking import GEOMETRIC_FLOOR
from scoring.service import rank


def weighed(case: Case) -> list[tuple[str, str, float, float]]:
    """Return label, pillar, weight (0-1) and mark of each criterion that weighs something."""
    ranking = case.ranking
    marks = ranking.assessment.normalised[case.index].tolist()
    return [
        (str(one.label), one.pillar, weight, mark)
        for one, weight, mark in zip(ranking.used, ranking.weights.tolist(), marks, strict=True)
        if weight > 0
    ]


def sum_examples(case: Case) -> Sequence[Checked]:
    """Add up the points of every criterion."""
    rows = weighed(case)
    score = math.fsum(100 * weight * mark for _label, _pillar, weight, mark in rows)
    ranked = sorted(rows, key=lambda row: -row[2] * row[3])
    terms = [times(num(100 * weight, 2), num(mark, 3)) for _label, _pillar, weight, mark in ranked[:4]]
    columns = (
        Column(_("Critère")),
        Column(_("Poids"), "", 2),
        Column(_("Note"), "", 3),
        Column(_("Points"), "", 2),
    )
    lines: list[Sequence[Cell]] = [(label, 100 * w, n, 100 * w * n) for label, _pillar, w, n in rows]
    lines.append((_("Total"), 100 * math.fsum(row[2] for row in rows), None, score))
    table = Table("somme", _("Le score, critère par critère"), columns, lines)
    steps = [
        Step(
            _("Somme des points, du plus grand au plus petit"), about(equals("S", sum_of(terms, len(rows))), score, 2)
        )
    ]
    label = _("Score de %(name)s") % {"name": case.zone.name}
    return [Checked(label, Example(score, steps, table), float(case.ranking.score[case.index]), 2, _("points"))]


def geometric_examples(case: Case) -> Sequence[Checked]:
    """Work out the geometric mean of the pillars."""
    rows, lines, log = weighed(case), [], 0.0
    for pillar in PILLARS:
        own = [(weight, mark) for _label, key, weight, mark in rows if key == pillar.id]
        if own:
            whole = math.fsum(weight for weight, _mark in own)
            mean = math.fsum(weight * mark for weight, mark in own) / whole
            log += whole * math.log(max(mean, GEOMETRIC_FLOOR))
            lines.append((str(pillar.label), 100 * whole, mean, max(mean, GEOMETRIC_FLOOR) ** whole))
    score = 100 * math.exp(log)
    factors = times(*(rf"{num(mean, 3)}^{{{num(whole / 100, 3)}}}" for _label, whole, mean, _factor in lines))
    columns = (
        Column(_("Pilier")),
        Column(_("Poids"), "", 2),
        Column(_("Note moyenne"), "", 3),
        Column(_("Facteur"), "", 4),
    )
    table = Table("geometrique", _("Le produit, pilier par pilier"), columns, lines)
    steps = [Step(_("Produit des piliers"), about(rf"G = 100 \times {factors}", score, 2))]
    asked = rank(case.facts, replace(case.ranking.question, aggregation="geometric"))
    label = _("Score géométrique de %(name)s") % {"name": case.zone.name}
    return [Checked(label, Example(score, steps, table), float(asked.score[case.index]), 2, _("points"))]


def _sum_symbols() -> Mapping[str, str]:
    return {"w_c": _("poids du critère ; les poids font 1"), "n_c": _("note du critère, entre 0 et 1")}


def _geometric_symbols() -> Mapping[str, str]:
    return {
        "W_p": _("poids du pilier"),
        "m_p": _("note moyenne du pilier, pondérée ; 0,01 au moins, pour qu'un pilier vide n'annule pas les autres"),
    }


def _sum_title() -> str:
    return _("Le score : une somme")


def _geometric_title() -> str:
    return _("Le score géométrique, au choix")


SUM = Topic(
    "somme", _sum_title, "explorer/_method_sum.html", (r"S = 100 \times \sum_{c} w_c n_c",), _sum_symbols, sum_examples
)
GEOMETRIC = Topic(
    "geometrique",
    _geometric_title,
    "explorer/_method_geometric.html",
    (
        r"G = 100 \times \prod_{p} \max" + paren(r"m_p \,;\, 0.01") + "^{W_p}",
        r"m_p = \frac{\sum_{c \in p} w_c n_c}{W_p}",
    ),
    _geometric_symbols,
    geometric_examples,
)
