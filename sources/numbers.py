"""Numbers as people and spreadsheets write them in French files."""

import re

# Plain, no-break, narrow no-break and thin spaces, as thousands separators.
SPACES = " \xa0\u202f\u2009"
NUMBER = re.compile(
    rf"(?P<sign>[+\-\u2212]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+)"
    r"(?P<decimals>[.,][0-9]*)?(?P<power>[eE][+-]?[0-9]{1,3})?"
)
BARE_DECIMALS = re.compile(r"[+-]?[.,][0-9]+")
AMBIGUOUS = re.compile(r"[+\-\u2212]?(?!0[.,])[0-9]{1,3}[.,][0-9]{3}")


def decimal_comma(text: str) -> float | None:
    """Return the number written with a decimal comma or point and spaces for thousands, or None for an empty text.

    Raises `ValueError` for anything else: two separators, a space inside a group, digits of another script. A negative
    zero is zero.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if BARE_DECIMALS.fullmatch(stripped):
        return float(stripped.replace(",", ".")) + 0.0
    match = NUMBER.fullmatch(stripped)
    if match is None:
        raise ValueError(f"not a number: {text!r}")
    whole = re.sub(rf"[{SPACES}]", "", match["whole"])
    sign = match["sign"].replace("\u2212", "-")
    decimals = (match["decimals"] or "").replace(",", ".")
    return float(f"{sign}{whole}{decimals}{match['power'] or ''}") + 0.0


def thousands_reading(text: str) -> float | None:
    """Return what "1.234" or "1,234" says if the separator stands for thousands, or None where it cannot."""
    stripped = text.strip()
    if not AMBIGUOUS.fullmatch(stripped):
        return None
    return float(re.sub("[.,]", "", stripped.replace("\u2212", "-")))
