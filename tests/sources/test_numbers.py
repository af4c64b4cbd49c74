import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.numbers import decimal_comma, thousands_reading


@given(st.integers(-(10**12), 10**12), st.integers(0, 99), st.sampled_from(" \xa0\u202f\u2009"), st.sampled_from(".,"))
def test_a_number_written_the_french_way_comes_back(whole, cents, space, comma):
    grouped = f"{abs(whole):,}".replace(",", space)
    sign = "-" if whole < 0 else ""
    assert decimal_comma(f"{sign}{grouped}{comma}{cents:02d}") == float(f"{whole}.{cents:02d}")
    assert decimal_comma(f" {sign}{abs(whole)} ") == whole


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read_exactly(value):
    assert decimal_comma(repr(value)) == value
    assert decimal_comma(repr(value).replace(".", ",")) == value


@pytest.mark.parametrize("text", ["-0", "-0,0", "-0.00"])
def test_a_negative_zero_is_zero(text):
    assert math.copysign(1, decimal_comma(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["1 2", "1 2345", "12 34", "1.234,5", "1,234.5", "1,2,3", "nan", "inf", "1_0", "٣", "0x1", "1e", "-", ",", "s"],
)
def test_anything_else_is_no_number(text):
    with pytest.raises(ValueError, match="not a number"):
        decimal_comma(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", 1234),
        ("12,345", 12345),
        ("-1.234", -1234),
        ("0.123", None),
        ("1.23", None),
        ("1234.567", None),
        ("1", None),
    ],
)
def test_the_other_reading_of_a_separator(text, value):
    assert thousands_reading(text) == value


def test_the_minus_sign_of_typographers_and_powers_of_ten():
    assert decimal_comma("\u22125,5") == -5.5
    assert decimal_comma("1,5E-3") == 0.0015
    assert decimal_comma("") is None
