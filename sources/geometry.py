"""Surfaces and points of other people's files: taken, repaired by less than a thousandth, or refused with the reason.

Nothing here hands a text to GDAL; projections come from a short list; whole columns are checked at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Shapes = npt.NDArray[np.object_]  # shapely geometries, None where there is none

DEGREES = 4326
LAMBERT_93 = 2154
WEB_MERCATOR = 3857
MOST_VERTICES = 100_000
"""Of one surface: the most detailed commune of France has about a tenth of it."""
TOO_MANY = f"plus de {MOST_VERTICES} sommets : simplifiez le contour"
MOST_REPAIRED_VERTICES = 10_000
MOST_TANGLED = 20.0
"""Segments whose boxes touch that of one, on average: 3 to 6 in an outline, hundreds in a star drawn to stall."""
SAMPLED_SEGMENTS = 500
LARGEST_AREA_CHANGE = 0.001

# West, south, east, north in degrees of each French land, shores and isles included.
LANDS: dict[str, tuple[float, float, float, float]] = {
    "métropole": (-5.6, 41.2, 9.8, 51.3),
    "Guadeloupe": (-63.3, 15.7, -60.9, 18.2),
    "Martinique": (-61.35, 14.3, -60.7, 15.0),
    "Guyane": (-54.8, 2.0, -51.4, 6.0),
    "La Réunion": (55.1, -21.5, 56.0, -20.8),
    "Mayotte": (44.9, -13.1, 45.4, -12.5),
}
# The legal projections: the metres in which each may lie, and the lands it serves.
METRIC: dict[int, tuple[tuple[float, float, float, float], tuple[str, ...]]] = {
    LAMBERT_93: ((0.0, 6_000_000.0, 1_300_000.0, 7_200_000.0), ("métropole",)),
    5490: ((300_000.0, 1_500_000.0, 900_000.0, 2_100_000.0), ("Guadeloupe", "Martinique")),
    2972: ((50_000.0, 200_000.0, 600_000.0, 700_000.0), ("Guyane",)),
    2975: ((250_000.0, 7_550_000.0, 450_000.0, 7_750_000.0), ("La Réunion",)),
    4471: ((450_000.0, 8_500_000.0, 600_000.0, 8_700_000.0), ("Mayotte",)),
    WEB_MERCATOR: ((-7_100_000.0, -2_500_000.0, 6_300_000.0, 6_700_000.0), tuple(LANDS)),
}
ACCEPTED_SRIDS = (DEGREES, *METRIC)
OVERSEAS_SRIDS = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}

CAUSES = (
    ("Hole lies outside shell", "trou hors du contour"),
    ("Holes are nested", "trous emboîtés"),
    ("Nested shells", "parties superposées"),
    ("Duplicate Rings", "anneaux en double"),
    ("Interior is disconnected", "intérieur coupé en deux"),
    ("Too few points", "anneau de moins de trois points distincts"),
    ("Ring Self-intersection", "contour qui se touche lui-même"),
    ("Self-intersection", "contour qui se croise"),
)


@dataclass(frozen=True)
class Checked:
    """A column after the check (n,): shapes in degrees (EPSG:4326), None where refused.

    `reasons` says why a shape is refused and what to do, "" where it is not; `repairs` what was repaired, "" mostly.
    """

    shapes: Shapes
    reasons: list[str]
    repairs: list[str]


def local_srid(insee_code: str) -> int:
    """Return the legal projection of the territory of a commune or department."""
    return OVERSEAS_SRIDS.get(insee_code[:3], LAMBERT_93)


def check_surfaces(shapes: Shapes, srids: int | Sequence[int], reasons: Sequence[str] | None = None) -> Checked:
    """Return surfaces as valid multipolygons in degrees; `reasons` carries what reading has already refused.

    A bow-tie, a hole outside, two parts on one another: refused unless mending them moves the area by a thousandth at
    most. Heights and measures are dropped.
    """
    import shapely

    column = _Column(shapes, srids, reasons)
    column.refuse(lambda found: ~np.isin(shapely.get_type_id(found), (3, 6)), "ce n'est pas une surface : donnez un "
                  "polygone ou un multipolygone, sans courbe ni collection")  # fmt: skip
    column.check_numbers()
    column.check_place()
    column.mend()
    column.project()
    column.update(_as_multi)
    return column.checked()


def check_points(shapes: Shapes, srids: int | Sequence[int], reasons: Sequence[str] | None = None) -> Checked:
    """Return points in degrees; one point of a multipoint that holds only one."""
    import shapely

    column = _Column(shapes, srids, reasons)
    column.update(
        lambda found: np.where(shapely.get_num_geometries(found) == 1, shapely.get_geometry(found, 0), found)
    )
    column.refuse(lambda found: shapely.get_type_id(found) != 0, "ce n'est pas un point")
    column.check_numbers()
    column.check_place()
    column.project()
    return column.checked()


class _Column:
    """Shapes on their way through the checks: each check sees only those that the ones before let through."""

    def __init__(self, shapes: Shapes, srids: int | Sequence[int], reasons: Sequence[str] | None) -> None:
        self.shapes = np.array(shapes, dtype=object)
        self.srids = np.broadcast_to(np.asarray(srids, dtype=np.int64), self.shapes.shape)
        self.reasons = np.array(list(reasons) if reasons is not None else [""] * len(self.shapes), dtype=object)
        self.repairs = np.full(len(self.shapes), "", dtype=object)
        absent = np.array([shape is None for shape in self.shapes], dtype=bool)
        self.reasons[absent & (self.reasons == "")] = "géométrie absente"
        self.shapes[self.reasons != ""] = None
        strange = sorted({int(one) for one in self.srids} - set(ACCEPTED_SRIDS))
        if strange:
            raise ValueError(f"projections non acceptées : {strange}")

    def open(self) -> npt.NDArray[np.int64]:
        """Positions not refused so far."""
        return np.flatnonzero(self.reasons == "")

    def refuse(self, is_wrong: Any, reason: str) -> None:
        places = self.open()
        if places.size:
            wrong = places[np.asarray(is_wrong(self.shapes[places]), dtype=bool)]
            self.reasons[wrong], self.shapes[wrong] = reason, None

    def update(self, change: Any) -> None:
        places = self.open()
        if places.size:
            self.shapes[places] = change(self.shapes[places])

    def check_numbers(self) -> None:
        """Empty, endless or absurd coordinates; heights dropped."""
        import shapely

        self.refuse(shapely.is_empty, "géométrie vide")
        self.refuse(lambda found: shapely.get_num_coordinates(found) > MOST_VERTICES, TOO_MANY)
        self.update(shapely.force_2d)
        self.refuse(_has_absurd_number, "coordonnée infinie ou qui n'est pas un nombre (NaN)")

    def check_place(self) -> None:
        """Coordinates that cannot be those of the projection announced."""
        import shapely

        places = self.open()
        bounds = shapely.bounds(self.shapes[places]).reshape(-1, 4)
        for spot in np.flatnonzero(~_well_placed(bounds, self.srids[places])):
            reason = misplaced(tuple(bounds[spot].tolist()), int(self.srids[places[spot]]))
            self.reasons[places[spot]], self.shapes[places[spot]] = reason, None

    def mend(self) -> None:
        """Repair invalid surfaces, or refuse them."""
        import shapely

        places = self.open()
        if not places.size:
            return
        for place in places[~shapely.is_valid(self.shapes[places])]:
            self.shapes[place], self.repairs[place], self.reasons[place] = mended(self.shapes[place])

    def project(self) -> None:
        """Metres become degrees."""
        import shapely
        from pyproj import Transformer

        for srid in {int(one) for one in self.srids[self.open()]} - {DEGREES}:
            places = np.intersect1d(self.open(), np.flatnonzero(self.srids == srid))
            transformer = Transformer.from_crs(srid, DEGREES, always_xy=True)

            def degrees(points: npt.NDArray[np.float64], transformer: Any = transformer) -> npt.NDArray[np.float64]:
                return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

            self.shapes[places] = shapely.transform(self.shapes[places], degrees)

    def checked(self) -> Checked:
        return Checked(self.shapes, self.reasons.tolist(), self.repairs.tolist())


def _has_absurd_number(found: Shapes) -> npt.NDArray[np.bool_]:
    import shapely

    points, owner = shapely.get_coordinates(found, return_index=True)
    absurd = np.zeros(len(found), dtype=bool)
    absurd[owner[~np.isfinite(points).all(axis=1)]] = True
    return absurd


def _as_multi(found: Shapes) -> Shapes:
    import shapely

    single = shapely.get_type_id(found) == 3
    many: Shapes = found.copy()
    many[single] = shapely.multipolygons(found[single].reshape(-1, 1))
    return many


def _well_placed(bounds: npt.NDArray[np.float64], srids: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell which bounds (n, 4) lie where their projection says: the whole of `misplaced`, at once."""
    found = np.zeros(len(bounds), dtype=bool)
    boxes = [(DEGREES, box) for box in LANDS.values()] + [(srid, box) for srid, (box, _lands) in METRIC.items()]
    for srid, (west, south, east, north) in boxes:
        is_inside = (bounds[:, :2] >= (west, south)).all(axis=1) & (bounds[:, 2:] <= (east, north)).all(axis=1)
        found |= (srids == srid) & is_inside
    return found


