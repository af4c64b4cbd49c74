"""The chart of what an activity's branch buys, in the style of the others."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from explorer.charts import bars_figure, spec
from explorer.wording import with_unit
from scoring.value_chain import Trade


def purchases_chart(trades: Sequence[Trade], labels: Sequence[str]) -> dict[str, Any]:
    """Return purchases in % of output, the imported part darker; where it cannot be read the bar is one, and pale."""
    from plotly.graph_objects import Bar

    rows = list(reversed(trades))
    places = list(range(len(rows)))
    tail = "<extra></extra>"

    def bar(values: list[float], colour: str, words: str) -> Bar:
        return Bar(
            x=values,
            y=places,
            orientation="h",
            marker={"color": colour},
            hovertemplate=f"{words} {with_unit('%{x:.1f}', '%')}{tail}",
        )

    home = [100 * (one.coefficient or 0) * (1 - one.imported) if one.imported is not None else 0.0 for one in rows]
    abroad = [100 * (one.coefficient or 0) * (one.imported or 0) for one in rows]
    unread = [100 * (one.coefficient or 0) if one.imported is None else 0.0 for one in rows]
    bars = [
        bar(abroad, "var(--warning)", _("importé :")),
        bar(home, "var(--accent)", _("produit en France :")),
        bar(unread, "var(--line-strong)", _("origine non lisible :")),
    ]
    drawn = bars_figure(labels, bars, title=_("% de la production"), ticksuffix=with_unit("", "%"))
    drawn.layout.barmode = "stack"
    return spec(drawn)


def sales_chart(labels: Sequence[str], shares: Sequence[float]) -> dict[str, Any]:
    """Return the branches that buy, in % of what is sold between branches."""
    from plotly.graph_objects import Bar

    bars = Bar(
        x=[100 * one for one in reversed(shares)],
        y=list(range(len(shares))),
        orientation="h",
        marker={"color": "var(--accent)"},
        hovertemplate=with_unit("%{x:.1f}", "%") + "<extra></extra>",
    )
    return spec(bars_figure(labels, [bars], title=_("% des ventes entre branches"), ticksuffix=with_unit("", "%")))
