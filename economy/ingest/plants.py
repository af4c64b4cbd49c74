"""Firms and plants known one by one, with a fine activity and a place: heritage firms and large declared plants."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from economy.models import RawHeritageFirm, RawLargePlant
from economy.nomenclature import dotted
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

HERITAGE_COLUMNS = (
    "Raison sociale",
    "SIRET",
    "Code NAF",
    "Libellé NAF",
    "Région",
    "Date de labellisation",
    "Date de fin de labellisation",
    "Univers",
    "geolocetablissement",
)
EMISSION_COLUMNS = (
    *("Identifiant", "Nom_Etablissement", "Annee_Emission", "Milieu", "Polluant", "quantite", "unite"),
    *("Numero_SIRET", "Code_Postal", "Commune", "Departement", "Region", "Coordonnees_X", "Coordonnees_Y"),
    *("Code_APE", "Libelle_APE", "code_eprtr", "libelle_eprtr", "Adresse", "latitude", "longitude"),
    *("geocode_src", "geocode_qualite"),
)
NAF_REASON = "code de la NAF rév. 2 attendu"
POINT_REASON = "latitude et longitude attendues"


class HeritageFirm(NamedTuple):
    siret: str
    name: str
    naf_code: str
    labelled_on: date
    ends_on: date
    lon: float
    lat: float


class LargePlant(NamedTuple):
    plant_id: str
    name: str
    naf_code: str
    lon: float
    lat: float
    geocoder: str


def degrees(longitude: str, latitude: str) -> tuple[float, float]:
    """Return (longitude, latitude) in degrees; raises `ValueError` when they are not on the Earth."""
    lon, lat = float(longitude), float(latitude)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"out of range: {lon}, {lat}")
    return lon, lat


@ingestor(
    slug="epv-firms",
    title="Entreprises du patrimoine vivant (EPV)",
    producer="Ministère de l'économie",
    vintage="2026-02",
    licence="Licence Ouverte 2.0",
    page="https://data.economie.gouv.fr/",
    patterns=("entreprises-du-patrimoine-vivant-epv*.csv",),
    record=HeritageFirm,
    model=RawHeritageFirm,
    note=gettext_noop(
        "Label d'excellence artisanale et industrielle. La liste garde quelque temps les labels échus. "
        "Un même établissement inscrit deux fois est compté une fois."
    ),
)
def parse_heritage_firms(path: Path) -> Iterator[HeritageFirm | Rejected]:
    """Yield one record a listed firm; SIRET numbers that lost their leading zeros get them back."""
    for line, row in csv_rows(path, HERITAGE_COLUMNS, delimiter=";"):
        try:
            naf_code = dotted(row["Code NAF"])
        except ValueError:
            yield Rejected(line, "Code NAF", row["Code NAF"], NAF_REASON)
            continue
        try:
            labelled_on = date.fromisoformat(row["Date de labellisation"])
            ends_on = date.fromisoformat(row["Date de fin de labellisation"])
        except ValueError:
            yield Rejected(line, "Date de labellisation", row["Date de labellisation"], "dates AAAA-MM-JJ attendues")
            continue
        try:
            latitude, longitude = row["geolocetablissement"].split(",")
            lon, lat = degrees(longitude, latitude)
        except ValueError:
            yield Rejected(line, "geolocetablissement", row["geolocetablissement"], POINT_REASON)
            continue
        siret = row["SIRET"].strip().zfill(14)
        if not (siret.isdecimal() and len(siret) == 14):
            yield Rejected(line, "SIRET", row["SIRET"], "un SIRET a quatorze chiffres")
            continue
        yield HeritageFirm(siret, row["Raison sociale"].strip(), naf_code, labelled_on, ends_on, lon, lat)


@ingestor(
    slug="irep-large-plants",
    title="Registre des émissions polluantes (IREP) : établissements déclarants, géocodés",
    producer="Ministère de la transition écologique, Géorisques",
    vintage="2019",
    licence=gettext_noop("Licence Ouverte 2.0 ; géocodage Base adresse nationale, ODbL 1.0"),
    page="https://www.georisques.gouv.fr/",
    patterns=("irep_emissions_geo*.csv",),
    record=LargePlant,
    model=RawLargePlant,
    note=gettext_noop(
        "Seulement les établissements au-dessus des seuils d'émission (chimie, métaux, agroalimentaire, élevage "
        "surtout) : ne pas y figurer ne prouve rien. Sans Mayotte. 216 établissements sont placés au code postal "
        "seulement."
    ),
)
def parse_large_plants(path: Path) -> Iterator[LargePlant | Rejected]:
    """Yield one record a plant: the file has a row for each pollutant, the plant's own columns being the same."""
    seen: set[str] = set()
    for line, row in csv_rows(path, EMISSION_COLUMNS, delimiter=","):
        plant_id = row["Identifiant"].strip()
        if plant_id in seen:
            continue
        seen.add(plant_id)
        try:
            naf_code = dotted(row["Code_APE"])
        except ValueError:
            yield Rejected(line, "Code_APE", row["Code_APE"], NAF_REASON)
            continue
        try:
            lon, lat = degrees(row["longitude"], row["latitude"])
        except ValueError:
            yield Rejected(line, "latitude", f"{row['latitude']}, {row['longitude']}", POINT_REASON)
            continue
        yield LargePlant(plant_id, row["Nom_Etablissement"].strip(), naf_code, lon, lat, row["geocode_src"])
