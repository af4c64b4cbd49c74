"""Hiring projects by survey basin and occupation (Besoins en main-d'œuvre): each year in its own nomenclature."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from skills.ingest.basins import BASIN_REASON, padded_basin
from skills.models import RawHiringIntention
from sources.readers import sheet_rows
from sources.registry import Rejected, ingestor

SECRET = "*"
COUNT_COLUMNS = ("met", "xmet", "smet")
FAP_2009_CODE = re.compile(r"[A-Z][0-9][A-Z][0-9]{2}")
FAP_2021_CODE = re.compile(r"[A-Z][0-9A-Z][A-Z][0-9]{2}")


class HiringIntention(NamedTuple):
    occupation_code: str
    basin_code: str
    department: str
    projects: int | None
    hard: int | None
    seasonal: int | None


def _columns(year: int) -> tuple[str, ...]:
    own = (f"BE{year % 100}", f"NOMBE{year % 100}")
    occupation = ("Code métier BMO", "Nom métier BMO", "Famille_met", "Lbl_fam_met")
    return ("annee", *occupation, *own, "Dept", "NomDept", "REG", "NOM_REG", *COUNT_COLUMNS)


def _projects(row: dict[str, Any]) -> list[int | None] | Rejected:
    """Return the projects, those hard to fill and the seasonal ones, None when secret, or a refusal without line."""
    counts: list[int | None] = []
    for column in COUNT_COLUMNS:
        text = str(row[column]).strip().removesuffix(".0")
        if text != SECRET and not text.isdecimal():
            return Rejected(0, column, str(row[column]), "un nombre de projets ou * est attendu")
        counts.append(None if text == SECRET else int(text))
    projects, *parts = counts
    if projects is not None and any(part is not None and part > projects for part in parts):
        return Rejected(0, "xmet", str(row["xmet"]), "plus de projets difficiles ou saisonniers que de projets")
    return counts


def hiring_parser(year: int, code: re.Pattern[str]) -> Callable[[Path], Iterator[HiringIntention | Rejected]]:
    """Return the parser of the workbook of a year, whose occupations are coded like `code`."""

    def parse(path: Path) -> Iterator[HiringIntention | Rejected]:
        """Yield one record an occupation, basin and department; a secret number is null, never zero."""
        for line, row in sheet_rows(path, _columns(year), sheet=f"BMO_{year}_open_data"):
            occupation, basin = str(row["Code métier BMO"]).strip(), str(row[f"BE{year % 100}"]).removesuffix(".0")
            basin_code, projects = padded_basin(basin), _projects(row)
            if str(row["annee"]).removesuffix(".0") != str(year):
                yield Rejected(line, "annee", str(row["annee"]), f"l'année {year} est attendue")
            elif code.fullmatch(occupation) is None:
                yield Rejected(line, "Code métier BMO", occupation, "un code de famille professionnelle est attendu")
            elif basin_code is None:
                yield Rejected(line, f"BE{year % 100}", basin, BASIN_REASON)
            elif isinstance(projects, Rejected):
                yield projects._replace(line=line)
            else:
                yield HiringIntention(occupation, basin_code, str(row["Dept"]).strip(), *projects)

    return parse


NOTES = {
    2023: gettext_noop(
        "Métiers en FAP-2009, par bassin de France Travail. « * » : secret, sous cinq projets. "
        "Une ligne absente ne dit pas zéro."
    ),
    2025: gettext_noop(
        "Métiers en FAP-2021, par bassin de France Travail. « * » : secret, sous cinq projets. "
        "Une ligne absente ne dit pas zéro."
    ),
}

for _year, _code in ((2023, FAP_2009_CODE), (2025, FAP_2021_CODE)):
    ingestor(
        slug=f"hiring-intentions-{_year}",
        title="Enquête Besoins en main-d'œuvre",
        producer="France Travail" if _year > 2023 else "Pôle emploi",
        vintage=str(_year),
        licence="Licence Ouverte 2.0",
        page="https://statistiques.francetravail.org/bmo",
        patterns=(f"Base_open_data_BMO_{_year}.xlsx", f"hiring-intentions-{_year}*.xlsx"),
        record=HiringIntention,
        model=RawHiringIntention,
        note=NOTES[_year],
    )(hiring_parser(_year, _code))
