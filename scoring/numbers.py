"""Numbers and ranks as they are written on screen, in the language of the reader."""

from collections.abc import Callable

from django.utils.translation import get_language, ngettext

MINUS = "\u2212"
NARROW_SPACE = "\u202f"


def is_english() -> bool:
    return (get_language() or "fr").startswith("en")


def number(value: float, decimals: int) -> str:
    """Return a number with its thousands separated: 12 345,6 in French, 12,345.6 in English.

    A negative one has a true minus sign, what rounds to nothing none.
    """
    return writer(decimals)(value)


def writer(decimals: int) -> Callable[[float], str]:
    """Return the function that writes numbers in the language of the reader: asked once for a whole list."""
    if is_english():
        return lambda value: f"{value:z,.{decimals}f}".replace("-", MINUS)
    return lambda value: f"{value:z,.{decimals}f}".replace(",", NARROW_SPACE).replace(".", ",").replace("-", MINUS)


def ordinal(rank: int) -> str:
    """Return a rank: 1er, 2e in French, 1st, 2nd in English."""
    if not is_english():
        return f"{rank}er" if rank == 1 else f"{rank}e"
    suffix = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{suffix}"


def counted(count: int, singular: str, plural: str) -> str:
    """Return a count with its word, e.g. "3 sites"; both words are message ids."""
    return f"{number(count, 0)}{NARROW_SPACE if not is_english() else ' '}{ngettext(singular, plural, count)}"
