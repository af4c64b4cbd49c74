"""The layers served as vector tiles: where each one is read, what each feature says, at which zooms."""

from collections.abc import Mapping
from dataclasses import dataclass

# A tile is 512 pixels wide on screen: a zoom past the last one stretches its tiles.
LAST_ZOOM = 12
# From this zoom on a tile tells everything about its features; farther, only what is drawn and filtered by.
TELLING_ZOOM = 6

# The last zoom of a range and the column drawn in it, from far to near, see `api/tile_columns.py`.
Columns = tuple[tuple[int, str], ...]
POINT: Columns = ((LAST_ZOOM, "tile_point"),)
SURFACE: Columns = ((5, "tile_far"), (7, "tile_middle"), (LAST_ZOOM, "tile_near"))
NEAR: Columns = ((LAST_ZOOM, "tile_near"),)


@dataclass(frozen=True)
class TileLayer:
    """One layer: its table, its geometry columns (EPSG:3857), the columns its features carry, its first zoom.

    `far_attributes` are those carried before `TELLING_ZOOM`, all of them by default. `where` is a condition on the
    table, `far_where` one more before that zoom. `sources` are the data sets it is drawn from.
    """

    table: str
    columns: Columns
    attributes: tuple[str, ...]
    sources: tuple[str, ...]
    first_zoom: int = 0
    far_attributes: tuple[str, ...] | None = None
    where: str = "true"
    far_where: str = "true"

    def column(self, zoom: int) -> str:
        """Return the geometry column drawn at a zoom."""
        return next(name for last, name in self.columns if zoom <= last)

    def attributes_at(self, zoom: int) -> tuple[str, ...]:
        """Return the columns that features carry at a zoom."""
        is_far = zoom < TELLING_ZOOM and self.far_attributes is not None
        return self.far_attributes if is_far else self.attributes

    def condition(self, zoom: int) -> str:
        """Return the condition that rows meet at a zoom, as SQL."""
        return f"{self.where} AND {self.far_where}" if zoom < TELLING_ZOOM else self.where


# To add a layer: an entry here, and a migration that gives its table the columns.
TILE_LAYERS: Mapping[str, TileLayer] = {
    "zones": TileLayer("basins_employmentzone", SURFACE, ("code", "name"), sources=("zone-outlines",)),
    "communes": TileLayer(
        "basins_commune", NEAR, ("insee_code", "name"), sources=("commune-shapes", "insee-communes"), first_zoom=7
    ),
    "industry_territories": TileLayer(
        "basins_perimeter",
        SURFACE,
        ("code", "name"),
        sources=("anct-industry-territories",),
        where="kind = 'industry_territory'",
    ),
    "perimeters": TileLayer(
        "basins_perimeter",
        SURFACE,
        ("kind", "code", "name"),
        sources=("anct-industry-territories", "dgcl-epci", "insee-ept", "commune-shapes"),
        first_zoom=3,
        far_where="kind <> 'epci'",
    ),
    "brownfields": TileLayer(
        "infrastructure_brownfieldsite",
        POINT,
        ("code", "name", "site_type", "site_status", "surface_ha", "is_usable"),
        sources=("cerema-cartofriches",),
        first_zoom=3,
        far_attributes=("site_type", "site_status", "surface_ha", "is_usable"),
    ),
    "plants": TileLayer(
        "economy_plant",
        POINT,
        ("code", "kind", "name", "naf_code"),
        sources=("epv-firms", "irep-large-plants"),
        first_zoom=3,
        far_attributes=("kind", "naf_code"),
    ),
    "nodes": TileLayer(
        "infrastructure_logisticsnode",
        POINT,
        ("code", "kind", "name"),
        sources=(
            "cerema-toll-stations", "cerema-road-traffic", "sncf-stations", "sncf-sidings", "sncf-marshalling-yards",
            "gntc-terminals", "nga-world-port-index", "osm-inland-ports", "ourairports-airports",
        ),
        first_zoom=3,
        far_attributes=("kind", "name"),
    ),
}  # fmt: skip
