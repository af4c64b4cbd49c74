"""The map of a group: the basins around it shaded by their score alone, its members outlined and named."""

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from basins.shapes import shape_id
from explorer.maps import MapLink, base_map, basin_url, joined_links, label_places, score_legend
from explorer.value_classes import Scale
from explorer.wording import number
from scoring.complementarity import Answer, Group
from scoring.ranking import MAP_BREAKS

# The window, in units of the national drawing: never nearer than this, with room around the members.
SMALLEST_SIDE, ROOM = 150.0, 1.7
RATIO = 1.25
# The first class of the map on which ink cannot be read.
DEEP = 4
# Sizes of what is written, as shares of the side of the window.
NAME_SHARE, NAME_LIFT = 0.036, 0.012


def group_map(answer: Answer, group: Group) -> dict[str, Any]:
    """Return the context of `explorer/_group_map.html`."""
    facts = answer.facts
    places = label_places(facts.edition.content_hash)
    x, y, width, height = window([places[answer.zone(one).code] for one in group.members])
    scale = Scale(MAP_BREAKS, "sequential", 0)
    base = base_map(facts)
    links = [
        MapLink(
            zone.code,
            basin_url(zone.code),
            scale.css_class(float(answer.alone[index])),
            _("%(name)s : %(score)s points seul") % {"name": zone.name, "score": number(answer.alone[index], 1)},
        )
        for index, zone in enumerate(facts.zones)
        if zone.code in places and is_within(places[zone.code], x - width / 2, y - height / 2, 2 * width, 2 * height)
    ]
    codes = [answer.zone(one).code for one in group.members]
    return {
        "view_box": f"{x:.1f} {y:.1f} {width:.1f} {height:.1f}",
        "links": joined_links(links, str(base["shapes_url"])),
        "members": outlines(codes, str(base["shapes_url"])),
        "lines": lines([places[code] for code in codes]),
        "names": names(answer, group, places, width),
        "legend": score_legend(),
    }


def window(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the left, top, width and height that hold points with room around, in one ratio."""
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    width = max((right - left) * ROOM, (bottom - top) * ROOM * RATIO, SMALLEST_SIDE)
    height = width / RATIO
    return (left + right - width) / 2, (top + bottom - height) / 2, width, height


def is_within(point: tuple[float, float], x: float, y: float, width: float, height: float) -> bool:
    return x <= point[0] <= x + width and y <= point[1] <= y + height


def outlines(codes: list[str], shapes_url: str) -> SafeString:
    """Return the outline of each member, over the shapes."""
    drawn = (f'<use href="{escape(shapes_url)}#{escape(shape_id(code))}"></use>' for code in codes)
    return mark_safe("".join(drawn))  # noqa: S308 - every part is escaped


def lines(points: list[tuple[float, float]]) -> SafeString:
    """Return the lines between the members."""
    ends = [(one, other) for place, one in enumerate(points) for other in points[place + 1 :]]
    drawn = (f'<line x1="{a:g}" y1="{b:g}" x2="{c:g}" y2="{d:g}"/>' for (a, b), (c, d) in ends)
    return mark_safe("".join(drawn))  # noqa: S308 - numbers only


def names(answer: Answer, group: Group, places: dict[str, tuple[float, float]], width: float) -> list[dict[str, str]]:
    """Return the name of each member where it is drawn."""
    found = []
    for one in group.members:
        zone = answer.zone(one)
        x, y = places[zone.code]
        found.append(
            {
                "name": zone.name,
                "x": f"{x:.1f}",
                "y": f"{y - NAME_LIFT * width:.1f}",
                "size": f"{NAME_SHARE * width:.1f}",
                "on_deep": "on-deep" if answer.alone[one] >= MAP_BREAKS[DEEP - 1] else "",
            }
        )
    return found
