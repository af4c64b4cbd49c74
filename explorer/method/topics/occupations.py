"""How the occupations of a basin are estimated: proportional fitting, shown on two rows and two columns."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.skills import needed_families
from explorer.method.tex import about, equals, frac, num, times
from explorer.method.worked import Case, Checked, Example, Step, Topic
from explorer.tables import Cell, Column, Table
from explorer.wording import number
from measures.fitting import fit_margins
from scoring.fine_grain import branch_jobs_of

TOLERANCE, MOST_TURNS = 0.5, 200
TURNS_SHOWN = 3

Square = tuple[tuple[float, float], tuple[float, float]]


class Fit(NamedTuple):
    """A small fitting: hires as a seed, totals of rows and columns, and the table after each turn."""

    label: str
    branch: str
    seed: Square
    rows: tuple[float, float]
    columns: tuple[float, float]
    turns: list[Square]


def examples(case: Case) -> Sequence[Checked]:
    """Fit one family of occupations and the activity's branch against all the others."""
    fit = small_fit(case)
    if fit is None:
        return ()
    engine = fit_margins(
        np.array(fit.seed), np.array(fit.rows), np.array(fit.columns), tolerance=TOLERANCE, max_iterations=MOST_TURNS
    )
    words = {"label": fit.label, "branch": fit.branch}
    label = _("Emplois « %(label)s » dans la branche « %(branch)s », en France") % words
    found = [Checked(label, _fitted(fit), float(engine.values[0, 0]), 0, _("emplois"))]
    return [*found, *_error(case)]


def small_fit(case: Case) -> Fit | None:
    """Return the fitting of the most needed family in the activity's branch; None where no hire tells its shape."""
    facts = case.facts
    family = max(needed_families(case), key=lambda one: one.share)
    place = facts.nomenclature.family_codes.index(family.code)
    branch = facts.nomenclature.nodes.get(f"a38:{case.profile.node.a38[0]}")
    if branch is None:
        return None
    everything = sum(facts.nomenclature.hires[f"a38:{code}"] for code in facts.private_jobs.codes)
    own = facts.nomenclature.hires[branch.key]
    a, b = float(own[place]), float(everything[place] - own[place])
    seed = ((a, b), (float(own.sum()) - a, float(everything.sum() - own.sum()) - b))
    jobs = float(np.nansum(facts.occupations.jobs[:, facts.occupations.codes.index(family.code)]))
    rows = (jobs, float(np.nansum(facts.occupations.jobs)) - jobs)
    in_branch = float(np.nansum(branch_jobs_of(facts, branch)))
    total = float(np.nansum(facts.private_jobs.end))
    columns = (in_branch, total - in_branch)
    if min(a, b, *rows, *columns) <= 0:
        return None
    return Fit(family.label, branch.label, seed, rows, columns, turns_of(seed, rows, columns))


def turns_of(seed: Square, rows: tuple[float, float], columns: tuple[float, float]) -> list[Square]:
    """Return the table after each turn: rows brought to their totals, then columns, until rows fit too."""
    factor = math.fsum(rows) / math.fsum(columns)
    table, turns = seed, []
    while len(turns) < MOST_TURNS:
        by_row = [[cell * rows[i] / math.fsum(table[i]) for cell in table[i]] for i in (0, 1)]
        sums = [by_row[0][j] + by_row[1][j] for j in (0, 1)]
        first, second = (tuple(by_row[i][j] * columns[j] * factor / sums[j] for j in (0, 1)) for i in (0, 1))
        table = ((first[0], first[1]), (second[0], second[1]))
        turns.append(table)
        if max(abs(math.fsum(table[i]) - rows[i]) for i in (0, 1)) <= TOLERANCE:
            break
    return turns


