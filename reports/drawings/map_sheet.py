"""A map that stands alone, out of any page: title, map with its legend, where its figures come from, its link."""

import re
from collections.abc import Sequence

from django.utils.html import escape

from explorer.wording import titled
from reports.document import Provenance
from reports.drawings.colours import colour
from reports.drawings.svg import SMALL_SIZE, drawing, element, fold, lines_of_text, rect
from reports.fonts import BOLD
from reports.provenance_words import provenance_lines

WIDTH, MARGIN = 760.0, 24.0
INNER = WIDTH - 2 * MARGIN
TITLE_SIZE, TITLE_HEIGHT, OVERLINE_HEIGHT, LINE_HEIGHT = 19.0, 25.0, 18.0, 16.0
SIZE = re.compile(r'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"')


def map_sheet(*, title: str, overline: str, map_svg: str, alt: str, notes: Sequence[str]) -> str:
    """Return the whole drawing around `map_svg`, a drawing `INNER` wide.

    `overline` says what it is about, `alt` what it shows; each of `notes` is a paragraph under the map.
    """
    parts, y = [], MARGIN + SMALL_SIZE
    over = fold(overline, INNER, SMALL_SIZE)
    parts.append(lines_of_text(MARGIN, y, over, OVERLINE_HEIGHT, font_size=SMALL_SIZE, fill=colour("ink-soft")))
    y += (len(over) - 1) * OVERLINE_HEIGHT + TITLE_HEIGHT
    lines = fold(title, INNER, TITLE_SIZE, BOLD)
    parts.append(lines_of_text(MARGIN, y, lines, TITLE_HEIGHT, font_size=TITLE_SIZE, font_weight=BOLD))
    y += (len(lines) - 1) * TITLE_HEIGHT + 16
    height = map_height(map_svg)
    parts.append(element("svg", inside(map_svg), **placed(map_svg, y, height)))
    y += height + 12
    told = [line for note in notes for line in fold(note, INNER, SMALL_SIZE)]
    parts.append(
        lines_of_text(MARGIN, y + LINE_HEIGHT, told, LINE_HEIGHT, font_size=SMALL_SIZE, fill=colour("ink-soft"))
    )
    y += (len(told) + 0.5) * LINE_HEIGHT + MARGIN
    words = f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>"
    return drawing(WIDTH, y, words, rect(0, 0, WIDTH, y, fill=colour("surface")), *parts)


def map_height(map_svg: str) -> float:
    found = SIZE.search(map_svg)
    if found is None:
        raise ValueError("a drawing without a view box")
    return float(found["height"])


def placed(map_svg: str, y: float, height: float) -> dict[str, str]:
    """Return where the map stands in the sheet, its letters those that it asks for."""
    return {
        "x": f"{MARGIN:g}",
        "y": f"{y:g}",
        "width": f"{INNER:g}",
        "height": f"{height:g}",
        "viewBox": f"0 0 {INNER:g} {height:g}",
    }


def inside(map_svg: str) -> str:
    """Return what a drawing holds, without its own frame: the sheet has the same letters and colours."""
    return map_svg[map_svg.index(">") + 1 : map_svg.rindex("</svg>")]


def provenance_notes(told: Provenance, source: str, *, is_titled: bool = False) -> list[str]:
    """Return what is written under a map: what was asked, the source, edition, day, licence, link.

    `is_titled` where the title says what is asked first.
    """
    words = [titled(label, text) for label, text in provenance_lines(told)[1 if is_titled else 0 :]]
    return [source, *words]
