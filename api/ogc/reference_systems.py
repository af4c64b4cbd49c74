"""The coordinate reference systems that features are served in, and the order in which each writes its axes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from scoring.errors import BadQuestion
from sources.geometry import DEGREES, LAMBERT_93

URI = "http://www.opengis.net/def/crs/"


@dataclass(frozen=True)
class ReferenceSystem:
    """A system: its address, its EPSG number, decimals that hold 10 cm or less, and the values its axes may take.

    `latitude_first` is the order of EPSG:4326, against that of CRS84 and of GeoJSON. `first` and `second` bound the
    first and second axis as written.
    """

    uri: str
    srid: int
    decimals: int
    latitude_first: bool
    first: tuple[float, float]
    second: tuple[float, float]

    @property
    def is_geographic(self) -> bool:
        return self.srid == DEGREES


LONGITUDES, LATITUDES = (-180.0, 180.0), (-90.0, 90.0)
# Twice around the Earth: farther, a number is a mistake.
METRES = (-1e8, 1e8)
CRS84 = ReferenceSystem(f"{URI}OGC/1.3/CRS84", DEGREES, 6, False, LONGITUDES, LATITUDES)
WGS84 = ReferenceSystem(f"{URI}EPSG/0/4326", DEGREES, 6, True, LATITUDES, LONGITUDES)
# Overseas, the projection goes on past the area it is made for: places come back exact, distances are false.
LAMBERT = ReferenceSystem(f"{URI}EPSG/0/{LAMBERT_93}", LAMBERT_93, 2, False, METRES, METRES)

# The first is the default, as the standard asks.
REFERENCE_SYSTEMS: Mapping[str, ReferenceSystem] = {one.uri: one for one in (CRS84, WGS84, LAMBERT)}


def read_system(params: QueryDict, name: str) -> ReferenceSystem:
    """Return the system that a parameter names, CRS84 by default; raises `BadQuestion`."""
    asked = params.get(name, CRS84.uri)
    if asked not in REFERENCE_SYSTEMS:
        sentence = _(
            "« %(asked)s » n'est pas un système de coordonnées servi ici. "
            "Valeurs acceptées de %(name)s : %(accepted)s."
        )
        values = {"asked": asked[:80], "name": name, "accepted": ", ".join(REFERENCE_SYSTEMS)}
        raise BadQuestion(name, sentence % values)
    return REFERENCE_SYSTEMS[asked]