def _fitted(fit: Fit) -> Example:
    factor = math.fsum(fit.rows) / math.fsum(fit.columns)
    (a, b), _second = fit.seed
    scaled = times(num(a), frac(num(fit.rows[0]), f"{num(a)} + {num(b)}"))
    after_row = a * fit.rows[0] / (a + b)
    steps = [
        Step(
            _("Les deux totaux sont mis d'accord par un facteur"),
            about(frac(num(math.fsum(fit.rows)), num(math.fsum(fit.columns))), factor, 4),
        ),
        Step(_("Premier tour : la ligne de la famille est amenée à son total"), about(scaled, after_row, 0)),
        Step(
            _("Puis la colonne de la branche au sien, et ainsi de suite"),
            equals(rf"x_{{{len(fit.turns)}}}", num(fit.turns[-1][0][0])),
        ),
    ]
    columns = (
        Column(_("Étape")),
        Column(_("Famille, branche"), "", 0),
        Column(_("Famille, ailleurs"), "", 0),
        Column(_("Autres, branche"), "", 0),
        Column(_("Autres, ailleurs"), "", 0),
    )
    lines: list[Sequence[Cell]] = [(_("Embauches connues"), *fit.seed[0], *fit.seed[1])]
    shown = [*range(min(TURNS_SHOWN, len(fit.turns))), len(fit.turns) - 1]
    for turn in dict.fromkeys(shown):
        table = fit.turns[turn]
        lines.append((_("Tour %(turn)s") % {"turn": turn + 1}, *table[0], *table[1]))
    note = _(
        "Réduit à deux lignes et deux colonnes pour être refait à la main. Le vrai calcul ajuste 87 familles et 38 "
        "branches, garde telles quelles les parts que publie la Dares, et part de tous les emplois, publics compris : "
        "son chiffre diffère."
    )
    return Example(
        fit.turns[-1][0][0], steps, Table("ajustement", _("Le tableau, tour après tour"), columns, lines), note
    )


def _error(case: Case) -> Sequence[Checked]:
    """Work out the bounds of the basin's jobs in the family from its relative error."""
    family = max(needed_families(case), key=lambda one: one.share)
    if math.isnan(family.jobs) or math.isnan(family.error):
        return ()
    low, high = family.jobs / (1 + family.error), family.jobs * (1 + family.error)
    words = {"label": family.label, "name": case.zone.name, "error": number(100 * family.error, 0)}
    steps = [
        Step(
            _("Marge de %(error)s %% : borne basse") % words,
            about(frac(num(family.jobs, 1), f"1 + {num(family.error, 3)}"), low, 1),
        ),
        Step(_("Borne haute"), about(times(num(family.jobs, 1), f"(1 + {num(family.error, 3)})"), high, 1)),
    ]
    column = case.facts.occupations.codes.index(case_family(case))
    engine = float(
        case.facts.occupations.jobs[case.index, column] * (1 + case.facts.occupations.error_share[case.index, column])
    )
    label = _("Emplois « %(label)s » à %(name)s, au plus haut") % words
    return [Checked(label, Example(high, steps), engine, 1, _("emplois"))]


def case_family(case: Case) -> str:
    """Return the code of the most needed family."""
    return max(needed_families(case), key=lambda one: one.share).code


def _title() -> str:
    return _("Les métiers d'un bassin : une estimation")


def _symbols() -> Mapping[str, str]:
    return {
        "x_{fb}": _("emplois de la famille f dans la branche b, amenés tour à tour aux deux totaux"),
        "R_f": _("emplois de la famille dans le pays"),
        "C_b": _("emplois de la branche dans le pays, mis à la même somme"),
        "R_{f,r}": _("emplois de la famille dans la région r, qui compte les bassins z"),
        "e": _("marge : logarithme de la correction régionale, en valeur absolue"),
    }


TOPIC = Topic(
    "metiers",
    _title,
    "explorer/_method_occupations.html",
    (
        r"x_{fb} \leftarrow x_{fb} \frac{R_f}{\sum_{b} x_{fb}}",
        r"x_{fb} \leftarrow x_{fb} \frac{C_b}{\sum_{f} x_{fb}}",
        r"e = \max\left(0.30 \,;\, \left|\ln \frac{R_{f,r}}{\sum_{z} x_{fz}}\right|\right)",
    ),
    _symbols,
    examples,
)
