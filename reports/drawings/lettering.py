"""Words of a drawing as outlines, for files whose reader has not our letters and would fold or overlap others."""

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from reports.drawings.svg import TEXT_SIZE, attributes, short
from reports.fonts import BOLD, LATIN, LATIN_EXTENDED, REGULAR, USUAL_ADVANCE, advances, font_bytes, text_width

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

TEXT = re.compile(r"<text([^>]*)>([^<]*)</text>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# Attributes that say where and how large the words are: the outlines bear them in their coordinates.
PLACING = ("x", "y", "font-size", "font-weight", "font-family", "text-anchor", "transform")
# Of the width of words, what stands before their place.
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
UNITS = 1000.0
# From this weight on, letters are the bold ones.
BOLD_FROM = 600


def outlined(svg: str) -> str:
    """Return a drawing whose words are paths; words with a letter that our fonts lack stay words."""
    return TEXT.sub(
        lambda found: outlined_words(dict(ATTRIBUTE.findall(found[1])), unescape(found[2])) or found[0], svg
    )


def outlined_words(given: dict[str, str], words: str) -> str:
    """Return words as a group of paths, "" where a letter is unknown."""
    weight = BOLD if given.get("font-weight", "") == "bold" or _weight(given) >= BOLD_FROM else REGULAR
    size = float(given.get("font-size", TEXT_SIZE))
    outlines = [glyph_path(one, weight) for one in words]
    if any(one is None for one in outlines):
        return ""
    scale, paths, pen = size / UNITS, [], 0.0
    for letter, outline in zip(words, outlines, strict=True):
        if outline:
            paths.append(f'<path transform="translate({short(pen)} 0)" d="{outline}"/>')
        pen += advances(weight).get(ord(letter), USUAL_ADVANCE)
    start = float(given.get("x", 0)) - text_width(words, size, weight) * ANCHORS[given.get("text-anchor", "start")]
    place = f"translate({short(start)} {short(float(given.get('y', 0)))}) scale({scale:.5f} {-scale:.5f})"
    turned = f"{unescape(given['transform'])} {place}" if "transform" in given else place
    kept = {name: unescape(value) for name, value in given.items() if name not in PLACING}
    return f"<g{attributes({'transform': turned, **kept})}>{''.join(paths)}</g>"


def _weight(given: dict[str, str]) -> int:
    text = given.get("font-weight", "")
    return int(text) if text.isdigit() else REGULAR


@lru_cache(maxsize=1024)
def glyph_path(letter: str, weight: int) -> str | None:
    """Return the outline of a letter in thousandths of its size, "" for a space, None where no font has it."""
    from fontTools.pens.svgPathPen import SVGPathPen

    for subset in (LATIN, LATIN_EXTENDED):
        name = opened(weight, subset).getBestCmap().get(ord(letter))
        if name is not None:
            glyphs = opened(weight, subset).getGlyphSet()
            pen = SVGPathPen(glyphs, ntos=lambda value: short(float(value)))
            glyphs[name].draw(pen)
            return str(pen.getCommands())
    return None


@lru_cache(maxsize=4)
def opened(weight: int, subset: str) -> "TTFont":
    """Return one of our fonts, read."""
    from io import BytesIO

    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(font_bytes(weight, subset)))
