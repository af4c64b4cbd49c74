"""National figures of the occupation families (Dares): jobs by year, median wages, specialities of training."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.ingest.families import ENCODING, FAP87_LENGTH, FAP225, LICENCE, PAGE, PRODUCER, number
from skills.ingest.tightness import FamilyFigure
from skills.models import RawFamilyFigure, RawFamilySpeciality
from sources.readers import LayoutError, csv_rows
from sources.registry import Rejected, ingestor

NOT_KNOWN = "NA"
YEAR = "Annee"
FIGURE_REASON = "un nombre positif ou NA est attendu"
SPECIALITY_COLUMNS = (
    *("Fap", "Specialite", "Label_spedipl", "Milliers", "Pourcentage", "libelle"),
    *("code_domaine", "libelle_domaine", "code_fap_agregee", "libelle_fap_agregee"),
)


class FamilySpeciality(NamedTuple):
    fap_code: str
    speciality_code: str
    label: str
    share_pct: float


@ingestor(
    slug="dares-family-jobs",
    title="Portraits statistiques des métiers : emploi par métier et par an",
    producer=PRODUCER,
    vintage="1983-2018",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_effectifs*.csv", "dares-family-jobs*.csv"),
    record=FamilyFigure,
    model=RawFamilyFigure,
    note=gettext_noop("Enquête Emploi, moyennes nationales en milliers. Les métiers rares y sont instables."),
)
def parse_family_jobs(path: Path) -> Iterator[FamilyFigure | Rejected]:
    """Yield one record a family (87 or 225 posts) and year, in thousands; the file has a column a family."""
    columns: list[str] = []
    for line, row in csv_rows(path, (YEAR,), delimiter=",", encoding=ENCODING, open_ended=True):
        columns = columns or family_columns(path, list(row))
        if not row[YEAR].isdecimal():
            yield Rejected(line, YEAR, row[YEAR], "une année est attendue")
            continue
        for column in columns:
            value = number(row[column])
            if value is None and row[column] != NOT_KNOWN:
                yield Rejected(line, column, row[column], FIGURE_REASON)
            else:
                yield FamilyFigure(column, row[YEAR], value)


def family_columns(path: Path, header: list[str]) -> list[str]:
    """Return the columns of the families in a file with a column a family; raises `LayoutError` without any."""
    found = [name for name in header if is_family(name)]
    if not found:
        raise LayoutError(f"{path.name} : aucune colonne ne porte un code de famille professionnelle comme D1Z.")
    return found


def is_family(code: str) -> bool:
    """Tell whether a code is one of FAP 87 (D1Z, T2A) or FAP 225 (D1Z40)."""
    short = len(code) == FAP87_LENGTH and code[0].isalpha() and code[1].isdecimal() and code[2].isalpha()
    return short or FAP225.fullmatch(code) is not None


@ingestor(
    slug="dares-family-wages",
    title="Portraits statistiques des métiers : salaire médian",
    producer=PRODUCER,
    vintage="2017-2019",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_salaire_median*.csv", "dares-family-wages*.csv"),
    record=FamilyFigure,
    model=RawFamilyFigure,
    note=gettext_noop("Salaires nets mensuels des salariés à temps complet, France entière."),
)
def parse_family_wages(path: Path) -> Iterator[FamilyFigure | Rejected]:
    """Yield one record a family and period; the sums of families and what is in no family are left out."""
    for line, row in csv_rows(path, ("Fap3", YEAR, "Salaire_median"), delimiter=",", encoding=ENCODING):
        if not is_family(row["Fap3"]):
            continue
        value = number(row["Salaire_median"])
        if value is None and row["Salaire_median"] != NOT_KNOWN:
            yield Rejected(line, "Salaire_median", row["Salaire_median"], FIGURE_REASON)
        else:
            yield FamilyFigure(row["Fap3"], row[YEAR], value)


@ingestor(
    slug="dares-family-specialities",
    title="Portraits statistiques des métiers : spécialités de formation des personnes en emploi",
    producer=PRODUCER,
    vintage="2017-2019",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_specialite_diplome*.csv", "dares-family-specialities*.csv"),
    record=FamilySpeciality,
    model=RawFamilySpeciality,
    note=gettext_noop("Les premières spécialités de chaque métier seulement."),
)
def parse_family_specialities(path: Path) -> Iterator[FamilySpeciality | Rejected]:
    """Yield one record a family (87 or 225 posts) and speciality; the sums of families are left out."""
    for line, row in csv_rows(path, SPECIALITY_COLUMNS, delimiter=",", encoding=ENCODING):
        if not is_family(row["Fap"]):
            continue
        share_pct = number(row["Pourcentage"])
        if not row["Specialite"].isdecimal():
            yield Rejected(line, "Specialite", row["Specialite"], "un code de spécialité à trois chiffres est attendu")
        elif share_pct is None or share_pct > 100:
            yield Rejected(line, "Pourcentage", row["Pourcentage"], "un pourcentage de 0 à 100 est attendu")
        else:
            yield FamilySpeciality(row["Fap"], row["Specialite"].zfill(3), row["Label_spedipl"].strip(), share_pct)
