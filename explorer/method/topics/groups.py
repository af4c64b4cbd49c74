"""Near basins read together: the cell of the group on each criterion, and its score."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, num, times
from explorer.method.worked import Case, Checked, Example, Step, Topic, sum_of
from explorer.tables import Cell, Column, Table
from explorer.wording import listed
from scoring.complementarity import Group, added_cells, complementarity
from scoring.group_definitions import group_rules
from scoring.group_question import GroupQuestion
from scoring.group_question import Step as ChainStep


def examples(case: Case) -> Sequence[Checked]:
    """Work out the score of the best group with the basin; nothing where it has no neighbour."""
    asked = GroupQuestion((ChainStep(case.ranking.question, ""),), basin=case.zone.code)
    answer = complementarity(case.facts, asked)
    group = answer.groups[0] if answer.groups else answer.closest
    if group is None:
        return ()
    names = listed([case.facts.zones[one].name for one in group.members])
    label = _("Score de %(names)s ensemble") % {"names": names}
    return (Checked(label, _example(case, group), group.score, 2, _("points")),)


def _example(case: Case, group: Group) -> Example:
    ranking = case.ranking
    rows = []
    for column, (one, weight) in enumerate(zip(ranking.used, ranking.weights.tolist(), strict=True)):
        if weight > 0:
            rule = group_rules()[one.id]
            lead = float(ranking.assessment.normalised[group.lead, column])
            rows.append((str(one.label), rule, weight, lead, CELLS[rule](case, group, column)))
    score = math.fsum(100 * weight * cell for _label, _rule, weight, _lead, cell in rows)
    gains = sorted(rows, key=lambda row: -row[2] * (row[4] - row[3]))
    terms = [times(num(100 * weight, 2), num(cell, 3)) for _label, _rule, weight, _lead, cell in gains[:4]]
    steps = [
        Step(_("Somme des points, les plus relevés d'abord"), about(equals("S", sum_of(terms, len(rows))), score, 2))
    ]
    columns = (
        Column(_("Critère")),
        Column(_("Règle")),
        Column(_("Poids"), "", 2),
        Column(_("Note, %(name)s seul") % {"name": case.facts.zones[group.lead].name}, "", 3),
        Column(_("Note ensemble"), "", 3),
        Column(_("Points ensemble"), "", 2),
    )
    lines: list[Sequence[Cell]] = [
        (label, rule_label(rule), 100 * weight, lead, cell, 100 * weight * cell)
        for label, rule, weight, lead, cell in rows
    ]
    return Example(score, steps, Table("ensemble", _("Le groupe, critère par critère"), columns, lines))


def hosted_cell(case: Case, group: Group, column: int) -> float:
    """Return the best mark known among the members, never under that of the lead."""
    marks, informed = case.ranking.assessment.normalised, case.ranking.assessment.is_informed
    known = [float(marks[one, column]) for one in group.members if informed[one, column]]
    return max([float(marks[group.lead, column]), *known])


def pooled_cell(case: Case, group: Group, column: int) -> float:
    """Return the mean mark of the members that are known, weighted by their private jobs; the lead always counts."""
    marks, informed = case.ranking.assessment.normalised, case.ranking.assessment.is_informed
    jobs = np.nan_to_num(case.facts.private_total)
    counted = [one for one in group.members if informed[one, column] or one == group.lead]
    total = math.fsum(jobs[one] for one in counted)
    if total <= 0:
        return float(marks[group.lead, column])
    return math.fsum(jobs[one] * marks[one, column] for one in counted) / total


def added_cell(case: Case, group: Group, column: int) -> float:
    """Return the mark of the summed numbers of the members."""
    return float(added_cells(case.ranking, column, np.array([group.members])).normalised[0])


CELLS = {"best": hosted_cell, "pooled": pooled_cell, "added": added_cell}


def rule_label(rule: str) -> str:
    """Return the rule of a criterion in words."""
    labels = {
        "best": _("le meilleur des membres"),
        "pooled": _("moyenne selon l'emploi"),
        "added": _("somme, plafonnée"),
    }
    return labels[rule]


def _title() -> str:
    return _("Bassins complémentaires : les lire ensemble")


def _symbols() -> Mapping[str, str]:
    return {
        "n_c": _("note du groupe sur le critère"),
        "n_{bc}": _("note du bassin sur le critère ; un partenaire dont la note est inconnue n'apporte rien"),
        "E_b": _("emploi salarié privé du bassin"),
        "v_{bc}, K_c": _("nombre brut du bassin, et plafond du critère"),
        "u_c": _("l'échelle qui change un nombre en note"),
    }


TOPIC = Topic(
    "ensemble",
    _title,
    "explorer/_method_groups.html",
    (
        r"n_c = \max_{b} n_{bc}",
        r"n_c = \frac{\sum_{b} E_b n_{bc}}{\sum_{b} E_b}",
        r"n_c = u_c\left(\min\left(\sum_{b} v_{bc} \,;\, K_c\right)\right)",
        r"S = 100 \times \sum_{c} w_c n_c",
    ),
    _symbols,
    examples,
)
