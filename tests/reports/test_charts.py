"""Charts on paper hold the numbers of the pages at the right places, without script nor style."""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import basin_charts, charts
from reports.drawings.axes import Axis, axis, round_ticks
from reports.drawings.bars import bars_svg
from reports.drawings.charts import chart_alt, chart_svg
from reports.drawings.colours import colour, is_deep, resolved
from reports.drawings.lines import lines_svg
from reports.drawings.svg import TEXT_SIZE, fold
from reports.fonts import text_width

SVG = "{http://www.w3.org/2000/svg}"
# The drawing is French unless told otherwise, as the tests are.
REFERENCES = [("Bretagne", [1.0, 2.0]), ("France", [2.0, 4.0])]


def bars() -> dict[str, Any]:
    return basin_charts.bars_beside(["Un", "Deux"], [10.0, 5.0], REFERENCES, name="Brest", title="% des emplois")


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in tree(svg).iter(f"{SVG}text")]


def rects(svg: str, fill: str) -> list[dict[str, float]]:
    found = [one for one in tree(svg).iter(f"{SVG}rect") if one.get("fill") == fill]
    return [{key: float(one.get(key, 0)) for key in ("x", "y", "width", "height")} for one in found]


def test_bars_are_as_long_as_their_values_and_start_at_zero() -> None:
    # The first two rectangles of the accent are the key's; bars follow, from the bottom up.
    _key, lower, upper = rects(bars_svg(bars()), colour("accent"))
    assert upper["width"] == pytest.approx(2 * lower["width"], abs=0.02)
    assert upper["x"] == lower["x"]
    assert upper["y"] < lower["y"]


def test_values_are_written_beside_the_bars_with_the_decimals_and_the_unit_of_the_page() -> None:
    said = texts(bars_svg(bars()))
    assert "10,0\u202f%" in said and "5,0\u202f%" in said
    assert {"Un", "Deux", "Brest", "Bretagne", "France", "% des emplois"} <= {
        one.replace("\u202f", " ") for one in said
    }


def test_the_nation_is_an_upright_line_at_its_value() -> None:
    svg = bars_svg(bars())
    lower, upper = rects(svg, colour("accent"))[1:]
    strokes = [one for one in tree(svg).iter(f"{SVG}line") if one.get("stroke-width") == "2.4"]
    heights = {round(float(one.get("y1", 0)) + float(one.get("y2", 0)), 1): float(one.get("x1", 0)) for one in strokes}
    unit = upper["width"] / 10
    middle = round(2 * upper["y"] + upper["height"], 1)
    assert heights[middle] == pytest.approx(upper["x"] + 2 * unit, abs=0.05)
    assert heights[round(2 * lower["y"] + lower["height"], 1)] == pytest.approx(lower["x"] + 4 * unit, abs=0.05)


def test_a_drawing_has_attributes_only_and_plain_colours() -> None:
    for svg in (bars_svg(bars()), lines_svg(lines())):
        assert not re.search(r"<style|<script|\sstyle=|\sclass=|var\(|\son\w+=|href", svg)


def lines() -> dict[str, Any]:
    series = [("Brest", [100.0, 110.0, 90.0]), ("France", [100.0, 104.0, 108.0])]
    return charts.lines_chart(series, [2000, 2005, 2010], title="indice 100 en 2000")


def test_lines_are_named_at_their_ends_in_their_colours_and_the_higher_is_above() -> None:
    named = {one.text: one for one in tree(lines_svg(lines())).iter(f"{SVG}text")}
    assert named["Brest"].get("fill") == colour("accent")
    assert float(named["France"].get("y", 0)) < float(named["Brest"].get("y", 0))
    assert {"2000", "2005", "2010", "indice 100 en 2000"} <= set(named)


def test_a_line_is_broken_where_it_has_no_value() -> None:
    described = lines()
    described["data"][0]["y"] = [100.0, None, 90.0]
    paths = [one.get("d", "") for one in tree(lines_svg(described)).iter(f"{SVG}path")]
    assert sorted(one.count("M") for one in paths) == [1, 2]


def test_words_say_the_ends_the_subject_and_what_stands_beside() -> None:
    assert chart_alt(bars()) == (
        "Brest (% des emplois), au plus : Un, 10,0\u202f% ; au moins : Deux, 5,0\u202f%. À côté : Bretagne et France."
    )
    told = chart_alt(lines(), "Titre")
    assert told.startswith(
        "Titre ; Courbes, indice 100 en 2000. Brest : 100,0 (2000), 90,0 (2010), au plus 110,0 (2005)"
    )
    assert "France : 100,0 (2000), 108,0 (2010)" in told


def test_errors_and_bands_stay_within_the_drawing() -> None:
    intervals = [basin_charts.Interval(2.0, 1.0, 9.0), basin_charts.Interval(1.0, 0.5, 1.5)]
    dots = basin_charts.dots_beside(["a", "b"], intervals, REFERENCES, name="Brest", title="fois")
    reach = [basin_charts.Reach("route", 10.0, 40.0, 0.2), basin_charts.Reach("mer", 50.0, 300.0, 700.0)]
    for described in (dots, basin_charts.reaches(reach, REFERENCES, name="Brest")):
        svg = chart_svg(described)
        width = float(tree(svg).get("width", 0))
        places = [float(x) for x in re.findall(r'(?:cx|x1|x2|x)="(-?[\d.]+)"', svg)]
        assert min(places) >= 0 and max(places) <= width


@given(low=st.floats(-1e6, 1e6), gap=st.floats(1e-3, 1e6))
def test_round_numbers_hold_the_values_between_them_and_are_few(low: float, gap: float) -> None:
    ticks = round_ticks(low, low + gap)
    assert ticks[0] <= low + 1e-6 * gap and ticks[-1] >= low + gap - 1e-6 * (abs(low) + gap)
    assert 2 <= len(ticks) <= 8
    steps = [after - before for before, after in pairwise(ticks)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6, abs=1e-9)


def test_a_logarithmic_axis_keeps_ratios() -> None:
    scale = Axis(1.0, 100.0, 0.0, 200.0, (1, 10, 100), is_log=True)
    assert [scale.place(one) for one in (1, 10, 100, 1000)] == [0.0, 100.0, 200.0, 200.0]
    held = axis({"type": "log", "tickvals": [1, 2, 5, 10, 20, 50]}, [3.0, 12.0], 0.0, 100.0)
    assert (held.low, held.high, held.ticks) == (1.0, 20, (1, 2, 5, 10, 20))


@given(st.lists(st.text("abcdéèœ- ", min_size=1, max_size=12), min_size=1, max_size=12), st.floats(40, 300))
def test_folded_words_keep_their_order_and_fit(words: list[str], width: float) -> None:
    given_words = " ".join(words)
    lines_of_words = fold(given_words, width)
    assert " ".join(lines_of_words).split() == given_words.split()
    assert all(text_width(one, TEXT_SIZE) <= width or " " not in one.strip() for one in lines_of_words)


def test_colours_are_those_of_the_style_sheet() -> None:
    assert resolved("var(--accent)") == colour("accent") == "#0b5658"
    assert resolved("#123456") == "#123456"
    assert is_deep(colour("score-6")) and not is_deep(colour("score-0"))
    with pytest.raises(KeyError):
        resolved("var(--no-such-role)")
