"""Outlines: zones d'emploi, communes, Territoires d'industrie and their communes, neighbouring countries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, insee_code, number, records, text, zone_code
from basins.ingest.geography import OPEN_LICENCE
from basins.raw import (
    RawCommuneShape,
    RawIndustryTerritory,
    RawIndustryTerritoryCommune,
    RawNeighbourLand,
    RawZoneOutline,
)
from sources.geometry_reading import read_geojson
from sources.readers import csv_rows, ewkb, features_of, without_collection
from sources.registry import ingestor

# Numbers of the kinds of geometry in shapely.
SHAPELY_POLYGON, SHAPELY_MULTIPOLYGON = 3, 6
ANCT_PAGE = "https://agence-cohesion-territoires.gouv.fr"


def features(path: Path, properties: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (feature number, properties with the EWKB of the surface under `geometry`, or why not under `problem`).

    Shapes are built, checked and written all at once: one by one, 35,000 communes take three times as long.
    """
    with without_collection():
        held = features_of(path, properties)
        shapes, reasons = read_geojson([geometry for _found, geometry in held])
        kinds = [geometry.get("type", "") if isinstance(geometry, dict) else "" for _found, geometry in held]
        rows = [found for found, _geometry in held]
        del held
    is_surface = np.isin(shapely.get_type_id(shapes), (SHAPELY_POLYGON, SHAPELY_MULTIPOLYGON))
    is_sound = is_surface & ~shapely.is_empty(shapes) & shapely.is_valid(shapes)
    texts = np.full(len(rows), "", dtype=object)
    texts[is_sound] = ewkb(shapes[is_sound])
    for place, found in enumerate(rows):
        problem = ("", "") if texts[place] else _problem(reasons[place], kinds[place], is_surface=is_surface[place])
        yield place + 1, {**found, "geometry": texts[place], "problem": problem}


def _problem(reason: str, kind: str, *, is_surface: bool) -> tuple[str, str]:
    """Return the value and the reason of a refusal."""
    return ("", "surface vide ou invalide") if is_surface else (kind, reason or "n'est pas une surface")


def surface(row: Row) -> str:
    """Return the EWKB of a polygon or multipolygon that is valid."""
    value, reason = row["problem"]
    if reason:
        raise BadCell("geometry", value, reason)
    return row["geometry"]


class ZoneOutline(NamedTuple):
    zone: str
    name: str
    region_codes: str
    area_km2: float
    lon: float
    lat: float
    geom: str


@ingestor(
    slug="zone-outlines",
    title="Contours des zones d'emploi 2020",
    producer="IGN Admin Express, Insee",
    vintage="2026",
    licence=OPEN_LICENCE,
    page="https://geoservices.ign.fr/adminexpress",
    patterns=("ze2020_zones_dissolved.geojson",),
    record=ZoneOutline,
    model=RawZoneOutline,
    note=gettext_noop("Contours de communes 2018 regroupés par zone et simplifiés à 250 m environ."),
)
def parse_zone_outlines(path: Path) -> Iterator[Any]:
    """Yield the outlines of zones, with name, regions (the one with most communes first), area and an inner point."""
    properties = ("ze2020", "libze2020", "regions", "area_km2", "pt_lon", "pt_lat")

    def read(row: Row) -> ZoneOutline:
        return ZoneOutline(
            zone_code(row, "ze2020"),
            text(row, "libze2020", longest=100),
            text(row, "regions", longest=20),
            number(row, "area_km2", low=0.1, high=100_000),
            number(row, "pt_lon", low=-180, high=180),
            number(row, "pt_lat", low=-90, high=90),
            surface(row),
        )

    yield from records(features(path, properties), read, key=lambda one: one.zone)


class CommuneShape(NamedTuple):
    insee_code: str
    geom: str


