"""The numbers of key figures, which a document writes with their sign and unit, as a workbook types them."""

import re

from django.utils.translation import gettext as _

from explorer.tables import Cell, Signed
from scoring.numbers import NARROW_SPACE, is_english

SIGNS = "≈≥≤"
MINUS = "\u2212"
SPACES = f"{NARROW_SPACE}\u00a0 "
# What may follow the number of a figure of several numbers.
JOINING = ("–", "—", "-", "/", "à", "to", "et", "and", "ou", "or")
FRENCH = re.compile(rf"([{SIGNS}]?)[{SPACES}]*([+{MINUS}-]?(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d+))(?:,(\d+))?(.*)")
ENGLISH = re.compile(rf"([{SIGNS}]?)[{SPACES}]*([+{MINUS}-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+))(?:\.(\d+))?(.*)")
ORDINAL = re.compile(r"(\d+)(?:er|e|st|nd|rd|th)")


def typed(value: str) -> tuple[Cell, str]:
    """Return the number of a written figure, with its sign and decimals, and its unit; the text where it is no number.

    The inverse of `explorer.wording.number` and `with_unit`: nothing is computed, nothing is rounded again.
    """
    if found := ORDINAL.fullmatch(value):
        return Signed(int(found[1]), "", 0), _("rang")
    found = (ENGLISH if is_english() else FRENCH).fullmatch(value)
    if not found:
        return value, ""
    sign, whole, decimals, rest = found.groups(default="")
    unit = rest.strip(SPACES)
    is_apart = not rest or rest[0] in SPACES or rest[0] == "%"
    if not is_apart or unit.split(" ")[0] in JOINING:
        return value, ""
    digits = re.sub(rf"[{SPACES},]", "", whole).replace(MINUS, "-")
    return Signed(float(f"{digits}.{decimals or 0}"), sign, len(decimals)), unit
