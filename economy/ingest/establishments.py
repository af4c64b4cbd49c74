"""Employer establishments by zone and A17, and the economic profile of zones already computed (docs/formats.md)."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from economy.models import RawZoneEstablishments, RawZoneProfile
from economy.nomenclature import A17_LABELS
from sources.readers import LayoutError, check_header, csv_rows, json_document
from sources.registry import Rejected, ingestor

ZONE_CODE = re.compile(r"[0-9]{4}")
ZONE_REASON = "un code de zone d'emploi a quatre chiffres"
WHOLE_COUNTRY = "00FR"
COLUMNS = {a17: f"etab_{a17}" for a17 in A17_LABELS}
PROFILE_COLUMNS = {
    "small_share_pct": "eco_eff_petites_pct_23",
    "large_share_pct": "eco_eff_grandes_pct_23",
    "creations_growth_pct": "eco_entrcrea_tot_vevol_1724",
    "krugman_pct": "eco_krugman_a38_23",
}


class ZoneEstablishments(NamedTuple):
    zone_code: str
    a17: str
    establishments: int


class ZoneProfile(NamedTuple):
    zone_code: str
    small_share_pct: float | None
    large_share_pct: float | None
    creations_growth_pct: float | None
    krugman_pct: float | None


@ingestor(
    slug="insee-flores-establishments",
    title="Flores : établissements employeurs par zone d'emploi et activité (A17)",
    producer="Insee",
    vintage="2024",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/",
    patterns=("etablissements_ze2020_a17*.csv", "insee-flores-establishments*.csv"),
    record=ZoneEstablishments,
    model=RawZoneEstablishments,
    note=gettext_noop(
        "Établissements ayant au moins un salarié, de toutes tailles : les artisans y sont (un boulanger compte dans "
        "l'alimentaire). Ce n'est pas un nombre d'usines."
    ),
)
def parse_establishments(path: Path) -> Iterator[ZoneEstablishments | Rejected]:
    """Yield one record an A17 activity of each zone; a zone whose activities do not add up to its total is refused."""
    seen: set[str] = set()
    for line, row in csv_rows(path, ("ze2020", *COLUMNS.values(), "etab_total"), delimiter=","):
        zone = row["ze2020"]
        if ZONE_CODE.fullmatch(zone) is None:
            yield Rejected(line, "ze2020", zone, ZONE_REASON)
            continue
        if zone in seen:
            yield Rejected(line, "ze2020", zone, "cette zone a déjà une ligne")
            continue
        seen.add(zone)
        wrong = next((name for name in (*COLUMNS.values(), "etab_total") if not row[name].isdecimal()), None)
        if wrong:
            yield Rejected(line, wrong, row[wrong], "un nombre entier d'établissements est attendu")
            continue
        counts = {a17: int(row[name]) for a17, name in COLUMNS.items()}
        if sum(counts.values()) != int(row["etab_total"]):
            yield Rejected(line, "etab_total", row["etab_total"], f"la somme des activités est {sum(counts.values())}")
            continue
        for a17, count in counts.items():
            yield ZoneEstablishments(zone, a17, count)


@ingestor(
    slug="insee-zone-economic-profile",
    title="Taille des établissements et créations d'entreprises par zone d'emploi",
    producer="Insee",
    vintage="2023-2024",
    licence="Licence Ouverte 2.0",
    page="https://www.insee.fr/",
    patterns=("agg_ze_exdeco*.json", "insee-zone-economic-profile*.json"),
    record=ZoneProfile,
    model=RawZoneProfile,
    note=gettext_noop(
        "France métropolitaine seulement. Indicateurs repris d'une table déjà calculée, dont les définitions ne sont "
        "connues que par le nom des colonnes."
    ),
)
def parse_zone_profile(path: Path) -> Iterator[ZoneProfile | Rejected]:
    """Yield one record a zone; the row of the whole country (`00FR`) is left out."""
    document = json_document(path)
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise LayoutError(f"{path.name} : une liste de zones est attendue.")
    seen: set[str] = set()
    for line, row in enumerate(document, start=1):
        check_header(path, list(row), ("code", *PROFILE_COLUMNS.values()), open_ended=True)
        code = str(row["code"])
        if code == WHOLE_COUNTRY:
            continue
        if ZONE_CODE.fullmatch(code) is None or code in seen:
            yield Rejected(line, "code", code, "cette zone a déjà une ligne" if code in seen else ZONE_REASON)
            continue
        seen.add(code)
        wrong = next((name for name in PROFILE_COLUMNS.values() if not is_number_or_blank(row[name])), None)
        if wrong:
            yield Rejected(line, wrong, str(row[wrong]), "un nombre est attendu")
            continue
        yield ZoneProfile(code, *(row[name] for name in PROFILE_COLUMNS.values()))


def is_number_or_blank(cell: Any) -> bool:
    """Tell whether a cell of a JSON table is null or a finite number."""
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell))
