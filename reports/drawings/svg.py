"""Writing SVG by hand: elements with attributes only, numbers as short as they may be, words measured and folded."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from explorer.templatetags.french import spaced
from reports.drawings.colours import colour
from reports.fonts import REGULAR, STACK, text_width

# Width of the text column of an A4 page with margins of 18 mm, in CSS pixels, and 8.6 and 8 points of letters.
PAGE_WIDTH = 656
TEXT_SIZE, SMALL_SIZE = 11.5, 10.6


def attributes(values: dict[str, Any]) -> str:
    """Return attributes written in full; `_` in a name is `-`, None is left out."""
    return "".join(
        f' {name.replace("_", "-")}="{short(value) if isinstance(value, float) else escape(str(value))}"'
        for name, value in values.items()
        if value is not None
    )


def short(value: float) -> str:
    """Return a number with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def element(name: str, /, *children: str, **values: Any) -> str:
    """Return an element with its children, already written."""
    inner = "".join(children)
    return f"<{name}{attributes(values)}>{inner}</{name}>" if inner else f"<{name}{attributes(values)}/>"


def drawing(width: float, height: float, *children: str) -> str:
    """Return a whole drawing, its letters those of the reports."""
    frame = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {short(width)} {short(height)}",
        "width": short(width),
        "height": short(height),
        "font-family": STACK,
        "font-size": short(TEXT_SIZE),
        "fill": colour("ink"),
    }
    return element("svg", *children, **frame)


def line(x1: float, y1: float, x2: float, y2: float, **values: Any) -> str:
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), **values)


def rect(x: float, y: float, width: float, height: float, **values: Any) -> str:
    return element("rect", x=float(x), y=float(y), width=float(width), height=float(height), **values)


def path(d: str, **values: Any) -> str:
    return element("path", d=d, **values)


def text(x: float, y: float, words: str, **values: Any) -> str:
    """Return words whose base line starts (or as `text_anchor` says) at a place, spaced as French is."""
    return element("text", escape(str(spaced(words)), quote=False), x=float(x), y=float(y), **values)


def lines_of_text(x: float, y: float, lines: Sequence[str], height: float, **values: Any) -> str:
    """Return lines of text under each other, the first base line at y."""
    return "".join(text(x, y + position * height, one, **values) for position, one in enumerate(lines))


def fold(words: str, width: float, size: float = TEXT_SIZE, weight: int = REGULAR) -> list[str]:
    """Return words in lines no wider than a width; a word wider than it stays whole."""
    lines = [""]
    for word in str(spaced(words)).split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and text_width(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def widest(lines: Iterable[str], size: float = TEXT_SIZE, weight: int = REGULAR) -> float:
    """Return the width of the widest of some lines, zero of none."""
    return max((text_width(one, size, weight) for one in lines), default=0.0)
