"""Words of drawings become outlines that stand where the words stood."""

import re
from xml.etree import ElementTree

import pytest

from reports.drawings.lettering import glyph_path, opened, outlined
from reports.drawings.svg import drawing, text
from reports.fonts import BOLD, LATIN, REGULAR, text_width

SVG = "{http://www.w3.org/2000/svg}"


def test_no_word_is_left_and_what_is_drawn_stays() -> None:
    given = drawing(100, 50, text(10, 20, "Saint-Claude : 12,5 %"), '<rect width="5" height="5"/>')
    tree = ElementTree.fromstring(outlined(given))
    assert not list(tree.iter(f"{SVG}text")) and len(list(tree.iter(f"{SVG}rect"))) == 1
    letters = len(re.sub(r"\s", "", "Saint-Claude : 12,5 %"))
    assert len(list(tree.iter(f"{SVG}path"))) == letters


@pytest.mark.parametrize(("anchor", "before"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_words_stand_where_their_anchor_says(anchor: str, before: float) -> None:
    given = drawing(100, 50, text(60, 20, "Oyonnax", text_anchor=anchor, font_size=20.0, fill="#414e4a"))
    [group] = list(ElementTree.fromstring(outlined(given)).iter(f"{SVG}g"))
    x, y = map(float, re.findall(r"translate\(([-\d.]+) ([-\d.]+)\)", group.attrib["transform"])[0])
    assert x == pytest.approx(60 - before * text_width("Oyonnax", 20.0), abs=0.01) and y == 20
    assert group.attrib["fill"] == "#414e4a" and "scale(0.02000 -0.02000)" in group.attrib["transform"]


def test_bold_words_have_bold_letters() -> None:
    assert glyph_path("A", BOLD) != glyph_path("A", REGULAR)
    assert glyph_path("A", BOLD) in outlined(drawing(9, 9, text(0, 0, "A", font_weight=700)))
    assert glyph_path(" ", REGULAR) == "" and glyph_path("ł", REGULAR)


def test_words_with_an_unknown_letter_stay_words() -> None:
    given = drawing(100, 50, text(0, 0, "漢字"))
    assert outlined(given) == given and glyph_path("漢", REGULAR) is None


def test_an_outline_is_as_wide_as_its_letter() -> None:
    from fontTools.pens.boundsPen import BoundsPen

    font = opened(REGULAR, LATIN)
    glyphs, pen = font.getGlyphSet(), BoundsPen(font.getGlyphSet())
    glyphs[font.getBestCmap()[ord("m")]].draw(pen)
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", glyph_path("m", REGULAR) or "")]
    assert min(numbers) >= pen.bounds[1] - 1 and max(numbers) <= pen.bounds[2] + 1
