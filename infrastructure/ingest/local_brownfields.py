"""Local inventories of brownfields: the CNIG exchange layout, and the observatory of the Ardennes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from infrastructure.ingest.brownfields import POTENTIAL_LABEL, STATUS_LABELS, straight
from infrastructure.ingest.local_cells import (
    area_m2,
    commune_code,
    french_date,
    identifier,
    known_label,
    listed,
    optional_amount,
    refuse_geometry,
    value_of,
)
from infrastructure.raw import BrownfieldOutlineRow, BrownfieldRow
from sources.geometry import DEGREES, check_points, check_surfaces
from sources.geometry_reading import geojson_srid, read_geojson, read_wkt
from sources.readers import LayoutError, csv_rows, ewkb, json_document
from sources.registry import Rejected, ingestor

CNIG_COLUMNS = (
    "site_id", "site_nom", "site_type", "site_adresse", "site_identif_date", "site_actu_date", "site_url",
    "site_ademe_url", "site_securite", "site_occupation", "site_statut", "site_projet_url", "site_reconv_annee",
    "site_reconv_type", "activite_libelle", "activite_code", "activite_fin_annee", "comm_nom", "comm_insee",
    "bati_type", "bati_nombre", "bati_surface", "bati_pollution", "bati_vacance", "bati_patrimoine", "bati_etat",
    "local_ancien_annee", "local_recent_annee", "proprio_type", "proprio_personne", "proprio_nom",
    "sol_pollution_annee", "sol_pollution_existe", "sol_pollution_origine", "sol_pollution_commentaire",
    "sol_depollution_fiche", "unite_fonciere_surface", "unite_fonciere_refcad", "urba_zone_type", "urba_zone_lib",
    "urba_zone_formdomi", "urba_doc_type", "desserte_distance", "desserte_commentaire", "source_nom", "source_url",
    "source_producteur", "source_contact", "geompoint", "geomsurf",
)  # fmt: skip
ARDENNES_COLUMNS = (
    "site_id", "site_nom", "site_type", "site_adresse", "site_statut", "comm_nom", "comm_insee", "epci_siren",
    "epci_nom", "bati_surface", "proprio_type_catpro3", "proprio_personne", "sol_pollution_existe",
    "unite_fonciere_surface", "unite_fonciere_refcad", "longitude", "latitude",
)  # fmt: skip
LARGEST_M2 = 1e9  # a thousand square kilometres: beyond, a unit has been mistaken
LOCAL = {"is_optional": True, "is_in_parts": True}


class LocalBrownfieldRecord(NamedTuple):
    """Columns of `BrownfieldRow`, in order, outline included (hexadecimal EWKB)."""

    code: str
    name: str
    site_type: str
    site_status: str
    insee_code: str
    site_surface_m2: float | None
    unit_surface_m2: float | None
    zoning: str
    is_checked: bool
    lon: float
    lat: float
    geom: str | None
    repair: str


@ingestor(
    slug="cnig-brownfields",
    title="Inventaire local de friches, standard CNIG Friches",
    producer=gettext_noop("Observatoire local"),
    vintage="local",
    licence=gettext_noop("selon le producteur du fichier"),
    page="https://cnig.gouv.fr/",
    patterns=("cnig_friches_*.csv",),
    record=LocalBrownfieldRecord,
    model=BrownfieldRow,
    note=gettext_noop(
        "Chargé par la région. Sur le territoire déclaré, l'inventaire local l'emporte sur l'inventaire national. Les "
        "sites « potentiels » n'y sont pas comptés comme vérifiés. La surface du contour, quand il est dessiné, est "
        "préférée à celle de l'unité foncière."
    ),
    **LOCAL,
)
def parse_cnig_brownfields(path: Path) -> Iterator[LocalBrownfieldRecord | Rejected]:
    """Yield one record a site of the 50-column layout: `;`, NA for nothing, WKT in degrees.

    The point is `geompoint`, else a point inside `geomsurf`. A commune code that lost its leading zero finds it back.
    """
    rows = list(csv_rows(path, CNIG_COLUMNS, delimiter=";"))
    shapes, reasons = read_wkt([value_of(row, "geompoint") for _line, row in rows])
    points = check_points(shapes, DEGREES, reasons)
    shapes, reasons = read_wkt([value_of(row, "geomsurf") for _line, row in rows])
    outlines = check_surfaces(shapes, DEGREES, reasons)

    def read(place: int, row: Mapping[str, str]) -> LocalBrownfieldRecord:
        outline = outlines.shapes[place]
        refuse_geometry("geomsurf", value_of(row, "geomsurf"), outlines.reasons[place])
        if outline is None or value_of(row, "geompoint"):
            refuse_geometry("geompoint", value_of(row, "geompoint") or "NA", points.reasons[place])
        point = points.shapes[place] if points.shapes[place] is not None else outline.representative_point()
        french_date(row, "site_actu_date")
        return _site(
            row,
            zoning=value_of(row, "urba_zone_formdomi"),
            surface_m2=area_m2(outline),
            position=(point.x, point.y),
            geom=None if outline is None else ewkb(outline),
            repair=outlines.repairs[place],
        )

    yield from listed(rows, read)


@ingestor(
    slug="ardennes-brownfields",
    title="Observatoire des friches des Ardennes",
    producer="DDT des Ardennes",
    vintage="2025-12",
    licence=gettext_noop("Licence à confirmer auprès du producteur"),
    page="https://www.ardennes.gouv.fr/",
    patterns=("ddt08_friches_ardennes_*.csv",),
    record=LocalBrownfieldRecord,
    model=BrownfieldRow,
    note=gettext_noop("Inventaire complet et vérifié du département, sans zonage d'urbanisme. Contours à part."),
    **LOCAL,
)
def parse_ardennes_brownfields(path: Path) -> Iterator[LocalBrownfieldRecord | Rejected]:
    """Yield one record a site: `,`, points in degrees in two columns, no plan zoning."""
    import shapely

    rows = list(csv_rows(path, ARDENNES_COLUMNS, delimiter=","))
    degrees = [[optional_float(row[name]) for name in ("longitude", "latitude")] for _line, row in rows]
    shapes = [shapely.Point(pair) if None not in pair else None for pair in degrees]
    points = check_points(shapes, DEGREES)  # type: ignore[arg-type]

    def read(place: int, row: Mapping[str, str]) -> LocalBrownfieldRecord:
        refuse_geometry("longitude, latitude", f"{row['longitude']} {row['latitude']}", points.reasons[place])
        point = points.shapes[place]
        return _site(row, zoning="", surface_m2=None, position=(point.x, point.y), geom=None, repair="")

    yield from listed(rows, read)


class BrownfieldOutlineRecord(NamedTuple):
    """Columns of `BrownfieldOutlineRow`, in order."""

    code: str
    surface_m2: float | None
    geom: str
    repair: str


@ingestor(
    slug="ardennes-brownfield-outlines",
    title="Observatoire des friches des Ardennes : contours",
    producer="DDT des Ardennes",
    vintage="2025-12",
    licence=gettext_noop("Licence à confirmer auprès du producteur"),
    page="https://www.ardennes.gouv.fr/",
    patterns=("ddt08_friches_ardennes_*.geojson",),
    record=BrownfieldOutlineRecord,
    model=BrownfieldOutlineRow,
    note=gettext_noop("Surface mesurée sur le contour, préférée à celle de l'unité foncière quand elles diffèrent."),
    **LOCAL,
)
def parse_ardennes_outlines(path: Path) -> Iterator[BrownfieldOutlineRecord | Rejected]:
    """Yield one record an outline, known by the identifier of its site."""
    document = json_document(path)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(_is_feature(one) for one in features):
        raise LayoutError(f"{path.name} : n'est pas une FeatureCollection GeoJSON.")
    shapes, reasons = read_geojson([one.get("geometry") for one in features])
    outlines = check_surfaces(shapes, geojson_srid(document, path.name), reasons)
    rows = [
        (number, {key: "" if cell is None else str(cell) for key, cell in (one.get("properties") or {}).items()})
        for number, one in enumerate(features, start=1)
    ]
    if any(not {"site_id", "surf_calc"} <= set(row) for _number, row in rows):
        raise LayoutError(f"{path.name} : propriétés attendues : site_id, surf_calc.")

    def read(place: int, row: Mapping[str, str]) -> BrownfieldOutlineRecord:
        refuse_geometry("geometry", row["site_id"], outlines.reasons[place])
        surface_m2 = optional_amount(row, "surf_calc", high=LARGEST_M2)
        return BrownfieldOutlineRecord(
            identifier(row, "site_id"), surface_m2, ewkb(outlines.shapes[place]), outlines.repairs[place]
        )

    yield from listed(rows, read)


def _site(
    row: Mapping[str, str],
    *,
    zoning: str,
    surface_m2: float | None,
    position: tuple[float, float],
    geom: str | None,
    repair: str,
) -> LocalBrownfieldRecord:
    status = known_label({**row, "site_statut": straight(row["site_statut"])}, "site_statut", STATUS_LABELS)
    return LocalBrownfieldRecord(
        code=identifier(row, "site_id"),
        name=straight(value_of(row, "site_nom"))[:300],
        site_type=straight(value_of(row, "site_type")),
        site_status=status,
        insee_code=commune_code(row, "comm_insee"),
        site_surface_m2=surface_m2,
        unit_surface_m2=optional_amount(row, "unite_fonciere_surface", high=LARGEST_M2),
        zoning=straight(zoning),
        is_checked=status != POTENTIAL_LABEL,
        lon=round(position[0], 6),
        lat=round(position[1], 6),
        geom=geom,
        repair=repair,
    )


def _is_feature(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("properties") or {}, dict)


def optional_float(text: str) -> float | None:
    """Return the number of a cell, None when it is none: the check of points then says that the point is missing."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None
