"""The marks of charts: shapes told apart without colour, as the pages have them."""

from collections.abc import Callable
from typing import Any

from reports.drawings.colours import colour, resolved
from reports.drawings.svg import element, line, path, rect, short

# Strokes of lines by the name of their dash.
DASHES = {"solid": None, "dash": "6 4", "dot": "1.5 3", "dashdot": "7 3 1.5 3"}
# Marks are a little smaller on paper than under a finger.
SIZE_ON_PAPER = 0.7


def mark(x: float, y: float, described: dict[str, Any]) -> str:
    """Return the mark that a marker of plotly describes, centred on a place."""
    symbol = str(described.get("symbol", "circle"))
    name, is_open = symbol.removesuffix("-open"), symbol.endswith("-open")
    size = SIZE_ON_PAPER * float(described.get("size", 6))
    fill, edge = resolved(described.get("color", colour("accent"))), described.get("line", {})
    stroke = resolved(edge["color"]) if edge.get("color") else None
    if is_open:
        fill, stroke = "none", stroke or fill
    return SHAPES[name](x, y, size / 2, fill=fill, stroke=stroke, stroke_width=edge.get("width") if stroke else None)


def circle(x: float, y: float, half: float, **values: Any) -> str:
    return element("circle", cx=float(x), cy=float(y), r=float(half), **values)


def diamond(x: float, y: float, half: float, **values: Any) -> str:
    return polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), **values)


def square(x: float, y: float, half: float, **values: Any) -> str:
    return rect(x - half, y - half, 2 * half, 2 * half, **values)


def triangle(x: float, y: float, half: float, **values: Any) -> str:
    return polygon(((x, y - half), (x + half, y + 0.8 * half), (x - half, y + 0.8 * half)), **values)


def upright(x: float, y: float, half: float, **values: Any) -> str:
    """Return an upright stroke with a pale edge: a marker that has no surface, seen over a dark bar too."""
    edge = line(x, y - half, x, y + half, stroke=values["fill"], stroke_width=4.8)
    return edge + line(x, y - half, x, y + half, stroke=values["stroke"], stroke_width=2.4)


def cross(x: float, y: float, half: float, **values: Any) -> str:
    arms = f"M{short(x - half)} {short(y - half)}L{short(x + half)} {short(y + half)}"
    arms += f"M{short(x - half)} {short(y + half)}L{short(x + half)} {short(y - half)}"
    return path(arms, **values | {"fill": "none"})


def polygon(points: tuple[tuple[float, float], ...], **values: Any) -> str:
    return element("polygon", points=" ".join(f"{short(x)},{short(y)}" for x, y in points), **values)


SHAPES: dict[str, Callable[..., str]] = {
    "circle": circle,
    "diamond": diamond,
    "square": square,
    "triangle-up": triangle,
    "line-ns": upright,
    "x-thin": cross,
}
