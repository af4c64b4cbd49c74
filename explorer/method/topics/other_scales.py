"""The two other ways of marking that a reader may choose: percentile and standard deviations."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from explorer.method.tex import about, frac, num, signed, times
from explorer.method.topics.marks import on_scale
from explorer.method.worked import Case, Checked, Example, Step, Topic, known_columns
from scoring.definitions import Criterion
from scoring.service import rank

LIMIT = 3


def percentile(one: Criterion, known: Sequence[float], value: float) -> Example:
    """Count the basins below, ties for half."""
    below, equal = sum(other < value for other in known), sum(other == value for other in known)
    share = (below + equal / 2) / len(known)
    mark = 1 - share if one.direction == "less" else share
    tex = frac(rf"{num(below)} + {frac(num(equal), '2')}", num(len(known)))
    words = {"below": below, "equal": equal, "count": len(known)}
    said = _("%(below)s bassins au-dessous, %(equal)s à égalité (lui compris), sur %(count)s connus") % words
    return Example(mark, [Step(said, about(f"1 - {tex}" if one.direction == "less" else tex, mark, 4))])


def deviations(one: Criterion, known: Sequence[float], value: float) -> Example:
    """Count the standard deviations from the mean, three below worth 0, three above worth 1."""
    mean, spread = statistics.fmean(known), statistics.pstdev(known)
    share = min(max((value - mean) / spread / (2 * LIMIT) + 0.5, 0.0), 1.0)
    mark = 1 - share if one.direction == "less" else share
    gap = frac(f"{num(value, 4)} - {signed(mean, 4)}", times(num(2 * LIMIT), num(spread, 4)))
    sign = "-" if one.direction == "less" else "+"
    return Example(mark, [Step(_("Écart à la moyenne, en écarts-types"), about(f"0.5 {sign} {gap}", mark, 4))])


def examples(case: Case) -> Sequence[Checked]:
    """Work out both marks of one criterion, whose value has no margin if there is any such."""
    columns = known_columns(case)
    if not columns:
        return ()
    cells = case.ranking.cells
    plain = [c for c in columns if cells[c].measured.low[case.index] == cells[c].measured.high[case.index]]
    if not plain:
        return ()
    column = plain[0]
    one = case.ranking.used[column]
    values = [on_scale(one, value) for value in cells[column].measured.value.tolist() if not math.isnan(value)]
    here = on_scale(one, float(cells[column].measured.value[case.index]))
    found = []
    for name, title, work in (
        ("percentile", _("Au centile : %(label)s"), percentile),
        ("zscore", _("En écarts-types : %(label)s"), deviations),
    ):
        asked = rank(case.facts, replace(case.ranking.question, normalisation=name))
        engine = float(asked.cells[column].normalised[case.index])
        found.append(Checked(title % {"label": one.label}, work(one, values, here), engine, 4))
    return found


def _title() -> str:
    return _("Deux autres façons de noter")


def _symbols() -> Mapping[str, str]:
    return {
        "i": _("bassins au-dessous"),
        "e": _("bassins à égalité, lui compris"),
        "N": _("bassins où le critère est connu"),
        r"\mu": _("moyenne des bassins connus"),
        r"\sigma": _("écart-type des bassins connus"),
    }


TOPIC = Topic(
    "autres-notes",
    _title,
    "explorer/_method_other_scales.html",
    (r"n = \frac{i + e/2}{N}", r"n = 0.5 + \frac{x - \mu}{6 \sigma}"),
    _symbols,
    examples,
)
