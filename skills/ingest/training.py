"""Training supply: vocational lycées by production domain, industrial courses after the baccalauréat."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.ingest.basins import COMMUNE_REASON, is_commune_code
from skills.models import RawCourse, RawVocationalSchool
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

LICENCE = "Licence Ouverte 2.0"
UAI_LENGTH = 8
# Column of the file -> field of the record: candidates by domain of production.
DOMAIN_COLUMNS = {
    "c_prod_pluri": "general",
    "c_prod_transformations": "transformation",
    "c_prod_genie_civil_bois": "civil_wood",
    "c_prod_materiaux_souples": "soft_materials",
    "c_prod_meca_elec_electronique": "mechanics_electricity",
}
SCHOOL_COLUMNS = (
    *("academie", "departement", "etablissement", "ville", "uai", "code_commune", "secteur", *DOMAIN_COLUMNS),
    *("c_serv_plurivalents", "c_serv_echanges_gestion", "c_serv_communication", "c_serv_personnes"),
    *("c_serv_collectivite", "c_total_production", "c_total_services", "c_total", "reussite_total"),
    *("eff_2nde", "eff_1ere", "eff_term", "commune_cog"),
)


class VocationalSchool(NamedTuple):
    uai: str
    name: str
    insee_code: str
    general: int | None
    transformation: int | None
    civil_wood: int | None
    soft_materials: int | None
    mechanics_electricity: int | None


class Course(NamedTuple):
    uai: str
    school: str
    kind: str
    course: str
    lon: float
    lat: float
    zone: str


@ingestor(
    slug="depp-vocational-schools",
    title="Indicateurs de valeur ajoutée des lycées professionnels : candidats par domaine de spécialité",
    producer="Ministère de l'Éducation nationale, DEPP",
    vintage="2024",
    licence=LICENCE,
    page="https://www.education.gouv.fr/",
    patterns=("lycees_pro_ival_*.csv", "depp-vocational-schools*.csv"),
    record=VocationalSchool,
    model=RawVocationalSchool,
    note=gettext_noop(
        "Candidats présents au baccalauréat professionnel sous statut scolaire : ni CAP, ni apprentis. "
        "La commune seule est connue."
    ),
)
def parse_vocational_schools(path: Path) -> Iterator[VocationalSchool | Rejected]:
    """Yield one record a lycée; an empty number is null: no candidate of that domain is named."""
    seen: set[str] = set()
    for line, row in csv_rows(path, SCHOOL_COLUMNS, delimiter=","):
        counts = {field: _count(row[column]) for column, field in DOMAIN_COLUMNS.items()}
        wrong = next((column for column, field in DOMAIN_COLUMNS.items() if isinstance(counts[field], str)), None)
        if len(row["uai"]) != UAI_LENGTH or row["uai"] in seen:
            yield Rejected(line, "uai", row["uai"], "un identifiant de huit caractères, donné une fois, est attendu")
        elif not is_commune_code(row["code_commune"]):
            yield Rejected(line, "code_commune", row["code_commune"], COMMUNE_REASON)
        elif wrong:
            yield Rejected(line, wrong, row[wrong], "un nombre entier de candidats est attendu")
        else:
            seen.add(row["uai"])
            yield VocationalSchool(row["uai"], row["etablissement"].strip(), row["code_commune"], **counts)


def _count(text: str) -> int | str | None:
    """Return the count written "12" or "12.0", None when empty, the text itself when it is no count."""
    whole = text.strip().removesuffix(".0")
    return int(whole) if whole.isdecimal() else (text if whole else None)


@ingestor(
    slug="parcoursup-industrial-courses",
    title="Formations industrielles après le baccalauréat proposées sur Parcoursup",
    producer="Ministère de l'Enseignement supérieur",
    vintage="2025",
    licence=LICENCE,
    page="https://data.enseignementsup-recherche.gouv.fr/",
    patterns=("formations_industrielles_postbac_geo.csv", "parcoursup-industrial-courses*.csv"),
    record=Course,
    model=RawCourse,
    note=gettext_noop(
        "BTS de production, BUT industriels, écoles d'ingénieurs qui recrutent après le baccalauréat, classes "
        "préparatoires. Le nombre de places n'est pas donné."
    ),
)
def parse_courses(path: Path) -> Iterator[Course | Rejected]:
    """Yield one record a course; the zone is empty outside every zone (Pacific, abroad)."""
    columns = ("uai", "etablissement", "statut", "region", "type", "filiere", "lon", "lat", "ze2020")
    for line, row in csv_rows(path, columns, delimiter=","):
        place = _degrees(row["lon"], row["lat"])
        zone = row["ze2020"].strip()
        if len(row["uai"]) != UAI_LENGTH:
            yield Rejected(line, "uai", row["uai"], "un identifiant de huit caractères est attendu")
        elif place is None:
            yield Rejected(line, "lon", f"{row['lon']} {row['lat']}", "un point en degrés est attendu")
        elif zone and not (zone.isdecimal() and len(zone) == 4):
            yield Rejected(line, "ze2020", zone, "un code de zone d'emploi à quatre chiffres est attendu")
        else:
            yield Course(row["uai"], " ".join(row["etablissement"].split()), row["type"], row["filiere"], *place, zone)


def _degrees(lon: str, lat: str) -> tuple[float, float] | None:
    try:
        point = float(lon), float(lat)
    except ValueError:
        return None
    return point if abs(point[0]) <= 180 and abs(point[1]) <= 90 else None
