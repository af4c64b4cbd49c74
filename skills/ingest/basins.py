"""Survey basins of France Travail commune by commune, and the jobs that weigh their parts."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.models import RawCommuneJobs, RawSurveyBasin
from sources.readers import LayoutError, csv_rows, parquet_rows
from sources.registry import Rejected, ingestor

COMMUNES = "communes"
BASIN_REASON = "un code à quatre chiffres est attendu"
COMMUNE_REASON = "un code de commune à cinq caractères est attendu"


class SurveyBasin(NamedTuple):
    insee_code: str
    basin_code: str


class CommuneJobs(NamedTuple):
    insee_code: str
    year: int
    jobs: int


def padded_basin(text: str) -> str | None:
    """Return a basin code on four digits (the files lose the leading zeros), or None for anything else."""
    return text.zfill(4) if text.isdecimal() and 3 <= len(text) <= 4 else None


def is_commune_code(text: str) -> bool:
    return len(text) == 5 and (text.isdecimal() or (text[:2] in ("2A", "2B") and text[2:].isdecimal()))


@ingestor(
    slug="survey-basins",
    title="Bassins d'emploi de France Travail par commune",
    producer="Pôle emploi, La Bonne Boîte",
    vintage="2021",
    licence="Licence Ouverte 2.0",
    page="https://www.francetravail.org/",
    patterns=("lbb_bassin-emploi_code-insee.csv", "survey-basins*.csv"),
    record=SurveyBasin,
    model=RawSurveyBasin,
    note=gettext_noop("Communes actuelles et anciennes. Ce ne sont pas les zones d'emploi de l'Insee."),
)
def parse_survey_basins(path: Path) -> Iterator[SurveyBasin | Rejected]:
    for line, row in csv_rows(path, ("code_insee", "code_bassin_emploi"), delimiter=","):
        basin_code = padded_basin(row["code_bassin_emploi"])
        if not is_commune_code(row["code_insee"]):
            yield Rejected(line, "code_insee", row["code_insee"], COMMUNE_REASON)
        elif basin_code is None:
            yield Rejected(line, "code_bassin_emploi", row["code_bassin_emploi"], BASIN_REASON)
        else:
            yield SurveyBasin(row["code_insee"], basin_code)


@ingestor(
    slug="urssaf-commune-jobs",
    title="Effectifs salariés du secteur privé par commune",
    producer="Urssaf",
    vintage="2024",
    licence="ODbL 1.0",
    page="https://open.urssaf.fr/",
    patterns=("urssaf_serie_indice100.parquet", "urssaf-commune-jobs*.parquet"),
    record=CommuneJobs,
    model=RawCommuneJobs,
    note=gettext_noop("Effectifs au 31 décembre. Une commune absente n'a pas d'emploi déclaré."),
)
def parse_commune_jobs(path: Path) -> Iterator[CommuneJobs | Rejected]:
    """Yield the communes at the last year of the file, which also holds larger areas and a series from 2014."""
    rows = parquet_rows(path, ("echelon", "code", "year", "eff_total"))
    communes = [(line, row) for line, row in rows if row["echelon"] == COMMUNES]
    if not communes:
        raise LayoutError(f"{path.name} : aucune ligne de l'échelon « {COMMUNES} ».")
    last = max(row["year"] for _line, row in communes)
    for line, row in communes:
        if row["year"] != last:
            continue
        if not is_commune_code(str(row["code"])):
            yield Rejected(line, "code", str(row["code"]), COMMUNE_REASON)
        elif row["eff_total"] is None or row["eff_total"] < 0:
            yield Rejected(line, "eff_total", str(row["eff_total"]), "un nombre d'emplois est attendu")
        else:
            yield CommuneJobs(row["code"], int(last), int(row["eff_total"]))
