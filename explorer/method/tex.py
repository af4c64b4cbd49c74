"""Pieces of TeX put together by functions: numbers are plain here, their separators come with the language."""

import math
from collections.abc import Sequence


def num(value: float, decimals: int = 0) -> str:
    """Return a number as TeX: no thousands separator, a decimal point; braces keep the sign of a negative one.

    A whole number has no decimals: a mark of 1 is not 1.0000.
    """
    text = f"{abs(value):.{0 if value == round(value) else decimals}f}"
    return f"{{-{text}}}" if value < 0 and float(text) != 0 else text


def frac(top: str, bottom: str) -> str:
    return rf"\frac{{{top}}}{{{bottom}}}"


def paren(inside: str) -> str:
    return rf"\left({inside}\right)"


def signed(value: float, decimals: int) -> str:
    """Return a number as a term of a sum or of a product: a negative one stands between brackets."""
    return paren(num(value, decimals)) if value < 0 else num(value, decimals)


def ln(inside: str) -> str:
    return rf"\ln{paren(inside)}"


def equals(left: str, *rights: str) -> str:
    return " = ".join((left, *rights))


def about(left: str, value: float, decimals: int) -> str:
    """Return `left` and its value rounded: equal when the rounding takes nothing away."""
    sign = "=" if math.isclose(value, round(value, decimals), rel_tol=0, abs_tol=1e-12) else r"\approx"
    return rf"{left} {sign} {num(value, decimals)}"


def times(*factors: str) -> str:
    return r" \times ".join(factors)


def either(name: str, *values: str) -> str:
    """Return the smallest or largest of values: a semicolon between them, since commas are decimal in French."""
    return name + paren(r" \,;\, ".join(values))


def sum_terms(terms: Sequence[str]) -> str:
    """Return every term as a sum: a negative one stands between brackets already."""
    return " + ".join(terms)
