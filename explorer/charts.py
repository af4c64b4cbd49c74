"""Charts as plotly figures; colours are roles of the style sheet, resolved when drawn: they follow the theme."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from scoring.numbers import is_english

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# Labels stand above their bar, so that a telephone gives the bar its whole width; the script that draws folds them to
# the width at hand and makes the rows as high as needed.
Layout = dict[str, Any]
LINE_HEIGHT = 18
BAR_HEIGHT = 18
ROW_SPACE = 14
MARGINS_HEIGHT = 60
# Symbol, size and width of the line of what stands beside the subject of a chart.
NATION_SYMBOL = ("line-ns", 22, 3)
REGION_SYMBOLS = (("diamond", 12, 2), ("square", 10, 2), ("triangle-up", 12, 2))
REGION_DASHES = ("dash", "dot", "dashdot")
LINES_HEIGHT = 320
# What stands before the name of a line, and the width of a letter of it, in pixels.
NAME_MARGIN, LETTER_WIDTH = 14, 7
# Decimal and thousands separators, in the order that plotly reads them.
SEPARATORS = {"fr": ",\u202f", "en": ".,"}


def config() -> dict[str, Any]:
    """Return plotly's settings: no link to any other site, nothing in the bar but saving the picture."""
    language = (get_language() or "fr")[:2]
    return {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "responsive": True,
        "locale": language,
        "locales": {"fr": {"dictionary": {"Download plot as a PNG": "Télécharger l'image (PNG)"}, "format": {}}},
    }


def figure(traces: list[Any], *, x_axis: Layout, y_axis: Layout, **layout: Any) -> "Figure":
    """Return a figure in the style of the site: no template, no zoom, colours by role, the language's separators.

    Everything is given at once: plotly validates each later change of a figure for several milliseconds.
    """
    from plotly.graph_objects import Figure

    axis = {"fixedrange": True, "automargin": True, "zeroline": False} | {
        "gridcolor": "var(--line)",
        "linecolor": "var(--line-strong)",
    }
    frame = {
        "template": "none",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 40, "pad": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": '"Source Sans 3", system-ui, sans-serif', "size": 14, "color": "var(--ink)"},
        "hoverlabel": {
            "bgcolor": "var(--surface)",
            "bordercolor": "var(--line-strong)",
            "font": {"color": "var(--ink)"},
        },
        "separators": SEPARATORS["en" if is_english() else "fr"],
        "dragmode": False,
        "showlegend": False,
        "xaxis": axis | x_axis,
        "yaxis": axis | y_axis,
    }
    return Figure(data=traces, layout=frame | layout)


def axis_title(text: str) -> Layout:
    return {"text": text, "font": {"size": 14}}


def spec(drawn: "Figure") -> dict[str, Any]:
    """Return what the page hands to plotly."""
    return json.loads(drawn.to_json()) | {"config": config()}


def bars_figure(
    labels: Sequence[str],
    traces: list[Any],
    *,
    title: str,
    shapes: Sequence[Layout] = (),
    has_rails: bool = False,
    **x_axis: Any,
) -> "Figure":
    """Return horizontal bars or dots, the first label at the top, each above its row; rails lead the eye to dots.

    The traces stand at whole numbers from 0, the bottom, to the count of labels less one. The labels go in `meta`,
    from which the script makes annotations: plotly would validate each for a millisecond.
    """
    row_height = LINE_HEIGHT + BAR_HEIGHT + ROW_SPACE
    rails = {"tickvals": list(range(len(labels))), "showticklabels": False, "ticks": ""} if has_rails else {}
    return figure(
        traces,
        height=row_height * len(labels) + MARGINS_HEIGHT,
        bargap=1 - BAR_HEIGHT / row_height,
        shapes=shapes,
        meta={"line": LINE_HEIGHT, "bar": BAR_HEIGHT, "space": ROW_SPACE, "margins": MARGINS_HEIGHT}
        | {"labels": list(reversed(labels))},
        x_axis={"title": axis_title(title), "rangemode": "tozero"} | x_axis,
        y_axis={"visible": has_rails, "range": [-BAR_HEIGHT / row_height, len(labels) - BAR_HEIGHT / row_height]}
        | rails,
    )


