"""Worked examples of the criteria on occupations: presence, depth, tightness."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from explorer.method.tex import about, either, equals, frac, ln, num, signed, times
from explorer.method.worked import Case, Example, Method, Step, largest, others_label, sum_of
from explorer.tables import Cell, Column, Table
from scoring.criteria.skills import RARITY_FLOOR_SHARE
from scoring.definitions import Criterion
from skills.families import families


class Needed(NamedTuple):
    """A needed family of occupations in a basin: its share of the needs (they sum to 1), its jobs and their error."""

    code: str
    label: str
    share: float
    jobs: float
    error: float
    national_share: float


def needed_families(case: Case) -> list[Needed]:
    """Return the scored families that the activity needs, read one by one."""
    table = case.facts.occupations
    totals = float(np.nansum(table.jobs))
    found = [
        (code, float(share), table.codes.index(code))
        for code, share in zip(case.facts.nomenclature.family_codes, case.profile.scored_shares, strict=True)
        if share > 0 and code in table.codes
    ]
    whole = math.fsum(share for _code, share, _column in found)
    return [
        Needed(
            code=code,
            label=f"{families()[code].label} ({code})",
            share=share / whole,
            jobs=float(table.jobs[case.index, column]),
            error=float(table.error_share[case.index, column]),
            national_share=float(np.nansum(table.jobs[:, column])) / totals,
        )
        for code, share, column in found
    ]


def rarity_of(share: float) -> float:
    """Return how rare (0-1) a family is that holds this share of national jobs."""
    return math.log(max(share, RARITY_FLOOR_SHARE)) / math.log(RARITY_FLOOR_SHARE)


class Presence(NamedTuple):
    """A family in the quotient: its weight, the jobs expected of it, and the logarithm of its smoothed quotient."""

    family: Needed
    weight: float
    expected: float
    log: float


def presences(case: Case, shrink: float) -> list[Presence]:
    """Return the needed families with their part in the quotient, unordered."""
    total = float(np.nansum(case.facts.occupations.jobs[case.index]))
    needed = needed_families(case)
    whole = math.fsum(one.share * rarity_of(one.national_share) for one in needed)
    return [
        Presence(
            one,
            one.share * rarity_of(one.national_share) / whole,
            total * one.national_share,
            math.log((one.jobs + shrink) / (total * one.national_share + shrink)),
        )
        for one in needed
    ]


def quotient(case: Case, one: Criterion) -> Example:
    """Work out the rarity-weighted quotient of the needed families."""
    shrink = one.parameters["shrink"]
    rows = presences(case, shrink)
    shown, others = largest([(row.weight * row.log, row) for row in rows])
    logs = math.fsum(row.weight * row.log for row in rows)
    mean = [times(num(row.weight, 4), signed(row.log, 3)) for row in shown[:3]]
    last = [
        Step(_("Moyenne pondérée de toutes les familles"), about(equals(r"\ln q", sum_of(mean, len(rows))), logs, 4)),
        Step(_("Valeur du critère"), about(rf"q = e^{{{num(logs, 4)}}}", math.exp(logs), 3)),
    ]
    steps = [*_first_family(case, shown[0], rows, shrink), *last]
    return Example(math.exp(logs), steps, _presence_table(shown, others))


def _first_family(case: Case, first: Presence, rows: Sequence[Presence], shrink: float) -> list[Step]:
    family, total = first.family, float(np.nansum(case.facts.occupations.jobs[case.index]))
    rare = rarity_of(family.national_share)
    whole = math.fsum(row.family.share * rarity_of(row.family.national_share) for row in rows)
    share = num(max(family.national_share, RARITY_FLOOR_SHARE), 5)
    smoothed = frac(f"{num(family.jobs, 1)} + {num(shrink)}", f"{num(first.expected, 1)} + {num(shrink)}")
    return [
        Step(
            _("Rareté de la famille « %(label)s »") % {"label": family.label},
            about(frac(ln(share), ln(num(RARITY_FLOOR_SHARE, 3))), rare, 3),
        ),
        Step(_("Son poids"), about(frac(times(num(family.share, 4), num(rare, 3)), num(whole, 4)), first.weight, 4)),
        Step(_("Ses emplois attendus"), about(times(num(total), num(family.national_share, 5)), first.expected, 1)),
        Step(_("Son quotient lissé, en logarithme"), about(ln(smoothed), first.log, 3)),
    ]


def _presence_table(shown: Sequence[Presence], others: Sequence[Presence]) -> Table:
    columns = (
        Column(_("Famille de métiers")),
        Column(_("Part des besoins"), "%", 2),
        Column(_("Part nationale"), "%", 3),
        Column(_("Poids"), "", 4),
        Column(_("Emplois estimés"), "", 1),
        Column(_("Emplois attendus"), "", 1),
        Column(_("Logarithme"), "", 3),
        Column(_("Poids × logarithme"), "", 4),
    )
    rows: list[Sequence[Cell]] = [
        (
            row.family.label,
            100 * row.family.share,
            100 * row.family.national_share,
            row.weight,
            row.family.jobs,
            row.expected,
            row.log,
            row.weight * row.log,
        )
        for row in shown
    ]
    if others:
        share, weight = math.fsum(row.family.share for row in others), math.fsum(row.weight for row in others)
        rest = math.fsum(row.weight * row.log for row in others)
        rows.append((others_label(len(others)), 100 * share, None, weight, None, None, None, rest))
    return Table("", _("Les familles qui pèsent le plus dans ce quotient"), columns, rows)


def depth(case: Case, one: Criterion) -> Example:
    """Work out the existing jobs per post to fill."""
    cap, jobs = one.parameters["cap"], case.profile.jobs
    rows = [(row, jobs * row.share, min(row.jobs / (jobs * row.share), cap)) for row in needed_families(case)]
    shown, others = largest([(row[0].share, row) for row in rows])
    value = math.fsum(family.share * ratio for family, _posts, ratio in rows)
    first, posts, ratio = shown[0]
    mean = [times(num(family.share, 4), num(x, 2)) for family, _posts, x in shown[:3]]
    capped = either(r"\min", frac(num(first.jobs, 1), num(posts, 2)), num(cap))
    steps = [
        Step(
            _("Postes à pourvoir dans la famille « %(label)s »") % {"label": first.label},
            about(times(num(jobs), num(first.share, 4)), posts, 2),
        ),
        Step(_("Emplois en place par poste, plafonnés"), about(capped, ratio, 2)),
        Step(_("Moyenne pondérée par les parts"), about(equals("p", sum_of(mean, len(rows))), value, 3)),
    ]
    return Example(value, steps, _depth_table(shown, others))


def _depth_table(shown: Sequence[tuple[Needed, float, float]], others: Sequence[tuple[Needed, float, float]]) -> Table:
    columns = (
        Column(_("Famille de métiers")),
        Column(_("Part des besoins"), "%", 2),
        Column(_("Postes à pourvoir"), "", 2),
        Column(_("Emplois estimés"), "", 1),
        Column(_("Rapport plafonné"), "", 2),
        Column(_("Part × rapport"), "", 3),
    )
    lines: list[Sequence[Cell]] = [(f.label, 100 * f.share, p, f.jobs, x, f.share * x) for f, p, x in shown]
    if others:
        share, rest = (math.fsum(part) for part in zip(*((f.share, f.share * x) for f, _p, x in others), strict=True))
        lines.append((others_label(len(others)), 100 * share, None, None, None, rest))
    return Table("", _("Les familles les plus demandées"), columns, lines)


class Tight(NamedTuple):
    """A family in the tightness: its weight, the index here, its margin, and the low and high values it is worth."""

    family: Needed
    weight: float
    index: float
    error: float
    low: float
    high: float


def tight_families(case: Case, one: Criterion) -> list[Tight]:
    """Return the needed families that the country follows, with what each is worth."""
    table, said = case.facts.tightness, one.parameters
    national = dict(zip(table.codes, table.national.tolist(), strict=True))
    followed = [row for row in needed_families(case) if not math.isnan(national.get(row.code, math.nan))]
    whole = math.fsum(row.share for row in followed)
    found = []
    for row in followed:
        column = table.codes.index(row.code)
        own = float(table.own_share[case.index, column])
        error, index = (
            own * said["own_error"] + (1 - own) * said["wider_error"],
            float(table.index[case.index, column]),
        )
        ends = (index - error, index + error)
        if row.jobs <= said["least_jobs"]:
            ends = (national[row.code], max(said["hardest"], national[row.code]))
        found.append(Tight(row, row.share / whole, index, error, *ends))
    return found


def availability(case: Case, one: Criterion) -> Example:
    """Work out the tightness of the needed families."""
    rows = tight_families(case, one)
    shown, others = largest([(row.weight, row) for row in rows])
    low, high = math.fsum(row.weight * row.low for row in rows), math.fsum(row.weight * row.high for row in rows)
    lows = [times(num(row.weight, 3), signed(row.low, 3)) for row in shown[:2]]
    highs = [times(num(row.weight, 3), signed(row.high, 3)) for row in shown[:2]]
    middle = frac(f"{num(low, 3)} + {signed(high, 3)}", "2")
    steps = [
        Step(_("Borne basse"), about(equals("b", sum_of(lows, len(rows))), low, 3)),
        Step(_("Borne haute"), about(equals("h", sum_of(highs, len(rows))), high, 3)),
        Step(_("Valeur, au milieu"), about(equals("t", middle), (low + high) / 2, 3)),
    ]
    note = _("Une famille qui compte peu d'emplois ici se tient entre l'indice national et le plus difficile.")
    return Example((low + high) / 2, steps, _tight_table(shown, others), note)


def _tight_table(shown: Sequence[Tight], others: Sequence[Tight]) -> Table:
    columns = (
        Column(_("Famille de métiers")),
        Column(_("Poids"), "", 3),
        Column(_("Emplois estimés"), "", 0),
        Column(_("Indice ici"), "", 2),
        Column(_("Marge"), "", 2),
        Column(_("Bas"), "", 3),
        Column(_("Haut"), "", 3),
    )
    rows: list[Sequence[Cell]] = [
        (row.family.label, row.weight, row.family.jobs, row.index, row.error, row.low, row.high) for row in shown
    ]
    if others:
        weight = math.fsum(row.weight for row in others)
        low = math.fsum(row.weight * row.low for row in others) / weight
        high = math.fsum(row.weight * row.high for row in others) / weight
        rows.append((others_label(len(others)), weight, None, None, None, low, high))
    return Table("", _("Les familles les plus demandées"), columns, rows)


def _quotient_symbols() -> Mapping[str, str]:
    return {
        "f": _("famille de métiers (FAP87) que l'activité recrute et qui compte dans le score"),
        "s_f": _("part de la famille dans les besoins de l'activité"),
        "p_f": _("part de la famille dans les emplois du pays"),
        "r_f": _("rareté de la famille : 1 quand elle tient 1 emploi sur 1 000 ou moins"),
        "E_f": _("emplois estimés de la famille dans le bassin"),
        "T": _("emplois estimés de toutes les familles dans le bassin"),
    }


def _depth_symbols() -> Mapping[str, str]:
    return {
        "s_f": _("part de la famille dans les besoins de l'activité"),
        "E_f": _("emplois estimés de la famille dans le bassin"),
        "J": _("emplois du projet"),
    }


def _availability_symbols() -> Mapping[str, str]:
    return {
        "s_f": _("part de la famille dans les besoins de l'activité, parmi celles que la Dares suit"),
        "t_f": _("indice de tension de la famille dans les départements du bassin"),
        "m_f": _("marge : 0,35 avec l'indice du département, 0,8 avec celui de la région"),
    }


WEIGHT = frac("s_f r_f", r"\sum_{g} s_g r_g")
RARITY = frac(ln(either(r"\max", "p_f", "0.001")), ln("0.001"))

METHODS = {
    "skills.quotient": Method(
        rf"\ln q = \sum_{{f}} w_f {ln(frac('E_f + 50', 'T p_f + 50'))}, \quad w_f = {WEIGHT}, \quad r_f = {RARITY}",
        _quotient_symbols,
        quotient,
    ),
    "skills.depth": Method(r"p = \sum_{f} s_f " + either(r"\min", frac("E_f", "J s_f"), "20"), _depth_symbols, depth),
    "skills.availability": Method(
        r"t = \frac{b + h}{2}, \quad b = \sum_{f} s_f \left(t_f - m_f\right), "
        r"\quad h = \sum_{f} s_f \left(t_f + m_f\right)",
        _availability_symbols,
        availability,
    ),
}
