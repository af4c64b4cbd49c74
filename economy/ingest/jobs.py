"""Jobs by zone: the project's zone x A38 table (docs/formats.md) and INSEE's long series."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from economy.models import RawZoneJobs, RawZoneSector
from economy.nomenclature import A38_CODES
from sources.readers import LayoutError, json_document, parquet_rows
from sources.registry import Rejected, ingestor

ZONE_CODE = re.compile(r"[0-9]{4}")
YEAR_COLUMN = re.compile(r"eff_([0-9]{2})")


class ZoneSector(NamedTuple):
    zone_code: str
    a38: str
    year: int
    jobs: int | None


class ZoneTotal(NamedTuple):
    zone_code: str
    year: int
    jobs: int


def year_columns(path: Path) -> dict[str, int]:
    """Return the `eff_YY` columns of a zone x A38 table and their years; raises `LayoutError` when there is none."""
    import pyarrow
    import pyarrow.parquet

    try:
        names = pyarrow.parquet.read_schema(path).names
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise LayoutError(f"{path.name} : n'est pas un fichier Parquet lisible ({error}).") from error
    years = {name: 2000 + int(match[1]) for name in names if (match := YEAR_COLUMN.fullmatch(name))}
    if not years:
        raise LayoutError(f"{path.name} : aucune colonne d'effectifs « eff_AA ». Voyez docs/formats.md.")
    return years


def parse_zone_sector(path: Path) -> Iterator[ZoneSector | Rejected]:
    """Yield one record a year of each row; blanks stay blank, since what they mean depends on the producer."""
    years = year_columns(path)
    seen: set[tuple[str, str]] = set()
    for line, row in parquet_rows(path, ("code_ze", "a38", *years)):
        zone_code, a38 = str(row["code_ze"]), str(row["a38"])
        if ZONE_CODE.fullmatch(zone_code) is None:
            yield Rejected(line, "code_ze", zone_code, "un code de zone d'emploi a quatre chiffres")
            continue
        if a38 not in A38_CODES:
            yield Rejected(line, "a38", a38, "code A38 inconnu")
            continue
        if (zone_code, a38) in seen:
            yield Rejected(line, "a38", a38, f"la zone {zone_code} a déjà une ligne pour cette activité")
            continue
        seen.add((zone_code, a38))
        for column, year in years.items():
            jobs = job_count(row[column])
            if isinstance(jobs, str):
                yield Rejected(line, column, str(row[column]), jobs)
            else:
                yield ZoneSector(zone_code, a38, year, jobs)


def job_count(cell: Any) -> int | None | str:
    """Return a whole number of jobs, None for a blank, or the reason why the cell is refused."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if not isinstance(cell, int | float) or cell < 0 or cell != int(cell):
        return "un nombre entier d'emplois est attendu"
    return int(cell)


ingestor(
    slug="urssaf-zone-a38",
    title="Effectifs salariés privés par zone d'emploi et activité (A38)",
    producer="Urssaf",
    vintage="2024",
    licence="ODbL 1.0",
    page="https://open.urssaf.fr/",
    patterns=("*urssaf_a38*.parquet", "urssaf-zone-a38*.parquet"),
    record=ZoneSector,
    model=RawZoneSector,
    note=gettext_noop(
        "Effectifs au 31 décembre, agrégés des communes aux zones d'emploi 2020. Ni agriculture, ni agents publics, "
        "ni Mayotte. Une case vide vaut zéro ou rien de déclaré : elle est recoupée avec Flores. Environ 2 % des "
        "grandes cases changent parce qu'un établissement a changé de code d'activité, non parce que l'emploi a bougé."
        " Licence à partage à l'identique : les effectifs dérivés la gardent."
    ),
)(parse_zone_sector)

ingestor(
    slug="insee-flores-zone-a38",
    title="Flores : emploi salarié total par zone d'emploi et activité (A38)",
    producer="Insee",
    vintage="2023",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/",
    patterns=("*flores_a38*.parquet", "insee-flores-zone-a38*.parquet"),
    record=ZoneSector,
    model=RawZoneSector,
    note=gettext_noop(
        "Postes de la dernière semaine de décembre, privé et public, hors défense et particuliers employeurs ; "
        "sans Mayotte. En 2023 une case vide est un zéro quand 2022 l'était aussi ; sinon elle est non disponible."
    ),
)(parse_zone_sector)


@ingestor(
    slug="insee-zone-jobs",
    title="Estimations d'emploi localisées : emploi salarié total par zone d'emploi",
    producer="Insee",
    vintage="1998-2023",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/",
    patterns=("idx_serie_emploi_ze*.json", "insee-zone-jobs*.json"),
    record=ZoneTotal,
    model=RawZoneJobs,
    note=gettext_noop(
        "Le fichier contient aussi les parties régionales des zones à cheval sur plusieurs régions : elles sont "
        "écartées pour ne pas compter deux fois. Sans Mayotte."
    ),
)
def parse_zone_jobs(path: Path) -> Iterator[ZoneTotal | Rejected]:
    """Yield the all-sector rows (`na5` = T); other sectors are another grain of the same table."""
    rows = json_document(path)
    keys = {"code_ze", "year", "na5", "eff"}
    if not isinstance(rows, list) or not all(isinstance(row, dict) and keys <= row.keys() for row in rows):
        raise LayoutError(f"{path.name} : une liste d'objets portant {', '.join(sorted(keys))} est attendue.")
    for line, row in enumerate(rows, start=1):
        if row["na5"] != "T":
            continue
        jobs = job_count(row["eff"])
        if ZONE_CODE.fullmatch(str(row["code_ze"])) is None:
            yield Rejected(line, "code_ze", str(row["code_ze"]), "un code de zone d'emploi a quatre chiffres")
        elif not isinstance(jobs, int):
            yield Rejected(line, "eff", str(row["eff"]), "un nombre entier d'emplois est attendu")
        else:
            yield ZoneTotal(str(row["code_ze"]), int(row["year"]), jobs)
