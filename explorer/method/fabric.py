"""Worked examples of the criteria on the fabric: the activity itself, its trace, its neighbours, its chain."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num, times
from explorer.method.worked import Case, Example, Method, Step, largest, others_label, sum_of
from explorer.tables import Cell, Column, Table
from scoring.criteria.chain import branch_jobs, trade_shares
from scoring.criteria.fabric import plant_weights
from scoring.definitions import Criterion
from scoring.fine_grain import branch_jobs_of


def smoothed(jobs: float, expected: float, shrink: float) -> float:
    """Return (jobs + shrink) / (expected + shrink)."""
    return (jobs + shrink) / (expected + shrink)


def smoothed_step(jobs: float, expected: float, shrink: float) -> Step:
    tex = frac(f"{num(jobs)} + {num(shrink)}", f"{num(expected, 1)} + {num(shrink)}")
    return Step(_("Quotient lissé"), about(equals("q", tex), smoothed(jobs, expected, shrink), 3))


def specialisation(case: Case, one: Criterion) -> Example:
    """Work out the smoothed quotient of the branch, and the bounds that a wide branch opens."""
    shrink = one.parameters["shrink"]
    jobs, expected = (float(case.told(one.id, name)) for name in ("jobs", "expected"))
    total = float(case.facts.private_total[case.index])
    value = smoothed(jobs, expected, shrink)
    is_fine = bool(case.told(one.id, "is_fine"))
    excess = case.profile.branch_excess if is_fine else case.profile.excess_of_branch
    steps = [
        Step(_("Emplois attendus"), about(times(num(total), num(expected / total, 6)), expected, 1)),
        smoothed_step(jobs, expected, shrink),
    ]
    if excess:
        error = one.parameters["excess_error"] * excess
        low, high = value * math.exp(-error), value * math.exp(error)
        power = times(num(one.parameters["excess_error"], 1), num(excess, 2))
        steps += [
            Step(
                _("Borne basse, car la branche est plus large que l'activité"),
                about(rf"{num(value, 3)} \, e^{{-{power}}}", low, 3),
            ),
            Step(_("Borne haute"), about(rf"{num(value, 3)} \, e^{{{power}}}", high, 3)),
        ]
    return Example(value, steps)


def fine_presence(case: Case, one: Criterion) -> Example:
    """Work out the plants and labels found over those expected."""
    plants, shrink = case.facts.plants, one.parameters["shrink"]
    weights = plant_weights(case.facts.nomenclature, case.profile.node, one.parameters)
    of_plant = [weights.get(plants.naf_codes[place], 0.0) for place in plants.naf_index.tolist()]
    here = [
        weight for weight, zone in zip(of_plant, plants.zone.tolist(), strict=True) if zone == case.index and weight
    ]
    jobs = float(case.facts.industrial_jobs[case.index])
    nation, evidence = float(np.nansum(case.facts.industrial_jobs)), math.fsum(of_plant)
    found, expected = math.fsum(here), evidence * jobs / nation
    value = smoothed(found, expected, shrink)
    counts = [(weight, here.count(weight)) for weight in sorted(set(here), reverse=True)]
    terms = [times(num(count), num(weight, 2)) for weight, count in counts] or ["0"]
    share = frac(num(jobs), num(nation))
    steps = [
        Step(
            _("Établissements et labels d'ici, selon leur proximité dans la nomenclature"),
            about(" + ".join(terms), found, 2),
        ),
        Step(
            _("Attendus : ceux du pays, au prorata des emplois industriels"),
            about(rf"{num(evidence, 2)} \times {share}", expected, 3),
        ),
        Step(
            _("Valeur du critère"),
            about(frac(f"{num(found, 2)} + {num(shrink)}", f"{num(expected, 3)} + {num(shrink)}"), value, 3),
        ),
    ]
    return Example(value, steps)


def neighbours(case: Case, one: Criterion) -> Example | None:
    """Work out the quotient of the neighbouring basins; None where they are read by sub-class."""
    if case.profile.covered_share:
        return None
    facts, shrink = case.facts, one.parameters["shrink"]
    jobs, total = branch_jobs_of(facts, case.profile.node), facts.private_total
    known = [zone for zone in range(len(facts.zones)) if not math.isnan(jobs[zone])]
    share = math.fsum(jobs[zone] for zone in known) / math.fsum(total[zone] for zone in known)
    distances = facts.distance_km[case.index]
    near = [zone for zone in known if zone != case.index and distances[zone] <= one.parameters["radius_km"]]
    around, everything = (math.fsum(part[zone] for zone in near) for part in (jobs, total))
    expected = everything * share
    rows: list[Sequence[Cell]] = [
        (facts.zones[zone].name, float(distances[zone]), float(jobs[zone]), float(total[zone]))
        for zone in sorted(near, key=lambda place: -jobs[place])
    ]
    columns = (
        Column(_("Bassin voisin"), is_french=True),
        Column(_("Distance"), "km", 1),
        Column(_("Emplois de la branche"), "", 0),
        Column(_("Emplois privés"), "", 0),
    )
    steps = [
        Step(
            _("Emplois de la branche chez les voisins"),
            equals(sum_of([num(float(jobs[zone])) for zone in near[:4]], len(near)), num(around)),
        ),
        Step(_("Emplois attendus"), about(times(num(everything), num(share, 6)), expected, 1)),
        smoothed_step(around, expected, shrink),
    ]
    return Example(
        smoothed(around, expected, shrink), steps, Table("", _("Les bassins à moins de 50 km"), columns, rows)
    )


def chain(case: Case, one: Criterion) -> Example:
    """Work out the suppliers and customers within reach, over all jobs within reach."""
    facts, shrink = case.facts, one.parameters["shrink"]
    kernel = [math.exp(-float(km) / one.parameters["decay_km"]) for km in facts.distance_km[case.index]]
    rows = chain_rows(case, kernel)
    shown, others = largest([(row[3], row) for row in rows])
    share = math.fsum(row[3] * row[4] / 100 for row in rows)
    total = np.nan_to_num(facts.private_total)
    everything = math.fsum(part * worth for part, worth in zip(total.tolist(), kernel, strict=True))
    reach, nation = everything / float(total.sum()), float(np.nansum(facts.private_jobs.end))
    value = smoothed(nation * share, nation * reach, shrink)
    terms = [times(num(row[3], 3), num(row[4] / 100, 5)) for row in shown[:3]]
    around = frac(num(everything), num(float(total.sum())))
    top, bottom = (f"{times(num(nation), num(part, 5))} + {num(shrink)}" for part in (share, reach))
    steps = [
        Step(_("Part de la chaîne à portée"), about(equals("c", sum_of(terms, len(rows))), share, 5)),
        Step(_("Part de tous les emplois à portée"), about(equals("a", around), reach, 5)),
        Step(_("Valeur du critère"), about(frac(top, bottom), value, 3)),
    ]
    return Example(value, steps, _chain_table(shown, others))


def chain_rows(case: Case, kernel: Sequence[float]) -> list[tuple[str, float, float, float, float]]:
    """Return label, shares (%) of purchases and sales, weight, and share (%) of its jobs reached, by branch."""
    buys, sells = trade_shares(case.facts, case.profile.node.a38)
    sides = [side for side in (buys, sells) if side]
    rows = []
    for code in sorted({*buys, *sells}):
        jobs = branch_jobs(case.facts)[code]
        weight = sum(side.get(code, 0.0) for side in sides) / len(sides)
        reached = math.fsum(part * worth for part, worth in zip(jobs.tolist(), kernel, strict=True)) / float(
            jobs.sum()
        )
        label = case.facts.nomenclature.nodes[f"a38:{code}"].label
        rows.append((label, 100 * buys.get(code, 0.0), 100 * sells.get(code, 0.0), weight, 100 * reached))
    return rows


def _chain_table(shown: Sequence[Sequence[Cell]], others: Sequence[Sequence[Cell]]) -> Table:
    columns = (
        Column(_("Branche"), is_french=True),
        Column(_("Part des achats"), "%", 1),
        Column(_("Part des ventes"), "%", 1),
        Column(_("Poids"), "", 3),
        Column(_("Part de ses emplois à portée"), "%", 3),
    )
    rows = list(shown)
    if others:
        sums = [math.fsum(float(row[place] or 0) for row in others) for place in (1, 2, 3)]
        reached = math.fsum(float(row[3] or 0) * float(row[4] or 0) for row in others)
        rows.append((others_label(len(others)), *sums, reached / sums[2] if sums[2] else None))
    return Table("", _("Les branches qui vendent à l'activité ou lui achètent"), columns, rows)


def _quotient_symbols() -> Mapping[str, str]:
    return {
        "E": _("emplois privés de la branche dans le bassin"),
        "T": _("emplois privés du bassin, toutes branches"),
        "p": _("part de la branche dans les emplois privés du pays"),
        "50": _("emplois ajoutés des deux côtés : un petit bassin doit dépasser ce nombre pour se distinguer"),
    }


def _presence_symbols() -> Mapping[str, str]:
    return {
        "n_w": _("établissements et labels du bassin dont la proximité vaut w"),
        "w": _(
            "1 pour la même sous-classe, 0,7 pour la même classe, 0,5 pour le même groupe, 0,25 pour la même division"
        ),
        "N": _("la même somme dans tout le pays"),
        "I": _("emplois industriels du bassin, en part de ceux du pays"),
    }


def _neighbour_symbols() -> Mapping[str, str]:
    return {
        "V": _("bassins dont le centre est à moins de 50 km, le bassin lui-même exclu"),
        "E_v": _("emplois privés de la branche dans le voisin v"),
        "T_v": _("emplois privés du voisin v, toutes branches"),
        "p": _("part de la branche dans les emplois privés du pays"),
    }


def _chain_symbols() -> Mapping[str, str]:
    return {
        "N": _("emplois privés du pays"),
        "c": _(
            "part de la chaîne à portée : poids de chaque branche (achats et ventes) × part de ses emplois à portée"
        ),
        "a": _("part de tous les emplois privés à portée"),
        "d": _("distance à vol d'oiseau : un emploi à d km compte exp(-d / 75)"),
    }


METHODS = {
    "fabric.specialisation": Method(equals("q", frac("E + 50", "T p + 50")), _quotient_symbols, specialisation),
    "fabric.fine_presence": Method(
        equals("q", frac(r"\sum_{w} w \, n_w + 1", r"N \, I + 1")), _presence_symbols, fine_presence
    ),
    "fabric.neighbours": Method(
        equals("q", frac(r"\sum_{v \in V} E_v + 50", r"p \sum_{v \in V} T_v + 50")), _neighbour_symbols, neighbours
    ),
    "fabric.chain": Method(equals("q", frac("N c + 20000", "N a + 20000")), _chain_symbols, chain),
}
