"""Worked examples of hiring projects and of training within reach."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.skills import rarity_of
from explorer.method.tex import about, either, equals, frac, ln, num, signed, times
from explorer.method.worked import Case, Example, Method, Step, largest, others_label, sum_of
from explorer.tables import Cell, Column, Table
from explorer.wording import listed
from scoring.criteria.hiring import needed_trades, training_pools
from scoring.definitions import Criterion
from skills.trades import trades
from skills.training import Supply, domains, supplies


class Projects(NamedTuple):
    """A trade in a survey: its weight, the projects of the basin (the middle of their bounds) and those expected."""

    label: str
    weight: float
    found: float
    expected: float
    log: float


def survey(case: Case, year: int, shrink: float) -> list[Projects] | None:
    """Return the needed trades in a survey, by position; None where the survey does not know the basin."""
    table = case.facts.hiring
    needed = {code: share for code, share in needed_trades(case.facts, case.profile).items() if code in table.trades}
    everything, total = float(np.nansum(table.totals[year])), float(table.totals[year, case.index])
    columns = {code: table.trades.index(code) for code in needed}
    national = {code: float(np.nansum(table.value[year][:, columns[code]])) / everything for code in needed}
    whole = math.fsum(share * rarity_of(national[code]) for code, share in needed.items())
    rows = []
    for code, share in needed.items():
        found, expected = float(table.value[year, case.index, columns[code]]), total * national[code]
        log = math.log((found + shrink) / (expected + shrink))
        rows.append(
            Projects(str(trades()[code].label), share * rarity_of(national[code]) / whole, found, expected, log)
        )
    is_known = not any(math.isnan(row.log) for row in rows)
    return rows if is_known else None


def bmo(case: Case, one: Criterion) -> Example:
    """Work out the quotient of hiring projects, survey by survey, then their mean."""
    shrink, years = one.parameters["shrink"], case.facts.hiring.years
    found = {year: survey(case, place, shrink) for place, year in enumerate(years)}
    known = {year: rows for year, rows in found.items() if rows}
    last = max(known)
    first = largest([(row.weight, row) for row in known[last]])[0][0]
    smoothed = frac(f"{num(first.found, 1)} + {num(shrink)}", f"{num(first.expected, 1)} + {num(shrink)}")
    words = {"label": first.label, "year": last}
    steps = [Step(_("Projets dans « %(label)s », enquête %(year)s") % words, about(ln(smoothed), first.log, 3))]
    means = []
    for year, rows in known.items():
        mean = math.fsum(row.weight * row.log for row in rows)
        shown = largest([(row.weight, row) for row in rows])[0][:3]
        terms = sum_of([times(num(row.weight, 3), signed(row.log, 3)) for row in shown], len(rows))
        steps.append(Step(_("Moyenne pondérée de l'enquête %(year)s") % {"year": year}, about(terms, mean, 4)))
        means.append(mean)
    logs = math.fsum(means) / len(means)
    both = frac(" + ".join(signed(mean, 4) for mean in means), num(len(means)))
    steps.append(Step(_("Moyenne des enquêtes"), about(equals(r"\ln q", both), logs, 4)))
    steps.append(Step(_("Valeur du critère"), about(rf"q = e^{{{num(logs, 4)}}}", math.exp(logs), 3)))
    return Example(math.exp(logs), steps, _projects_table(known[last], last))


def _projects_table(rows: Sequence[Projects], year: int) -> Table:
    shown, others = largest([(row.weight, row) for row in rows])
    columns = (
        Column(_("Groupe de métiers")),
        Column(_("Poids"), "", 3),
        Column(_("Projets"), "", 1),
        Column(_("Projets attendus"), "", 1),
        Column(_("Logarithme"), "", 3),
        Column(_("Poids × logarithme"), "", 4),
    )
    lines: list[Sequence[Cell]] = [(*row, row.weight * row.log) for row in shown]
    if others:
        weight = math.fsum(row.weight for row in others)
        rest = math.fsum(row.weight * row.log for row in others)
        lines.append((others_label(len(others)), weight, None, None, None, rest))
    return Table("", _("Les groupes de métiers qui pèsent le plus, enquête %(year)s") % {"year": year}, columns, lines)


def pool_label(case: Case, pool: Supply) -> str:
    """Return the trades that a training leads to."""
    codes = [code for code in needed_trades(case.facts, case.profile) if supplies().get(code) == pool]
    return listed([str(trades()[code].label) for code in codes])


def domain_label(code: str) -> str:
    """Return the name of a domain of training; schools of engineers are one of their own."""
    return str(domains()[code]) if code in domains() else _("écoles d'ingénieurs")


def people(case: Case, pool: Supply, one: Criterion) -> float:
    """Return how many people a pool of training forms a year near the basin, school by school."""
    supply, places = case.facts.training, one.parameters["places"]
    is_near = supply.distance_km[case.index] <= one.parameters["radius_km"]
    total = 0.0
    for near, kind, domain, candidates, courses in zip(
        is_near.tolist(),
        supply.kind.tolist(),
        supply.domain.tolist(),
        np.nan_to_num(supply.candidates).tolist(),
        np.nan_to_num(supply.courses).tolist(),
        strict=True,
    ):
        if near and kind in pool.kinds and domain in pool.domains:
            total += candidates + courses * places.get(kind, 0.0)
    return total


def training(case: Case, one: Criterion) -> Example:
    """Work out the people trained per post to fill."""
    cap, jobs = one.parameters["cap"], case.profile.jobs
    rows = []
    for pool, share in training_pools(case.facts, case.profile).items():
        found, posts = people(case, pool, one), jobs * share
        label = f"{pool_label(case, pool)} ({listed([domain_label(code) for code in pool.domains])})"
        rows.append((share, (label, share, found, posts, min(found / posts, cap))))
    shown, others = largest(rows)
    value = math.fsum(row[1] * row[4] for _key, row in rows)
    label, share, found, posts, ratio = shown[0]
    terms = [times(num(row[1], 3), num(row[4], 3)) for row in shown[:3]]
    capped = either(r"\min", frac(num(found), num(posts, 2)), num(cap))
    steps = [
        Step(_("Personnes formées par poste : %(label)s") % {"label": label}, about(capped, ratio, 3)),
        Step(_("Moyenne pondérée par les parts"), about(equals("f", sum_of(terms, len(rows))), value, 3)),
    ]
    columns = (
        Column(_("Métiers (domaines de formation)")),
        Column(_("Part des besoins"), "", 3),
        Column(_("Personnes formées par an"), "", 0),
        Column(_("Postes à pourvoir"), "", 2),
        Column(_("Rapport plafonné"), "", 3),
    )
    lines: list[Sequence[Cell]] = list(shown)
    if others:
        part, rest = (math.fsum(p) for p in zip(*((row[1], row[1] * row[4]) for row in others), strict=True))
        lines.append((others_label(len(others)), part, None, None, rest / part))
    return Example(value, steps, Table("", _("Les viviers de formation"), columns, lines))


def _bmo_symbols() -> Mapping[str, str]:
    return {
        "y": _("enquête (2023 et 2025) ; Y, leur nombre"),
        "t": _("groupe de métiers requis"),
        "w_t": _("part × rareté du groupe, ramenée à 1, comme pour les métiers présents"),
        "n_t": _("projets de recrutement du bassin ; au milieu de ses bornes quand il est secret ou absent"),
        "N": _("projets du bassin, tous métiers"),
        "p_t": _("part nationale du groupe dans tous les projets"),
    }


def _training_symbols() -> Mapping[str, str]:
    return {
        "g": _("vivier : métiers auxquels mènent les mêmes formations"),
        "s_g": _("part du vivier dans les besoins"),
        "C_g": _("candidats au baccalauréat professionnel par an, à moins de 40 km"),
        "P_g": _("places : 24 par BTS, 60 par BUT et par école d'ingénieurs"),
        "J": _("emplois du projet"),
    }


METHODS = {
    "skills.bmo": Method(
        r"\ln q = \frac{1}{Y} \sum_{y} \sum_{t} w_t " + ln(frac("n_t + 20", "N p_t + 20")), _bmo_symbols, bmo
    ),
    "skills.training": Method(
        r"f = \sum_{g} s_g " + either(r"\min", frac("C_g + P_g", "J s_g"), "1"), _training_symbols, training
    ),
}
