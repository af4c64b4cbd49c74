"""What is known only by zone: the indicators of the zones that a perimeter touches, never added up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.indicators import Indicator, indicators
from basins.perimeters import AnyPerimeter, PerimeterZone
from explorer.citations import briefly_cited, shown_vintage
from explorer.presenters.basin_comparison import SECTION_OF
from explorer.presenters.perimeter_map import percent
from explorer.tables import Cell, Column, Figure, Signed, Table, shown, signed_by
from explorer.wording import number
from scoring.facts import Facts

# Columns that a page and paper hold.
ZONES_SHOWN = 5


def themes() -> dict[str, str]:
    """Return the themes of indicators by identifier, in the order of a report."""
    return {
        "economy": _("Tissu et emploi, par bassin"),
        "skills": _("Compétences, par bassin"),
        "land": _("Foncier, par bassin"),
        "access": _("Accès, par bassin"),
        "living": _("Conditions de vie, par bassin"),
        "population": _("Population, par bassin"),
        "programmes": _("Programmes, par bassin"),
    }


def theme_of(one: Indicator) -> str:
    """Return the theme of an indicator, that of the page of a basin."""
    return SECTION_OF.get(one.id, one.group)


def held(facts: Facts, theme: str) -> list[Indicator]:
    """Return the indicators of a theme that the edition holds."""
    return [one for one in indicators().values() if one.id in facts.values and theme_of(one) == theme]


def theme_figure(facts: Facts, zones: Sequence[PerimeterZone], theme: str) -> Figure | None:
    """Return a row per indicator of a theme and a column per zone, the first ones; None where nothing is held.

    The share beside the name of a zone is that of the people of the perimeter who live there.
    """
    rows = held(facts, theme)
    if not rows:
        return None
    first = zones[:ZONES_SHOWN]
    names = [f"{one.name}, {percent(one.perimeter_share)}" for one in first]
    columns = [
        Column(_("Indicateur")),
        *(Column(name, decimals=1, is_french=True) for name in names),
        Column(_("Unité")),
        Column(_("Millésime")),
    ]
    cells: list[list[Cell]] = [
        [
            str(one.label),
            *(value_of(facts, one, zone.code) for zone in first),
            str(one.unit),
            shown_vintage(one.vintage),
        ]
        for one in rows
    ]
    sources = tuple(dict.fromkeys(slug for one in rows for slug in one.sources))
    table = Table(f"zones-{theme}", themes()[theme], columns, cells, sources=sources)
    return Figure(table, note=zones_note(len(zones) - len(first)))


def value_of(facts: Facts, one: Indicator, zone_code: str) -> Signed:
    """Return the value of an indicator in a zone, with the sign of its status; none where it is not known."""
    values, statuses = facts.values[one.id]
    index = facts.zone_index[zone_code]
    value = float(values[index])
    return signed_by(str(statuses[index]), None if value != value else value, one.decimals)


def zones_note(hidden: int) -> str:
    """Return how such a table is read, and where the zones left out are."""
    told = _(
        "Valeurs des bassins entiers, y compris ce qui en dépasse ; à côté du nom, la part des habitants du périmètre "
        "qui y vivent. Rien n'est additionné."
    )
    if hidden <= 0:
        return told
    more = ngettext(
        "L'autre bassin est dans le fichier.", "Les %(count)s autres bassins sont dans le fichier.", hidden
    )
    return f"{told} {more % {'count': number(hidden, 0)}}"


def theme_cards(facts: Facts, zones: Sequence[PerimeterZone]) -> list[dict[str, Any]]:
    """Return what the page shows of each theme, folded; how they are read is told once, above them."""
    figures = filter(None, (theme_figure(facts, zones, theme) for theme in themes()))
    return [
        shown(facts, replace(one, note="")) | {"is_open": False, "source": briefly_cited(facts, one.table.sources)}
        for one in figures
    ]


def indicators_table(facts: Facts, perimeter: AnyPerimeter, zones: Sequence[PerimeterZone]) -> Table:
    """Return every indicator of every zone touched: a row each, with both shares, status, vintage and producer."""
    columns = [
        Column(_("Thème")),
        Column(_("Indicateur")),
        Column(_("Bassin"), is_french=True),
        Column(_("Code")),
        Column(_("Part du périmètre"), unit="%", decimals=1),
        Column(_("Part du bassin"), unit="%", decimals=1),
        Column(_("Valeur"), decimals=1),
        Column(_("Unité")),
        Column(_("Statut"), is_status=True),
        Column(_("Millésime")),
        Column(_("Producteur"), is_french=True),
    ]
    rows: list[list[Cell]] = []
    for theme, title in themes().items():
        for one in held(facts, theme):
            producer = facts.vintages.get(one.sources[0], ("", "", ""))[0]
            statuses = facts.values[one.id][1]
            rows += [
                [
                    title.partition(",")[0],
                    str(one.label),
                    zone.name,
                    zone.code,
                    100 * zone.perimeter_share,
                    100 * zone.zone_share,
                    value_of(facts, one, zone.code),
                    str(one.unit),
                    str(statuses[facts.zone_index[zone.code]]),
                    shown_vintage(one.vintage),
                    producer,
                ]
                for zone in zones
            ]
    title = _("%(name)s : indicateurs de ses bassins") % {"name": perimeter.name}
    return Table("indicators", title, columns, rows)
