"""The drawing of a comparison: dots of basins on one rail a row, told apart by shape before colour."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from explorer import charts

# Shape and colour of each basin, the first one the subject; open shapes lie over the full ones.
MARKS = (
    ("circle", "var(--accent)"), ("diamond-open", "var(--ink)"), ("square-open", "var(--ink)"),
    ("triangle-up-open", "var(--ink)"), ("x-thin-open", "var(--ink)"),
)  # fmt: skip
DOT_SIZE = 13


def mark_names() -> tuple[str, ...]:
    """Return the names of the shapes, in order."""
    return (_("Rond"), _("losange"), _("carré"), _("triangle"), _("croix"))


def dots_of_basins(
    labels: Sequence[str],
    rows: Sequence[Sequence[float]],
    names: Sequence[str],
    medians: Sequence[float],
    *,
    title: str,
) -> dict[str, Any]:
    """Return rows (from the top) of one dot a basin, and a line at the median of all basins."""
    from plotly.graph_objects import Scatter

    hover = "%{x:.1f}<extra>%{fullData.name}</extra>"
    traces = [
        Scatter(
            x=[row[position] for row in reversed(rows)],
            y=list(range(len(rows))),
            mode="markers",
            marker={"symbol": symbol, "size": DOT_SIZE, "color": color, "line": {"width": 2, "color": color}},
            name=name,
            hovertemplate=hover,
        )
        for position, (name, (symbol, color)) in enumerate(zip(names, MARKS, strict=False))
    ]
    nation = charts.reference_marks([(_("Médiane des bassins"), medians)], hovertemplate=hover)
    return charts.spec(charts.bars_figure(labels, [*nation, *traces], title=title, has_rails=True))
