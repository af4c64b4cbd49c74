"""The drawings of a basin's page; each takes rows from the top down and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from explorer import charts
from explorer.wording import with_unit

References = Sequence[tuple[str, Sequence[float | None]]]
DOT_SIZE = 13
# Distances are drawn on a logarithmic scale, which has no zero: what is nearer than this stands at it.
NEAREST_KM = 1.0


@dataclass(frozen=True)
class Interval:
    """A value with the bounds of its error."""

    value: float
    low: float
    high: float


def bars_beside(
    labels: Sequence[str], values: Sequence[float], references: References, *, name: str, title: str
) -> dict[str, Any]:
    """Return shares (%) as bars, those of the references as marks beside each."""
    from plotly.graph_objects import Bar

    hover = with_unit("%{x:.1f}", "%") + "<extra>%{fullData.name}</extra>"
    here = Bar(
        x=list(reversed(values)),
        y=list(range(len(values))),
        orientation="h",
        marker={"color": "var(--accent)"},
        name=name,
        hovertemplate=hover,
    )
    traces = [here, *charts.reference_marks(references, hovertemplate=hover)]
    return charts.spec(charts.bars_figure(labels, traces, title=title, ticksuffix=with_unit("", "%")))


def dots_beside(
    labels: Sequence[str], values: Sequence[Interval], references: References, *, name: str, title: str
) -> dict[str, Any]:
    """Return quotients as dots with their error, those of the references as marks; 1 is the nation."""
    from plotly.graph_objects import Scatter

    rows = list(reversed(values))
    hover = "%{x:.1f}<extra>%{fullData.name}</extra>"
    here = Scatter(
        x=[one.value for one in rows],
        y=list(range(len(rows))),
        mode="markers",
        marker={"color": "var(--accent)", "size": DOT_SIZE},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.value for one in rows],
            "arrayminus": [one.value - one.low for one in rows],
            "color": "var(--accent)",
            "thickness": 2,
            "width": 5,
        },
        name=name,
        hovertemplate=hover,
    )
    traces = [here, *charts.reference_marks(references, hovertemplate=hover)]
    return charts.spec(charts.bars_figure(labels, traces, title=title, has_rails=True))


def places_beside(
    labels: Sequence[str], places: Sequence[float], references: References, *, name: str
) -> dict[str, Any]:
    """Return where a basin stands among all, 0 to 100 from the lowest value, and where its references would."""
    from plotly.graph_objects import Scatter

    hover = with_unit("%{x:.0f}", "%") + "<extra>%{fullData.name}</extra>"
    here = Scatter(
        x=list(reversed(places)),
        y=list(range(len(places))),
        mode="markers",
        marker={"color": "var(--accent)", "size": DOT_SIZE},
        name=name,
        hovertemplate=hover,
    )
    traces = [*charts.reference_marks(references, hovertemplate=hover), here]
    axis = {"tickvals": [0, 25, 50, 75, 100], "range": [-2, 102], "ticksuffix": with_unit("", "%")}
    title = _("% des bassins ont une valeur plus basse")
    return charts.spec(charts.bars_figure(labels, traces, title=title, has_rails=True, **axis))


@dataclass(frozen=True)
class Reach:
    """A kind of node: the distance that is fully useful, the one that is not, and the basin's."""

    label: str
    full_km: float
    none_km: float
    km: float


def reaches(rows: Sequence[Reach], references: References, *, name: str) -> dict[str, Any]:
    """Return distances as dots on a logarithmic scale, over what is useful in full and in part."""
    from plotly.graph_objects import Scatter

    shown = list(reversed(rows))

    def bands(ends: Sequence[tuple[float, float]], color: str, label: str) -> Any:
        return Scatter(
            x=[x for low, high in ends for x in (low, high, None)],
            y=[y for position in range(len(ends)) for y in (position, position, None)],
            mode="lines",
            line={"color": color, "width": 12},
            name=label,
            hoverinfo="skip",
        )

    hover = with_unit("%{x:.0f}", "km") + "<extra>%{fullData.name}</extra>"
    here = Scatter(
        x=[max(one.km, NEAREST_KM) for one in shown],
        y=list(range(len(shown))),
        mode="markers",
        marker={"color": "var(--ink)", "size": DOT_SIZE, "line": {"color": "var(--surface)", "width": 2}},
        name=name,
        hovertemplate=hover,
    )
    floored = [
        (label, [None if one is None else max(one, NEAREST_KM) for one in values]) for label, values in references
    ]
    traces = [
        bands([(one.full_km, one.none_km) for one in shown], "var(--score-2)", _("utile en partie")),
        bands([(NEAREST_KM, one.full_km) for one in shown], "var(--score-4)", _("pleinement utile")),
        *charts.reference_marks(floored, hovertemplate=hover),
        here,
    ]
    axis = {"type": "log", "rangemode": "normal", "tickvals": [1, 2, 5, 10, 20, 50, 100, 200, 500]}
    labels = [one.label for one in rows]
    return charts.spec(charts.bars_figure(labels, traces, title=_("km à vol d'oiseau, échelle logarithmique"), **axis))
