"""Every criterion of the method: what it measures, why, from which source, by whom reviewed, and its example."""

import math
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from explorer.citations import cited, producers
from explorer.formulas import mathml
from explorer.method.criteria import METHODS
from explorer.method.topics.marks import ends, in_unit
from explorer.method.worked import Case, Checked
from explorer.presenters.method import page_frame, symbol_rows, worked_card
from explorer.tables import Cell, Column, Table
from explorer.wording import evidence_label, number, status_label, with_unit
from scoring.definitions import FAMILIES, PILLARS, Criterion, criteria
from scoring.facts import Facts
from scoring.question import Question, default_weights
from scoring.service import rank

PAGES_KEPT = 64


def criteria_page(case: Case) -> dict[str, Any]:
    """Return the context of the page of criteria, each with its worked example."""
    cards = _cards(case.facts, case.ranking.question, case.index, get_language() or "")
    pillars = pillar_rows(case.facts)
    for pillar in pillars:
        pillar["criteria"] = [row | {"card": cards[row["id"]]} for row in pillar["criteria"]]
    return page_frame(case, "method-criteria") | {"pillars": pillars}


def pillar_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the pillars with their default weight and their criteria, as the table lists them."""
    weights = default_weights(facts.data_sets)
    return [
        {
            "id": pillar.id,
            "label": str(pillar.label),
            "weight": weights[pillar.id],
            "criteria": [criterion_row(facts, one) for one in criteria() if one.pillar == pillar.id],
        }
        for pillar in PILLARS
    ]


@lru_cache(maxsize=PAGES_KEPT)
def _cards(facts: Facts, question: Question, index: int, _language: str) -> dict[str, dict[str, Any]]:
    case = Case(rank(facts, question), index)
    return {one.id: criterion_card(case, one) for one in criteria()}


def direction_label(one: Criterion) -> str:
    return _("plus haut est mieux") if one.direction == "more" else _("plus bas est mieux")


def scale_label(one: Criterion) -> str:
    return {"linear": _("linéaire"), "log": _("logarithmique"), "saturating": _("plafonnée")}[one.scale]


def bounds_label(one: Criterion) -> str:
    """Return how the bounds are found."""
    if one.bounds_rule == "fixed":
        return _("seuils fixes")
    low, high = (number(100 * share, 0) for share in one.bounds)
    return _("centiles nationaux figés, %(low)s et %(high)s") % {"low": low, "high": high}


def criterion_row(facts: Facts, one: Criterion) -> dict[str, Any]:
    """Return a criterion as the table lists it; the weight of one that no data feeds is not counted."""
    return {
        "id": one.id,
        "slug": one.id.replace(".", "-"),
        "label": str(one.label),
        "unit": str(one.unit),
        "direction": direction_label(one),
        "scale": scale_label(one),
        "bounds": bounds_label(one),
        "formula": str(one.formula),
        "why": str(one.why),
        "family": str(FAMILIES[one.family]),
        "evidence": evidence_label(one.kind),
        "weight": default_weights(facts.data_sets)[one.id] or None,
        "sources": producers(facts, one.sources),
        "cited": cited(facts, *one.sources),
        "author": one.author,
        "reviewed": one.reviewed,
    }


def criterion_card(case: Case, one: Criterion) -> dict[str, Any]:
    """Return the formula of a criterion, its letters, its example, and why there is none where there is none."""
    method, column = METHODS[one.id], case.column(one.id)
    card: dict[str, Any] = {"formula": mathml(method.formula), "symbols": symbol_rows(method.symbols())}
    if column is None:
        return card | {"silence": _("Aucune donnée de l'édition ne nourrit ce critère : il ne pèse pour personne.")}
    measured = case.ranking.cells[column].measured
    value, status = float(measured.value[case.index]), str(measured.status[case.index])
    card["bounds"] = bounds_sentence(case, column)
    card["here"] = here_sentence(case, column)
    if math.isnan(value):
        return card | {"silence": silence(status)}
    example = method.example(case, one)
    if example is None:
        text = _("Des bassins sont lus ici par sous-classe : l'exemple détaillé ne suit que la branche.")
        return card | {"silence": text}
    checked = Checked(_("Valeur pour %(name)s") % {"name": case.zone.name}, example, value, 3, str(one.unit))
    return card | {"example": worked_card(checked)}


def silence(status: str) -> str:
    """Return why a basin has no example, and what its criterion is worth."""
    if status == "absent":
        return _("Ici, on sait que la chose n'existe pas : la note est 0, sans incertitude.")
    words = {"status": status_label(status)}
    return _("Ici : %(status)s. La note va de 0 à 1 et compte pour la moitié du poids.") % words


def bounds_sentence(case: Case, column: int) -> str:
    """Return the bounds of a criterion for the activity, in its unit."""
    one = case.ranking.used[column]
    floor, ceiling = (in_unit(one, end) for end in ends(case, column))
    worst, best = (ceiling, floor) if one.direction == "less" else (floor, ceiling)
    decimals = max(one.decimals, 1)
    words = {
        "worst": "—" if worst is None else number(worst, decimals),
        "best": _("aucun nombre, même grand") if best is None else with_unit(number(best, decimals), str(one.unit)),
    }
    return _("vaut 0 à %(worst)s, 1 à %(best)s") % words


def here_sentence(case: Case, column: int) -> str:
    """Return the mark, the weight and the points of the criterion at the basin."""
    ranking, index = case.ranking, case.index
    words = {
        "mark": number(float(ranking.cells[column].normalised[index]), 3),
        "weight": number(100 * float(ranking.weights[column]), 2),
        "points": number(float(ranking.points[index, column]), 2),
    }
    return _("note %(mark)s × poids %(weight)s = %(points)s points") % words


def criteria_table(case: Case) -> Table:
    """Return the criteria as a file: everything that defines them, with the bounds of the activity."""
    columns = (
        Column(_("Identifiant")),
        Column(_("Critère")),
        Column(_("Pilier")),
        Column(_("Unité")),
        Column(_("Sens")),
        Column(_("Échelle")),
        Column(_("Règle des bornes")),
        Column(_("Vaut 0 à"), "", 6),
        Column(_("Vaut 1 à"), "", 6),
        Column(_("Famille de preuves")),
        Column(_("Poids par défaut"), "%", 4),
        Column(_("Nature")),
        Column(_("Sources et millésimes"), is_french=True),
        Column(_("Auteur")),
        Column(_("Relu le")),
        Column(_("Mesure")),
    )
    rows = [_file_row(case, one) for one in criteria()]
    title = _("Les critères du score, avec les bornes pour l'activité %(code)s")
    return Table("criteres", title % {"code": case.ranking.question.activity}, columns, rows)


def _file_row(case: Case, one: Criterion) -> tuple[Cell, ...]:
    column = case.column(one.id)
    bounds = (None, None) if column is None else tuple(in_unit(one, end) for end in ends(case, column))
    worst, best = bounds[::-1] if one.direction == "less" else bounds
    row = criterion_row(case.facts, one)
    pillar = next(str(pillar.label) for pillar in PILLARS if pillar.id == one.pillar)
    return (
        *(one.id, row["label"], pillar, row["unit"], row["direction"], row["scale"], row["bounds"], worst, best),
        *(row["family"], row["weight"] or 0.0, row["evidence"], row["cited"], one.author, one.reviewed.isoformat()),
        row["formula"],
    )
