"""How a source is quoted under a figure."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from explorer.wording import number
from scoring.facts import Facts

# Outlines are published by scale, in millionths, instead of by date: "50m", "1:50 M".
SCALE = re.compile(r"(?:1:)?(\d+) ?m", re.IGNORECASE)


def cited(facts: Facts, *slugs: str) -> str:
    """Return the producer, title and vintage of data sets; one that the edition does not hold is left out."""
    known = [facts.vintages[slug] for slug in slugs if slug in facts.vintages]
    return _(" ; ").join(f"{producer}, {title}, {shown_vintage(vintage)}" for producer, title, vintage in known)


def briefly_cited(facts: Facts, slugs: Iterable[str]) -> str:
    """Return the producers and vintages of many data sets, each pair once: their titles are told elsewhere."""
    known = [facts.vintages[slug] for slug in slugs if slug in facts.vintages]
    return _(" ; ").join(dict.fromkeys(f"{producer}, {shown_vintage(vintage)}" for producer, _title, vintage in known))


def shown_vintage(vintage: str) -> str:
    """Return a vintage as it stands on screen: a date as published, or the scale of what has no date."""
    scale = SCALE.fullmatch(vintage)
    return _("échelle 1:%(scale)s") % {"scale": number(int(scale[1]) * 1e6, 0)} if scale else vintage


def producers(facts: Facts, slugs: Iterable[str]) -> list[str]:
    """Return the producers of data sets, each once even when it signs some alone and some with others."""
    signed = sorted({facts.vintages[slug][0] for slug in slugs if slug in facts.vintages})
    return list(dict.fromkeys(name for names in signed for name in names.split(", ")))
