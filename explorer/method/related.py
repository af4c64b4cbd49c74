"""Worked example of the related activities: what two branches share, and how often they are found together."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, either, equals, frac, ln, num, signed, times
from explorer.method.worked import Case, Example, Method, Step, largest, others_label, sum_of
from explorer.tables import Cell, Column, Table
from scoring.activity_profile import MERGED_EXCESS
from scoring.criteria.related import branch_logs, branch_profiles, known_branches, relatedness
from scoring.definitions import Criterion


def related(case: Case, one: Criterion) -> Example | None:
    """Work out the mean of the related branches; None where the jobs are read by sub-class."""
    if case.profile.covered_share:
        return None
    facts, shrink, limit = case.facts, one.parameters["shrink"], math.log(one.parameters["cap"])
    codes, logs = branch_logs(facts, shrink)
    kinship = relatedness(facts, case.profile, shrink)
    rows = []
    for code, log in zip(codes, logs[case.index].tolist(), strict=True):
        if kinship[code] > 0 and not math.isnan(log):
            label = facts.nomenclature.nodes[f"a38:{code}"].label
            held = min(max(log, -limit), limit)
            rows.append((kinship[code], (code, label, kinship[code], math.exp(log), held)))
    shown, others = largest(rows)
    whole = math.fsum(row[2] for _key, row in rows)
    mean = math.fsum(row[2] * row[4] for _key, row in rows) / whole
    terms = [times(num(row[2], 3), signed(row[4], 3)) for row in shown[:3]]
    steps = [
        *kinship_steps(case, shown[0][0], kinship[shown[0][0]], shrink),
        Step(
            _("Son quotient, en logarithme borné entre −ln 2 et ln 2"),
            about(ln(num(shown[0][3], 3)), shown[0][4], 3),
        ),
        Step(
            _("Moyenne pondérée par la parenté"),
            about(equals(r"\ln q", frac(sum_of(terms, len(rows)), num(whole, 3))), mean, 4),
        ),
        Step(_("Valeur du critère"), about(rf"q = e^{{{num(mean, 4)}}}", math.exp(mean), 3)),
    ]
    if abs(math.log(shown[0][3])) > limit:
        held = either(r"\max", either(r"\min", ln(num(shown[0][3], 3)), ln("2")), "-" + ln("2"))
        steps[-3] = Step(steps[-3].label, about(held, shown[0][4], 3))
    return Example(math.exp(mean), steps, _related_table(shown, others))


def kinship_steps(case: Case, code: str, kinship: float, shrink: float) -> list[Step]:
    """Return how the kinship of one branch with the activity is made, each number counted again."""
    facts, codes = case.facts, known_branches(case.facts)
    shared = overlap(case, code)
    label = facts.nomenclature.nodes[f"a38:{code}"].label
    steps = [Step(_("Métiers partagés avec « %(label)s »") % {"label": label}, equals("m", num(shared, 3)))]
    own = [one for one in codes if one in case.profile.node.a38]
    is_alone = len(own) != 1 or case.profile.excess_of_branch >= MERGED_EXCESS or math.isclose(kinship, shared)
    if is_alone:
        return [
            *steps,
            Step(
                _("Parenté : les métiers seuls, la co-localisation de la branche ne disant rien ici"),
                equals("r", num(shared, 3)),
            ),
        ]
    together, alone, other, zones = meetings(case, own[0], code, shrink)
    chance = together * zones / (alone * other)
    near = max((chance - 1) / (chance + 1), 0.0)
    return [
        *steps,
        Step(
            _("Rencontres des deux branches, rapportées au hasard"),
            about(equals("R", frac(times(num(together), num(zones)), times(num(alone), num(other)))), chance, 3),
        ),
        Step(
            _("Co-localisation, ramenée entre 0 et 1"),
            about(equals("l", frac(f"{num(chance, 3)} - 1", f"{num(chance, 3)} + 1")), near, 3),
        ),
        Step(
            _("Parenté"),
            about(equals("r", rf"\sqrt{{{times(num(shared, 3), num(near, 3))}}}"), math.sqrt(shared * near), 3),
        ),
    ]


def overlap(case: Case, code: str) -> float:
    """Return the share of the activity's occupations that a branch hires too, weighted by rarity."""
    profiles, rare = branch_profiles(case.facts)
    row = profiles[known_branches(case.facts).index(code)].tolist()
    needs = list(zip(case.profile.scored_shares.tolist(), row, rare.tolist(), strict=True))
    return math.fsum(r * min(need, offer) for need, offer, r in needs) / math.fsum(r * need for need, _o, r in needs)


def meetings(case: Case, own: str, other: str, shrink: float) -> tuple[int, int, int, int]:
    """Return the zones at home to both branches, to each, and all zones known."""
    codes, logs = branch_logs(case.facts, shrink)
    known = [row for row in logs.tolist() if not all(math.isnan(log) for log in row)]
    pairs = [(row[codes.index(own)] > 0, row[codes.index(other)] > 0) for row in known]
    return sum(a and b for a, b in pairs), sum(a for a, _b in pairs), sum(b for _a, b in pairs), len(pairs)


def _related_table(shown: Sequence[Sequence[Cell]], others: Sequence[Sequence[Cell]]) -> Table:
    columns = (
        Column(_("Branche"), is_french=True),
        Column(_("Parenté"), "", 3),
        Column(_("Quotient lissé"), "", 2),
        Column(_("Logarithme borné"), "", 3),
        Column(_("Parenté × logarithme"), "", 4),
    )
    rows: list[Sequence[Cell]] = [(*row[1:], float(row[2] or 0) * float(row[4] or 0)) for row in shown]
    if others:
        kinship = math.fsum(float(row[2] or 0) for row in others)
        rest = math.fsum(float(row[2] or 0) * float(row[4] or 0) for row in others)
        rows.append((others_label(len(others)), kinship, None, None, rest))
    return Table("", _("Les branches les plus apparentées"), columns, rows)


def _symbols() -> Mapping[str, str]:
    return {
        "q_b": _("quotient lissé de la branche b dans le bassin, borné entre 1/2 et 2"),
        "r_b": _("parenté de la branche b avec l'activité, entre 0 et 1 ; 0 pour sa propre branche"),
        "m_b": _("part des métiers de l'activité que la branche b embauche aussi, pondérée par leur rareté"),
        "l_b": _("co-localisation : R rapporte les bassins communs aux deux branches à ce que donnerait le hasard"),
        "c_b": _("bassins spécialisés dans les deux branches"),
        "n_a, n_b": _("bassins spécialisés dans la branche de l'activité, dans l'autre"),
        "n": _("tous les bassins connus"),
    }


KINSHIP = r"r_b = \sqrt{m_b l_b}, \quad l_b = \frac{R_b - 1}{R_b + 1}, \quad R_b = \frac{c_b n}{n_a n_b}"

METHODS = {
    "fabric.related": Method(
        r"\ln q = " + frac(r"\sum_{b} r_b \ln q_b", r"\sum_{b} r_b") + rf", \quad {KINSHIP}", _symbols, related
    ),
}
