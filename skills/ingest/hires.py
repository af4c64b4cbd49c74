"""What activities hire: hires by NAF sub-class and ROME occupation, the labels and job titles of the occupations."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from skills.models import RawHire, RawJobTitle, RawRomeLabel
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

ROME_CODE = re.compile(r"[A-N][0-9]{4}")
NAF_CODE = re.compile(r"([0-9]{2})([0-9]{2}[A-Z])")
ROME_REASON = "un code ROME a une lettre et quatre chiffres"


class Hire(NamedTuple):
    rome_code: str
    naf_code: str
    hires: int


class RomeLabel(NamedTuple):
    code: str
    label: str


class JobTitleRecord(NamedTuple):
    code: str
    label: str
    rome_code: str


@ingestor(
    slug="hires-naf-rome",
    title="Embauches par activité (NAF) et métier (ROME)",
    producer="Pôle emploi, La Bonne Boîte",
    vintage="2016-2017",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/",
    patterns=("lbb_rome_naf_mapping.raw.csv", "hires-naf-rome*.csv"),
    record=Hire,
    model=RawHire,
    note=gettext_noop(
        "Embauches de plus de 30 jours de mars 2016 à avril 2017, hors intérim, triées par le producteur. "
        "Ce sont des flux : les métiers où l'on change souvent d'employeur y pèsent trop."
    ),
)
def parse_hires(path: Path) -> Iterator[Hire | Rejected]:
    """Yield one record a pair; the labels the file repeats are read from the nomenclatures instead."""
    columns = ("rome_id", "rome_label", "naf_id", "naf_label", "hirings")
    for line, row in csv_rows(path, columns, delimiter=","):
        naf = NAF_CODE.fullmatch(row["naf_id"])
        if ROME_CODE.fullmatch(row["rome_id"]) is None:
            yield Rejected(line, "rome_id", row["rome_id"], ROME_REASON)
        elif naf is None:
            yield Rejected(line, "naf_id", row["naf_id"], "un code NAF sans point, comme 1413Z, est attendu")
        elif not row["hirings"].isdecimal():
            yield Rejected(line, "hirings", row["hirings"], "un nombre entier d'embauches est attendu")
        else:
            yield Hire(row["rome_id"], f"{naf[1]}.{naf[2]}", int(row["hirings"]))


@ingestor(
    slug="rome-labels",
    title="Répertoire opérationnel des métiers et des emplois (ROME v3)",
    producer="Pôle emploi",
    vintage="2021-07",
    licence="Licence Ouverte 2.0",
    page="https://www.francetravail.org/",
    patterns=("lbb_rome_labels.csv", "rome-labels*.csv"),
    record=RomeLabel,
    model=RawRomeLabel,
)
def parse_rome_labels(path: Path) -> Iterator[RomeLabel | Rejected]:
    for line, row in csv_rows(path, ("rome_id", "rome_label"), delimiter="|"):
        if ROME_CODE.fullmatch(row["rome_id"]) is None:
            yield Rejected(line, "rome_id", row["rome_id"], ROME_REASON)
        elif not row["rome_label"].strip():
            yield Rejected(line, "rome_label", "", "libellé vide")
        else:
            yield RomeLabel(row["rome_id"], row["rome_label"].strip())


@ingestor(
    slug="rome-job-titles",
    title="Répertoire opérationnel des métiers et des emplois (ROME v3) : appellations",
    producer="Pôle emploi",
    vintage="2021-07",
    licence="Licence Ouverte 2.0",
    page="https://www.francetravail.org/",
    patterns=("lbb_arbo_rome_ogr*.csv", "rome-job-titles*.csv"),
    record=JobTitleRecord,
    model=RawJobTitle,
)
def parse_job_titles(path: Path) -> Iterator[JobTitleRecord | Rejected]:
    """Yield one record an appellation; the nodes of the tree, which have no OGR code, are read from the labels."""
    seen: set[str] = set()
    for line, row in csv_rows(path, ("Rome1", "Rome2", "Rome3", "Intitule", "OGR"), delimiter=";"):
        code, label = row["OGR"].strip(), row["Intitule"].strip()
        if not code:
            continue
        rome_code = row["Rome1"].strip() + row["Rome2"].strip() + row["Rome3"].strip()
        if ROME_CODE.fullmatch(rome_code) is None:
            yield Rejected(line, "Rome1", rome_code, ROME_REASON)
        elif not code.isdecimal() or code in seen:
            yield Rejected(line, "OGR", code, "un code de chiffres, donné une fois, est attendu")
        elif not label:
            yield Rejected(line, "Intitule", "", "appellation vide")
        else:
            seen.add(code)
            yield JobTitleRecord(code, label, rome_code)
