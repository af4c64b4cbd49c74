"""The layers served as vector tiles: where each one is read, what each feature says, at which zooms."""

from collections.abc import Mapping
from dataclasses import dataclass

# A tile is 512 pixels wide on screen: a zoom past the last one stretches its tiles.
LAST_ZOOM = 12
# At this zoom and nearer a point tells everything about itself; farther, only what its dot and its filter need.
TELLING_ZOOM = 6


@dataclass(frozen=True)
class TileLayer:
    """One layer: table, geometry columns by zoom, columns that its features carry, zooms at which it exists.

    `columns` pairs the last zoom of a range with the column (EPSG:3857) drawn in it, from far to near; such columns
    are made by a migration of this application, see `api/tile_columns.py`. `where` is a condition on the table.
    """

    table: str
    columns: tuple[tuple[int, str], ...]
    attributes: tuple[str, ...]
    far_attributes: tuple[str, ...]
    first_zoom: int
    last_zoom: int = LAST_ZOOM
    where: str = ""

    def column(self, zoom: int) -> str:
        """Return the geometry column drawn at a zoom."""
        return next(name for last, name in self.columns if zoom <= last)

    def attributes_at(self, zoom: int) -> tuple[str, ...]:
        """Return the columns that features carry at a zoom."""
        return self.attributes if zoom >= TELLING_ZOOM else self.far_attributes


POINT = ((LAST_ZOOM, "tile_point"),)
SURFACE = ((5, "tile_far"), (7, "tile_middle"), (LAST_ZOOM, "tile_near"))

TILE_LAYERS: Mapping[str, TileLayer] = {
    "zones": TileLayer("basins_employmentzone", SURFACE, ("code", "name"), ("code", "name"), first_zoom=0),
    "industry_territories": TileLayer(
        "basins_perimeter",
        SURFACE,
        ("code", "name"),
        ("code", "name"),
        first_zoom=0,
        where="kind = 'industry_territory'",
    ),
    "brownfields": TileLayer(
        "infrastructure_brownfieldsite",
        POINT,
        ("code", "name", "site_type", "site_status", "surface_ha", "is_usable"),
        ("site_type", "site_status", "surface_ha", "is_usable"),
        first_zoom=3,
    ),
    "nodes": TileLayer(
        "infrastructure_logisticsnode", POINT, ("code", "kind", "name"), ("kind", "name"), first_zoom=3
    ),
}
