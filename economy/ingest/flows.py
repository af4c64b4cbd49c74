"""What branches buy from each other: the national input-output table of WIOD."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from economy.models import RawBranchFlow
from sources.readers import LayoutError, sheet_rows
from sources.registry import Rejected, ingestor

SHEET = "National IO-tables"
IDENTITY = ("Year", "Code", "Description", "Origin")
INDUSTRY = re.compile(r"[A-U][0-9]{0,2}(?:[-_][A-Z]?[0-9]{0,2})?")
OUTPUT = "GO"
IS_IMPORTED = {"Domestic": False, "Imports": True}


class BranchFlow(NamedTuple):
    year: int
    supplier: str
    buyer: str
    is_imported: bool
    amount_musd: float


@ingestor(
    slug="wiod-france-io",
    title="Tableau entrées-sorties de la France, 56 branches (WIOD)",
    producer="WIOD",
    vintage="2014",
    licence="CC BY 4.0",
    page="https://www.rug.nl/ggdc/valuechain/wiod/",
    patterns=("wiod*_FRA_NIOT_*.xlsx", "FRA_NIOT_*.xlsx"),
    record=BranchFlow,
    model=RawBranchFlow,
    note=gettext_noop(
        "Timmer et coll. (2015). Millions de dollars courants, structure de 2014. Le tableau donne au textile (CB) et "
        "à l'électronique (CI) des exportations égales à leur production : leurs ventes intérieures et la part "
        "importée de leurs produits ne se lisent pas. Le commerce y apparaît comme fournisseur (marges)."
    ),
)
def parse_flows(path: Path) -> Iterator[BranchFlow | Rejected]:
    """Yield the purchases of each branch from each branch, domestic and imported, and each output, latest year."""
    lines = [(line, row) for line, row in sheet_rows(path, IDENTITY, sheet=SHEET, open_ended=True) if row["Code"]]
    if not lines or any(not isinstance(row["Year"], float) for _line, row in lines):
        raise LayoutError(f"{path.name} : l'année de chaque ligne de la feuille « {SHEET} » doit être un nombre.")
    latest = max(row["Year"] for _line, row in lines)
    buyers = [name for name in lines[0][1] if INDUSTRY.fullmatch(name)]
    if len(buyers) < 2 or OUTPUT not in lines[0][1]:
        raise LayoutError(f"{path.name} : colonnes de branches ou colonne « {OUTPUT} » absentes.")
    for line, row in lines:
        if row["Year"] != latest or row["Origin"] not in IS_IMPORTED:
            continue
        supplier = row["Code"]
        if supplier not in buyers:
            yield Rejected(line, "Code", str(supplier), "cette branche n'est pas parmi les colonnes")
            continue
        is_imported = IS_IMPORTED[row["Origin"]]
        for buyer in (*buyers, *(() if is_imported else (OUTPUT,))):
            amount = row[buyer]
            if not isinstance(amount, float) or amount < 0:
                yield Rejected(line, buyer, str(amount), "un montant positif ou nul est attendu")
            elif amount > 0:
                yield BranchFlow(int(latest), supplier, buyer, is_imported, amount)
