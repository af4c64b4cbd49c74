"""Colours of printed drawings: the roles of the style sheet, at the values of its light theme."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

ROLE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
NAMED = re.compile(r"^var\(--([\w-]+)\)$")
DARK_THEME = "@media (prefers-color-scheme: dark)"


@lru_cache(maxsize=1)
def roles() -> dict[str, str]:
    """Return the colours of the light theme by role, from their one home: the style sheet."""
    css = (Path(settings.BASE_DIR) / "static" / "css" / "bassins.css").read_text(encoding="utf-8")
    return dict(ROLE.findall(css.split(DARK_THEME)[0]))


def colour(role: str) -> str:
    """Return the colour of a role: `accent` is `#0b5658`."""
    return roles()[role]


def resolved(value: Any) -> str:
    """Return the colour that a description of a chart names: `var(--accent)`, or a colour as it is."""
    found = NAMED.match(str(value))
    return colour(found[1]) if found else str(value)


def class_fill(css_class: str) -> str:
    """Return the colour of a class of a map: `q3` of the scores, `d5` of the two-sided scale."""
    return colour({"q": "score-", "d": "diverging-"}[css_class[0]] + css_class[1:])


def is_deep(fill: str) -> bool:
    """Whether a ground is so dark that white letters read better on it (relative luminance, WCAG 2.2)."""
    channels = [int(fill[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18
