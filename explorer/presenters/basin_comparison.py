"""A basin beside its regions and France, indicator by indicator: any group of indicators, known or to come."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from django.utils.translation import gettext as _

from basins.indicators import POPULATION, Aggregate, indicators
from explorer import basin_charts
from explorer.citations import shown_vintage
from explorer.presenters.data import group_labels
from explorer.tables import AT_LEAST, Cell, Column, Figure, Signed, Table, signed_by, written
from explorer.wording import apart, titled, with_unit
from measures.arrays import Floats
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.references import TerritoryValue
from scoring.sheet import BasinSheet, IndicatorValue

# A drawing of one dot says no more than its row.
LEAST_DRAWN = 2
# Indicators shown elsewhere than with their group.
SECTION_OF = {
    "economy.aided_firms_per_1000": "programmes",
    "economy.industry_territory_share_pct": "programmes",
}


def section_of(one: IndicatorValue) -> str:
    """Return the section of the page that shows an indicator: that of its group but for a few."""
    return SECTION_OF.get(one.id, one.group)


def group_figure(facts: Facts, sheet: BasinSheet, groups: Sequence[str], *, figure_id: str) -> Figure | None:
    """Return the figure of the indicators of groups: rates as dots among all basins, every number in the table."""
    rows = [one for one in sheet.indicators if section_of(one) in groups]
    if not rows:
        return None
    drawn = [one for one in rows if one.value is not None and rule_of(one).rule != "sum"]
    if len(drawn) < LEAST_DRAWN:
        drawn = []
    return Figure(
        table=comparison_table(sheet, rows, figure_id, standing_sentence(sheet, rows)),
        subtitle=_("Place parmi les bassins, de la valeur la plus basse à la plus haute. %(key)s")
        % {"key": key_sentence(sheet, _("Point"))}
        if drawn
        else "",
        source=producers_of(rows),
        chart=partial(_drawing, facts, sheet, drawn) if drawn else None,
    )


def all_indicators(facts: Facts, sheet: BasinSheet) -> Figure:
    """Return every indicator of a basin in one table."""
    known = sum(one.value is not None for one in sheet.indicators)
    title = _("%(known)s indicateurs connus sur %(all)s") % {"known": known, "all": len(sheet.indicators)}
    table = comparison_table(sheet, sheet.indicators, "indicators", title)
    return Figure(table, source=producers_of(sheet.indicators))


def rank_note() -> str:
    """Return which end of an indicator is the first rank."""
    return _("Le 1er rang est le plus favorable quand un sens est admis, le plus élevé sinon.")


def producers_of(rows: Sequence[IndicatorValue]) -> str:
    """Return the producers of indicators with their vintages, each once."""
    return _(" ; ").join(dict.fromkeys(f"{one.source}, {shown_vintage(one.vintage)}" for one in rows))


def key_sentence(sheet: BasinSheet, subject: str) -> str:
    """Return what each mark of a figure stands for: the subject's, one shape per region, the line of France."""
    shapes = (_("losange"), _("carré"), _("triangle"))
    regions = [titled(shape, one.name) for shape, one in zip(shapes, sheet.territories[:-1], strict=False)]
    marks = [titled(subject, sheet.zone.name), *regions, _("trait : %(name)s") % {"name": sheet.territories[-1].name}]
    return f"{apart(marks)}."


def beside(sheet: BasinSheet, rows: Sequence[Sequence[float | None]]) -> list[tuple[str, list[float | None]]]:
    """Return what a drawing sets beside its rows: each territory with its value in each row, given by territory."""
    return [(territory.name, [row[position] for row in rows]) for position, territory in enumerate(sheet.territories)]


def rule_of(one: IndicatorValue) -> Aggregate:
    return indicators()[one.id].aggregate


def comparison_table(sheet: BasinSheet, rows: Sequence[IndicatorValue], table_id: str, title: str) -> Table:
    """Return indicators as a table: here, in each territory, unit, rank, status, how the references are made."""
    places = [Column(one.name, decimals=1, is_french=True) for one in sheet.territories]
    columns = [
        Column(_("Indicateur")),
        Column(sheet.zone.name, decimals=1),
        *places,
        Column(_("Unité")),
        Column(_("Rang"), decimals=0),
        Column(_("Bassins classés"), decimals=0),
        Column(_("Statut"), is_status=True),
        Column(_("Part du total, %(name)s") % {"name": sheet.territories[0].name}, unit="%", decimals=1),
        Column(_("Région et France")),
        Column(_("Millésime")),
        Column(_("Producteur"), is_french=True),
    ]
    return Table(table_id, title, columns, [_row(sheet, one) for one in rows])


