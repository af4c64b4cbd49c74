"""The map of a perimeter: the zones it lies over, shaded by their share inside or by their score."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from basins.perimeter_map import VIEW_BOX, DrawnZone
from basins.perimeters import PerimeterZone
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.ranking import why_url
from explorer.value_classes import Scale
from explorer.wording import listed, number, with_unit
from scoring.ranking import MAP_BREAKS, Ranking

# Share of a zone's people inside, in percent: fixed, so that two perimeters can be compared.
SHARE_BREAKS = (5.0, 20.0, 40.0, 60.0, 80.0, 95.0)
# Room of a name on the map, in units of the view box.
LETTER_WIDTH, NAME_HEIGHT = 11.0, 26.0
# Last characters of the classes on which ink is not readable.
DEEP_SHADES = ("4", "5", "6")


def percent(share: float) -> str:
    """Return a share (0-1) as a percentage; a trace is not nothing."""
    if 0 < share < 0.005:
        return f"<\u202f{with_unit('1', '%')}"
    return with_unit(number(100 * share, 0), "%")


def drawn_map(inside: PerimeterInside, ranking: Ranking | None) -> dict[str, Any]:
    """Return the zones shaded by the share of their people inside, or by their score for the activity asked."""
    scale = Scale(SHARE_BREAKS if ranking is None else MAP_BREAKS, "sequential", 0)
    shares = {one.code: one for one in inside.zones}
    links = [zone_link(one, shares.get(one.code), scale, ranking) for one in inside.map.zones]
    drawn = {one.code: one for one in inside.map.zones}
    deep = {code for code, part in shares.items() if shade(part, scale, ranking)[-1] in DEEP_SHADES}
    return {
        "view_box": VIEW_BOX,
        "zones": mark_safe("".join(links)),  # noqa: S308 - every part is escaped
        "labels": labels([drawn[one.code] for one in inside.zones if one.code in drawn], deep),
        "outline": inside.map.outline,
        "legend": scale.legend(),
        "is_score": ranking is not None,
        "note": off_the_map(inside),
    }


def off_the_map(inside: PerimeterInside) -> str:
    """Return which basins of the perimeter the map does not hold, because they lie on another land; often none."""
    drawn = {one.code for one in inside.map.zones}
    names = [one.name for one in inside.zones if one.code not in drawn]
    return _("Hors de cette carte : %(names)s.") % {"names": listed(names)} if names else ""


def labels(zones: Sequence[DrawnZone], deep: Collection[str]) -> list[dict[str, Any]]:
    """Return the names that find room on the map, the first zones served first; the table names the others.

    Those on the deep shades, whose codes are given, are written in the colour of the paper.
    """
    placed: list[DrawnZone] = []
    for one in zones:
        if not any(collide(one, other) for other in placed):
            placed.append(one)
    return [
        {"x": f"{one.label_x:.0f}", "y": f"{one.label_y:.0f}", "name": one.name, "is_on_deep": one.code in deep}
        for one in placed
    ]


def shade(part: PerimeterZone, scale: Scale, ranking: Ranking | None) -> str:
    """Return the class of a zone of the perimeter: its share inside, or its score."""
    return scale.css_class(100 * part.zone_share if ranking is None else ranking.basin(part.code).score)


def collide(one: DrawnZone, other: DrawnZone) -> bool:
    """Whether the names of two zones would overlap."""
    room = LETTER_WIDTH * (len(one.name) + len(other.name)) / 2
    return abs(one.label_x - other.label_x) < room and abs(one.label_y - other.label_y) < NAME_HEIGHT


def zone_link(drawn: DrawnZone, part: PerimeterZone | None, scale: Scale, ranking: Ranking | None) -> SafeString:
    """Return a zone of the map as a link, every part escaped."""
    url = reverse("explorer:basin", args=(drawn.code,)) if ranking is None else why_url(drawn.code, ranking.question)
    if part is None:
        css_class, title = "out", _("%(name)s : hors du périmètre") % {"name": drawn.name}
    elif ranking is None:
        css_class = shade(part, scale, ranking)
        title = _("%(name)s : %(share)s de ses habitants sont dans le périmètre") % {
            "name": drawn.name,
            "share": percent(part.zone_share),
        }
    else:
        score = ranking.basin(drawn.code).score
        css_class = shade(part, scale, ranking)
        title = _("%(name)s : %(score)s points") % {"name": drawn.name, "score": number(score, 1)}
    return mark_safe(  # noqa: S308 - every part is escaped
        f'<a href="{escape(url)}" data-zone="{escape(drawn.code)}" tabindex="-1">'
        f'<path class="{css_class}" d="{escape(drawn.path)}"></path><title>{escape(title)}</title></a>'
    )
