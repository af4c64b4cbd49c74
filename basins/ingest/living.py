"""Living conditions: rents, vacancy, general practitioners, net migration."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, count, insee_code, number, optional_number, records, text, zone_code
from basins.ingest.geography import OPEN_LICENCE
from basins.raw import RawDwellings, RawLongVacancy, RawPractitioners, RawRent, RawZoneMigration
from sources.readers import LayoutError, check_header, csv_rows, json_document
from sources.registry import ingestor

# Saint-Martin left Guadeloupe in 2007: it is in no zone d'emploi.
OUTSIDE_ZONES = ("97123", "97127")
# The code under which tables of zones sum up the country.
WHOLE_COUNTRY = "00FR"
# Rounding of three counts that should add up to the fourth.
ROUNDING = 2


class Rent(NamedTuple):
    insee_code: str
    rent: float
    rent_low: float
    rent_high: float
    grain: str
    advert_count: int


RENT_FACTS = {
    "producer": "ministère chargé du Logement (DHUP), ANIL",
    "vintage": "2025",
    "licence": OPEN_LICENCE,
    "page": "https://www.ecologie.gouv.fr",
    "record": Rent,
    "model": RawRent,
    "note": gettext_noop(
        "Loyers d'annonce prédits par un modèle, charges comprises ; pour la plupart des communes la prédiction est "
        "celle d'une maille de communes voisines. Sans Mayotte. Paris, Lyon et Marseille par arrondissement."
    ),
}


@ingestor(
    slug="dhup-flat-rents",
    title="Carte des loyers : appartements",
    patterns=("carte_loyers_*_appartement.csv.gz",),
    **RENT_FACTS,
)
def parse_flat_rents(path: Path) -> Iterator[Any]:
    """Yield the predicted rents of flats."""
    yield from rents(path)


@ingestor(
    slug="dhup-house-rents",
    title="Carte des loyers : maisons",
    patterns=("carte_loyers_*_maison.csv.gz",),
    **RENT_FACTS,
)
def parse_house_rents(path: Path) -> Iterator[Any]:
    """Yield the predicted rents of houses."""
    yield from rents(path)


def rents(path: Path) -> Iterator[Any]:
    """Yield the rents of a file, EUR/m2/month."""
    columns = ("INSEE_C", "DEP", "loypredm2", "lwr_IPm2", "upr_IPm2", "TYPPRED", "nbobs_com")

    def read(row: Row) -> Rent:
        rent, low, high = (number(row, name, low=0.5, high=200) for name in columns[2:5])
        if not low <= rent <= high:
            raise BadCell("loypredm2", row["loypredm2"], "loyer hors de son intervalle de prédiction")
        grain = text(row, "TYPPRED", longest=10)
        return Rent(insee_code(row, "INSEE_C"), rent, low, high, grain, count(row, "nbobs_com"))

    yield from records(csv_rows(path, columns, delimiter=";"), read, key=lambda one: one.insee_code)


class Dwellings(NamedTuple):
    insee_code: str
    dwellings: int
    main_homes: int
    second_homes: int
    vacant: int


@ingestor(
    slug="insee-census-dwellings",
    title="Recensement de la population : logements par commune",
    producer="Insee",
    vintage="2021",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr",
    patterns=("vacance_rp*_communes.json.gz",),
    record=Dwellings,
    model=RawDwellings,
    note=gettext_noop("Sans Mayotte. La vacance comprend celle, courte, qui sépare deux occupants."),
)
def parse_dwellings(path: Path) -> Iterator[Any]:
    """Yield the dwellings of each commune (or arrondissement): all, main homes, second homes, vacant."""

    def read(row: Row) -> Dwellings:
        whole, *parts = (count(row, name) for name in ("log", "rp", "rsec", "vac"))
        if abs(whole - sum(parts)) > ROUNDING:
            raise BadCell("log", whole, "n'est pas la somme de ses parties")
        return Dwellings(insee_code(row, "insee"), whole, *parts)

    yield from records(commune_objects(path, ("log", "rp", "rsec", "vac")), read)


class LongVacancy(NamedTuple):
    insee_code: str
    vacancy_pct: float | None
    long_vacancy_pct: float | None


@ingestor(
    slug="lovac",
    title="LOVAC : logements vacants du parc privé, et vacants depuis plus de deux ans",
    producer="Cerema, DGALN",
    vintage="2025",
    licence=OPEN_LICENCE,
    page="https://datafoncier.cerema.fr/lovac",
    patterns=("lovac_*_communes.csv",),
    record=LongVacancy,
    model=RawLongVacancy,
    note=gettext_noop("Secret statistique dans les petites communes : leur taux n'est pas publié."),
)
def parse_long_vacancy(path: Path) -> Iterator[Any]:
    """Yield the rates of each commune, empty when secret; Saint-Martin is left out."""
    columns = ("INSEE_C", "taux_vacance_25_pct", "taux_vacance_long_25_pct")

    def read(row: Row) -> LongVacancy:
        rates = (optional_number(row, name, low=0, high=100) for name in columns[1:])
        return LongVacancy(insee_code(row, "INSEE_C"), *rates)

    rows = csv_rows(path, columns, delimiter=";")
    kept = ((line, row) for line, row in rows if row["INSEE_C"] not in OUTSIDE_ZONES)
    yield from records(kept, read, key=lambda one: one.insee_code)


class Practitioners(NamedTuple):
    insee_code: str
    general_practitioners: int


@ingestor(
    slug="insee-bpe-practitioners",
    title="Base permanente des équipements : médecins généralistes",
    producer="Insee",
    vintage="2024",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/metadonnees/source/serie/s1161",
    patterns=("bpe_*_communes.json.gz",),
    record=Practitioners,
    model=RawPractitioners,
    note=gettext_noop(
        "Comptés au lieu d'exercice. Une commune absente du fichier n'a aucun des équipements qu'il recense."
    ),
)
def parse_practitioners(path: Path) -> Iterator[Any]:
    """Yield the general practitioners of each commune listed; a type of equipment not named there is a zero."""

    def read(row: Row) -> Practitioners:
        found = {"medecin_generaliste": 0, **row}
        return Practitioners(insee_code(row, "insee"), count(found, "medecin_generaliste", high=10_000))

    yield from records(commune_objects(path, ()), read)


def commune_objects(path: Path, expected: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, cells with the code under `insee`) of a JSON document `{"communes": {code: {…}}}`."""
    document = json_document(path)
    if not isinstance(document, dict) or not isinstance(document.get("communes"), dict):
        raise LayoutError(f"{path.name} : objet « communes » absent. Vérifiez que le fichier est celui attendu.")
    for number_, (code, cells) in enumerate(document["communes"].items(), start=1):
        check_header(path, list(cells), expected, open_ended=True)
        yield number_, {**cells, "insee": code}


