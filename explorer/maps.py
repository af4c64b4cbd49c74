"""The national map as a list of links onto the file of zone shapes, joined in Python: a template loop is ten times
slower."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape as html_escape
from itertools import pairwise

import numpy as np
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from basins.models import ZoneShape
from basins.shapes import INSETS, VIEW_BOX, Inset, shape_id
from explorer.layers import zones_svg_url
from scoring.facts import Facts
from scoring.numbers import number, writer
from scoring.ranking import MAP_BREAKS, Ranking

# Radius of the circle of the largest basin, in units of the view box.
LARGEST_RADIUS = 34.0
SMALLEST_RADIUS = 1.2
NAME_INDENT, NAME_BASELINE = 8, 15
# How a basin without a value is filled, by status: unknown is hatched, secret has a dot too, nothing there is bare.
UNKNOWN_FILLS = {"missing": "nodata", "suppressed": "secret", "absent": "land"}


@dataclass(frozen=True)
class MapLink:
    """A zone as drawn: where it leads, its class, its title."""

    zone_code: str
    url: str
    css_class: str
    title: str


def joined_links(links: Iterable[MapLink], shapes_url: str) -> SafeString:
    """Return one `<a><use/></a>` per zone.

    The links are out of the tab order: the list beside says the same with one stop per basin, and the script gives the
    map a single stop from which the arrow keys move.
    """
    return mark_safe(  # noqa: S308 - every part is escaped
        "".join(
            link_markup(
                link.zone_code,
                conditional_escape(link.url),
                link.css_class,
                conditional_escape(link.title),
                shapes_url,
            )
            for link in links
        )
    )


def link_markup(zone_code: str, url: str, css_class: str, title: str, shapes_url: str) -> str:
    """Return one zone of a map, from texts already escaped."""
    return (
        f'<a href="{url}" data-zone="{zone_code}" tabindex="-1"><use class="{css_class}" '
        f'href="{shapes_url}#{shape_id(zone_code)}"></use><title>{title}</title></a>'
    )


def insets() -> list[dict[str, object]]:
    """Return the framed insets of the map: rectangle, name, and where the name is written."""
    return [_inset(one) for one in INSETS if one.is_framed]


def _inset(one: Inset) -> dict[str, object]:
    return {
        "name": one.name,
        "x": one.x,
        "y": one.y,
        "width": one.width,
        "height": one.height,
        "name_x": one.x + NAME_INDENT,
        "name_y": one.y + NAME_BASELINE,
    }


def base_map(facts: Facts) -> dict[str, object]:
    """Return what every national map has: view box, shapes, insets."""
    return {
        "view_box": VIEW_BOX,
        "shapes_url": zones_svg_url(facts.edition.content_hash),
        "insets": insets(),
    }


def score_map(ranking: Ranking, why_urls: Mapping[str, str]) -> dict[str, object]:
    """Return the map of scores: a link per basin to its "why", those outside the filter left blank."""
    region, written = ranking.question.region, writer(1)
    values = {"name": "%(name)s", "rank": "%(rank)s", "count": len(ranking.facts.zones), "score": "%(score)s"}
    ranked = escape(_("%(name)s : %(rank)s sur %(count)s, %(score)s points") % values)
    vetoed = escape(_("%(name)s : écarté par un critère éliminatoire, %(score)s points") % values)
    classes, shapes_url = ranking.map_classes, zones_svg_url(ranking.facts.edition.content_hash)
    links = []
    for zone, rank, score in zip(ranking.facts.zones, ranking.rank.tolist(), ranking.score.tolist(), strict=True):
        is_outside = region is not None and region not in zone.region_codes
        told = {"name": html_escape(zone.name), "rank": rank, "score": written(score)}
        css_class = "out" if is_outside else f"q{classes[zone.code]}"
        links.append(
            link_markup(zone.code, why_urls[zone.code], css_class, (ranked if rank else vetoed) % told, shapes_url)
        )
    links_markup = mark_safe("".join(links))  # noqa: S308 - every part is escaped
    return base_map(ranking.facts) | {"links": links_markup, "legend": score_legend()}


def score_legend() -> list[dict[str, str]]:
    """Return the seven classes of the map, from the lowest, with their bounds in points."""
    ends = [number(one, 0 if one == int(one) else 1) for one in MAP_BREAKS]
    labels = [f"<\u202f{ends[0]}", *(f"{low}–{high}" for low, high in pairwise(ends)), f"≥\u202f{ends[-1]}"]
    return [{"css_class": f"q{position}", "label": label} for position, label in enumerate(labels)]


def score_data(ranking: Ranking) -> dict[str, list[object]]:
    """Return, by zone code, what the detailed map needs to colour and name a basin: class, rank, score, name."""
    classes, scores = ranking.map_classes, np.round(ranking.score, 1).tolist()
    return {
        zone.code: [classes[zone.code], rank, score, zone.name]
        for zone, rank, score in zip(ranking.facts.zones, ranking.rank.tolist(), scores, strict=True)
    }


def industry_map(facts: Facts) -> dict[str, object]:
    """Return the map of industrial jobs: neutral shapes that link to basins, and circles of proportional area."""
    base = base_map(facts)
    links, circles = [], []
    places = label_places(facts.edition.content_hash)
    largest = max((float(jobs) for jobs in facts.industrial_jobs if not math.isnan(jobs)), default=1.0)
    for zone, jobs in sorted(
        zip(facts.zones, map(float, facts.industrial_jobs), strict=True),
        key=lambda pair: -pair[1] if pair[1] == pair[1] else 0,
    ):
        unknown = math.isnan(jobs)
        title = (
            _("%(name)s : emplois industriels non disponibles") % {"name": zone.name}
            if unknown
            else _("%(name)s : %(jobs)s emplois industriels") % {"name": zone.name, "jobs": number(jobs, 0)}
        )
        links.append(MapLink(zone.code, basin_url(zone.code), "nodata" if unknown else "land", title))
        if not unknown and zone.code in places:
            x, y = places[zone.code]
            circles.append(f'<circle cx="{x:g}" cy="{y:g}" r="{circle_radius(jobs, largest):.1f}"/>')
    return base | {
        "links": joined_links(links, str(base["shapes_url"])),
        "circles": mark_safe("".join(circles)),  # noqa: S308 - numbers only
        "circle_legend": circle_legend(largest),
    }


def circle_radius(jobs: float, largest: float) -> float:
    """Return the radius of a circle whose area is proportional to the jobs."""
    return max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(jobs / largest))


def circle_legend(largest: float) -> list[dict[str, object]]:
    """Return three circles of round numbers of jobs, largest first, standing on one line."""
    top = 10 ** math.floor(math.log10(largest)) if largest >= 10 else 10
    return [
        {
            "radius": round(circle_radius(jobs, largest), 1),
            "label": number(jobs, 0),
            "lift": round(circle_radius(jobs, largest), 1),
        }
        for jobs in (top, top / 5, top / 20)
    ]


def basin_url(zone_code: str) -> str:
    """Return the address of the page of a basin."""
    return reverse("explorer:basin", args=(zone_code,))


@lru_cache(maxsize=2)
def label_places(content_hash: str) -> dict[str, tuple[float, float]]:
    """Return where the centre of each zone is drawn on the map, by zone code."""
    rows = ZoneShape.objects.filter(edition__content_hash=content_hash)
    return {code: (x, y) for code, x, y in rows.values_list("zone__code", "label_x", "label_y")}


def locator(facts: Facts, zone_code: str) -> dict[str, object]:
    """Return the small map that says where a basin is: the country as one picture, the basin drawn over it."""
    base = base_map(facts)
    return base | {"here": f"{base['shapes_url']}#{shape_id(zone_code)}"}
