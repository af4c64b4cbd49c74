"""Weights: as chosen, as moved where a branch is too wide, and as they really act."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, frac, num, signed, times
from explorer.method.worked import Case, Checked, Example, Step, Topic
from explorer.tables import Cell, Column, Table
from scoring.criteria.land import needs_grid
from scoring.question import default_weights
from scoring.weights import BRANCH_CRITERIA, FINE_EVIDENCE, POWER, resolve

# Equal but for the last bits.
NEARLY_ALL = 1e-9


def examples(case: Case) -> Sequence[Checked]:
    """Work out the weight used of the fine presence, then the effective part of the heaviest criterion."""
    return [*_moved(case), *_effective(case)]


def _moved(case: Case) -> Sequence[Checked]:
    ranking, excess = case.ranking, case.profile.branch_excess
    column, chosen = case.column(FINE_EVIDENCE), ranking.chosen
    if column is None or not excess or not chosen.get(FINE_EVIDENCE):
        return ()
    given = [chosen[key] for key in BRANCH_CRITERIA if key in chosen]
    steps, wanted = _wanted(case, math.fsum(given))
    moved = chosen[FINE_EVIDENCE] + excess * wanted * math.fsum(given)
    terms = " + ".join(num(100 * part, 2) for part in given)
    share = num(excess, 2) if wanted == 1 else times(num(excess, 2), num(wanted, 3))
    inside = rf"{num(100 * chosen[FINE_EVIDENCE], 2)} + {share} \times \left({terms}\right)"
    label = _("Part des trois critères de la branche passée à la présence fine")
    steps.append(Step(label, about(inside, 100 * moved, 2)))
    used = moved
    if POWER in chosen and not needs_grid(case.profile):
        used = moved / (1 - chosen[POWER])
        shared = frac(num(100 * moved, 2), f"1 - {num(chosen[POWER], 4)}")
        steps.append(
            Step(_("Le poids du réseau électrique, sans objet ici, va aux autres"), about(shared, 100 * used, 2))
        )
    label = _("Poids employé : %(label)s") % {"label": ranking.used[column].label}
    return [Checked(label, Example(100 * used, steps), 100 * float(ranking.weights[column]), 2, "%")]


def _wanted(case: Case, branch: float) -> tuple[list[Step], float]:
    """Return how much of the share passes: all of it, unless the reader gives fine presence less than by default."""
    by_default = resolve(case.ranking.used, {}, default_weights(case.facts.data_sets))
    fine, usual = case.ranking.chosen[FINE_EVIDENCE], by_default[FINE_EVIDENCE]
    usual_branch = math.fsum(by_default[key] for key in BRANCH_CRITERIA if key in by_default)
    wanted = fine * usual_branch / (branch * usual) if branch else 1.0
    if wanted >= 1 - NEARLY_ALL:
        return [], 1.0
    tex = frac(times(num(100 * fine, 2), num(100 * usual_branch, 2)), times(num(100 * branch, 2), num(100 * usual, 2)))
    return [Step(_("Moins de poids que par défaut : moins passe"), about(tex, wanted, 3))], wanted


def _effective(case: Case) -> Sequence[Checked]:
    ranking = case.ranking
    column = max(range(len(ranking.used)), key=lambda place: float(ranking.weights[place]))
    scores = (ranking.assessment.normalised @ ranking.weights).tolist()
    marks, weight = ranking.assessment.normalised[:, column].tolist(), float(ranking.weights[column])
    score_mean, mark_mean = math.fsum(scores) / len(scores), math.fsum(marks) / len(marks)
    pairs = [(mark - mark_mean, score - score_mean) for mark, score in zip(marks, scores, strict=True)]
    together = math.fsum(a * b for a, b in pairs) / len(pairs)
    variance = math.fsum(b * b for _a, b in pairs) / len(pairs)
    if not variance:
        return ()
    share = 100 * weight * together / variance
    tex = frac(times(num(100 * weight, 2), signed(together, 6)), num(variance, 6))
    one = ranking.used[column]
    effective = {card.id: card.effective_pct for pillar in ranking.pillars for card in pillar.criteria}
    steps = [Step(_("Sur les %(count)s bassins") % {"count": len(pairs)}, about(tex, share, 2))]
    label = _("Part réelle : %(label)s") % {"label": one.label}
    return [Checked(label, Example(share, steps, weights_table(case)), effective[one.id], 2, "%")]


def weights_table(case: Case) -> Table:
    """Return the weights of the criteria for the activity: default, used, real."""
    cards = {card.id: card for pillar in case.ranking.pillars for card in pillar.criteria}
    columns = (
        Column(_("Critère")),
        Column(_("Poids par défaut"), "%", 2),
        Column(_("Poids employé"), "%", 2),
        Column(_("Part réelle"), "%", 2),
    )
    rows: list[Sequence[Cell]] = [
        (str(one.label), cards[one.id].default_pct, 100 * weight, cards[one.id].effective_pct)
        for one, weight in zip(case.ranking.used, case.ranking.weights.tolist(), strict=True)
    ]
    return Table("poids", _("Poids par défaut, employé, réel"), columns, rows)


def _title() -> str:
    return _("Le poids choisi et la part réelle")


def _symbols() -> Mapping[str, str]:
    return {
        "w_c": _("poids employé du critère"),
        "n_c": _("notes du critère dans tous les bassins"),
        "S": _("scores de tous les bassins, entre 0 et 1"),
    }


TOPIC = Topic(
    "poids",
    _title,
    "explorer/_method_weights.html",
    (r"e_c = \frac{w_c \, \text{cov}\left(n_c \,;\, S\right)}{\text{var}\left(S\right)}",),
    _symbols,
    examples,
)
