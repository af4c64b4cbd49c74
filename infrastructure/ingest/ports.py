"""Seaports of the world and inland ports."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import NodeRecord, read_degrees
from infrastructure.raw import NodeRow
from sources.readers import csv_rows, geojson_features
from sources.registry import Rejected, ingestor

SEAPORT_COLUMNS = (
    "World Port Index Number", "MAIN_PORT_NAME", "Country Code", "Harbor Size", "LATITUDE", "LONGITUDE",
)  # fmt: skip


@ingestor(
    slug="nga-world-port-index",
    title="World Port Index (Pub. 150)",
    producer="NGA",
    vintage="2025",
    licence=gettext_noop("Domaine public"),
    page="https://msi.nga.mil/",
    patterns=("world_port_index*.csv*", "UpdatedPub150*.csv*"),
    record=NodeRecord,
    model=NodeRow,
    note=gettext_noop(
        "La taille du port y est nautique, pas commerciale : les ports de commerce retenus sont une liste écrite à la "
        "main. Les ports d'outre-mer y sont sous d'autres noms de pays ; Mayotte n'y est pas. Position à la minute."
    ),
)
def parse_seaports(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a port, country as written by the producer; the hundred nautical columns are left unread."""
    for line, row in csv_rows(path, SEAPORT_COLUMNS, delimiter=",", open_ended=True):
        position = read_degrees(line, "LONGITUDE, LATITUDE", row["LONGITUDE"], row["LATITUDE"])
        if isinstance(position, Rejected):
            yield position
            continue
        code, name = row["World Port Index Number"], row["MAIN_PORT_NAME"].strip()
        yield NodeRecord(code, name, row["Country Code"].strip(), row["Harbor Size"].strip(), *position)


@ingestor(
    slug="osm-inland-ports",
    title="Ports fluviaux",
    producer="OpenStreetMap",
    vintage="2026",
    licence="ODbL 1.0",
    page="https://www.openstreetmap.org/",
    patterns=("osm_ports_fluviaux*.geojson",),
    record=NodeRecord,
    model=NodeRow,
    note=gettext_noop(
        "Relevé partiel (33 ports), plus complet au nord-est et sur la Seine ; quelques quais privés. Les ports "
        "fluviaux des pays voisins n'y sont pas."
    ),
)
def parse_inland_ports(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a point, category the operator when it is known."""
    for number, properties, geometry in geojson_features(path, ("name", "operator", "osmId")):
        if geometry.geom_type != "Point":
            yield Rejected(number, "geometry", geometry.geom_type, "la géométrie n'est pas un point")
            continue
        name, operator = properties["name"].strip(), properties["operator"] or ""
        # Ports placed by hand have 0 for an identifier: their name stands for it.
        code = str(properties["osmId"] or name)
        yield NodeRecord(code, name, "FR", operator, geometry.x, geometry.y)
