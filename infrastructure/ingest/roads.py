"""Toll stations and sections of the national road network."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import NodeRecord, lambert_93_to_degrees, read_lambert_93, read_number
from infrastructure.raw import NodeRow, RoadSectionRow
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

TOLL_COLUMNS = (
    "dateReferentiel", "route", "pr", "depPr", "concessionPr", "abs", "cumul", "x", "y", "z", "cote", "nomGare",
    "typeGare", "typeGare_lib", "nbVoies",
)  # fmt: skip
SECTION_COLUMNS = (
    "dateReferentiel", "route", "longueur", "prD", "depPrD", "concessionPrD", "absD", "cumulD", "xD", "yD", "zD",
    "prF", "depPrF", "concessionPrF", "absF", "cumulF", "xF", "yF", "zF", "anneeMesureTrafic",
    "typeComptageTrafic", "typeComptageTrafic_lib", "TMJA", "ratio_PL",
)  # fmt: skip


class SectionRecord(NamedTuple):
    """Columns of `RoadSectionRow`, in order."""

    route: str
    department: str
    length_m: float
    daily_traffic: int | None
    start_lon: float
    start_lat: float
    end_lon: float
    end_lat: float


@ingestor(
    slug="cerema-toll-stations",
    title="Gares de péage du réseau routier national concédé",
    producer="Cerema et DGITM",
    vintage="2024-01",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/",
    patterns=("gares_peage_*.csv", "gares-peage-*.csv"),
    record=NodeRecord,
    model=NodeRow,
    note=gettext_noop(
        "Autoroutes à péage seulement : ni la Bretagne, ni les tronçons gratuits (A20, A75, A84), ni les autoroutes "
        "urbaines. Une ligne par sens : dédoublonné par nom et route."
    ),
)
def parse_toll_stations(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a row (a station has up to six): code is the route, category the type of station."""
    rows, points = [], []
    for line, row in csv_rows(path, TOLL_COLUMNS, delimiter=";"):
        point = read_lambert_93(line, "x, y", row["x"], row["y"])
        if isinstance(point, Rejected):
            yield point
            continue
        rows.append(row)
        points.append(point)
    for row, (lon, lat) in zip(rows, lambert_93_to_degrees(points).tolist(), strict=True):
        yield NodeRecord(row["route"], row["nomGare"], "FR", row["typeGare_lib"], lon, lat)


@ingestor(
    slug="cerema-road-traffic",
    title="Trafic moyen journalier annuel sur le réseau routier national",
    producer="Cerema et DGITM",
    vintage="2019",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/",
    patterns=("tmja_*.csv", "tmja-*.csv"),
    record=SectionRecord,
    model=RoadSectionRow,
    note=gettext_noop(
        "Sections du réseau national de la France continentale au 1er janvier 2019, trafic inconnu pour une sur cinq. "
        "Les extrémités de section ne sont pas des échangeurs : elles disent la proximité d'une voie rapide. Les "
        "voies express départementales n'y sont pas, ni la Corse, ni l'outre-mer."
    ),
)
def parse_road_sections(path: Path) -> Iterator[SectionRecord | Rejected]:
    """Yield one record a section; traffic is None where it was not counted."""
    rows, points = [], []
    for line, row in csv_rows(path, SECTION_COLUMNS, delimiter=";"):
        start = read_lambert_93(line, "xD, yD", row["xD"], row["yD"])
        end = read_lambert_93(line, "xF, yF", row["xF"], row["yF"])
        length_m = read_number(row["longueur"])
        refused = [one for one in (start, end) if isinstance(one, Rejected)]
        if refused:
            yield refused[0]
        elif length_m is None:
            yield Rejected(line, "longueur", row["longueur"], "longueur absente ou illisible")
        else:
            rows.append((row, length_m))
            points += [start, end]
    degrees = lambert_93_to_degrees(points).reshape(-1, 4).tolist()
    for (row, length_m), ends in zip(rows, degrees, strict=True):
        traffic = read_number(row["TMJA"])
        yield SectionRecord(row["route"], row["depPrD"], length_m, None if traffic is None else round(traffic), *ends)