def misplaced(bounds: tuple[float, float, float, float], srid: int) -> str:
    """Return why bounds (west, south, east, north) cannot be in a projection, "" when they can."""
    in_degrees = max(abs(bounds[0]), abs(bounds[2])) <= 180 and max(abs(bounds[1]), abs(bounds[3])) <= 90
    if srid == DEGREES:
        return _misplaced_degrees(bounds, in_degrees)
    domain, lands = METRIC[srid]
    if _within(bounds, domain):
        return ""
    if in_degrees:
        return f"coordonnées en degrés là où EPSG:{srid} (mètres) est attendu : corrigez la projection annoncée"
    swapped = (bounds[1], bounds[0], bounds[3], bounds[2])
    if _within(swapped, domain):
        return "x et y inversés : écrivez x (est) d'abord"
    others = [other for other, (box, _lands) in METRIC.items() if other != WEB_MERCATOR and _within(bounds, box)]
    if others:
        return (
            f"coordonnées hors du domaine d'EPSG:{srid} ({', '.join(lands)}), plutôt celles d'EPSG:{others[0]} "
            f"({', '.join(METRIC[others[0]][1])}) : corrigez la projection ou le code de commune"
        )
    return (
        f"coordonnées hors du domaine d'EPSG:{srid} ({', '.join(lands)}) : ancienne projection (Lambert II, coniques "
        "à 9 zones) ou territoire d'outre-mer ? Reprojetez-les"
    )


