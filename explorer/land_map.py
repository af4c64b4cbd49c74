"""The map of a basin's sites as plain SVG: its outline, its neighbours, its main communes; no script needed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from basins.models import Commune, EmploymentZone
from explorer.wording import number, titled, with_unit
from infrastructure.models import BrownfieldSite
from scoring.facts import Facts
from sources.models import Edition

WIDTH, MARGIN = 480.0, 24.0
# A very long basin is drawn no taller than this.
TALLEST = 560.0
# About 0.7 of a unit, half a pixel on most screens.
TOLERANCE = 0.7
COMMUNES_NAMED = 5
LABEL_GAP = 22.0
SMALLEST_RADIUS, LARGEST_RADIUS, LARGEST_HA = 3.0, 14.0, 50.0
MOST_DRAWN = 400


@dataclass(frozen=True)
class Frame:
    """Plane coordinates around a basin: degrees of longitude shortened by the cosine of its middle latitude."""

    west: float
    north: float
    scale: float
    shortening: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the coordinates of a point, y down."""
        x = MARGIN + (lon - self.west) * self.shortening * self.scale
        return round(x, 1), round(MARGIN + (self.north - lat) * self.scale, 1)


@dataclass(frozen=True)
class Ground:
    """What lies under the sites of a basin."""

    frame: Frame
    outline: str
    neighbours: tuple[str, ...]
    communes: tuple[tuple[str, float, float], ...]


def land_map(facts: Facts, zone_code: str, sites: Sequence[BrownfieldSite]) -> dict[str, Any]:
    """Return the map of sites, the first of the list drawn on top; usable ones are full, the others hollow."""
    ground = _ground(facts.edition.content_hash, zone_code)
    drawn = sites[:MOST_DRAWN]
    return {
        "view_box": f"0 0 {ground.frame.width:g} {ground.frame.height:g}",
        "outline": ground.outline,
        "neighbours": ground.neighbours,
        "communes": [{"name": name, "x": x, "y": y} for name, x, y in ground.communes],
        "circles": circles(ground.frame, drawn),
        "hidden": len(sites) - len(drawn),
    }


def circles(frame: Frame, sites: Sequence[BrownfieldSite]) -> SafeString:
    """Return one circle per site, of an area proportional to its surface up to 50 ha."""
    return mark_safe("".join(_circle(frame, one) for one in reversed(sites)))  # noqa: S308 - every part is escaped


def _circle(frame: Frame, site: BrownfieldSite) -> str:
    x, y = frame.place(site.point.x, site.point.y)
    surface = _("surface inconnue") if site.surface_ha is None else with_unit(number(site.surface_ha, 1), "ha")
    css_class = "usable" if site.is_usable else "other"
    title = escape(titled(site.name or site.code, surface))
    place = f'cx="{x}" cy="{y}" r="{radius(site.surface_ha):.1f}"'
    return f'<circle class="{css_class}" {place}><title>{title}</title></circle>'


def radius(surface_ha: float | None) -> float:
    """Return the radius of a site, the smallest where its surface is not known."""
    return max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(min(surface_ha or 0.0, LARGEST_HA) / LARGEST_HA))


@lru_cache(maxsize=320)
def _ground(content_hash: str, zone_code: str) -> Ground:
    edition = Edition.objects.get(content_hash=content_hash)
    zone = EmploymentZone.objects.of(edition).get(code=zone_code)
    frame = frame_of(zone.geom.extent)
    around = EmploymentZone.objects.of(edition).filter(geom__bboverlaps=zone.geom.envelope).exclude(code=zone_code)
    return Ground(
        frame=frame,
        outline=path(frame, zone.geom),
        neighbours=tuple(path(frame, one.geom) for one in around.order_by("code")),
        communes=tuple(main_communes(frame, edition, zone_code)),
    )


def frame_of(extent: tuple[float, float, float, float]) -> Frame:
    """Return the frame that fits a box (west, south, east, north, degrees) in the width, or in the tallest height."""
    west, south, east, north = extent
    shortening = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * shortening, north - south
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
    return Frame(west, north, scale, shortening, wide * scale + 2 * MARGIN, high * scale + 2 * MARGIN)


def path(frame: Frame, outline: MultiPolygon | Polygon) -> str:
    """Return the path of a surface, simplified to what shows."""
    simple = outline.simplify(TOLERANCE / frame.scale, preserve_topology=True)
    polygons: Iterable[Polygon] = [simple] if isinstance(simple, Polygon) else simple
    rings = [ring for polygon in polygons for ring in polygon.coords]
    drawn = [[frame.place(*point[:2]) for point in ring] for ring in rings]
    return "".join(f"M{'L'.join(f'{x:g} {y:g}' for x, y in ring)}Z" for ring in drawn)


def main_communes(frame: Frame, edition: Edition, zone_code: str) -> list[tuple[str, float, float]]:
    """Return the most populous communes with where they stand, without those whose name would cover another."""
    rows = Commune.objects.of(edition).filter(zone__code=zone_code).order_by("-population", "insee_code")
    placed: list[tuple[str, float, float]] = []
    for name, point in rows.values_list("name", "point")[: 4 * COMMUNES_NAMED]:
        x, y = frame.place(point.x, point.y)
        if all(abs(y - other_y) > LABEL_GAP or abs(x - other_x) > WIDTH / 3 for _name, other_x, other_y in placed):
            placed.append((name, x, y))
        if len(placed) == COMMUNES_NAMED:
            break
    return placed