@ingestor(
    slug="commune-shapes",
    title="Contours simplifiés des communes",
    producer="IGN Admin Express, Insee",
    vintage="2026",
    licence=OPEN_LICENCE,
    page="https://geoservices.ign.fr/adminexpress",
    patterns=("communes_*_simplified.geojson.gz",),
    record=CommuneShape,
    model=RawCommuneShape,
    note=gettext_noop(
        "Contours de 2018 regroupés par commune de 2026 et simplifiés à 350 m environ. Huit communes recréées depuis "
        "2018 restent dans celle dont elles sont issues."
    ),
)
def parse_commune_shapes(path: Path) -> Iterator[Any]:
    """Yield the simplified outline of each commune."""

    def read(row: Row) -> CommuneShape:
        return CommuneShape(insee_code(row, "code_insee"), surface(row))

    rows = features(path, ("code_insee", "nom", "ze2020", "area_km2"))
    yield from records(rows, read, key=lambda one: one.insee_code)


class IndustryTerritory(NamedTuple):
    code: str
    name: str
    geom: str


@ingestor(
    slug="anct-industry-territories",
    title="Territoires d'industrie 2023-2027 : contours",
    producer="ANCT",
    vintage="2024",
    licence=OPEN_LICENCE,
    page=ANCT_PAGE,
    patterns=("anct_territoires_industrie_*.geojson",),
    record=IndustryTerritory,
    model=RawIndustryTerritory,
)
def parse_industry_territories(path: Path) -> Iterator[Any]:
    """Yield the outlines of the Territoires d'industrie."""

    def read(row: Row) -> IndustryTerritory:
        code = text(row, "id_territoire", longest=20)
        return IndustryTerritory(code, text(row, "lib_territoire", longest=150), surface(row))

    rows = features(path, ("id_territoire", "lib_territoire", "liste_geo"))
    yield from records(rows, read, key=lambda one: one.code)


class IndustryTerritoryCommune(NamedTuple):
    insee_code: str
    territory: str


@ingestor(
    slug="anct-industry-territory-communes",
    title="Territoires d'industrie 2023-2027 : communes membres",
    producer="ANCT, DGCL, Insee",
    vintage="2024",
    licence=OPEN_LICENCE,
    page=ANCT_PAGE,
    patterns=("territoires_industrie_*_communes.csv",),
    record=IndustryTerritoryCommune,
    model=RawIndustryTerritoryCommune,
    note=gettext_noop("Groupements de 2024 développés en communes par la composition des intercommunalités de 2025."),
)
def parse_industry_territory_communes(path: Path) -> Iterator[Any]:
    """Yield the member communes; a commune is in one territory only.

    The layout is a small table of the project's own: `code_insee, id_ti, lib_ti, siren_groupement, type_groupement`.
    """
    columns = ("code_insee", "id_ti", "lib_ti", "siren_groupement", "type_groupement")

    def read(row: Row) -> IndustryTerritoryCommune:
        return IndustryTerritoryCommune(insee_code(row, "code_insee"), text(row, "id_ti", longest=20))

    yield from records(csv_rows(path, columns, delimiter=","), read, key=lambda one: one.insee_code)


class NeighbourLand(NamedTuple):
    code: str
    name: str
    geom: str


@ingestor(
    slug="natural-earth-neighbours",
    title="Pays voisins de la France métropolitaine, 1:50 000 000",
    producer="Natural Earth",
    vintage="50m",
    licence=gettext_noop("domaine public"),
    page="https://www.naturalearthdata.com",
    patterns=("basemap_neighbours_ne50m.geojson",),
    record=NeighbourLand,
    model=RawNeighbourLand,
    note=gettext_noop("Fond de carte seulement ; aucun pays autour des départements d'outre-mer."),
)
def parse_neighbour_lands(path: Path) -> Iterator[Any]:
    """Yield the countries around metropolitan France; France itself is left out, the zones draw it better."""

    def read(row: Row) -> NeighbourLand:
        return NeighbourLand(text(row, "adm0_a3", longest=3), text(row, "name", longest=60), surface(row))

    rows = features(path, ("adm0_a3", "iso_a2", "name"))
    yield from records(((line, row) for line, row in rows if row["adm0_a3"] != "FRA"), read, key=lambda one: one.code)
