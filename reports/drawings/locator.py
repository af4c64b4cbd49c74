"""Small drawings: where a basin is in the country, and where nine draws in ten place its rank."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.shapes import HEIGHT, WIDTH
from explorer.maps import label_places
from explorer.perimeter_queries import PerimeterInside
from explorer.wording import listed, number
from reports.drawings.colours import class_fill, colour
from reports.drawings.maps import attribution, inset_frames
from reports.drawings.outlines import COARSE, FINE, outlines, silhouette
from reports.drawings.svg import SMALL_SIZE, drawing, element, line, path, rect, short, text, text_width
from reports.fonts import BOLD
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.ranked_basin import RankCertainty
from scoring.sentences.robustness import interval_sentence

LOCATOR_WIDTH, RING = 220.0, 34.0
# Of the basins of a perimeter: the line between two, how many are ringed, how many are named in words.
EDGE, RINGED, NAMED = 1.0, 3, 8
# A basin that lies in it for most of its people, and the shade of the others.
MOSTLY, PARTLY = 0.5, "q3"
BAR_WIDTH, BAR_HEIGHT = 420.0, 54.0
MARKED_RANKS = (1, 3, 10, 30, 100)


def locator_svg(facts: Facts, *zone_codes: str, width: float = LOCATOR_WIDTH) -> str:
    """Return the country as one shape, some basins drawn over it, each ringed so that a small one is found."""
    edition, scale = facts.edition.content_hash, width / WIDTH
    paths, places = outlines(edition, FINE), label_places(edition)
    drawn = [path(silhouette(edition, COARSE), fill=colour("map-land")), inset_frames(has_names=False)]
    drawn += [path(paths[code], fill=colour("accent")) for code in zone_codes if code in paths]
    ring = {"r": RING, "fill": "none", "stroke": colour("accent"), "stroke_width": 5.0}
    drawn += [element("circle", cx=places[c][0], cy=places[c][1], **ring) for c in zone_codes if c in places]
    return drawing(width, HEIGHT * scale, element("g", *drawn, transform=f"scale({short(scale)})"))


def perimeter_locator_svg(facts: Facts, inside: PerimeterInside, width: float = LOCATOR_WIDTH) -> str:
    """Return the country with the basins of a perimeter, paler where most of their people live outside it.

    A few basins are ringed, each ring apart from the others; many show by themselves.
    """
    edition, scale = facts.edition.content_hash, width / WIDTH
    paths, places = outlines(edition, FINE), label_places(edition)
    drawn = [path(silhouette(edition, COARSE), fill=colour("map-land")), inset_frames(has_names=False)]
    edge = {"stroke": colour("map-border"), "stroke_width": EDGE}
    for one in inside.zones:
        fill = colour("accent") if one.zone_share >= MOSTLY else class_fill(PARTLY)
        drawn += [path(paths[one.code], fill=fill, **edge)] if one.code in paths else []
    ring = {"r": RING, "fill": "none", "stroke": colour("accent"), "stroke_width": 5.0}
    found = [places[one.code] for one in inside.zones if one.code in places]
    ringed = apart_from(found) if len(inside.zones) <= RINGED else []
    drawn += [element("circle", cx=x, cy=y, **ring) for x, y in ringed]
    return drawing(width, HEIGHT * scale, element("g", *drawn, transform=f"scale({short(scale)})"))


def apart_from(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the places whose rings do not cross that of one before them."""
    kept: list[tuple[float, float]] = []
    for x, y in places:
        if all(math.hypot(x - other[0], y - other[1]) > 2 * RING for other in kept):
            kept.append((x, y))
    return kept


def perimeter_locator_alt(facts: Facts, inside: PerimeterInside) -> str:
    """Return what the locator of a perimeter shows: its first basins, and the regions they are in."""
    first = [one.code for one in inside.zones[:NAMED]]
    told, left = locator_alt(facts, *first), len(inside.zones) - len(first)
    if left <= 0:
        return told
    more = ngettext("Et %(count)s autre bassin.", "Et %(count)s autres bassins.", left)
    return f"{told} {more % {'count': number(left, 0)}}"


def locator_alt(facts: Facts, *zone_codes: str) -> str:
    """Return what the locator shows: the names, and the regions they are in."""
    zones = [facts.zones[facts.zone(code)] for code in zone_codes]
    regions = dict.fromkeys(facts.regions.get(code, code) for zone in zones for code in zone.region_codes)
    values = {"names": listed([one.name for one in zones]), "regions": listed(list(regions))}
    return _("Carte de France : %(names)s, en région %(regions)s.") % values + " " + attribution()


def interval_svg(certainty: RankCertainty, count: int, width: float = BAR_WIDTH) -> str:
    """Return where nine draws in ten place a rank among `count`, on a logarithmic scale, the best at the left."""

    def place(rank: float) -> float:
        return 8 + (width - 24) * math.log(rank / 0.5) / math.log((count + 0.5) / 0.5)

    left, point, right = place(certainty.p05 - 0.5) if certainty.p05 > 1 else 8.0, place(certainty.median), 0.0
    right = place(certainty.p95 + 0.5)
    small = {"font_size": SMALL_SIZE, "fill": colour("ink-soft"), "text_anchor": "middle"}
    parts = [line(8, 36, width - 16, 36, stroke=colour("line-strong"), stroke_width=1.0)]
    for rank in (*(one for one in MARKED_RANKS if one < count / 1.6), count):
        parts.append(line(place(rank), 36, place(rank), 40, stroke=colour("line-strong"), stroke_width=1.0))
        parts.append(text(place(rank), 52, ordinal(rank), **small))
    parts.append(rect(left, 22, right - left, 10, fill=colour("score-3"), rx=2))
    parts.append(line(point, 18, point, 34, stroke=colour("ink"), stroke_width=2.4))
    half = text_width(ordinal(certainty.median), SMALL_SIZE, BOLD) / 2
    words = {"text_anchor": "middle", "font_size": SMALL_SIZE, "font_weight": BOLD}
    parts.append(text(max(half, point), 13, ordinal(certainty.median), **words))
    return drawing(width, BAR_HEIGHT + 2, *parts)


def interval_alt(name: str, certainty: RankCertainty) -> str:
    """Return the interval of a rank in words."""
    return _("%(name)s, rang : %(interval)s.") % {"name": name, "interval": interval_sentence(certainty)}
