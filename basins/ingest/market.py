"""The housing market of communes: sale prices, property tax, dwellings authorised."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, count, insee_code, number, optional_number, records
from basins.ingest.geography import OPEN_LICENCE
from basins.ingest.living import OUTSIDE_ZONES, commune_objects
from basins.raw import RawFlatPrice, RawPermits, RawPropertyTax, RawSalePrice
from sources.readers import csv_rows
from sources.registry import ingestor

DVF_PAGE = "https://www.data.gouv.fr/fr/datasets/demandes-de-valeurs-foncieres"
DVF_NOTE = gettext_noop(
    "Prix moyens, instables sous une dizaine de ventes. Sans Alsace ni Moselle (livre foncier), ni outre-mer. "
    "Le nombre de ventes n'est pas comparable avant 2019."
)


class SalePrice(NamedTuple):
    insee_code: str
    year: int
    sales: int
    mean_eur_m2: float


DVF_FACTS = {
    "producer": "DGFiP",
    "licence": OPEN_LICENCE,
    "page": DVF_PAGE,
    "record": SalePrice,
    "model": RawSalePrice,
    "note": DVF_NOTE,
}


@ingestor(
    slug="dvf-prices",
    title="Demandes de valeurs foncières : ventes et prix moyen par commune",
    vintage="2024",
    patterns=("dvf_indicateurs_communes_*.csv.gz",),
    **DVF_FACTS,
)
def parse_prices(path: Path) -> Iterator[Any]:
    """Yield the sales and mean price of each commune in the newest year."""
    yield from sale_prices(path)


@ingestor(
    slug="dvf-prices-2015",
    title="Demandes de valeurs foncières : ventes et prix moyen par commune, année de comparaison",
    vintage="2015",
    patterns=("dvf_indicateurs_communes_2015.csv.gz",),
    **DVF_FACTS,
)
def parse_earlier_prices(path: Path) -> Iterator[Any]:
    """Yield the sales and mean price of each commune in the year that changes are counted from."""
    yield from sale_prices(path)


def sale_prices(path: Path) -> Iterator[Any]:
    """Yield the rows of a year, in either layout; the row of unknown commune that each year holds is left out.

    Column names lost their capitals in 2024. The two shares of houses and flats, swapped that year, are not read.
    """
    columns = ("INSEE_COM", "annee", "nb_mutations", "PrixMoyen", "Prixm2Moyen")
    older = ("INSEE_COM", "Annee", "Nb_mutations", "PrixMoyen", "Prixm2Moyen")
    year, sales = (columns if _has_column(path, "annee") else older)[1:3]

    def read(row: Row) -> SalePrice:
        price = number(row, "Prixm2Moyen", low=50, high=50_000)
        sold = count(row, sales, high=200_000)
        if not sold:
            raise BadCell(sales, sold, "un prix sans vente")
        return SalePrice(insee_code(row, "INSEE_COM"), count(row, year, high=2100), sold, round(price, 1))

    rows = csv_rows(path, (columns[0], year, sales, *columns[3:]), delimiter=",", open_ended=True)
    kept = ((line, row) for line, row in rows if row["INSEE_COM"] not in ("", "NA"))
    yield from records(kept, read, key=lambda one: one.insee_code)


def _has_column(path: Path, name: str) -> bool:
    first = next(csv_rows(path, ("INSEE_COM",), delimiter=",", open_ended=True), (0, {}))
    return name in first[1]


class FlatPrice(NamedTuple):
    insee_code: str
    sales: int
    median_eur_m2: float


@ingestor(
    slug="dvf-flat-prices",
    title="Demandes de valeurs foncières : prix médian des appartements par commune",
    producer="DGFiP",
    vintage="2022-2024",
    licence=OPEN_LICENCE,
    page=DVF_PAGE,
    patterns=("dvf_appartements_*_communes.csv.gz",),
    record=FlatPrice,
    model=RawFlatPrice,
    note=gettext_noop(
        "Ventes d'un seul appartement sur trois ans. Sans Alsace ni Moselle (livre foncier), ni Mayotte."
    ),
)
def parse_flat_prices(path: Path) -> Iterator[Any]:
    """Yield the median price of flats in each commune or arrondissement; Saint-Martin is left out."""
    columns = ("INSEE_C", "DEP", "n", "p25", "p50", "p75")

    def read(row: Row) -> FlatPrice:
        low, median, high = (number(row, name, low=50, high=50_000) for name in columns[3:])
        if not low <= median <= high:
            raise BadCell("p50", row["p50"], "médiane hors des quartiles")
        return FlatPrice(insee_code(row, "INSEE_C"), count(row, "n", high=200_000), median)

    rows = csv_rows(path, columns, delimiter=";", open_ended=True)
    kept = ((line, row) for line, row in rows if row["INSEE_C"] not in OUTSIDE_ZONES)
    yield from records(kept, read, key=lambda one: one.insee_code)


class PropertyTax(NamedTuple):
    insee_code: str
    rate_pct: float | None


@ingestor(
    slug="dgfip-property-tax",
    title="Fiscalité locale des particuliers : taxe foncière sur les propriétés bâties",
    producer="DGFiP",
    vintage="2025",
    licence=OPEN_LICENCE,
    page="https://data.economie.gouv.fr/explore/dataset/fiscalite-locale-des-particuliers",
    patterns=("fiscalite_tfpb_*_communes.json.gz",),
    record=PropertyTax,
    model=RawPropertyTax,
    note=gettext_noop(
        "Taux total voté (commune, intercommunalité, syndicats), sans la base. La cotisation foncière des entreprises "
        "n'y est pas."
    ),
)
def parse_property_taxes(path: Path) -> Iterator[Any]:
    """Yield the total rate of each commune; arrondissements repeat the rate of their commune."""

    def read(row: Row) -> PropertyTax:
        found = {"tfpb_pct": None, **row}
        return PropertyTax(insee_code(row, "insee"), optional_number(found, "tfpb_pct", low=0, high=150))

    yield from records(commune_objects(path, ()), read)


class Permits(NamedTuple):
    insee_code: str
    first_year: int
    authorised: list[int | None]


@ingestor(
    slug="sitadel-dwellings",
    title="Sitadel : logements autorisés par commune et par an",
    producer="SDES",
    vintage="2026-06",
    licence=OPEN_LICENCE,
    page="https://www.statistiques.developpement-durable.gouv.fr",
    patterns=("sitadel_logements_*_communes.json.gz",),
    record=Permits,
    model=RawPermits,
    note=gettext_noop(
        "Logements seulement, pas les locaux d'activité. La série d'une commune fusionnée s'arrête à sa fusion. Le "
        "total est d'un dixième environ sous celui d'une autre agrégation par zone de la même source."
    ),
)
def parse_permits(path: Path) -> Iterator[Any]:
    """Yield the dwellings authorised in each commune, a year after the other; -1 is a blank of the producer."""

    def read(row: Row) -> Permits:
        if not isinstance(row["a"], list) or not row["a"]:
            raise BadCell("a", row["a"], "n'est pas une suite de nombres")
        numbers = [number({"a": cell}, "a", low=-1, high=100_000) for cell in row["a"]]
        if not all(one.is_integer() for one in numbers):
            raise BadCell("a", row["a"], "nombre de logements qui n'est pas entier")
        authorised = [None if one < 0 else int(one) for one in numbers]
        return Permits(insee_code(row, "insee"), count(row, "y0", high=2100), authorised)

    yield from records(commune_objects(path, ("y0", "a")), read)
