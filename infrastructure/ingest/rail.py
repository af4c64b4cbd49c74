"""SNCF Réseau: stations, sidings, marshalling yards and lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import NodeRecord, read_degrees
from infrastructure.raw import NodeRow, RailLineRow
from sources.readers import csv_rows, ewkb, geojson_features
from sources.registry import Rejected, ingestor

PLACE_COLUMNS = ("IDGAIA", "X_L93", "Y_L93", "X_WGS84", "Y_WGS84", "C_GEO", "Geo Point", "Geo Shape")
LINE_COLUMNS = ("CODE_LIGNE", "RG_TRONCON", "PK")
STATION_COLUMNS = (
    "CODE_UIC", "LIBELLE", "FRET", "VOYAGEURS", "COMMUNE", "DEPARTEMEN", "IDRESEAU", *LINE_COLUMNS, *PLACE_COLUMNS,
)  # fmt: skip
SIDING_COLUMNS = ("GARE", *LINE_COLUMNS, *PLACE_COLUMNS)
YARD_COLUMNS = ("IDRESEAU", "LIBELLE", *LINE_COLUMNS, *PLACE_COLUMNS)

COMMON = {
    "producer": "SNCF Réseau",
    "vintage": "2026",
    "licence": "ODbL 1.0",
    "page": "https://ressources.data.sncf.com/",
    "record": NodeRecord,
    "model": NodeRow,
}


def _place(line: int, row: dict[str, str], *, code: str, name: str, category: str = "") -> NodeRecord | Rejected:
    """Return the record of a row, refused when its code (the column named) or its coordinates are missing."""
    position = read_degrees(line, "X_WGS84, Y_WGS84", row["X_WGS84"], row["Y_WGS84"])
    if isinstance(position, Rejected):
        return position
    if not row[code].strip():
        return Rejected(line, code, "", "identifiant absent")
    lon, lat = position
    return NodeRecord(row[code].strip(), row[name].strip(), "FR", category, round(lon, 6), round(lat, 6))


@ingestor(
    slug="sncf-stations",
    title="Liste des gares",
    patterns=("*liste*des*gares*.csv",),
    note=gettext_noop(
        "« Ouverte au fret » est un droit administratif, pas un service. Plusieurs lignes par gare : dédoublonné par "
        "code UIC. Réseau ferré national, donc France continentale."
    ),
    **COMMON,
)
def parse_stations(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a row, category "O" for a station open to freight and "N" for another."""
    for line, row in csv_rows(path, STATION_COLUMNS, delimiter=";"):
        if row["FRET"] not in ("O", "N"):
            yield Rejected(line, "FRET", row["FRET"], "ni O ni N")
            continue
        yield _place(line, row, code="CODE_UIC", name="LIBELLE", category=row["FRET"])


@ingestor(
    slug="sncf-sidings",
    title="Liste des installations terminales embranchées",
    patterns=("sncf_ite*.csv", "*installations-terminales-embranchees*.csv"),
    note=gettext_noop(
        "Ni propriétaire ni état de service : un embranchement listé peut être inutilisé. Les lignes sans coordonnées "
        "sont rejetées ; dédoublonné par identifiant."
    ),
    **COMMON,
)
def parse_sidings(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a row; rows without coordinates or identifier are refused."""
    for line, row in csv_rows(path, SIDING_COLUMNS, delimiter=";"):
        yield _place(line, row, code="IDGAIA", name="GARE")


@ingestor(
    slug="sncf-marshalling-yards",
    title="Liste des triages",
    patterns=("sncf_triages*.csv", "*liste*triages*.csv"),
    note=gettext_noop("Plusieurs lignes par triage : dédoublonné par libellé."),
    **COMMON,
)
def parse_marshalling_yards(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a row; a yard has one row per line that crosses it."""
    for line, row in csv_rows(path, YARD_COLUMNS, delimiter=";"):
        yield _place(line, row, code="LIBELLE", name="LIBELLE")


class RailLineRecord(NamedTuple):
    """Columns of `RailLineRow`, in order; geometry as hexadecimal EWKB."""

    name: str
    geom: str


@ingestor(
    slug="sncf-lines",
    title="Lignes du réseau ferré national, tracé simplifié",
    patterns=("sncf_rfn_lignes*.geojson", "*lignes*rfn*.geojson"),
    note=gettext_noop(
        "Tracé simplifié, nom seul : ni le fret ni la fermeture d'une ligne n'y sont. C'est un fond de carte."
    ),
    **COMMON | {"record": RailLineRecord, "model": RailLineRow},
)
def parse_lines(path: Path) -> Iterator[RailLineRecord | Rejected]:
    """Yield one record a line; a line has several pieces of one name."""
    for number, properties, geometry in geojson_features(path, ("nom",)):
        reason = _line_problem(geometry)
        if reason:
            yield Rejected(number, "geometry", geometry.geom_type, reason)
        else:
            yield RailLineRecord(str(properties["nom"] or "").strip()[:200], ewkb(geometry))


def _line_problem(geometry: Any) -> str:
    """Return why a geometry is no line of metropolitan France, "" when it is one."""
    import shapely

    from sources.geometry import LANDS

    if geometry.geom_type != "LineString" or geometry.is_empty or geometry.has_z:
        return "la géométrie n'est pas une ligne simple"
    west, south, east, north = LANDS["métropole"]
    is_inside = shapely.box(west, south, east, north).contains(geometry)
    return "" if is_inside else "hors de la France métropolitaine"
