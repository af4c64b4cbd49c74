"""Horizontal bars and dots for paper: names and values in columns at the left, marks of references, a key above."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from explorer.wording import number
from reports.drawings.axes import Axis, axis, numbers
from reports.drawings.colours import colour, resolved
from reports.drawings.marks import mark
from reports.drawings.svg import (
    PAGE_WIDTH,
    SMALL_SIZE,
    TEXT_SIZE,
    drawing,
    fold,
    line,
    lines_of_text,
    rect,
    text,
    text_width,
    widest,
)
from reports.fonts import BOLD

Trace = dict[str, Any]
# Decimals that a trace shows under the pointer: `%{x:.1f}`.
SHOWN = re.compile(r"%\{x:\.(\d)f\}([^<]*)")
LABEL_SHARE, GAP = 0.42, 12.0
LINE, BAR, ROW_SPACE = 13.0, 11.0, 7.0
KEY_HEIGHT, AXIS_HEIGHT, MARGIN = 24.0, 34.0, 8.0
RAIL = 0.6


@dataclass(frozen=True)
class Row:
    """A row of the chart: its place from the bottom as plotly counts, the middle of it on paper, its words."""

    position: int
    middle: float
    lines: list[str]


def bars_svg(spec: dict[str, Any], width: float = PAGE_WIDTH) -> str:
    """Return a chart of `explorer.charts.bars_figure` as a drawing of its own."""
    traces, layout = spec["data"], spec["layout"]
    labels = list(reversed(layout["meta"]["labels"]))
    values = bar_values(traces)
    folded = [fold(one, LABEL_SHARE * width) for one in labels]
    named = widest([one for lines in folded for one in lines])
    valued = widest(values, weight=BOLD) if values else 0.0
    start = named + GAP + (valued + GAP if values else 0.0)
    scale = axis(layout["xaxis"], drawn_values(traces, layout), start, width - start - 2 * MARGIN)
    key, top = key_svg(traces, width)
    rows, bottom = placed_rows(folded, top)
    parts = [grid(scale, top, bottom, layout["xaxis"]["title"]["text"], width)]
    if layout["yaxis"]["visible"]:
        parts += [rail(scale, row.middle) for row in rows]
    parts += [row_words(row, values, start) for row in rows]
    middles = {row.position: row.middle for row in rows}
    parts += [*bar_parts(traces, scale, middles), *(scatter(one, scale, middles) for one in traces if is_scatter(one))]
    return drawing(width, bottom + AXIS_HEIGHT, key, *parts)


def placed_rows(folded: list[list[str]], top: float) -> tuple[list[Row], float]:
    """Return the rows under each other from a height, and where they end."""
    rows, height = [], top
    for rank, lines in enumerate(folded):
        tall = max(BAR, len(lines) * LINE) + ROW_SPACE
        rows.append(Row(len(folded) - 1 - rank, height + tall / 2, lines))
        height += tall
    return rows, height


def row_words(row: Row, values: list[str], start: float) -> str:
    """Return the name of a row, and its value in a column before the bars."""
    first = row.middle - (len(row.lines) - 1) * LINE / 2 + 0.34 * TEXT_SIZE
    words = lines_of_text(0, first, row.lines, LINE)
    if not values:
        return words
    place = row.middle + 0.34 * TEXT_SIZE
    return words + text(start - GAP, place, values[row.position], text_anchor="end", font_weight=BOLD)


def bar_values(traces: list[Trace]) -> list[str]:
    """Return the values of the only trace of bars as they are written, from the bottom; none where there are dots."""
    bars = [one for one in traces if one["type"] == "bar"]
    if len(bars) != 1:
        return []
    return ["—" if one is None else shown_value(bars[0], one) for one in numbers(bars[0]["x"])]


def shown_value(trace: Trace, value: float) -> str:
    """Return a value with the decimals and the unit that the page shows under the pointer."""
    found = SHOWN.search(trace.get("hovertemplate") or "")
    return number(value, int(found[1])) + found[2] if found else number(value, 1)


def is_scatter(trace: Trace) -> bool:
    return trace["type"] == "scatter"


def drawn_values(traces: list[Trace], layout: dict[str, Any]) -> list[float]:
    """Return every value that the axis must hold: ends of stacks and of errors included."""
    found = [value for one in traces for value in numbers(one["x"]) if value is not None]
    if layout.get("barmode") == "stack":
        columns = zip(*(numbers(one["x"]) for one in traces), strict=True)
        found += [sum(value or 0.0 for value in column) for column in columns]
    for one in traces:
        error = one.get("error_x", {})
        ends = zip(numbers(one["x"]), numbers(error.get("array")), strict=False)
        found += [value + above for value, above in ends if value is not None and above is not None]
    return found


def grid(scale: Axis, top: float, bottom: float, title: str, width: float) -> str:
    """Return the upright lines of the axis, its numbers and its title."""
    parts = []
    for tick in scale.ticks:
        x, is_zero = scale.place(tick), tick == 0
        stroke = colour("line-strong" if is_zero else "line")
        words = {"text_anchor": "middle", "font_size": SMALL_SIZE, "fill": colour("ink-soft")}
        parts.append(line(x, top, x, bottom + 2, stroke=stroke, stroke_width=1.0))
        parts.append(text(x, bottom + 13, scale.written(tick), **words))
    title_words = {"text_anchor": "end", "font_size": SMALL_SIZE, "fill": colour("ink-soft")}
    return "".join(parts) + text(width - MARGIN, bottom + 28, title, **title_words)


def rail(scale: Axis, middle: float) -> str:
    """Return the thin line that leads the eye to the dots of a row."""
    ends = scale.start, scale.start + scale.length
    return line(ends[0], middle, ends[1], middle, stroke=colour("line"), stroke_width=RAIL)


def bar_parts(traces: list[Trace], scale: Axis, middles: dict[int, float]) -> list[str]:
    """Return the bars from zero, those of several traces end to end."""
    parts, ends = [], dict.fromkeys(middles, 0.0)
    for trace in (one for one in traces if one["type"] == "bar"):
        colours = trace["marker"]["color"]
        for position, value in zip(numbers(trace["y"]), numbers(trace["x"]), strict=True):
            if not value:
                continue
            fill = resolved(colours if isinstance(colours, str) else colours[int(position or 0)])
            low, high = sorted((scale.place(ends[position]), scale.place(ends[position] + value)))
            parts.append(rect(low, middles[position] - BAR / 2, high - low, BAR, fill=fill))
            ends[position] += value
    return parts


def scatter(trace: Trace, scale: Axis, middles: dict[int, float]) -> str:
    """Return the marks of a trace with their errors, or its bands."""
    points = list(zip(numbers(trace["x"]), numbers(trace["y"]), strict=True))
    if trace["mode"] == "lines":
        return "".join(
            rect(scale.place(low), middles[row] - BAR / 2, scale.place(high) - scale.place(low), BAR, fill=fill)
            for fill in [resolved(trace["line"]["color"])]
            for (low, row), (high, _same) in pairwise(points)
            if low is not None and high is not None
        )
    known = [(x, middles[row]) for x, row in points if x is not None]
    return error_bars(trace, scale, middles) + "".join(mark(scale.place(x), y, trace["marker"]) for x, y in known)


def error_bars(trace: Trace, scale: Axis, middles: dict[int, float]) -> str:
    """Return the bounds of each value as a thin bar with ends."""
    error = trace.get("error_x")
    if not error:
        return ""
    columns = (trace["x"], trace["y"], error["arrayminus"], error["array"])
    parts, stroke = [], {"stroke": resolved(error["color"]), "stroke_width": 1.6}
    for x, row, below, above in zip(*map(numbers, columns), strict=True):
        low, high, y = scale.place(x - below), scale.place(x + above), middles[row]
        parts += [line(low, y, high, y, **stroke), line(low, y - 3, low, y + 3, **stroke)]
        parts.append(line(high, y - 3, high, y + 3, **stroke))
    return "".join(parts)


def key_svg(traces: list[Trace], width: float) -> tuple[str, float]:
    """Return what each mark stands for, in a row above the chart, and the height that it takes."""
    named = [(one, trace_name(one)) for one in sorted(traces, key=is_beside) if trace_name(one)]
    if len(named) < 2:
        return "", MARGIN
    parts, x, y = [], 0.0, 12.0
    for trace, name in named:
        room = 22 + text_width(name, SMALL_SIZE) + 18
        if x and x + room > width:
            x, y = 0.0, y + KEY_HEIGHT - 6
        parts.append(key_mark(trace, x + 7, y))
        parts.append(text(x + 20, y + 0.34 * SMALL_SIZE, name, font_size=SMALL_SIZE, fill=colour("ink-soft")))
        x += room
    return "".join(parts), y + 14


def is_beside(trace: Trace) -> bool:
    """Whether a trace is what stands beside the subject of a chart: the open marks of references."""
    return is_scatter(trace) and trace.get("marker", {}).get("color") == "var(--surface)"


def key_mark(trace: Trace, x: float, y: float) -> str:
    """Return the mark of a trace as it stands in the key."""
    if trace["type"] == "bar" or trace["mode"] == "lines":
        shade = trace["marker"]["color"] if trace["type"] == "bar" else trace["line"]["color"]
        return rect(x - 7, y - 5, 14, 10, fill=resolved(shade if isinstance(shade, str) else shade[0]))
    return mark(x, y, trace["marker"])


def trace_name(trace: Trace) -> str:
    """Return the name of a trace; the parts of stacked bars are named by what the pointer shows before the value."""
    return trace.get("name") or (trace.get("hovertemplate") or "").split("%{")[0].strip(" :\u00a0\u202f")
