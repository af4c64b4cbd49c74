"""Lines over periods for paper, each named at its end."""

from itertools import groupby
from typing import Any

from explorer.charts import spread
from reports.drawings.axes import Axis, axis, numbers
from reports.drawings.colours import colour, resolved
from reports.drawings.marks import DASHES
from reports.drawings.svg import (
    PAGE_WIDTH,
    SMALL_SIZE,
    drawing,
    fold,
    line,
    lines_of_text,
    path,
    short,
    text,
    text_width,
    widest,
)
from reports.fonts import BOLD, REGULAR

HEIGHT, TOP, BOTTOM = 190.0, 24.0, 22.0
NAME_GAP, NAME_LINE, NAME_SHARE = 8.0, 12.5, 0.24


def lines_svg(spec: dict[str, Any], width: float = PAGE_WIDTH) -> str:
    """Return a chart of `explorer.charts.lines_chart` as a drawing of its own."""
    traces, layout = spec["data"], spec["layout"]
    periods = traces[0]["x"] if isinstance(traces[0]["x"], list) else numbers(traces[0]["x"])
    values = [value for one in traces for value in numbers(one["y"]) if value is not None]
    upright = axis(layout["yaxis"], values, 0.0, HEIGHT - TOP - BOTTOM)
    left = widest([upright.written(one) for one in upright.ticks], SMALL_SIZE) + 8
    names = [fold(one["name"], NAME_SHARE * width, SMALL_SIZE) for one in traces]
    right = widest([part for lines in names for part in lines], SMALL_SIZE, BOLD) + NAME_GAP + 4
    along = Axis(0.0, max(1.0, len(periods) - 1.0), left, width - left - right, ())
    parts = [levels(upright, left, width - right), title(layout["yaxis"]["title"]["text"])]
    parts += [period_words(layout["xaxis"], periods, along)]
    parts += [curve(one, along, upright) for one in reversed(traces)]
    parts.append(end_names(traces, names, upright, width - right + NAME_GAP))
    return drawing(width, HEIGHT, *parts)


def height_of(scale: Axis, value: float) -> float:
    """Return the height of a value on paper, where y goes down."""
    return HEIGHT - BOTTOM - scale.place(value)


def title(words: str) -> str:
    return text(0, 11, words, font_size=SMALL_SIZE, fill=colour("ink-soft"))


def levels(scale: Axis, left: float, right: float) -> str:
    """Return the level lines and their numbers."""
    parts = []
    for tick in scale.ticks:
        y = height_of(scale, tick)
        words = {"text_anchor": "end", "font_size": SMALL_SIZE, "fill": colour("ink-soft")}
        parts.append(line(left, y, right, y, stroke=colour("line"), stroke_width=1.0))
        parts.append(text(left - 6, y + 0.34 * SMALL_SIZE, scale.written(tick), **words))
    return "".join(parts)


def period_words(described: dict[str, Any], periods: list[Any], along: Axis) -> str:
    """Return the periods written under the chart: one in so many, the first and the last where there is room."""
    every, is_category = int(described.get("dtick") or 1), described.get("type") == "category"
    shown = [p for p, one in enumerate(periods) if (p if is_category else int(one)) % every == 0]
    parts, taken = [], []
    for position in dict.fromkeys([0, len(periods) - 1, *shown]):
        words, x = str(periods[position]), along.place(position)
        half = text_width(words, SMALL_SIZE) / 2 + 5
        if any(abs(x - other) < half + room for other, room in taken):
            continue
        taken.append((x, half))
        place = {"text_anchor": "middle", "font_size": SMALL_SIZE, "fill": colour("ink-soft")}
        parts.append(line(x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4, stroke=colour("line-strong"), stroke_width=1.0))
        parts.append(text(x, HEIGHT - BOTTOM + 15, words, **place))
    return "".join(parts)


def curve(trace: dict[str, Any], along: Axis, upright: Axis) -> str:
    """Return the line of a trace, broken where it has no value."""
    pairs = list(enumerate(numbers(trace["y"])))
    runs = [list(run) for known, run in groupby(pairs, key=lambda pair: pair[1] is not None) if known]
    steps = "".join(
        "M" + "L".join(f"{short(along.place(x))} {short(height_of(upright, y or 0.0))}" for x, y in run)
        for run in runs
    )
    dash = DASHES[trace["line"].get("dash", "solid")]
    stroke = {"stroke": resolved(trace["line"]["color"]), "stroke_width": float(trace["line"]["width"]) * 0.8}
    return path(steps, fill="none", stroke_linejoin="round", stroke_dasharray=dash, **stroke)


def end_names(traces: list[dict[str, Any]], names: list[list[str]], upright: Axis, x: float) -> str:
    """Return the name of each line at its end, moved so that none covers another; the first one is the subject."""
    ends = [next((v for v in reversed(numbers(one["y"])) if v is not None), upright.low) for one in traces]
    tall = max(len(one) for one in names) * NAME_LINE
    # `spread` moves up; on paper up is less.
    places = [-one for one in spread([-height_of(upright, one) for one in ends], gap=tall)]
    parts = []
    for position, (trace, lines, y) in enumerate(zip(traces, names, places, strict=True)):
        words = {"font_size": SMALL_SIZE, "font_weight": BOLD if position == 0 else REGULAR}
        words["fill"] = resolved(trace["line"]["color"])
        first = y - (len(lines) - 1) * NAME_LINE / 2 + 0.34 * SMALL_SIZE
        parts.append(lines_of_text(x, first, lines, NAME_LINE, **words))
    return "".join(parts)
