"""What a branch buys: the coefficient of a purchase, the part imported, and how present the supplier is around."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num
from explorer.method.worked import Case, Checked, Example, Step, Topic
from scoring.fabric_tables import AGRICULTURE
from scoring.nomenclature import Node
from scoring.value_chain import NEAR_KM, Around, Trade, ValueChain, around, value_chain


def examples(case: Case) -> Sequence[Checked]:
    """Work out the share and the imported part of the largest purchase, and its supplier around the basin."""
    chain = value_chain(case.facts, node_of(case))
    if chain is None:
        return ()
    trade = chain.suppliers[0]
    near = around(case.facts, case.zone.code, chain.suppliers[:1])
    # Farm jobs are counted apart, and a circle without known jobs has no shares.
    placed = [_quotient(case, one) for one in near if one.trade.codes != (AGRICULTURE,) and one.quotient]
    return (_share(case, chain, trade), *_imported(case, chain, trade), *placed)


def node_of(case: Case) -> Node:
    """Return the activity of the example as the nomenclature holds it, with its branches."""
    return case.facts.nomenclature.find(case.ranking.question.activity, case.ranking.question.level)


def _amounts(case: Case, trade: Trade) -> tuple[float, float, float]:
    """Return what is bought of a trade, all that is bought, and what of the trade is imported (NaN unknown)."""
    flows, own = case.facts.flows, case.facts.flows.positions(node_of(case).a38)
    row = flows.codes.index("+".join(trade.codes))
    bought = [math.fsum(float(flows.total[line, one]) for one in own) for line in range(len(flows.codes))]
    return bought[row], math.fsum(bought), math.fsum(float(flows.imported[row, one]) for one in own)


def _share(case: Case, chain: ValueChain, trade: Trade) -> Checked:
    bought, everything, _imported_amount = _amounts(case, trade)
    result = 100 * bought / everything
    tex = about(equals("p", rf"100 \times {frac(num(bought, 0), num(everything, 0))}"), result, 1)
    label = _("Part de « %(branch)s » dans ce que la branche achète") % {"branch": trade.label}
    step = Step(_("Achats à cette branche sur tous les achats, en millions de dollars"), tex)
    return Checked(label, Example(result, [step]), 100 * trade.share, 1, "%")


def _imported(case: Case, chain: ValueChain, trade: Trade) -> list[Checked]:
    if trade.imported is None:
        return []
    bought, _everything, imported = _amounts(case, trade)
    result = 100 * imported / bought
    tex = about(equals("i", rf"100 \times {frac(num(imported, 0), num(bought, 0))}"), result, 1)
    step = Step(_("Part importée de cet achat"), tex)
    label = _("« %(branch)s » : part venue de l'étranger") % {"branch": trade.label}
    return [Checked(label, Example(result, [step]), 100 * trade.imported, 1, "%")]


def _quotient(case: Case, one: Around) -> Checked:
    """Weigh the jobs of the supplier within the near ring against its part of the country's jobs."""
    facts = case.facts
    columns = facts.private_jobs.columns(one.trade.codes)
    inside = [place for place in range(len(facts.zones)) if place == case.index or _is_near(case, place)]
    jobs = [math.fsum(float(facts.private_jobs.end[place, c]) for c in columns) for place in range(len(facts.zones))]
    held = [0.0 if math.isnan(value) else value for value in jobs]
    everyone = [0.0 if math.isnan(value) else float(value) for value in facts.private_total]
    here, total_here = math.fsum(held[place] for place in inside), math.fsum(everyone[place] for place in inside)
    nation, total = math.fsum(held), math.fsum(everyone)
    result = (here / total_here) / (nation / total)
    tex = about(
        equals("q", frac(rf"{num(here, 0)} / {num(total_here, 0)}", rf"{num(nation, 0)} / {num(total, 0)}")), result, 2
    )
    label = _("%(name)s : « %(branch)s » à moins de %(km)s km") % {
        "branch": one.trade.label,
        "km": f"{NEAR_KM:g}",
        "name": case.zone.name,
    }
    step = Step(_("Sa part de l'emploi alentour, rapportée à sa part dans le pays"), tex)
    return Checked(label, Example(result, [step]), one.quotient or 0.0, 2)


def _is_near(case: Case, place: int) -> bool:
    return bool(case.facts.distance_km[case.index, place] <= NEAR_KM)


def _title() -> str:
    return _("La chaîne de valeur : ce que la branche achète")


def _symbols() -> Mapping[str, str]:
    return {
        "x_{sa}": _("ce que la branche de l'activité achète au fournisseur, dans le pays et à l'étranger"),
        "m_{sa}": _("la part de cet achat qui vient de l'étranger"),
        "E_s": _("emplois du fournisseur dans le cercle, le bassin compris"),
        "E": _("tous les emplois du cercle"),
        "F_s, F": _("les mêmes pour tout le pays"),
    }


TOPIC = Topic(
    "achats",
    _title,
    "explorer/_method_purchases.html",
    (
        r"p = 100 \times \frac{x_{sa}}{\sum_{s} x_{sa}}",
        r"i = 100 \times \frac{m_{sa}}{x_{sa}}",
        r"q = \frac{E_s / E}{F_s / F}",
    ),
    _symbols,
    examples,
)
