"""Maps of one figure over the basins: seven classes with printed bounds, every status with its own mark."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.maps import MapLink, base_map, joined_links, label_places
from explorer.wording import STATUS_SIGNS, status_label
from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.numbers import number

CLASSES = 7
# A quotient of 1 is the nation's share: three classes below, three above, and about the same between.
QUOTIENT_BREAKS = (0.33, 0.5, 0.8, 1.25, 2.0, 3.0)
# Of the values away from a true middle, where the classes of each side part.
SIDE_QUANTILES = (0.15, 0.5, 0.85)
# What a zone without a figure is drawn with: never colour alone.
STATUS_CLASSES = {"missing": "nodata", "suppressed": "secret", "absent": "absent"}
LARGEST_DOT, SMALLEST_DOT = 13.0, 3.0


@dataclass(frozen=True)
class Scale:
    """Upper ends of the classes but the last, in order; `family` is "q" (low to high) or "d" (around a middle)."""

    breaks: tuple[float, ...]
    family: str

    def css_class(self, value: float) -> str:
        """Return the class of a value; with fewer than seven classes, they are spread over the palette."""
        place = int(np.searchsorted(self.breaks, value, side="right"))
        return f"{self.family}{self.shade(place)}"

    def shade(self, place: int) -> int:
        """Return the shade (0-6) of a class, by position."""
        return round(place * (CLASSES - 1) / len(self.breaks)) if self.breaks else CLASSES - 2


def scale_of(values: FloatArray, decimals: int) -> Scale:
    """Return seven classes that hold about as many zones each, around zero when it is a true middle.

    Growth and decline have zero between them: values of both signs are drawn in two colours. Bounds are rounded as the
    figure is printed, so that the legend says exactly what separates two shades.
    """
    known = values[~np.isnan(values)]
    if known.size == 0:
        return Scale((), "q")
    if (known < 0).any() and (known > 0).any():
        sides = rounded(np.quantile(np.abs(known), SIDE_QUANTILES), decimals)
        sides = tuple(one for one in sides if one > 0)
        return Scale((*(-one for one in reversed(sides)), *sides), "d")
    ends = rounded(np.quantile(known, np.arange(1, CLASSES) / CLASSES), decimals)
    # A bound under every value would make a class of nothing.
    return Scale(tuple(one for one in ends if one > known.min()), "q")


def rounded(values: FloatArray, decimals: int) -> tuple[float, ...]:
    """Return distinct bounds at the decimals printed, in order."""
    return tuple(sorted({round(float(one), decimals) + 0.0 for one in values}))


def legend(scale: Scale, decimals: int) -> list[dict[str, str]]:
    """Return the classes from the lowest, with their bounds."""
    ends = [number(one, decimals) for one in scale.breaks]
    if not ends:
        return [{"css_class": f"{scale.family}{scale.shade(0)}", "label": _("toutes les valeurs")}]
    join = "–" if min(scale.breaks) >= 0 else _(" à ")
    labels = [f"<\u202f{ends[0]}", *(f"{low}{join}{high}" for low, high in pairwise(ends)), f"≥\u202f{ends[-1]}"]
    return [{"css_class": f"{scale.family}{scale.shade(place)}", "label": label} for place, label in enumerate(labels)]


@dataclass(frozen=True)
class ZoneFigure:
    """What a map says of a zone: its value if any, its status, and the words of its title."""

    value: float | None
    status: str
    words: str


def value_map(
    facts: Facts, figures: Sequence[ZoneFigure], scale: Scale, urls: Mapping[str, str], *, decimals: int
) -> dict[str, object]:
    """Return the map of a figure over the zones, in the order of the facts; ≈ where some are estimates and some not."""
    links = [
        MapLink(zone.code, urls[zone.code], figure_class(one, scale), f"{zone.name}\u00a0: {one.words}")
        for zone, one in zip(facts.zones, figures, strict=True)
    ]
    known = {one.status for one in figures if one.value is not None}
    is_mixed = len(known) > 1
    marked = [
        zone.code
        for zone, one in zip(facts.zones, figures, strict=True)
        if is_mixed and one.value is not None and one.status in STATUS_SIGNS
    ]
    base = base_map(facts)
    return base | {
        "links": joined_links(links, str(base["shapes_url"])),
        "marks": approximate_marks(facts, marked),
        "legend": legend(scale, decimals),
        "statuses": status_legend({one.status for one in figures if one.value is None}),
        "all_estimated": known == {"estimated"},
        "some_estimated": bool(marked),
    }


def figure_class(one: ZoneFigure, scale: Scale) -> str:
    """Return the class of a zone: its shade, or the mark of why it has none."""
    if one.value is None or math.isnan(one.value):
        return STATUS_CLASSES.get(one.status, "nodata")
    return scale.css_class(one.value)


def status_legend(statuses: set[str]) -> list[dict[str, str]]:
    """Return the marks of the zones without a figure that the map holds."""
    return [
        {"css_class": STATUS_CLASSES[one], "label": status_label(one)} for one in STATUS_CLASSES if one in statuses
    ]


def approximate_marks(facts: Facts, zone_codes: Sequence[str]) -> SafeString:
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


COVERAGE_CLASSES = {"observed": "q5", "estimated": "guessed", **STATUS_CLASSES}


def coverage_map(facts: Facts, statuses: Sequence[str], urls: Mapping[str, str]) -> dict[str, object]:
    """Return the map of what is known where: one mark a status, in the order of the facts."""
    links = [
        MapLink(zone.code, urls[zone.code], COVERAGE_CLASSES[one], f"{zone.name}\u00a0: {status_label(one)}")
        for zone, one in zip(facts.zones, statuses, strict=True)
    ]
    base = base_map(facts)
    return base | {
        "links": joined_links(links, str(base["shapes_url"])),
        "statuses": [
            {"css_class": css_class, "label": status_label(one), "count": number(list(statuses).count(one), 0)}
            for one, css_class in COVERAGE_CLASSES.items()
            if one in statuses
        ],
    }
