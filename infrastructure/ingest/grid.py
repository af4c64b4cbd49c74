"""RTE: substations and tap points of the transmission grid."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import read_degrees
from infrastructure.raw import SubstationRow
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

COLUMNS = (
    "Code poste", "Nom poste", "FONCTION", "Etat", "Tension (kV)", "Longitude poste (DD)", "Latitude poste (DD)",
    "Géo-point poste (DD)",
)  # fmt: skip
FUNCTIONS = ("Poste de transformation", "Point de piquage")
STATES = ("EN EXPLOITATION", "ACCORD ADMINISTRATIF")
VOLTAGES = (
    "400kV", "225kV", "150kV", "90kV", "63kV", "45kV", "<45kV", "HORS TENSION", "COURANT CONTINU",
)  # fmt: skip


class SubstationRecord(NamedTuple):
    """Columns of `SubstationRow`, in order."""

    code: str
    name: str
    function: str
    state: str
    voltage: str
    lon: float
    lat: float


@ingestor(
    slug="rte-substations",
    title="Postes électriques du réseau public de transport",
    producer="RTE",
    vintage="2024-09",
    licence="Licence Ouverte 2.0",
    page="https://odre.opendatasoft.com/explore/dataset/postes-electriques-rte/",
    patterns=("*postes*electriques*.csv",),
    record=SubstationRecord,
    model=SubstationRow,
    note=gettext_noop(
        "Le réseau de transport continental seulement : ni Corse, ni outre-mer, ni postes sources du réseau de "
        "distribution. Aucune capacité d'accueil : la proximité d'un poste ne dit pas la puissance disponible. Les "
        "points de piquage et les postes hors tension ne comptent pas dans les distances."
    ),
)
def parse_substations(path: Path) -> Iterator[SubstationRecord | Rejected]:
    """Yield one record a row; the file is in Latin-1. A function, state or voltage never seen refuses its row."""
    for line, row in csv_rows(path, COLUMNS, delimiter=";", encoding="latin-1"):
        position = read_degrees(line, "Longitude, Latitude", row[COLUMNS[5]], row[COLUMNS[6]])
        strange = [
            (column, row[column])
            for column, known in (("FONCTION", FUNCTIONS), ("Etat", STATES), ("Tension (kV)", VOLTAGES))
            if row[column] not in known
        ]
        if isinstance(position, Rejected):
            yield position
        elif not row["Code poste"].strip():
            yield Rejected(line, "Code poste", "", "identifiant absent")
        elif strange:
            yield Rejected(line, *strange[0], "libellé inconnu")
        else:
            lon, lat = position
            yield SubstationRecord(
                row["Code poste"].strip(), row["Nom poste"].strip(), row["FONCTION"], row["Etat"], row["Tension (kV)"],
                round(lon, 6), round(lat, 6),
            )  # fmt: skip