def _row(sheet: BasinSheet, one: IndicatorValue) -> list[Cell]:
    others = sheet.references[one.id]
    first, rule = others[0], rule_of(one)
    is_share = rule.rule == "sum" and one.value is not None and bool(first.value) and not first.is_partial
    return [
        one.label,
        signed_by(one.status, one.value, one.decimals),
        *(reference_cell(value, rule, one.decimals) for value in others),
        one.unit,
        one.national_rank,
        one.ranked if one.national_rank else None,
        one.status,
        100 * one.value / first.value if is_share and one.value is not None and first.value else None,
        rule_words(rule),
        shown_vintage(one.vintage),
        one.source,
    ]


def reference_cell(value: TerritoryValue, rule: Aggregate, decimals: int) -> Signed:
    """Return the value of a territory: ≥ before a sum of which basins are missing, "méd." before the value of the
    median basin, which is no total, ≈ before another estimate."""
    if rule.rule == "sum" and value.is_partial:
        return Signed(value.value, AT_LEAST, decimals)
    if rule.rule == "median" and value.value is not None:
        return Signed(value.value, _("méd."), decimals)
    return signed_by(value.status, value.value, decimals)


def rule_words(rule: Aggregate) -> str:
    """Return how the value of a region and of France is made from those of their basins."""
    if rule.rule == "sum":
        return _("somme des bassins")
    if rule.rule == "median":
        return _("médiane des bassins")
    weights = {POPULATION: _("la population")}
    weight = weights.get(rule.weight) or str(indicators()[rule.weight].label).lower()
    if rule.rule == "harmonic":
        return _("moyenne harmonique des bassins pondérée par %(weight)s") % {"weight": weight}
    return _("moyenne des bassins pondérée par %(weight)s") % {"weight": weight}


def standing_sentence(sheet: BasinSheet, rows: Sequence[IndicatorValue]) -> str:
    """Return where the basin stands best and worst among the indicators that have a favourable end."""
    judged = [
        one
        for one in rows
        if one.national_rank is not None and indicators()[one.id].better != "none" and one.ranked > 1
    ]
    if not judged:
        known = [one for one in rows if one.value is not None]
        told = _("%(known)s indicateurs connus sur %(all)s") % {"known": len(known), "all": len(rows)}
        # Two tables that follow each other may count as many.
        return titled(group_labels()[rows[0].group], told)
    ordered = sorted(judged, key=lambda one: (one.national_rank or 0) / one.ranked)
    best, worst = ordered[0], ordered[-1]
    if best is worst:
        return _("%(label)s : %(standing)s") % {"label": best.label, "standing": standing(best)}
    return _("Au mieux, %(best)s (%(best_rank)s) ; au moins bien, %(worst)s (%(worst_rank)s)") % {
        "best": lower_first(best.label),
        "best_rank": standing(best),
        "worst": lower_first(worst.label),
        "worst_rank": standing(worst),
    }


def lower_first(text: str) -> str:
    """Return a label as it stands inside a sentence; an acronym keeps its capitals."""
    return text if text[:2].isalpha() and text[:2].isupper() else text[:1].lower() + text[1:]


def standing(one: IndicatorValue) -> str:
    """Return the national rank in words, empty where there is none."""
    if one.national_rank is None:
        return ""
    return _("%(rank)s sur %(count)s") % {"rank": ordinal(one.national_rank), "count": one.ranked}


def figure_text(one: IndicatorValue, *, with_its_unit: bool = True) -> str:
    """Return a value with its unit and sign, a dash where there is none."""
    text = str(written(signed_by(one.status, one.value, one.decimals), Column("", decimals=one.decimals)))
    return with_unit(text, one.unit) if with_its_unit and one.value is not None else text


def _drawing(facts: Facts, sheet: BasinSheet, rows: Sequence[IndicatorValue]) -> dict[str, object]:
    labels = [titled(one.label, figure_text(one)) for one in rows]
    places = [place_among(facts.values[one.id][0], one.value or 0.0) for one in rows]
    others = [
        [
            None if one.value is None else place_among(facts.values[row.id][0], one.value)
            for one in sheet.references[row.id]
        ]
        for row in rows
    ]
    return basin_charts.places_beside(labels, places, beside(sheet, others), name=sheet.zone.name)


def place_among(values: Floats, value: float) -> float:
    """Return the share (%) of the known values that lie below one, equal ones counted for half."""
    known = values[~np.isnan(values)]
    return 100 * float((known < value).sum() + (known == value).sum() / 2) / max(known.size, 1)
