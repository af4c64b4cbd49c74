"""Formulas: MathML without style, numbers of the language, words beside the signs."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from explorer.formulas import mathml
from explorer.method.tex import about, either, frac, ln, num, signed
from tests.explorer.html_tree import parse


def alternative(tex: str) -> str:
    return parse(f"<main>{mathml(tex)}</main>").one("math").attributes["alttext"]


def test_a_formula_is_said_on_one_line() -> None:
    with override("fr"):
        tex = about(ln(frac("1164.5 + 50", "231.5 + 50")), 1.462, 3)
        assert alternative(tex) == "ln ((1\u202f164,5 + 50) / (231,5 + 50)) = 1,462"
        assert alternative(r"\sqrt{ab}") == "racine de (a b)"
        assert alternative(r"\tilde{E}_1 + x_{i}^{2}") == "E\u0303_1 + x_i^(2)"
        assert alternative(r"\prod_{p} m_p^{W}") == "∏_p m_p^(W)"


def test_numbers_follow_the_language() -> None:
    for language, text in (("fr", "12\u202f345,60"), ("en", "12,345.60")):
        with override(language):
            numbers = [one.text for one in parse(f"<main>{mathml('x = 12345.60')}</main>").all("mn")]
        assert numbers == [text]


def test_no_style_comes_with_a_formula() -> None:
    for tex in (r"\begin{cases}1 & x\\0 & y\end{cases}", r"\color{red}{x}", r"\overline{x}", r"x \, ; \, y", r"|x|"):
        page = parse(f"<main>{mathml(tex)}</main>")
        assert not any("style" in one.attributes for one in page.walk())
        assert page.one("math").attributes["alttext"]


def test_what_is_no_formula_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a formula"):
        mathml(r"\frac{1}")


def test_the_same_formula_is_written_once() -> None:
    with override("fr"):
        assert mathml("x + 1") is mathml("x + 1")


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_number_is_read_back_within_its_rounding(value: float, decimals: int) -> None:
    read = float(num(value, decimals).strip("{}"))
    assert abs(read - value) <= 0.5000001 * 10.0**-decimals
    assert signed(value, decimals).startswith(r"\left(") == (value < 0)


def test_an_equality_is_said_only_where_nothing_is_rounded() -> None:
    assert about("x", 0.5, 1) == "x = 0.5"
    assert about("x", 0.54, 1) == r"x \approx 0.5"
    assert about("x", 2.0, 3) == "x = 2"
    assert ";" in either(r"\min", "1.5", "2")
