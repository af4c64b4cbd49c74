"""Airports of France."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import NodeRecord, read_degrees
from infrastructure.raw import NodeRow
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

AIRPORT_COLUMNS = (
    "id", "ident", "type", "name", "latitude_deg", "longitude_deg", "elevation_ft", "continent", "country_name",
    "iso_country", "region_name", "iso_region", "local_region", "municipality", "scheduled_service", "gps_code",
    "iata_code", "local_code", "home_link", "wikipedia_link", "keywords", "score", "last_updated",
)  # fmt: skip
SCHEDULED = "scheduled "


@ingestor(
    slug="ourairports-airports",
    title="Aéroports de France",
    producer="OurAirports",
    vintage="2023-06",
    licence=gettext_noop("Domaine public"),
    page="https://ourairports.com/",
    patterns=("ourairports_fr_*.csv", "fr-airports*.csv"),
    record=NodeRecord,
    model=NodeRow,
    note=gettext_noop(
        "Sans tonnage de fret : « à lignes régulières » n'est pas « de fret ». Aucun aéroport d'outre-mer ni étranger "
        "(Genève, Luxembourg) dans le fichier."
    ),
)
def parse_airports(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a row, category the type, preceded by "scheduled " when regular flights are listed."""
    for line, row in csv_rows(path, AIRPORT_COLUMNS, delimiter=","):
        position = read_degrees(line, "longitude_deg, latitude_deg", row["longitude_deg"], row["latitude_deg"])
        if isinstance(position, Rejected):
            yield position
            continue
        lon, lat = position
        category = (SCHEDULED if row["scheduled_service"] == "1" else "") + row["type"]
        yield NodeRecord(row["ident"], row["name"].strip(), row["iso_country"], category, round(lon, 6), round(lat, 6))
