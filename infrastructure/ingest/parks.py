"""Business parks and their plots, CNIG standard « Sites économiques »: CSV or GeoPackage."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, text
from infrastructure.ingest.geopackage import is_geopackage, layer_rows
from infrastructure.ingest.local_cells import (
    amount,
    area_m2,
    commune_code,
    identifier,
    iso_date,
    known_label,
    listed,
    optional_amount,
    refuse_geometry,
    value_of,
    yes_no,
)
from infrastructure.ingest.park_layout import (
    FITTING_STAGES,
    NETWORKS,
    PARK_COLUMNS,
    PARK_STAGES,
    PARK_TYPES,
    PLOT_COLUMNS,
    SALE_STAGES,
    VOCATION_FLAGS,
    VOCATIONS,
)
from infrastructure.raw import ParkPlotRow, ParkRow
from sources.geometry import DEGREES, Checked, check_points, check_surfaces, local_srid
from sources.geometry_reading import read_geojson_texts, read_geopackage_blobs
from sources.readers import csv_rows, ewkb
from sources.registry import Rejected, ingestor

LARGEST_HA = 10_000.0
MOST_AREA_RATIO = 5.0
"""Between the hectares written and those of the outline: beyond, square metres have been written, or another place."""
FARTHEST_POINT_KM = 5.0
COMMON = {
    "producer": gettext_noop("EPCI ou observatoire local"),
    "vintage": "local",
    "licence": gettext_noop("selon le producteur du fichier"),
    "page": "https://cnig.gouv.fr/",
    "is_optional": True,
    "is_in_parts": True,
}


class ParkRecord(NamedTuple):
    """Columns of `ParkRow`, in order; geometry as hexadecimal EWKB."""

    code: str
    name: str
    park_type: str
    vocation: str
    stage: str
    gross_ha: float
    available_ha: float | None
    insee_code: str
    is_industrial: bool | None
    networks: str
    updated_on: date
    geom: str
    repair: str


@ingestor(
    slug="cnig-business-parks",
    title="Sites économiques (SITE-ECO), standard CNIG",
    patterns=("cnig_site-eco_*.csv", "cnig_sites_economiques_*.gpkg"),
    record=ParkRecord,
    model=ParkRow,
    note=gettext_noop(
        "Chargé par la région. La surface disponible est celle que l'EPCI déclare à la date d'actualisation du site."
    ),
    **COMMON,
)
def parse_parks(path: Path) -> Iterator[ParkRecord | Rejected]:
    """Yield one record a park: outlines in the legal projection of their territory, dates AAAA-MM-JJ, oui or non."""
    rows, surfaces = _rows_and_surfaces(path, "site_eco", PARK_COLUMNS, "site_geomsurf", "site_comm_insee")
    points = _points([row for _line, row in rows])

    def read(place: int, row: Mapping[str, str]) -> ParkRecord:
        stage = known_label(row, "site_etat", PARK_STAGES)
        is_industrial, *_other_vocations = (yes_no(row, column) for column in VOCATION_FLAGS)
        gross_ha = amount(row, "site_surf_brute", high=LARGEST_HA)
        available_ha = optional_amount(row, "site_surf_comm_dispo", high=LARGEST_HA)
        if available_ha is not None and available_ha > gross_ha:
            raise BadCell("site_surf_comm_dispo", str(available_ha), "plus grande que la surface totale du site")
        outline = _outline(surfaces, place, "site_geomsurf", gross_ha)
        _refuse_far_point(row, points.shapes[place], points.reasons[place], outline)
        return ParkRecord(
            code=identifier(row, "site_id"),
            name=text(row, "site_nom", longest=300),
            park_type=known_label(row, "site_type", PARK_TYPES),
            vocation=known_label(row, "site_vocadomi", VOCATIONS),
            stage=stage,
            gross_ha=gross_ha,
            available_ha=available_ha,
            insee_code=commune_code(row, "site_comm_insee"),
            is_industrial=is_industrial,
            networks=",".join(name for column, name in NETWORKS.items() if yes_no(row, column)),
            updated_on=iso_date(row, "site_actu_date"),
            geom=ewkb(outline),
            repair=surfaces.repairs[place],
        )

    yield from listed(rows, read)


class ParkPlotRecord(NamedTuple):
    """Columns of `ParkPlotRow`, in order."""

    code: str
    park_code: str
    gross_ha: float
    fitting_stage: str
    sale_stage: str
    is_turnkey: bool | None
    geom: str
    repair: str


@ingestor(
    slug="cnig-park-plots",
    title="Terrains des sites économiques (TERRAIN-ECO), standard CNIG",
    patterns=("cnig_terrain-eco_*.csv", "cnig_sites_economiques_*.gpkg"),
    record=ParkPlotRecord,
    model=ParkPlotRow,
    note=gettext_noop("Chargé par la région, avec les sites économiques auxquels les terrains appartiennent."),
    **COMMON,
)
def parse_park_plots(path: Path) -> Iterator[ParkPlotRecord | Rejected]:
    """Yield one record a plot; its territory is read in the identifier of its park, which begins by a commune code."""
    rows, surfaces = _rows_and_surfaces(path, "terrain_eco", PLOT_COLUMNS, "terr_geomsurf", "site_id")

    def read(place: int, row: Mapping[str, str]) -> ParkPlotRecord:
        gross_ha = amount(row, "terr_surf_brute", high=LARGEST_HA)
        return ParkPlotRecord(
            code=identifier(row, "terr_id"),
            park_code=identifier(row, "site_id"),
            gross_ha=gross_ha,
            fitting_stage=known_label(row, "terr_stade_amngt", FITTING_STAGES),
            sale_stage=known_label(row, "terr_stade_comm", SALE_STAGES),
            is_turnkey=yes_no(row, "terr_cle_en_main"),
            geom=ewkb(_outline(surfaces, place, "terr_geomsurf", gross_ha)),
            repair=surfaces.repairs[place],
        )

    yield from listed(rows, read)


def _rows_and_surfaces(
    path: Path, layer: str, columns: tuple[str, ...], geometry: str, territory: str
) -> tuple[list[tuple[int, dict[str, str]]], Checked]:
    """Return the rows of a table and its surfaces, checked; in a GeoPackage the projection is that of the layer."""
    if is_geopackage(path):
        found, blobs, srid = layer_rows(path, layer, [name for name in columns if name not in GEOMETRY_COLUMNS])
        shapes, reasons = read_geopackage_blobs(blobs)
        return found, check_surfaces(shapes, srid, reasons)
    rows = list(csv_rows(path, columns, delimiter=";"))
    shapes, reasons = read_geojson_texts([value_of(row, geometry) for _line, row in rows])
    return rows, check_surfaces(shapes, [local_srid(row[territory].strip()) for _line, row in rows], reasons)


GEOMETRY_COLUMNS = ("site_geomsurf", "site_geompoint", "terr_geomsurf", "terr_url_cartofriches")


def _point_text(row: Mapping[str, str]) -> str:
    """Return the point of a park, written « longitude, latitude » in the CSV, "" from a GeoPackage, which has none."""
    return value_of(row, "site_geompoint") if "site_geompoint" in row else ""


def _points(rows: list[dict[str, str]]) -> Checked:
    """Return the points of parks, checked: absent where none is written or what is written is no point."""
    import shapely

    shapes: list[Any] = []
    for row in rows:
        try:
            lon, lat = (float(part) for part in _point_text(row).split(","))
            shapes.append(shapely.Point(lon, lat))
        except ValueError:
            shapes.append(None)
    return check_points(shapes, DEGREES)  # type: ignore[arg-type]


def _outline(surfaces: Checked, place: int, column: str, gross_ha: float) -> Any:
    """Return the outline of a row; refused when absent, wrong, or of another size than what the row says."""
    refuse_geometry(column, "contour", surfaces.reasons[place])
    outline = surfaces.shapes[place]
    drawn_ha = float(area_m2(outline) or 0.0) / 10_000
    if not gross_ha / MOST_AREA_RATIO <= drawn_ha <= max(gross_ha, 0.01) * MOST_AREA_RATIO:
        raise BadCell(
            column,
            f"{drawn_ha:.2f} ha",
            f"le contour fait {drawn_ha:.2f} ha et la ligne en annonce {gross_ha:g} : hectares et mètres carrés "
            "confondus, ou contour d'un autre lieu",
        )
    return outline


def _refuse_far_point(row: Mapping[str, str], point: Any, reason: str, outline: Any) -> None:
    """Refuse a row whose point and outline are not of one place: one of the two is in another projection."""
    from pyproj import Geod

    given = _point_text(row)
    refuse_geometry("site_geompoint", given, reason)
    if not given:
        return
    centre = outline.representative_point()
    _there, _back, apart_m = Geod(ellps="WGS84").inv(point.x, point.y, centre.x, centre.y)
    if apart_m > FARTHEST_POINT_KM * 1000:
        raise BadCell(
            "site_geompoint",
            given,
            f"le point est à {apart_m / 1000:.0f} km du contour : l'un des deux est faux ou dans une autre projection "
            "(contour en projection légale, point « longitude, latitude »)",
        )
