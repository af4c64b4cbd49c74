"""How alike two basins are: gaps trait by trait, and the distance that averages them."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num, times
from explorer.method.worked import Case, Checked, Example, Step, Topic, largest, sum_of
from explorer.tables import Cell, Column, Table
from scoring.peer_traits import Purpose, peer_rules
from scoring.peers import distance_table, find_peers, trait_gaps, usual_distance


def examples(case: Case) -> Sequence[Checked]:
    """Work out the distance to the nearest peer, for the first purpose; nothing where the basin has none."""
    facts, purpose = case.facts, next(iter(peer_rules().purposes.values()))
    found = find_peers(facts, case.zone.code, purpose, exclude_region=False, limit=1).peers
    if not found:
        return ()
    other = facts.zone(found[0].zone.code)
    label = _("Écart avec %(name)s, son plus proche : %(purpose)s") % {
        "name": found[0].zone.name,
        "purpose": str(purpose.label),
    }
    return (
        Checked(label, _example(case, purpose, other), float(distance_table(facts, purpose.id)[case.index, other])),
    )


def _example(case: Case, purpose: Purpose, other: int) -> Example:
    traits = [
        (label, weight, gap)
        for label, weight, gap in trait_gaps(case.facts, purpose, case.index, other)
        if gap is not None
    ]
    total = math.fsum(weight for _label, weight, _gap in traits)
    rows = [(weight / total * gap**2, (label, weight, gap)) for label, weight, gap in traits]
    square, usual = math.fsum(part for part, _row in rows), usual_distance(case.facts, purpose.id)
    first, _others = largest(rows)
    terms = [times(frac(num(weight, 1), num(total, 1)), rf"{num(gap, 3)}^2") for _label, weight, gap in first[:3]]
    result = math.sqrt(square) / usual
    steps = [
        Step(_("Moyenne des carrés des écarts"), about(sum_of(terms, len(rows)), square, 4)),
        Step(
            _("Racine, rapportée à celle de deux bassins pris au hasard"),
            about(equals("d", frac(rf"\sqrt{{{num(square, 4)}}}", num(usual, 4))), result, 2),
        ),
    ]
    return Example(result, steps, _table(rows))


def _table(rows: Sequence[tuple[float, tuple[str, float, float]]]) -> Table:
    columns = (
        Column(_("Trait")),
        Column(_("Poids"), "", 1),
        Column(_("Écart"), "", 3),
        Column(_("Poids × carré"), "", 4),
    )
    body: list[Sequence[Cell]] = [(*row, part) for part, row in sorted(rows, key=lambda pair: -pair[0])]
    return Table("traits", _("Écart trait par trait"), columns, body)


def _title() -> str:
    return _("Bassins semblables : l'écart entre deux bassins")


def _symbols() -> Mapping[str, str]:
    return {
        "x_t, y_t": _(
            "valeur du trait dans chacun des deux bassins, en logarithme ou en racines de parts selon le trait"
        ),
        "m_t": _("écart médian de ce trait entre deux bassins qui diffèrent"),
        "w_t": _("poids du trait, les traits inconnus de l'un des deux étant laissés de côté"),
        "m": _(
            "médiane de la racine sur toutes les paires de bassins : un écart de 1 est celui de deux bassins au hasard"
        ),
    }


TOPIC = Topic(
    "semblables",
    _title,
    "explorer/_method_peers.html",
    (
        r"g_t = \min\left(\frac{\left\| x_t - y_t \right\|}{m_t} \,;\, 3\right)",
        r"d = \frac{1}{m} \sqrt{\frac{\sum_{t} w_t g_t^2}{\sum_{t} w_t}}",
    ),
    _symbols,
    examples,
)
