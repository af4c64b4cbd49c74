"""Maps of one figure that lead elsewhere than to the basin, with dots; and maps of what is known."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.maps import UNKNOWN_FILLS, MapLink, base_map, joined_links, label_places
from explorer.value_classes import STEPS, Scale, quantile_breaks, significant
from explorer.wording import STATUS_SIGNS, status_label
from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.numbers import number

# Of the values away from a true middle, where the classes of each side part.
SIDE_QUANTILES = (0.15, 0.5, 0.85)
READ_DIGITS = 2
LARGEST_DOT, SMALLEST_DOT = 13.0, 3.0
# Blank with an edge where the thing does not exist: a plain ground would pass for the lowest class.
NO_FIGURE_FILLS = {**UNKNOWN_FILLS, "absent": "nothing"}
COVERAGE_FILLS = {"observed": "q5", "estimated": "guessed", **NO_FIGURE_FILLS}
# From this share of the zones, those at the lowest value make a class of their own.
CROWD = 1 / 7


@dataclass(frozen=True)
class ZoneFigure:
    """What a map says of a zone: its value if any, its status, and the words of its title."""

    value: float | None
    status: str
    words: str


def scale_around_zero(values: FloatArray, decimals: int) -> Scale:
    """Return the scale of an indicator: two colours where zero parts growth from decline, one hue otherwise."""
    known = values[~np.isnan(values)]
    if not ((known < 0).any() and (known > 0).any()):
        return Scale(crowd_breaks(known, decimals), "sequential", decimals)
    sides = {significant(float(one), READ_DIGITS, decimals) for one in np.quantile(np.abs(known), SIDE_QUANTILES)}
    ends = sorted(one for one in sides if one > 0)
    return Scale((*(-one for one in reversed(ends)), *ends), "diverging", decimals)


def crowd_breaks(known: FloatArray, decimals: int) -> tuple[float, ...]:
    """Return bounds of seven classes about as large, after one apart for a crowd at the lowest value.

    Half the basins have no usable site: classes as large would put them with those that have a few.
    """
    above = known[known > known.min()] if known.size else known
    if known.size == 0 or (known.size - above.size) / known.size < CROWD or above.size == 0:
        return quantile_breaks(known, decimals=decimals)
    first = round(float(above.min()), decimals)
    others = quantile_breaks(above, decimals=decimals, count=STEPS - 1)
    return (first, *(one for one in others if one > first))


def legend(scale: Scale) -> list[dict[str, str]]:
    """Return the classes of a scale; bounds under zero are joined by a word, for a dash between two minus misleads."""
    entries = scale.legend()
    if min(scale.breaks, default=0.0) >= 0:
        return entries
    ends = [scale.written(one) for one in scale.breaks]
    for entry, (low, high) in zip(entries[1:-1], pairwise(ends), strict=True):
        entry["label"] = _("%(low)s à %(high)s") % {"low": low, "high": high}
    return entries


def figure_map(
    facts: Facts, figures: Sequence[ZoneFigure | None], scale: Scale, urls: Mapping[str, str]
) -> dict[str, object]:
    """Return the context of `components/choropleth.html`: a figure per zone in the order of the facts.

    A zone without a figure at all is out of what the page speaks of, and left blank. Where some values are estimates
    and others not, the estimates bear a ≈; where all are, the legend says so.
    """
    told = [one for one in figures if one is not None]
    known = {one.status for one in told if one.value is not None}
    is_mixed = len(known) > 1
    pairs = list(zip(facts.zones, figures, strict=True))
    links = [
        MapLink(
            zone.code,
            urls[zone.code],
            "out" if one is None else figure_class(one, scale),
            zone.name if one is None else _("%(name)s : ") % {"name": zone.name} + one.words,
        )
        for zone, one in pairs
    ]
    marked = [
        zone.code for zone, one in pairs if is_mixed and one and one.value is not None and one.status in STATUS_SIGNS
    ]
    base = base_map(facts)
    return base | {
        "links": joined_links(links, str(base["shapes_url"])),
        "marks": approximate_marks(facts, marked),
        "legend": legend(scale),
        "statuses": fills_legend([one.status for one in told if one.value is None], NO_FIGURE_FILLS),
        "all_estimated": known == {"estimated"},
        "some_estimated": bool(marked),
    }


def figure_class(one: ZoneFigure, scale: Scale) -> str:
    """Return the class of a zone: its shade, or the mark of why it has none."""
    if one.value is None or math.isnan(one.value):
        return NO_FIGURE_FILLS.get(one.status, "nodata")
    return scale.css_class(one.value)


def fills_legend(statuses: Sequence[str], fills: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the marks of the statuses that occur, with how many zones bear each."""
    return [
        {"css_class": fill, "label": status_label(one), "count": number(statuses.count(one), 0)}
        for one, fill in fills.items()
        if one in statuses
    ]


def coverage_map(facts: Facts, statuses: Sequence[str], urls: Mapping[str, str]) -> dict[str, object]:
    """Return the map of what is known where: one mark a status, in the order of the facts."""
    links = [
        MapLink(
            zone.code, urls[zone.code], COVERAGE_FILLS[one], _("%(name)s : ") % {"name": zone.name} + status_label(one)
        )
        for zone, one in zip(facts.zones, statuses, strict=True)
    ]
    base = base_map(facts)
    return base | {
        "links": joined_links(links, str(base["shapes_url"])),
        "statuses": fills_legend(list(statuses), COVERAGE_FILLS),
    }


def approximate_marks(facts: Facts, zone_codes: Iterable[str]) -> SafeString:
    """Return a small ≈ on each of these zones."""
    places = label_places(facts.edition.content_hash)
    marks = (f'<text x="{places[one][0]:g}" y="{places[one][1]:g}">≈</text>' for one in zone_codes if one in places)
    return mark_safe("".join(marks))  # noqa: S308 - numbers only


def dots(facts: Facts, counts: Mapping[str, int]) -> SafeString:
    """Return a dot on each zone of a count, of proportional area, largest first so that none is hidden."""
    places = label_places(facts.edition.content_hash)
    largest = max(counts.values(), default=1)
    drawn = (
        f'<circle cx="{places[code][0]:g}" cy="{places[code][1]:g}" r="{dot_radius(count, largest):.1f}"/>'
        for code, count in sorted(counts.items(), key=lambda pair: -pair[1])
        if count and code in places
    )
    return mark_safe("".join(drawn))  # noqa: S308 - numbers only


def dot_radius(count: int, largest: int) -> float:
    """Return the radius of a dot, in units of the view box."""
    return max(SMALLEST_DOT, LARGEST_DOT * math.sqrt(count / largest))