def reference_marks(references: Sequence[tuple[str, Sequence[float | None]]], **options: Any) -> list[Any]:
    """Return a trace for each (name, values) beside the rows of a chart, the last one being the nation.

    Values are in the order of the rows from the top. Regions are open shapes, the nation an upright line: they are
    told apart in grey and on paper. `options` go to every trace.
    """
    from plotly.graph_objects import Scatter

    symbols = (*REGION_SYMBOLS[: len(references) - 1], NATION_SYMBOL)
    return [
        Scatter(
            x=list(reversed(values)),
            y=list(range(len(values))),
            mode="markers",
            marker={"symbol": symbol, "size": size, "color": "var(--surface)"}
            | {"line": {"width": width, "color": "var(--ink)"}},
            name=name,
            **options,
        )
        for (name, values), (symbol, size, width) in zip(references, symbols, strict=True)
    ]


def lines_chart(
    lines: Sequence[tuple[str, Sequence[float]]], periods: Sequence[int | str], *, title: str, every: int = 5
) -> dict[str, Any]:
    """Return one line per (name, values) over periods, named at its end; the first is the subject, the others soft.

    One period in `every` is written under the axis.
    """
    from plotly.graph_objects import Scatter

    colon = ":" if is_english() else "\u00a0:"
    traces = [
        Scatter(
            x=list(periods),
            y=list(values),
            mode="lines",
            name=name,
            line={"color": "var(--accent)" if position == 0 else "var(--ink-soft)"}
            | {"width": 3 if position == 0 else 2, "dash": dash(position, len(lines))},
            hovertemplate=f"%{{x}}{colon} %{{y:.1f}}<extra>%{{fullData.name}}</extra>",
        )
        for position, (name, values) in enumerate(lines)
    ]
    heights = spread([values[-1] for _name, values in lines], gap=label_gap([v for _name, v in lines]))
    annotations = [
        {"x": periods[-1], "y": height, "text": name, "xanchor": "left", "xshift": 6, "showarrow": False}
        | {"font": {"color": "var(--accent)" if position == 0 else "var(--ink-soft)"}, "name": "line-label"}
        for position, ((name, _values), height) in enumerate(zip(lines, heights, strict=True))
    ]
    drawn = figure(
        traces,
        height=LINES_HEIGHT,
        hovermode="x unified",
        margin={"l": 8, "r": names_width([name for name, _values in lines]), "t": 8, "b": 40},
        annotations=annotations,
        x_axis={"showgrid": False, "dtick": every} | period_axis(periods),
        y_axis={"title": axis_title(title)},
    )
    return spec(drawn)


def period_axis(periods: Sequence[int | str]) -> Layout:
    """Return the axis of periods, from the first to the last: by itself it would make room for the names of lines."""
    if isinstance(periods[0], str):
        return {"type": "category", "range": [0, len(periods) - 1]}
    return {"range": [periods[0], periods[-1]]}


def names_width(names: Sequence[str]) -> int:
    """Return the room (px) that the names of lines take at their right: no more, as telephones are narrow."""
    return NAME_MARGIN + LETTER_WIDTH * max(map(len, names))


def dash(position: int, count: int) -> str:
    """Return how a line is drawn: the subject and the nation, first and last, in one stroke; the regions dashed."""
    return "solid" if position in (0, count - 1) else REGION_DASHES[(position - 1) % len(REGION_DASHES)]


def label_gap(lines: Sequence[Sequence[float]]) -> float:
    """Return the least distance, on the scale of the lines, between two labels that do not overlap."""
    values = [value for line in lines for value in line]
    return (max(values) - min(values) or 1) * LINE_HEIGHT / (LINES_HEIGHT - MARGINS_HEIGHT)


def spread(heights: Sequence[float], *, gap: float) -> list[float]:
    """Return heights moved up where needed, so that no two are nearer than the gap; the lowest stays."""
    placed = list(heights)
    order = sorted(range(len(placed)), key=lambda position: placed[position])
    for lower, upper in pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + gap)
    return placed
