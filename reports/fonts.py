"""The letters of files and drawings: static weights cut from the variable font of the site, with the signs it lacks.

A reader's machine may not have the font, and what prints does not read every variable one: two plain weights are made
once a process. Their name is changed, as the licence of the font (SIL OFL) asks of a modified one.
"""

import base64
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY, EXTENDED_FAMILY = "Bassins Sans", "Bassins Sans Extended"
# What draws a letter that the font lacks, on the machine of the reader.
FALLBACKS = "'Source Sans 3', 'DejaVu Sans', 'Liberation Sans', sans-serif"
STACK = f"'{FAMILY}', '{EXTENDED_FAMILY}', {FALLBACKS}"
REGULAR, BOLD = 400, 700
# Weight on the axis of the variable font, by the weight that style sheets ask.
CUT = {REGULAR: 400, BOLD: 650}
NAMES = {REGULAR: "Regular", BOLD: "Bold"}
LATIN, LATIN_EXTENDED = "latin", "latin-ext"
# A family a file: two files of one family and weight are taken for one in a PDF.
FAMILIES = {LATIN: FAMILY, LATIN_EXTENDED: EXTENDED_FAMILY}
# In thousandths of the size. The font draws the narrow space of thousands too narrow to be seen.
NARROW_SPACE, NARROW_SPACE_WIDTH = 0x202F, 160
NON_BREAKING_SPACE = 0xA0
# Signs made of others: (code, name, parts), a part being a glyph and how it is moved: xx, xy, yx, yy, dx, dy.
SIGNS = (
    (0x2248, "approxequal", (("asciitilde", (1, 0, 0, 1, 0, 95)), ("asciitilde", (1, 0, 0, 1, 0, -95)))),
    (0x2265, "greaterequal", (("greater", (1, 0, 0, 1, 0, 70)), ("minus", (1, 0, 0, 1, 0, -260)))),
    (0x2264, "lessequal", (("less", (1, 0, 0, 1, 0, 70)), ("minus", (1, 0, 0, 1, 0, -260)))),
)


@lru_cache(maxsize=4)
def font_bytes(weight: int, subset: str = LATIN) -> bytes:
    """Return a static TrueType font of a weight (400 or 700)."""
    font = cut(weight, subset)
    kept = BytesIO()
    font.save(kept)
    return kept.getvalue()


@lru_cache(maxsize=4)
def woff2_base64(weight: int, subset: str = LATIN) -> str:
    """Return the same font compressed for style sheets, in base64."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(font_bytes(weight, subset)))
    font.flavor = "woff2"
    kept = BytesIO()
    font.save(kept)
    return base64.b64encode(kept.getvalue()).decode("ascii")


def cut(weight: int, subset: str) -> "TTFont":
    """Return the variable font at one weight, renamed, with the signs it lacks."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    path = Path(settings.BASE_DIR) / ".vendor" / "static" / "vendor" / "fonts" / f"source-sans-3-{subset}.woff2"
    font = instantiateVariableFont(TTFont(path), {"wght": CUT[weight]})
    font.flavor = None
    if subset == LATIN:
        add_signs(font)
    rename(font, FAMILIES[subset], weight)
    return font


def add_signs(font: "TTFont") -> None:
    """Add the signs made of others, and a narrow space that is seen."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs, widths = font["glyf"], font["hmtx"].metrics
    order = [*font.getGlyphOrder(), *(name for _code, name, _parts in SIGNS), "narrowspace"]
    added = {}
    for _code, name, parts in SIGNS:
        pen = TTGlyphPen(glyphs)
        for part, place in parts:
            pen.addComponent(part, place)
        added[name] = (pen.glyph(), widths[parts[0][0]])
    added["narrowspace"] = (TTGlyphPen(glyphs).glyph(), (NARROW_SPACE_WIDTH, 0))
    font.setGlyphOrder(order)
    for name, (glyph, metrics) in added.items():
        glyphs[name] = glyph
        widths[name] = metrics
    codes = {code: name for code, name, _parts in SIGNS} | {NARROW_SPACE: "narrowspace"}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(codes)


def rename(font: "TTFont", family: str, weight: int) -> None:
    """Give the font its own name and a weight that style sheets find."""
    style = NAMES[weight]
    texts = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}", 16: family}
    texts[17] = style
    for record in font["name"].names:
        if record.nameID in texts:
            record.string = texts[record.nameID]
    font["OS/2"].usWeightClass = weight


@lru_cache(maxsize=2)
def advances(weight: int) -> dict[int, int]:
    """Return the width of each letter of a weight, in thousandths of the size."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(font_bytes(weight)))
    widths, scale = font["hmtx"].metrics, 1000 / font["head"].unitsPerEm
    return {code: round(widths[name][0] * scale) for code, name in font.getBestCmap().items()}


# Of a letter that is not in the font.
USUAL_ADVANCE = 560


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Return the width of a text, in the unit of its size."""
    known = advances(weight)
    return size * sum(known.get(ord(letter), USUAL_ADVANCE) for letter in text) / 1000


def needs_extended(texts: Iterable[str]) -> bool:
    """Whether letters beyond those of western Europe occur, which are in a font of their own."""
    known = advances(REGULAR)
    return any(0xFF < ord(letter) < 0x2000 and ord(letter) not in known for text in texts for letter in text)
