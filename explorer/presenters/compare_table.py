"""A comparison as a file: one row a figure and a basin, so that it can be filtered, sorted and put elsewhere."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from explorer.presenters.compare_rows import CompareSection
from explorer.tables import Cell, Column, Table
from scoring.facts import ZoneCard


def comparison_table(sections: Sequence[CompareSection], zones: Sequence[ZoneCard]) -> Table:
    """Return every figure of a comparison, theme by theme, then row by row, then basin by basin."""
    columns = [
        Column(_("Thème")),
        Column(_("Mesure")),
        Column(_("Unité")),
        Column(_("Code")),
        Column(_("Bassin"), is_french=True),
        Column(_("Valeur"), decimals=3),
        Column(_("Écart au premier"), decimals=3),
        Column(_("Statut"), is_status=True),
        Column(_("Le plus favorable")),
        Column(_("Référence nationale"), decimals=3),
        Column(_("Précision")),
        Column(_("Producteur et millésime"), is_french=True),
    ]
    rows: list[list[Cell]] = []
    for section in sections:
        for row in section.rows:
            for position, (zone, cell) in enumerate(zip(zones, row.cells, strict=True)):
                rows.append(
                    [
                        section.title,
                        row.label,
                        row.unit,
                        zone.code,
                        zone.name,
                        cell.value,
                        row.difference(position),
                        cell.status,
                        _("oui") if position in row.best else "",
                        row.national.value if row.national else None,
                        cell.detail or cell.text,
                        row.source,
                    ]
                )
    return Table("comparison", _("Bassins côte à côte"), columns, rows)
