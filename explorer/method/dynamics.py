"""Worked examples of momentum: the local effect of the branch, the programmes of the State."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from explorer.method.tex import about, either, equals, frac, num, signed, times
from explorer.method.worked import Case, Example, Method, Step
from explorer.tables import Cell, Column, Table
from explorer.wording import number
from scoring.definitions import Criterion
from scoring.facts import JOBS_START_YEAR, JOBS_YEAR


class Change(NamedTuple):
    """A branch between two years: jobs at the start, published and held at the end, national growth, local effect."""

    label: str
    start: float
    end: float
    held: float
    growth: float
    local: float


def held(start: float, end: float, one: Criterion) -> float:
    """Return the jobs at the end held within what a plant can do."""
    least = start / one.parameters["max_ratio"] if start >= one.parameters["min_jobs"] else 0.0
    return min(max(end, least), max(start * one.parameters["max_ratio"], one.parameters["min_jobs"]))


def changes(case: Case, one: Criterion) -> list[Change]:
    """Return the change of each branch of the activity in the basin."""
    table, found = case.facts.private_jobs, []
    for column in table.columns(case.profile.node.a38):
        pairs = list(zip(table.start[:, column].tolist(), table.end[:, column].tolist(), strict=True))
        known = [(before, held(before, after, one)) for before, after in pairs if not math.isnan(before + after)]
        growth = math.fsum(after for _b, after in known) / math.fsum(before for before, _a in known) - 1
        before, after = pairs[case.index]
        end = held(before, after, one)
        label = case.facts.nomenclature.nodes[f"a38:{table.codes[column]}"].label
        found.append(Change(label, before, after, end, growth, end - before * (1 + growth)))
    return found


def local(case: Case, one: Criterion) -> Example | None:
    """Work out the local effect; None where the jobs are read by sub-class."""
    if case.profile.covered_share:
        return None
    rows, shrink = changes(case, one), one.parameters["shrink"]
    gain, before = math.fsum(row.local for row in rows), math.fsum(row.start for row in rows)
    value = 100 * gain / (before + shrink)
    first = max(rows, key=lambda row: row.start)
    years = {"start": JOBS_START_YEAR, "end": JOBS_YEAR}
    share = frac(signed(gain, 1), f"{num(before)} + {num(shrink)}")
    steps = [
        Step(_("Croissance nationale de la branche, %(start)s-%(end)s") % years, about("g", first.growth, 4)),
        Step(
            _("Effet local : emplois de la fin moins ceux que la croissance nationale aurait donnés"),
            about(
                f"{num(first.held, 1)} - {times(num(first.start), f'(1 + {signed(first.growth, 4)})')}", first.local, 1
            ),
        ),
        Step(_("Valeur du critère, en %"), about(rf"100 \times {share}", value, 2)),
    ]
    if first.held != first.end:
        steps.insert(0, _clipped(first, one))
    columns = (
        Column(_("Branche"), is_french=True),
        Column(_("Emplois %(start)s") % years, "", 0),
        Column(_("Emplois %(end)s") % years, "", 0),
        Column(_("Retenus après écrêtage"), "", 1),
        Column(_("Croissance nationale"), "%", 2),
        Column(_("Effet local"), _("emplois"), 1),
    )
    lines: list[Sequence[Cell]] = [(*row[:4], 100 * row.growth, row.local) for row in rows]
    return Example(value, steps, Table("", _("La branche entre les deux dates"), columns, lines))


def _clipped(row: Change, one: Criterion) -> Step:
    """Return how a break that looks like a recoding is held."""
    ratio = num(one.parameters["max_ratio"])
    words = {"published": number(row.end, 0)}
    if row.held < row.end:
        tex = either(r"\max", times(num(row.start), ratio), num(one.parameters["min_jobs"]))
        return Step(_("%(published)s emplois publiés : hausse écrêtée") % words, about(tex, row.held, 1))
    return Step(
        _("%(published)s emplois publiés : chute écrêtée") % words, about(frac(num(row.start), ratio), row.held, 1)
    )


def programmes(case: Case, one: Criterion) -> Example:
    """Work out the two marks of programmes, an unknown one left in the middle."""
    eligible, rate = (float(case.told(one.id, name)) for name in ("eligible_pct", "rate"))
    full = one.parameters["full_rate"]
    marks, steps = [], []
    if not math.isnan(eligible):
        marks.append(eligible / 100)
        steps.append(Step(_("Population en Territoire d'industrie"), equals("e", frac(num(eligible, 2), "100"))))
    if not math.isnan(rate):
        marks.append(min(max(rate / full, 0.0), 1.0))
        tex = either(r"\min", frac(num(rate, 2), num(full, 1)), "1")
        steps.append(
            Step(_("Entreprises aidées pour 1 000 emplois industriels"), about(equals("a", tex), marks[-1], 4))
        )
    value = 50 * (math.fsum(marks) + 0.5 * (2 - len(marks)))
    terms = [*(num(mark, 4) for mark in marks), *["0.5"] * (2 - len(marks))]
    steps.append(
        Step(
            _("Moyenne des deux, en % ; une note inconnue est au milieu"),
            about(rf"100 \times {frac(' + '.join(terms), '2')}", value, 2),
        )
    )
    return Example(value, steps)


def _local_symbols() -> Mapping[str, str]:
    return {
        "E_0": _("emplois de la branche dans le bassin au début"),
        r"\tilde{E}_1": _(
            "emplois à la fin, tenus entre le tiers et le triple de ceux du début dès qu'ils dépassent 200"
        ),
        "g": _("croissance nationale de la branche, calculée sur les mêmes emplois écrêtés"),
        "L": _("effet local ; les effets national et de structure sont le reste de la variation"),
    }


def _programme_symbols() -> Mapping[str, str]:
    return {
        "e": _("part de la population vivant en Territoire d'industrie"),
        "a": _(
            "entreprises aidées par France Relance pour 1 000 emplois industriels, rapportées à 6,9 et plafonnées à 1"
        ),
    }


METHODS = {
    "dynamics.local": Method(
        r"x = 100 \times \frac{L}{E_0 + 50}, \quad L = \tilde{E}_1 - E_0 \left(1 + g\right)", _local_symbols, local
    ),
    "dynamics.programmes": Method(equals("x", rf"100 \times {frac('e + a', '2')}"), _programme_symbols, programmes),
}