def _misplaced_degrees(bounds: tuple[float, float, float, float], in_degrees: bool) -> str:
    if any(_within(bounds, land) for land in LANDS.values()):
        return ""
    if not in_degrees:
        return "coordonnées en mètres là où des degrés (EPSG:4326) sont attendus : reprojetez-les, ou annoncez-les"
    swapped = (bounds[1], bounds[0], bounds[3], bounds[2])
    if any(_within(swapped, land) for land in LANDS.values()):
        return "longitude et latitude inversées : écrivez la longitude d'abord"
    return "hors de France : vérifiez la projection et l'ordre des coordonnées"


def _within(bounds: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    return bounds[0] >= box[0] and bounds[1] >= box[1] and bounds[2] <= box[2] and bounds[3] <= box[3]


def mended(surface: Any) -> tuple[Any, str, str]:
    """Return (surface, what was repaired, "") or (None, "", why it is refused) of an invalid surface."""
    import shapely

    cause = cause_of(surface)
    if shapely.get_num_coordinates(surface) > MOST_REPAIRED_VERTICES or is_tangled(surface):
        return None, "", f"surface invalide ({cause}) et trop embrouillée pour être réparée ici : corrigez-la"
    before = float(shapely.area(surface))
    valid = shapely.make_valid(surface, method="structure")
    parts = solid_parts(valid)
    after = sum(part.area for part in parts)
    if not parts or before <= 0 or abs(after - before) > LARGEST_AREA_CHANGE * before:
        return (
            None,
            "",
            f"surface invalide ({cause}) : la réparer la changerait de plus de 0,1 % : corrigez-la",
        )
    return shapely.MultiPolygon(parts), f"{cause}, réparé", ""


def solid_parts(geometry: Any) -> list[Any]:
    """Return the polygons of a geometry that have an area: what repairing an outline leaves of a surface."""
    import shapely

    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > 0]


def cause_of(surface: Any) -> str:
    """Return in words why a surface is invalid."""
    import shapely

    told = str(shapely.is_valid_reason(surface))
    return next((words for beginning, words in CAUSES if told.startswith(beginning)), "contour invalide")


def is_tangled(surface: Any) -> bool:
    """Tell whether the segments of an outline cross so much that mending it would take minutes."""
    import shapely

    lines = [shapely.get_coordinates(ring) for part in shapely.get_parts(surface) for ring in shapely.get_rings(part)]
    pairs = np.concatenate([np.stack([one[:-1], one[1:]], axis=1) for one in lines])
    segments = shapely.linestrings(pairs)
    sample = segments[:: max(1, len(segments) // SAMPLED_SEGMENTS)]
    _asked, found = shapely.STRtree(segments).query(sample)
    return bool(len(found) / len(sample) > MOST_TANGLED)
