"""The legends of printed maps: classes side by side from the lowest, then the marks of what is not known."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reports.drawings.colours import class_fill, colour
from reports.drawings.svg import SMALL_SIZE, rect, text, text_width

SWATCH_HEIGHT, LEAST_WIDTH, ROW = 12.0, 46.0, 18.0


def class_legend(title: str, entries: Sequence[Mapping[str, str]], top: float, width: float) -> tuple[str, float]:
    """Return the classes as one strip with its bounds under it, and where it ends."""
    need = max(text_width(one["label"], SMALL_SIZE) for one in entries) + 8
    each = min(max(LEAST_WIDTH, need), width / len(entries))
    parts = [text(0, top + 11, title, font_size=SMALL_SIZE, fill=colour("ink-soft"))]
    for position, one in enumerate(entries):
        x = position * each
        words = {"text_anchor": "middle", "font_size": SMALL_SIZE, "fill": colour("ink")}
        parts.append(rect(x, top + 17, each - 2, SWATCH_HEIGHT, fill=class_fill(one["css_class"])))
        parts.append(text(x + each / 2 - 1, top + 43, one["label"], **words))
    return "".join(parts), top + 50


def status_legend(
    entries: Sequence[Mapping[str, str]],
    map_id: str,
    top: float,
    width: float,
    ground: Callable[[str, str], dict[str, Any]],
) -> tuple[str, float]:
    """Return the marks of what is not known, each with its words and how many zones bear it."""
    parts, x, y = [], 0.0, top
    for one in entries:
        words = f"{one['label']} ({one['count']})" if one.get("count") else one["label"]
        room = 36 + text_width(words, SMALL_SIZE) + 16
        if x and x + room > width:
            x, y = 0.0, y + ROW
        parts.append(rect(x, y + 2, 28, SWATCH_HEIGHT, **ground(one["css_class"], map_id)))
        parts.append(text(x + 36, y + 12, words, font_size=SMALL_SIZE, fill=colour("ink-soft")))
        x += room
    return "".join(parts), y + ROW + 2 if entries else top
