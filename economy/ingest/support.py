"""What the State and labels bring to an industry: aided firms by department, industrial geographical indications."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from economy.models import RawDepartmentAid, RawIndication
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

AID_COLUMNS = (
    *("mesure", "indicateur", "id_indicateur", "code_departement", "libelle_departement"),
    *("date", "valeur", "unite"),
)
AID_INDICATOR = "nb-entreprises-industrielles-agricoles"
INDICATION_COLUMNS = (
    *("indication_geographique", "homologation_mois", "zone_selon_page", "division_naf_indicative", "source"),
)
DEPARTMENT_CODE = re.compile(r"[0-9][0-9AB][0-9]?")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
DIVISION = re.compile(r"[0-9]{2}")


class DepartmentAid(NamedTuple):
    department_code: str
    month_end: date
    firms: int


class Indication(NamedTuple):
    name: str
    registered_in: str
    place: str
    division: str


@ingestor(
    slug="relance-industry-aid",
    title="France Relance : entreprises industrielles aidées par département",
    producer="Service d'information du Gouvernement",
    vintage="2020-2022",
    licence="Licence Ouverte 2.0",
    page="https://www.data.gouv.fr/",
    patterns=("france_relance_industrie_departements*.csv",),
    record=DepartmentAid,
    model=RawDepartmentAid,
    note=gettext_noop(
        "Baromètre des résultats de l'action publique : nombre cumulé d'entreprises, sans montant, secteur ni nom. "
        "Surtout l'aide « industrie du futur » : ce n'est pas une liste d'ouvertures d'usines. Le nombre suit la "
        "taille du département : il se lit par emploi industriel."
    ),
)
def parse_department_aid(path: Path) -> Iterator[DepartmentAid | Rejected]:
    """Yield one record a department and month: firms aided since the start, as revised month after month."""
    seen: set[tuple[str, date]] = set()
    for line, row in csv_rows(path, AID_COLUMNS, delimiter=","):
        if row["id_indicateur"] != AID_INDICATOR:
            yield Rejected(line, "id_indicateur", row["id_indicateur"], f"indicateur « {AID_INDICATOR} » attendu")
            continue
        code = row["code_departement"]
        if DEPARTMENT_CODE.fullmatch(code) is None:
            yield Rejected(line, "code_departement", code, "code de département attendu")
            continue
        try:
            month = date.fromisoformat(row["date"])
        except ValueError:
            yield Rejected(line, "date", row["date"], "date AAAA-MM-JJ attendue")
            continue
        firms = whole_number(row["valeur"])
        if firms is None:
            yield Rejected(line, "valeur", row["valeur"], "un nombre entier d'entreprises est attendu")
        elif (code, month) in seen:
            yield Rejected(line, "date", row["date"], f"le département {code} a déjà une ligne pour ce mois")
        else:
            seen.add((code, month))
            yield DepartmentAid(code, month, firms)


def whole_number(text: str) -> int | None:
    """Return a count written "12" or "12.0", or None when it is not one."""
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value >= 0 and value.is_integer() else None


@ingestor(
    slug="inpi-industrial-indications",
    title="Indications géographiques industrielles et artisanales",
    producer="Inpi",
    vintage="2022",
    licence="Licence Ouverte 2.0",
    page="https://www.inpi.fr/",
    patterns=("ig_industrielles*.csv",),
    record=Indication,
    model=RawIndication,
    note=gettext_noop(
        "Liste partielle, arrêtée en 2022 : une indication absente d'ici peut exister. L'aire est un nom de lieu, non "
        "une liste de communes ; la division de la NAF est notre lecture."
    ),
)
def parse_indications(path: Path) -> Iterator[Indication | Rejected]:
    """Yield one record an indication; the month of registration may be blank."""
    seen: set[str] = set()
    for line, row in csv_rows(path, INDICATION_COLUMNS, delimiter=","):
        name = row["indication_geographique"].strip()
        month, division = row["homologation_mois"].strip(), row["division_naf_indicative"].strip()
        if not name or name in seen:
            yield Rejected(line, "indication_geographique", name, "un nom, une seule fois, est attendu")
        elif month and MONTH.fullmatch(month) is None:
            yield Rejected(line, "homologation_mois", month, "un mois AAAA-MM est attendu")
        elif DIVISION.fullmatch(division) is None:
            yield Rejected(line, "division_naf_indicative", division, "une division de la NAF est attendue")
        else:
            seen.add(name)
            yield Indication(name, month, row["zone_selon_page"].strip(), division)
