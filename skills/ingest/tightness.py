"""Recruitment tightness (Dares): by family in France, its regions and its departments, and year by year in France."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.ingest.families import LICENCE, PAGE, PRODUCER
from skills.models import RawFamilyFigure, RawTightness
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

# The file of the departments is in UTF-8, the others of the same collection in the Windows encoding.
INDEX = "Tension "  # with its trailing space, as published
CATEGORY_COLUMNS = (
    *("Catégorie Tension", "Intensité d'embauches", "Lien formation-emploi", "Manque de main-d'œuvre disponible"),
    *("Non-durabilité de l'emploi", "Conditions de travail contraignantes", "Inadéquation géographique"),
)
COLUMNS = ("fap", "Emploi moyen", INDEX, *CATEGORY_COLUMNS, "Année", "niveau_geo", "niveau_fap", "reg", "dep")
GRAINS = {"nat": "country", "reg": "region", "dep": "department"}
FAMILY_LENGTHS = {"fap 87": 3, "fap 225": 5}
LARGEST_CATEGORY = 5


class TightnessRecord(NamedTuple):
    grain: str
    area_code: str
    fap_code: str
    jobs: int
    index: float | None
    category: int | None
    hiring_intensity: int | None
    training_link: int | None
    labour_scarcity: int | None
    job_instability: int | None
    demanding_conditions: int | None
    geographic_mismatch: int | None
    year: int


class FamilyFigure(NamedTuple):
    fap_code: str
    period: str
    value: float | None


def area_of(row: dict[str, str]) -> tuple[str, str] | None:
    """Return (grain, area code) of a row; regions have lost their leading zero ("4.0"). None when they disagree."""
    grain = GRAINS.get(row["niveau_geo"].strip())
    region, department = row["reg"].removesuffix(".0"), row["dep"].strip()
    if grain == "country" and not region and not department:
        return grain, ""
    if grain == "region" and region.isdecimal() and not department:
        return grain, region.zfill(2)
    if grain == "department" and department and not region:
        return grain, department
    return None


def categories(row: dict[str, str]) -> tuple[int | None, ...] | None:
    """Return the seven categories of a row (1 to 5, null where not published); None when one is anything else."""
    texts = [row[column].removesuffix(".0") for column in CATEGORY_COLUMNS]
    if any(text and not (text.isdecimal() and 1 <= int(text) <= LARGEST_CATEGORY) for text in texts):
        return None
    return tuple(int(text) if text else None for text in texts)


def signed_number(text: str) -> float | None:
    """Return a finite number of either sign, or None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


@ingestor(
    slug="dares-tightness",
    title="Portraits statistiques des métiers : tensions sur le marché du travail",
    producer=PRODUCER,
    vintage="2019",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_tensions*.csv", "dares-tightness*.csv"),
    record=TightnessRecord,
    model=RawTightness,
    note=gettext_noop(
        "Indice normalisé et six indicateurs complémentaires, de 1 à 5. Un territoire dont les niveaux ne sont pas "
        "publiés répète l'indice du territoire plus large. Ni Mayotte, ni les artisans, ni la fonction publique."
    ),
)
def parse_tightness(path: Path) -> Iterator[TightnessRecord | Rejected]:
    """Yield one record a family and area; an empty number is null."""
    for line, row in csv_rows(path, COLUMNS, delimiter=","):
        area, levels = area_of(row), categories(row)
        index, jobs = signed_number(row[INDEX]), signed_number(row["Emploi moyen"])
        if len(row["fap"]) != FAMILY_LENGTHS.get(row["niveau_fap"]):
            yield Rejected(line, "fap", row["fap"], "un code FAP 87 ou FAP 225, selon « niveau_fap », est attendu")
        elif area is None:
            yield Rejected(line, "niveau_geo", row["niveau_geo"], "nat, reg ou dep avec son seul code est attendu")
        elif levels is None:
            yield Rejected(line, CATEGORY_COLUMNS[0], row[CATEGORY_COLUMNS[0]], "un niveau de 1 à 5 est attendu")
        elif row[INDEX] and index is None:
            yield Rejected(line, INDEX, row[INDEX], "un indice est attendu")
        elif jobs is None or jobs < 0 or not row["Année"].isdecimal():
            yield Rejected(line, "Emploi moyen", row["Emploi moyen"], "un nombre d'emplois et une année sont attendus")
        else:
            yield TightnessRecord(*area, row["fap"], int(jobs), index, *levels, int(row["Année"]))


@ingestor(
    slug="dares-family-tightness",
    title="Portraits statistiques des métiers : tension par métier et par an",
    producer=PRODUCER,
    vintage="2011-2019",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_evol_tensions*.csv", "dares-family-tightness*.csv"),
    record=FamilyFigure,
    model=RawFamilyFigure,
)
def parse_family_tightness(path: Path) -> Iterator[FamilyFigure | Rejected]:
    """Yield one record a family and year, at both grains of the nomenclature."""
    for line, row in csv_rows(path, ("fap", INDEX, "Année"), delimiter=","):
        value = signed_number(row[INDEX])
        if len(row["fap"]) not in FAMILY_LENGTHS.values():
            yield Rejected(line, "fap", row["fap"], "un code FAP 87 ou FAP 225 est attendu")
        elif value is None or not row["Année"].isdecimal():
            yield Rejected(line, INDEX, row[INDEX], "un indice et une année sont attendus")
        else:
            yield FamilyFigure(row["fap"], row["Année"], value)
