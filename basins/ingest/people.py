"""The people of zones and communes: unemployment, income, census profile."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import Row, insee_code, number, optional_number, records, zone_code
from basins.ingest.geography import OPEN_LICENCE
from basins.ingest.living import zone_objects
from basins.raw import RawIncome, RawZoneProfile, RawZoneUnemployment
from sources.readers import LayoutError, check_header, csv_rows, json_document, sheet_rows
from sources.registry import ingestor

QUARTER = re.compile(r"\d{4}-T[1-4]")


class ZoneUnemployment(NamedTuple):
    zone: str
    quarter: str
    rate_pct: float


@ingestor(
    slug="insee-zone-unemployment",
    title="Taux de chômage localisés par zone d'emploi",
    producer="Insee",
    vintage="2025-T4",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/statistiques/1893230",
    patterns=("chomage-zone-t1-2003-*.xlsx", "chomage_ze_*.json"),
    record=ZoneUnemployment,
    model=RawZoneUnemployment,
    note=gettext_noop(
        "Données corrigées des variations saisonnières ; le dernier trimestre est provisoire. Sans Guyane ni Mayotte. "
        "Chaque millésime révise toute la série : deux millésimes ne se raccordent pas."
    ),
)
def parse_unemployment(path: Path) -> Iterator[Any]:
    """Yield the rate of each zone and quarter, from INSEE's workbook or from an extract of it in JSON.

    One file is one vintage: the whole series comes from it.
    """
    rows = _workbook_quarters(path) if path.suffix == ".xlsx" else _extract_quarters(path)

    def read(row: Row) -> ZoneUnemployment:
        return ZoneUnemployment(zone_code(row, "zone"), row["quarter"], number(row, "rate", low=0, high=60))

    yield from records(rows, read, key=lambda one: one[:2])


def _workbook_quarters(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    columns = ("ZE2020", "LIBZE2020", "REG", "LIBREG")
    for line, row in sheet_rows(path, columns, sheet="txcho_ze", header_line=6, open_ended=True):
        quarters = [name for name in row if QUARTER.fullmatch(name)]
        if not quarters:
            raise LayoutError(f"{path.name} : aucune colonne de trimestre (« 2023-T1 ») sur la ligne 6.")
        # Overseas series begin in 2014: blank before.
        for quarter in quarters:
            if row[quarter] != "":
                yield line, {"zone": row["ZE2020"], "quarter": quarter, "rate": row[quarter]}


def _extract_quarters(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    document = json_document(path)
    if not isinstance(document, dict):
        raise LayoutError(f"{path.name} : un objet JSON est attendu.")
    check_header(path, list(document), ("quarters", "zes"), open_ended=True)
    quarters = document["quarters"]
    for line, (zone, cells) in enumerate(document["zes"].items(), start=1):
        rates = cells.get("rate_pct", [])
        if len(rates) != len(quarters) or not all(QUARTER.fullmatch(one) for one in quarters):
            raise LayoutError(f"{path.name}, zone {zone} : autant de taux que de trimestres sont attendus.")
        for quarter, rate in zip(quarters, rates, strict=True):
            yield line, {"zone": zone, "quarter": quarter, "rate": rate}


class Income(NamedTuple):
    insee_code: str
    median_eur: float | None
    is_secret: bool


@ingestor(
    slug="insee-filosofi",
    title="Filosofi : niveau de vie médian par commune",
    producer="Insee",
    vintage="2021",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/metadonnees/source/serie/s1172",
    patterns=("cc_filosofi_*_COM.csv.gz",),
    record=Income,
    model=RawIncome,
    note=gettext_noop(
        "Secret statistique dans les petites communes. Sans Guadeloupe, Guyane ni Mayotte. La pauvreté, secrète "
        "presque partout à cette maille, n'y est pas lue."
    ),
)
def parse_incomes(path: Path) -> Iterator[Any]:
    """Yield the median standard of living of each commune or arrondissement; `s` and `ns` are secret, `nd` unknown."""

    def read(row: Row) -> Income:
        cell = row["MED21"].strip()
        if cell in ("s", "ns"):
            return Income(insee_code(row, "CODGEO"), None, True)
        known = {"MED21": "" if cell == "nd" else cell}
        return Income(insee_code(row, "CODGEO"), optional_number(known, "MED21", low=5_000, high=200_000), False)

    rows = csv_rows(path, ("CODGEO", "NBPERSMENFISC21", "MED21"), delimiter=";", open_ended=True)
    yield from records(rows, read, key=lambda one: one.insee_code)


class ZoneProfile(NamedTuple):
    zone: str
    population_change_pct: float | None
    natural_change_pct: float | None
    aged_75_pct: float | None
    workers_pct: float | None
    managers_pct: float | None
    retired_pct: float | None
    below_bac_pct: float | None
    beyond_bac2_pct: float | None
    employment_rate_pct: float | None
    industry_jobs_pct: float | None
    median_income_eur: float | None
    poverty_pct: float | None


# Column, lowest and highest value that makes sense, in the order of `ZoneProfile`.
PROFILE_COLUMNS = (
    ("dm_pop_vtcam_1623", -20, 20),
    ("dm_sn_vtcam_1623", -20, 20),
    ("dmv_75p_pct_22", 0, 100),
    ("dsp_csp_ouvriers_pct_22", 0, 100),
    ("dsp_csp_cadres_pct_22", 0, 100),
    ("dsp_csp_retraites_pct_22", 0, 100),
    ("dsp_dipl_infbac_pct_22", 0, 100),
    ("dsp_dipl_supbac2_pct_22", 0, 100),
    ("eco_txemp_1564_22", 0, 100),
    ("eco_sectindus_pct_22", 0, 100),
    ("rev_med_21", 5_000, 200_000),
    ("rev_txpauv_21", 0, 100),
)


@ingestor(
    slug="insee-zone-profile",
    title="Recensement et Filosofi par zone d'emploi : âges, diplômes, groupes sociaux, emploi, revenus",
    producer="Insee",
    vintage="2021-2023",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr",
    patterns=("agg_ze.json",),
    record=ZoneProfile,
    model=RawZoneProfile,
    note=gettext_noop("Recensements de 2016, 2022 et 2023, Filosofi 2021. France métropolitaine seulement."),
)
def parse_zone_profiles(path: Path) -> Iterator[Any]:
    """Yield the profile of each zone; the row of the whole country (`00FR`), wrong in volumes, is left out."""

    def read(row: Row) -> ZoneProfile:
        cells = (optional_number(row, name, low=low, high=high) for name, low, high in PROFILE_COLUMNS)
        return ZoneProfile(zone_code(row, "code"), *cells)

    rows = zone_objects(path, tuple(name for name, _low, _high in PROFILE_COLUMNS))
    yield from records(rows, read, key=lambda one: one.zone)
