"""What surrounds people in a commune: equipment, density, natural disasters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, count, insee_code, records
from basins.ingest.geography import OPEN_LICENCE
from basins.ingest.living import commune_objects
from basins.raw import RawDensityLevel, RawDisasterOrders, RawEquipment
from sources.readers import LayoutError, check_header, csv_rows, json_document
from sources.registry import ingestor

EQUIPMENT_TYPES = (
    "infirmier", "pharmacie", "creche", "ecole_primaire", "college", "lycee", "grande_surface", "gare",
)  # fmt: skip
DENSITY_LEVELS = (
    "Grands centres urbains", "Centres urbains intermédiaires", "Petites villes", "Ceintures urbaines",
    "Bourgs ruraux", "Rural à habitat dispersé", "Rural à habitat très dispersé",
)  # fmt: skip


class Equipment(NamedTuple):
    insee_code: str
    nurses: int
    pharmacies: int
    nurseries: int
    primary_schools: int
    middle_schools: int
    high_schools: int
    large_stores: int
    stations: int


@ingestor(
    slug="insee-bpe-equipment",
    title="Base permanente des équipements : services, écoles, commerces, gares",
    producer="Insee",
    vintage="2024",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/metadonnees/source/serie/s1161",
    patterns=("bpe_*_communes.json.gz",),
    record=Equipment,
    model=RawEquipment,
    note=gettext_noop(
        "Une partie des types d'équipement. Une commune absente du fichier n'a aucun de ceux qu'il recense."
    ),
)
def parse_equipment(path: Path) -> Iterator[Any]:
    """Yield the equipment of each commune listed; a type not named there is a zero."""

    def read(row: Row) -> Equipment:
        found = dict.fromkeys(EQUIPMENT_TYPES, 0) | dict(row)
        return Equipment(insee_code(row, "insee"), *(count(found, name, high=50_000) for name in EQUIPMENT_TYPES))

    yield from records(commune_objects(path, ()), read)


class DensityLevel(NamedTuple):
    insee_code: str
    level: str


@ingestor(
    slug="insee-density-grid",
    title="Grille communale de densité à sept niveaux",
    producer="Insee",
    vintage="2025",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/information/6439600",
    patterns=("anct_grille_densite_communes.csv",),
    record=DensityLevel,
    model=RawDensityLevel,
)
def parse_density_levels(path: Path) -> Iterator[Any]:
    """Yield the level of each commune."""

    def read(row: Row) -> DensityLevel:
        level = row["niveau_densite"].strip()
        if level not in DENSITY_LEVELS:
            raise BadCell("niveau_densite", level, "niveau inconnu de la grille")
        return DensityLevel(insee_code(row, "insee_com"), level)

    rows = csv_rows(path, ("insee_com", "lib_com", "niveau_densite"), delimiter=",")
    yield from records(rows, read, key=lambda one: one.insee_code)


class DisasterOrders(NamedTuple):
    insee_code: str
    total: int
    recent: int


@ingestor(
    slug="gaspar-disasters",
    title="Gaspar : arrêtés de catastrophe naturelle par commune",
    producer="Géorisques",
    vintage="2025",
    licence=OPEN_LICENCE,
    page="https://www.georisques.gouv.fr",
    patterns=("catnat_communes_*.json.gz",),
    record=DisasterOrders,
    model=RawDisasterOrders,
    note=gettext_noop("Compte des arrêtés, non l'exposition. Une commune absente du fichier n'en a eu aucun."),
)
def parse_disaster_orders(path: Path) -> Iterator[Any]:
    """Yield the orders of each commune that had one, in all and over the ten years before the file."""
    document = json_document(path)
    if not isinstance(document, dict) or not isinstance(document.get("communes"), list):
        raise LayoutError(f"{path.name} : liste « communes » absente. Vérifiez que le fichier est celui attendu.")
    if document.get("window_years") != 10:
        raise LayoutError(f"{path.name} : le décompte récent doit porter sur dix ans (« window_years »).")

    def rows() -> Iterator[tuple[int, dict[str, Any]]]:
        for line, row in enumerate(document["communes"], start=1):
            check_header(path, list(row), ("insee", "total", "recent"), open_ended=True)
            yield line, row

    def read(row: Row) -> DisasterOrders:
        total, recent = count(row, "total", high=1_000), count(row, "recent", high=1_000)
        if recent > total:
            raise BadCell("recent", recent, "plus d'arrêtés en dix ans qu'en tout")
        return DisasterOrders(insee_code(row, "insee"), total, recent)

    yield from records(rows(), read, key=lambda one: one.insee_code)
