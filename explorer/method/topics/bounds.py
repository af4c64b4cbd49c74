"""What is not known: the bounds of a score, its coverage, and the rule of half the weight."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, num, times
from explorer.method.worked import Case, Checked, Example, Step, Topic, sum_of
from explorer.tables import Cell, Column, Table
from explorer.wording import status_label


def examples(case: Case) -> Sequence[Checked]:
    """Work out the lowest and the highest score, and the share of the weight that is known."""
    ranking, index = case.ranking, case.index
    weights = ranking.weights.tolist()
    low, high = (part[index].tolist() for part in (ranking.assessment.low, ranking.assessment.high))
    informed = ranking.assessment.is_informed[index].tolist()
    found = []
    for label, ends, engine in (
        (_("Score le plus bas possible"), low, ranking.score_low),
        (_("Score le plus haut possible"), high, ranking.score_high),
    ):
        parts = sorted(
            ((100 * w, end) for w, end in zip(weights, ends, strict=True) if w > 0), key=lambda p: -p[0] * p[1]
        )
        value = math.fsum(w * end for w, end in parts)
        tex = about(sum_of([times(num(w, 2), num(end, 3)) for w, end in parts[:3]], len(parts)), value, 2)
        found.append(Checked(label, Example(value, [Step(_("Somme"), tex)]), float(engine[index]), 2, _("points")))
    cover = math.fsum(100 * w for w, is_told in zip(weights, informed, strict=True) if is_told)
    unknown = [100 * w for w, is_told in zip(weights, informed, strict=True) if not is_told and w > 0]
    left = equals("K", " - ".join(["100", *(num(w, 2) for w in unknown)]))
    tex = about(left, cover, 2) if unknown else left
    example = Example(cover, [Step(_("Poids des critères inconnus, ôté de 100"), tex)], bounds_table(case))
    found.append(Checked(_("Part du poids connue"), example, 100 * float(ranking.coverage[index]), 2, "%"))
    return found


def bounds_table(case: Case) -> Table:
    """Return the lowest and highest mark of each criterion at the basin."""
    ranking, index = case.ranking, case.index
    columns = (
        Column(_("Critère")),
        Column(_("Statut")),
        Column(_("Poids"), "", 2),
        Column(_("Note basse"), "", 3),
        Column(_("Note haute"), "", 3),
        Column(_("Points ouverts"), "", 2),
    )
    rows: list[Sequence[Cell]] = [
        (
            str(one.label),
            status_label(str(cells.measured.status[index])),
            100 * weight,
            float(cells.low[index]),
            float(cells.high[index]),
            100 * weight * float(cells.high[index] - cells.low[index]),
        )
        for one, cells, weight in zip(ranking.used, ranking.cells, ranking.weights.tolist(), strict=True)
        if weight > 0
    ]
    return Table("ouvert", _("Ce que chaque critère laisse ouvert"), columns, rows)


def _title() -> str:
    return _("Ce que l'on ne sait pas : bornes et couverture")


def _symbols() -> Mapping[str, str]:
    return {
        r"n_c^{-}, n_c^{+}": _("note la plus basse et la plus haute que permet ce que l'on sait du critère"),
        "K": _("couverture : part du poids que portent des critères connus"),
        "C": _("critères connus : observés, estimés, ou dont on sait qu'ils n'existent pas ici"),
    }


TOPIC = Topic(
    "bornes-du-score",
    _title,
    "explorer/_method_bounds.html",
    (
        r"S^{-} = 100 \sum_{c} w_c n_c^{-}, \quad S^{+} = 100 \sum_{c} w_c n_c^{+}, \quad S = \frac{S^{-} + S^{+}}{2}",
        r"K = 100 \sum_{c \in C} w_c",
    ),
    _symbols,
    examples,
)
