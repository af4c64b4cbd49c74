"""Main institutions of higher education, at their head office."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.ingest.basins import COMMUNE_REASON, is_commune_code
from skills.ingest.training import LICENCE, UAI_LENGTH
from skills.models import RawHigherSchool
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

UAI, KIND, PLACE = "uai - identifiant", "type d'établissement", "géolocalisation"
COLUMNS = (UAI, "libellé", KIND, PLACE, "Code commune", "Pays")


class HigherSchool(NamedTuple):
    uai: str
    other_uai: str
    name: str
    kind: str
    lon: float
    lat: float
    insee_code: str


@ingestor(
    slug="esr-higher-education",
    title="Principaux établissements d'enseignement supérieur",
    producer="Ministère de l'Enseignement supérieur",
    vintage="2025",
    licence=LICENCE,
    page="https://data.enseignementsup-recherche.gouv.fr/",
    patterns=("fr-esr-principaux-etablissements-enseignement-superieur*.csv", "esr-higher-education*.csv"),
    record=HigherSchool,
    model=RawHigherSchool,
    note=gettext_noop("Sièges seulement : ni IUT, ni antennes. Les écoles françaises à l'étranger sont écartées."),
)
def parse_higher_education(path: Path) -> Iterator[HigherSchool | Rejected]:
    """Yield one record an institution in France; several identifiers stand in one field, parted by semicolons."""
    for line, row in csv_rows(path, COLUMNS, delimiter=";", open_ended=True):
        if row["Pays"] != "France":
            continue
        codes = [code for code in row[UAI].split(";") if code]
        place = _place(row[PLACE])
        if any(len(code) != UAI_LENGTH for code in codes):
            yield Rejected(line, UAI, row[UAI], "un identifiant de huit caractères est attendu")
        elif place is None:
            yield Rejected(line, PLACE, row[PLACE], "« latitude, longitude » est attendu")
        elif row["Code commune"] and not is_commune_code(row["Code commune"]):
            yield Rejected(line, "Code commune", row["Code commune"], COMMUNE_REASON)
        else:
            first, others = (codes[0], ";".join(codes[1:])) if codes else ("", "")
            yield HigherSchool(first, others, row["libellé"].strip(), row[KIND], *place, row["Code commune"])


def _place(text: str) -> tuple[float, float] | None:
    """Return (longitude, latitude) in degrees of "latitude, longitude", None for anything else."""
    parts = text.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None
