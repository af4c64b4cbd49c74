"""How alike basins are doing: what the distance leaves out, so that it can differ among them."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.indicators import Indicator, indicators
from explorer.citations import shown_vintage
from explorer.tables import Cell, Column, Figure, Signed, Table, signed_by
from explorer.wording import apart, number, titled, with_unit
from scoring.facts import Facts
from scoring.peer_traits import peer_rules
from scoring.peers import Peers


def told(facts: Facts) -> list[Indicator]:
    """Return the outcomes that the edition holds, in the order of the file."""
    return [indicators()[one] for one in peer_rules().outcomes if one in facts.values]


def outcome_columns(facts: Facts) -> list[Column]:
    """Return a column an outcome."""
    return [Column(str(one.label), unit=str(one.unit), decimals=one.decimals) for one in told(facts)]


def outcomes_of(facts: Facts, zone_code: str) -> list[Cell]:
    """Return the outcomes of a basin, in the order of the columns."""
    index = facts.zone(zone_code)
    cells: list[Cell] = []
    for one in told(facts):
        values, status = facts.values[one.id]
        value = None if np.isnan(values[index]) else float(values[index])
        cells.append(signed_by(str(status[index]), value, one.decimals))
    return cells


def outcome_figure(facts: Facts, found: Peers) -> Figure:
    """Return the outcomes of a basin and of its peers as a table, with the median of the peers."""
    columns = [Column(_("Bassin"), is_french=True), *outcome_columns(facts)]
    rows = [[one.name, *outcomes_of(facts, one.code)] for one in (found.zone, *(peer.zone for peer in found.peers))]
    medians: list[Cell] = [_median(facts, found, one) for one in told(facts)]
    rows.append([_("Médiane des semblables"), *medians])
    table = Table("outcomes", outcome_sentence(facts, found), columns, rows)
    source = apart([titled(str(one.label), _cited(facts, one)) for one in told(facts)])
    note = _(
        "Ces chiffres n'entrent pas dans l'écart : ce sont eux que l'on cherche à expliquer entre bassins semblables."
    )
    return Figure(table, note=note, source=source)


def _cited(facts: Facts, one: Indicator) -> str:
    producer = facts.vintages.get(one.sources[0], ("", "", ""))[0]
    return f"{producer}, {shown_vintage(one.vintage)}"


def _peer_values(facts: Facts, found: Peers, one: Indicator) -> list[float]:
    values = [float(facts.values[one.id][0][facts.zone(peer.zone.code)]) for peer in found.peers]
    return [value for value in values if not np.isnan(value)]


def _median(facts: Facts, found: Peers, one: Indicator) -> Signed:
    known = _peer_values(facts, found, one)
    return Signed(float(np.median(known)) if known else None, "", one.decimals)


def outcome_sentence(facts: Facts, found: Peers) -> str:
    """Return how the first outcome differs among alike basins."""
    first = told(facts)[0]
    known = _peer_values(facts, found, first)
    here = float(facts.values[first.id][0][facts.zone(found.zone.code)])
    if not known or np.isnan(here):
        return _("Comment se portent les bassins semblables")
    sentence = ngettext(
        "%(label)s : %(here)s ici, %(low)s dans le bassin semblable",
        "%(label)s : %(here)s ici, de %(low)s à %(high)s dans %(count)s bassins semblables",
        len(known),
    )
    return sentence % {
        "label": str(first.label),
        "here": with_unit(number(here, first.decimals), "%"),
        "low": with_unit(number(min(known), first.decimals), "%"),
        "high": with_unit(number(max(known), first.decimals), "%"),
        "count": len(known),
    }
