"""Code officiel géographique, commune moves, zones of communes and populations."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, count, insee_code, number, records, text, zone_code
from basins.raw import RawCommune, RawCommuneMove, RawCommunePlace, RawDepartment, RawPopulation, RawRegion
from sources.readers import csv_rows
from sources.registry import ingestor

OPEN_LICENCE = "Licence Ouverte 2.0"
COG_PAGE = "https://www.insee.fr/fr/information/2560452"


class Region(NamedTuple):
    code: str
    name: str


@ingestor(
    slug="insee-regions",
    title="Code officiel géographique : régions",
    producer="Insee",
    vintage="2026",
    licence=OPEN_LICENCE,
    page=COG_PAGE,
    patterns=("cog_regions.csv", "cog*_regions.csv"),
    record=Region,
    model=RawRegion,
)
def parse_regions(path: Path) -> Iterator[Any]:
    """Yield the regions."""
    columns = ("REG", "CHEFLIEU", "TNCC", "NCC", "NCCENR", "LIBELLE")

    def read(row: Row) -> Region:
        return Region(text(row, "REG", longest=2), text(row, "LIBELLE", longest=60))

    yield from records(csv_rows(path, columns, delimiter=","), read, key=lambda one: one.code)


class Department(NamedTuple):
    code: str
    name: str
    region: str


@ingestor(
    slug="insee-departments",
    title="Code officiel géographique : départements",
    producer="Insee",
    vintage="2026",
    licence=OPEN_LICENCE,
    page=COG_PAGE,
    patterns=("cog_departements.csv", "cog*_departements.csv"),
    record=Department,
    model=RawDepartment,
)
def parse_departments(path: Path) -> Iterator[Any]:
    """Yield the departments."""
    columns = ("DEP", "REG", "CHEFLIEU", "TNCC", "NCC", "NCCENR", "LIBELLE")

    def read(row: Row) -> Department:
        return Department(text(row, "DEP", longest=3), text(row, "LIBELLE", longest=60), text(row, "REG", longest=2))

    yield from records(csv_rows(path, columns, delimiter=","), read, key=lambda one: one.code)


class Commune(NamedTuple):
    insee_code: str
    kind: str
    name: str
    department: str
    parent: str


@ingestor(
    slug="insee-communes",
    title="Code officiel géographique : communes",
    producer="Insee",
    vintage="2026",
    licence=OPEN_LICENCE,
    page=COG_PAGE,
    patterns=("cog*_communes.csv",),
    record=Commune,
    model=RawCommune,
)
def parse_communes(path: Path) -> Iterator[Any]:
    """Yield communes and municipal arrondissements; delegated and associated communes are left out, they are parts."""
    columns = (
        "TYPECOM", "COM", "REG", "DEP", "CTCD", "ARR", "TNCC", "NCC", "NCCENR", "LIBELLE", "CAN", "COMPARENT",
    )  # fmt: skip

    def read(row: Row) -> Commune:
        parent = insee_code(row, "COMPARENT") if row["TYPECOM"] == "ARM" else ""
        department = text(row, "DEP", longest=3)
        return Commune(insee_code(row, "COM"), row["TYPECOM"], text(row, "LIBELLE", longest=100), department, parent)

    rows = csv_rows(path, columns, delimiter=",")
    kept = ((line, row) for line, row in rows if row["TYPECOM"] not in ("COMA", "COMD"))
    yield from records(kept, read, key=lambda one: one.insee_code)


class CommuneMove(NamedTuple):
    code_before: str
    code_after: str
    effective_on: date
    kind: str
    name_before: str
    name_after: str


@ingestor(
    slug="insee-commune-moves",
    title="Code officiel géographique : événements survenus aux communes depuis 1943",
    producer="Insee",
    vintage="2026",
    licence=OPEN_LICENCE,
    page=COG_PAGE,
    patterns=("cog*_mouvements-communes.csv",),
    record=CommuneMove,
    model=RawCommuneMove,
)
def parse_commune_moves(path: Path) -> Iterator[Any]:
    """Yield the moves by which a commune has another code or another name; changes of rank alone are left out.

    `name_before` is empty where what moved was only a part (delegated, associated) of a commune.
    """
    columns = (
        "MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TNCC_AV", "NCC_AV", "NCCENR_AV", "LIBELLE_AV",
        "TYPECOM_AP", "COM_AP", "TNCC_AP", "NCC_AP", "NCCENR_AP", "LIBELLE_AP",
    )  # fmt: skip

    def read(row: Row) -> CommuneMove:
        try:
            effective_on = date.fromisoformat(row["DATE_EFF"])
        except ValueError:
            raise BadCell("DATE_EFF", row["DATE_EFF"], "n'est pas une date AAAA-MM-JJ") from None
        codes = insee_code(row, "COM_AV"), insee_code(row, "COM_AP")
        before = text(row, "LIBELLE_AV", longest=100) if row["TYPECOM_AV"] == "COM" else ""
        return CommuneMove(*codes, effective_on, row["MOD"], before, text(row, "LIBELLE_AP", longest=100))

    rows = csv_rows(path, columns, delimiter=",")
    yield from records(((line, row) for line, row in rows if is_commune_move(row)), read)


def is_commune_move(row: Row) -> bool:
    """Whether a line of the moves gives a commune another code, or another name."""
    if not row["COM_AV"] or row["TYPECOM_AP"] != "COM":
        return False
    is_renamed = row["TYPECOM_AV"] == "COM" and row["LIBELLE_AP"] != row["LIBELLE_AV"]
    return is_renamed or row["COM_AP"] != row["COM_AV"]


class CommunePlace(NamedTuple):
    insee_code: str
    zone: str
    epci_siren: str
    population: int
    population_year: int
    lon: float
    lat: float


@ingestor(
    slug="commune-zones",
    title="Zone d'emploi 2020, intercommunalité, population et point de chaque commune",
    producer="Insee, DGCL, IGN",
    vintage="2026",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/information/4652957",
    patterns=("communes_ze2020_*.csv",),
    record=CommunePlace,
    model=RawCommunePlace,
    note=gettext_noop(
        "Composition de 2022 portée à la géographie de 2026. Population municipale 2023, sauf Mayotte (2017). "
        "Huit communes rétablies depuis 2018 reçoivent le point de leur ancienne commune."
    ),
)
def parse_commune_places(path: Path) -> Iterator[Any]:
    """Yield one place a commune.

    The layout is a small table of the project's own: `code_insee, nom, dep, reg, siren_epci, ze2020, pmun, pmun_annee,
    area_km2, lon, lat, geo_source`, comma-separated, UTF-8; four island communes belong to no grouping.
    """
    columns = (
        "code_insee", "nom", "dep", "reg", "siren_epci", "ze2020", "pmun", "pmun_annee", "area_km2", "lon", "lat",
        "geo_source",
    )  # fmt: skip

    def read(row: Row) -> CommunePlace:
        return CommunePlace(
            insee_code(row, "code_insee"),
            zone_code(row, "ze2020"),
            text(row, "siren_epci", longest=9) if row["siren_epci"] else "",
            count(row, "pmun"),
            count(row, "pmun_annee", high=2100),
            number(row, "lon", low=-180, high=180),
            number(row, "lat", low=-90, high=90),
        )

    yield from records(csv_rows(path, columns, delimiter=","), read, key=lambda one: one.insee_code)


class Population(NamedTuple):
    insee_code: str
    population: int


@ingestor(
    slug="insee-populations",
    title="Populations de référence des communes et arrondissements municipaux",
    producer="Insee",
    vintage="2023",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr",
    patterns=("insee_populations_*_communes.csv",),
    record=Population,
    model=RawPopulation,
    note=gettext_noop("Sans Mayotte. Paris, Lyon et Marseille par arrondissement."),
)
def parse_populations(path: Path) -> Iterator[Any]:
    """Yield the population municipale of each commune or arrondissement."""
    columns = (
        "REG", "Région", "DEP", "CODARR", "CODCAN", "CODCOM", "COM", "Commune", "PMUN", "PCAP", "PTOT",
    )  # fmt: skip

    def read(row: Row) -> Population:
        return Population(insee_code(row, "COM"), count(row, "PMUN"))

    yield from records(csv_rows(path, columns, delimiter=";"), read, key=lambda one: one.insee_code)
