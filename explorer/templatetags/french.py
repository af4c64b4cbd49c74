"""Numbers, ranks and punctuation as they are written in the language of the page."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.wording import number as written_number
from scoring.numbers import NARROW_SPACE, is_english
from scoring.numbers import ordinal as written_ordinal

register = template.Library()

BEFORE = re.compile(r" (?=[?!;%»])")
BEFORE_COLON = re.compile(r" (?=:(?:\s|$))")
AFTER = re.compile(r"(?<=[«≈]) ")
# Names of places follow a preposition: "de Oyonnax" is d'Oyonnax, "à Le Creusot" is au Creusot.
CONTRACTED = re.compile(r"\b(de|De|à|À) (Les?) (?=[A-ZÀ-Ý])")
CONTRACTIONS = {
    "deLe": "du",
    "deLes": "des",
    "DeLe": "Du",
    "DeLes": "Des",
    "àLe": "au",
    "àLes": "aux",
    "ÀLe": "Au",
    "ÀLes": "Aux",
}
ELIDED = re.compile(r"\b([dD])e (?=[AEIOUYÀÂÉÈÊÎÔ][a-zà-ÿ])")
THOUSANDS = re.compile(r"(?<![\d,])(\d{1,3}) (?=\d{3}(?!\d))")


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Return a number with the separators of the language, an em dash for none: 12 345,6 or 12,345.6."""
    return "—" if value is None else written_number(value, decimals)


@register.filter
def share(value: float | None, decimals: int = 0) -> str:
    """Return a share between 0 and 1 as a percentage: 42,5 % or 42.5%."""
    return "—" if value is None else percent(100 * value, decimals)


@register.filter
def percent(value: float | None, decimals: int = 0) -> str:
    """Return a percentage already between 0 and 100, with its sign."""
    if value is None:
        return "—"
    return f"{written_number(value, decimals)}{'' if is_english() else NARROW_SPACE}%"


@register.filter
def ordinal(rank: int | None) -> str:
    """Return a rank: 1er, 2e or 1st, 2nd; "hors classement" for none."""
    return _("hors classement") if rank is None else written_ordinal(rank)


@register.simple_tag
def french_only() -> SafeString:
    """Return the attribute of an element whose text is French in every language: names and labels of the data."""
    return mark_safe(' lang="fr"' if is_english() else "")


@register.filter
def spaced(text: str) -> str:
    """Return French text with the spaces of its punctuation and names after "de" and "à" as they are said.

    Other languages are left alone.
    """
    if is_english():
        return text
    text = ELIDED.sub(r"\1'", CONTRACTED.sub(_contracted, str(text)))
    text = THOUSANDS.sub(rf"\1{NARROW_SPACE}", BEFORE.sub(NARROW_SPACE, text))
    return AFTER.sub(NARROW_SPACE, BEFORE_COLON.sub("\u00a0", text))


def _contracted(found: re.Match[str]) -> str:
    return f"{CONTRACTIONS[found[1] + found[2]]} "