class ZoneMigration(NamedTuple):
    zone: str
    net_migration_pct: float | None


@ingestor(
    slug="insee-zone-migration",
    title="Variation annuelle de population due au solde migratoire apparent, 2016-2023",
    producer="Insee",
    vintage="2016-2023",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr",
    patterns=("agg_ze.json",),
    record=ZoneMigration,
    model=RawZoneMigration,
    note=gettext_noop("Recensement de la population. France métropolitaine seulement."),
)
def parse_zone_migration(path: Path) -> Iterator[Any]:
    """Yield the net migration of each zone, % a year; the row of the whole country (`00FR`) is left out."""

    def read(row: Row) -> ZoneMigration:
        return ZoneMigration(zone_code(row, "code"), optional_number(row, "dm_sma_vtcam_1623", low=-20, high=20))

    rows = zone_objects(path, ("dm_sma_vtcam_1623",))
    yield from records(rows, read, key=lambda one: one.zone)


def zone_objects(path: Path, expected: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, cells) of the zones of a JSON list, their code under `code`; the whole country is left out."""
    document = json_document(path)
    if not isinstance(document, list):
        raise LayoutError(f"{path.name} : une liste de zones est attendue.")
    for line, row in enumerate(document, start=1):
        check_header(path, list(row), ("code", *expected), open_ended=True)
        if row["code"] != WHOLE_COUNTRY:
            yield line, row
