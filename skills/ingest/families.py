"""Occupation families (FAP-2009, Dares): link to ROME, main employing sectors, jobs by region."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.ingest.hires import ROME_CODE, ROME_REASON
from skills.models import RawFapPcs, RawFapRegion, RawFapRome, RawFapSector
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

PRODUCER = "Dares"
LICENCE = "Licence Ouverte 2.0"
PAGE = "https://dares.travail-emploi.gouv.fr/"
# The files are announced as Latin-1, but their "œ" is the Windows one.
ENCODING = "cp1252"

FAP225 = re.compile(r"[A-Z][0-9][A-Z][0-9]{2}")
PCS = re.compile(r"[1-6][0-9]{2}[a-z]")
FAP87_LENGTH = 3
SECTOR_COLUMNS = (
    *("Fap", "Secteur", "Label_secteur", "Milliers", "Pourcentage", "libelle"),
    *("code_domaine", "libelle_domaine", "code_fap_agregee", "libelle_fap_agregee"),
)
REGION_COLUMNS = (
    *("code_reg", "FAP_3", "emp_fap_reg", "emp_reg", "variable", "nom_reg", "GID", "var_classe"),
    *("REG", "emp_fap_reg2", "pourcentage"),
)
# The file numbers the overseas regions 101 to 106 where the official geographic code says 01 to 06.
OVERSEAS = {f"10{digit}": f"0{digit}" for digit in "12346"}


class FapRome(NamedTuple):
    fap_code: str
    rome_code: str


class FapPcs(NamedTuple):
    fap_code: str
    pcs_code: str


class FapSector(NamedTuple):
    fap_code: str
    label: str
    a38: str
    share_pct: float


class FapRegion(NamedTuple):
    region_code: str
    fap_code: str
    jobs: float


@ingestor(
    slug="dares-fap-rome",
    title="Table de passage des familles professionnelles (FAP 225) au ROME",
    producer=PRODUCER,
    vintage="2021",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_fap225_rome*.csv", "dares-fap-rome*.csv"),
    record=FapRome,
    model=RawFapRome,
)
def parse_fap_rome(path: Path) -> Iterator[FapRome | Rejected]:
    """Yield the links; families without any ROME occupation (`NA`: the self-employed) and blank lines have none."""
    for line, row in csv_rows(path, ("Fap", "Rome", "intitule_rome"), delimiter=";", encoding=ENCODING):
        if row["Rome"] == "NA" or not any(row.values()):
            continue
        if FAP225.fullmatch(row["Fap"]) is None:
            yield Rejected(line, "Fap", row["Fap"], "un code FAP 225 comme D1Z40 est attendu")
        elif ROME_CODE.fullmatch(row["Rome"]) is None:
            yield Rejected(line, "Rome", row["Rome"], ROME_REASON)
        else:
            yield FapRome(row["Fap"], row["Rome"])


@ingestor(
    slug="dares-fap-pcs",
    title="Table de passage des familles professionnelles (FAP 225) aux professions (PCS 2003)",
    producer=PRODUCER,
    vintage="2021",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_FAP_PCS*.csv", "dares-fap-pcs*.csv"),
    record=FapPcs,
    model=RawFapPcs,
    note=gettext_noop("Identique, lien par lien, à la table FAP-2009, PCS-2003, ROME v3 publiée en classeur."),
)
def parse_fap_pcs(path: Path) -> Iterator[FapPcs | Rejected]:
    for line, row in csv_rows(path, ("Fap", "PCS", "intitule_PCS"), delimiter=";", encoding=ENCODING):
        if FAP225.fullmatch(row["Fap"]) is None:
            yield Rejected(line, "Fap", row["Fap"], "un code FAP 225 comme D1Z40 est attendu")
        elif PCS.fullmatch(row["PCS"]) is None:
            yield Rejected(line, "PCS", row["PCS"], "un code PCS comme 623f est attendu")
        else:
            yield FapPcs(row["Fap"], row["PCS"])


@ingestor(
    slug="dares-fap-sectors",
    title="Portraits statistiques des métiers : principaux secteurs employeurs",
    producer=PRODUCER,
    vintage="2017-2019",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_secteurs_employeurs*.csv", "dares-fap-sectors*.csv"),
    record=FapSector,
    model=RawFapSector,
    note=gettext_noop("Les un à trois premiers secteurs de chaque métier seulement ; le reste est en un bloc."),
)
def parse_fap_sectors(path: Path) -> Iterator[FapSector | Rejected]:
    """Yield the rows at the grain of 87 families; the coarser and finer grains of the same file are left out."""
    for line, row in csv_rows(path, SECTOR_COLUMNS, delimiter=",", encoding=ENCODING):
        if len(row["Fap"]) != FAP87_LENGTH:
            continue
        share_pct = number(row["Pourcentage"])
        if share_pct is None or share_pct > 100:
            yield Rejected(line, "Pourcentage", row["Pourcentage"], "un pourcentage de 0 à 100 est attendu")
        else:
            yield FapSector(row["Fap"], row["libelle"].strip(), row["Secteur"], share_pct)


@ingestor(
    slug="dares-fap-regions",
    title="Portraits statistiques des métiers : emploi par famille professionnelle et région",
    producer=PRODUCER,
    vintage="2017-2019",
    licence=LICENCE,
    page=PAGE,
    patterns=("dares_input_carte1*.csv", "dares-fap-regions*.csv"),
    record=FapRegion,
    model=RawFapRegion,
    note=gettext_noop("Emploi salarié et non salarié. Mayotte y compte 438 emplois pour 40 familles : inutilisable."),
)
def parse_fap_regions(path: Path) -> Iterator[FapRegion | Rejected]:
    """Yield one record a region and family, overseas regions under their official codes."""
    for line, row in csv_rows(path, REGION_COLUMNS, delimiter=",", encoding=ENCODING):
        region_code = OVERSEAS.get(row["code_reg"], row["code_reg"])
        jobs = number(row["emp_fap_reg"])
        if not (region_code.isdecimal() and len(region_code) == 2):
            yield Rejected(line, "code_reg", row["code_reg"], "code de région inconnu")
        elif len(row["FAP_3"]) != FAP87_LENGTH:
            yield Rejected(line, "FAP_3", row["FAP_3"], "un code FAP 87 comme D1Z est attendu")
        elif jobs is None:
            yield Rejected(line, "emp_fap_reg", row["emp_fap_reg"], "un nombre d'emplois est attendu")
        else:
            yield FapRegion(region_code, row["FAP_3"], jobs)


def number(text: str) -> float | None:
    """Return a number that is finite and not negative, or None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
