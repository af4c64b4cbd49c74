"""Boxes: the parameter `bbox` read in its reference system, and the condition that keeps what touches it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from api.ogc.collections import Collection
from api.ogc.reference_systems import CRS84, ReferenceSystem
from scoring.errors import BadQuestion
from sources.geometry import DEGREES, WEB_MERCATOR

NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?", re.ASCII)
# West, south, east, north in degrees of what lies in the area of Lambert-93, abroad included, then a wider box in
# metres where the projection can be undone side by side.
MAINLAND = (-12.0, 38.0, 20.0, 56.0)
UNDONE = (-1.5e6, 5e6, 3e6, 9e6)
# A side drawn in so many parts strays less than a metre from its curve once in degrees.
PARTS = 256
# Web Mercator ends there.
LAST_LATITUDE = 85.05

Corners = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """A box in a reference system, corners x first whatever the order it was written in: west, south, east, north.

    On the globe, west past east is a box across the antimeridian.
    """

    system: ReferenceSystem
    corners: Corners

    @property
    def parts(self) -> tuple[Corners, ...]:
        """Return the box as one box, or two where it crosses the antimeridian."""
        west, south, east, north = self.corners
        if self.system.is_geographic and west > east:
            return (west, south, 180.0, north), (-180.0, south, east, north)
        return (self.corners,)


def read_box(text: str | None, system: ReferenceSystem) -> Box | None:
    """Return the box asked for, None when there is no parameter; raises `BadQuestion` saying what is wrong."""
    if text is None:
        return None
    numbers = [number(one, text) for one in text.split(",")[:7]]
    if len(numbers) == 6 and system == CRS84:
        # Nothing here has a height: the box is read as if it were high enough, its two heights in order.
        if numbers[2] > numbers[5]:
            raise refused(text, _("la hauteur la plus basse dépasse la plus haute"))
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4:
        raise refused(text, _("quatre nombres sont attendus, séparés par des virgules"))
    for position, value in enumerate(numbers):
        least, most = system.second if position % 2 else system.first
        if not least <= value <= most:
            values = {"value": f"{value:g}", "least": f"{least:g}", "most": f"{most:g}"}
            raise refused(text, _("%(value)s sort de l'intervalle de %(least)s à %(most)s") % values)
    if system.latitude_first:
        numbers = [numbers[1], numbers[0], numbers[3], numbers[2]]
    west, south, east, north = numbers
    if south > north:
        raise refused(text, _("le bord sud dépasse le bord nord"))
    if west > east and not system.is_geographic:
        raise refused(text, _("le bord ouest dépasse le bord est"))
    return Box(system, (west, south, east, north))


def number(written: str, text: str) -> float:
    """Return a number as JSON writes it; raises `BadQuestion`."""
    # float() would also take "nan", "1_0" and digits of other scripts.
    if not NUMBER.fullmatch(written.strip()):
        raise refused(text, _("« %(written)s » n'est pas un nombre") % {"written": written[:20]})
    return float(written)


def refused(text: str, why: str) -> BadQuestion:
    """Return what is wrong with a box, and the order in which one is written."""
    sentence = _(
        "« %(text)s » n'est pas acceptable pour bbox : %(why)s. L'ordre est ouest, sud, est, nord ; avec "
        "bbox-crs EPSG:4326 : sud, ouest, nord, est."
    )
    return BadQuestion("bbox", sentence % {"text": text[:80], "why": why})


def touching(collection: Collection, box: Box, shapeless: tuple[int, ...]) -> str:
    """Return the condition that keeps what touches a box, and what has no geometry, as the standard asks.

    `shapeless` are the primary keys of the latter: an index of shapes is slow to find what has none.
    """
    found = (
        [on_globe(collection, part) for part in box.parts] if box.system.is_geographic else on_plane(collection, box)
    )
    if shapeless:
        found.append(f"f.id IN ({', '.join(map(str, shapeless))})")
    return f"({' OR '.join(found)})"


def on_globe(collection: Collection, corners: Corners) -> str:
    """Return the condition on a box in degrees."""
    west, south, east, north = corners
    shape = drawn(corners, DEGREES)
    if collection.indexed_srid == DEGREES:
        return near(collection, shape, shape)
    return near(collection, drawn((west, max(south, -LAST_LATITUDE), east, min(north, LAST_LATITUDE)), DEGREES), shape)


def near(collection: Collection, searched: str, shape: str) -> str:
    """Return the condition on a shape in degrees whose box, as `searched`, the index of the collection finds."""
    if collection.indexed_srid == WEB_MERCATOR:
        searched = f"ST_Transform({searched}, {WEB_MERCATOR})"
    return f"(f.{collection.indexed} && {searched} AND ST_Intersects({collection.geometry}, {shape}))"


def on_plane(collection: Collection, box: Box) -> list[str]:
    """Return the conditions on a box in metres: one that the index serves, one row by row for what lies overseas."""
    west, south, east, north = box.corners
    clipped = (max(west, UNDONE[0]), max(south, UNDONE[1]), min(east, UNDONE[2]), min(north, UNDONE[3]))
    geometry, srid = collection.geometry, box.system.srid
    found = []
    if clipped[0] <= clipped[2] and clipped[1] <= clipped[3]:
        step = max(clipped[2] - clipped[0], clipped[3] - clipped[1], 1.0) / PARTS
        shape = f"ST_Transform(ST_Segmentize({drawn(clipped, srid)}, {step}), {DEGREES})"
        found.append(near(collection, shape, shape))
    if clipped != box.corners:
        elsewhere = f"NOT {geometry} && {drawn(MAINLAND, DEGREES)}"
        found.append(f"({elsewhere} AND ST_Intersects(ST_Transform({geometry}, {srid}), {drawn(box.corners, srid)}))")
    return found


def drawn(corners: Corners, srid: int) -> str:
    """Return a box as SQL: a surface, or the point or line of one without width or height."""
    west, south, east, north = corners
    if west < east and south < north:
        return f"ST_MakeEnvelope({west}, {south}, {east}, {north}, {srid})"
    return f"ST_SetSRID(ST_Envelope(ST_Collect(ST_MakePoint({west}, {south}), ST_MakePoint({east}, {north}))), {srid})"
