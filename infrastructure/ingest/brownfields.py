"""Brownfields of the Cartofriches base."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import read_degrees, read_number
from infrastructure.raw import BrownfieldRow
from sources.readers import csv_rows
from sources.registry import Rejected, ingestor

COLUMNS = (
    "site_id", "site_nom", "site_type", "site_statut", "site_occupation", "site_adresse", "site_identif_date",
    "site_actu_date", "site_url", "site_surface", "unite_fonciere_surface", "unite_fonciere_refcad",
    "site_reconv_type", "site_numero_basias", "activite_libelle", "activite_fin_annee", "comm_insee", "comm_nom",
    "dep", "bati_nombre", "bati_pollution", "bati_vacance", "bati_patrimoine", "bati_etat", "sol_pollution_existe",
    "proprio_personne", "proprio_categorie", "urba_zone_type", "urba_zone_lib", "urba_zone_formdomi",
    "urba_zone_formdomi_txt", "urba_doc_type", "desserte_distance_ferroviaire", "date_mutation", "source_nom",
    "source_producteur", "source_url", "nature", "checked", "is_observatoire", "is_user", "is_mte_pv", "is_aap",
    "is_ademe", "is_mte", "is_mte_non_expertise", "lon", "lat",
)  # fmt: skip
POTENTIAL_LABEL = "friche potentielle"
STATUS_LABELS = ("friche sans projet", "friche avec projet", "friche reconvertie", POTENTIAL_LABEL)
TRUTH = {"True": True, "False": False}


class BrownfieldRecord(NamedTuple):
    """Columns of `BrownfieldRow`, in order."""

    code: str
    name: str
    site_type: str
    site_status: str
    insee_code: str
    site_surface_m2: float | None
    unit_surface_m2: float | None
    zoning: str
    is_checked: bool
    lon: float
    lat: float


def straight(text: str) -> str:
    """Return a label with straight apostrophes: the base writes « d'habitat » in two ways."""
    return text.strip().replace("\u2019", "'")


@ingestor(
    slug="cerema-cartofriches",
    title="Sites référencés dans Cartofriches",
    producer="Cerema",
    vintage="2024-03",
    licence="Licence Ouverte 2.0",
    page="https://cartofriches.cerema.fr/",
    patterns=("cartofriches_sites_*.csv*",),
    record=BrownfieldRecord,
    model=BrownfieldRow,
    note=gettext_noop(
        "Inventaire non exhaustif, dont la densité dépend des observatoires locaux : les comptes bruts de deux zones "
        "ne se comparent pas. Seuls les sites vérifiés sont repris. La surface est parfois celle de toute l'unité "
        "foncière : elle est plafonnée à 100 ha."
    ),
)
def parse_brownfields(path: Path) -> Iterator[BrownfieldRecord | Rejected]:
    """Yield one record a site, verified or not; texts as the producer writes them, apostrophes made straight."""
    for line, row in csv_rows(path, COLUMNS, delimiter=","):
        position = read_degrees(line, "lon, lat", row["lon"], row["lat"])
        if isinstance(position, Rejected):
            yield position
        elif row["checked"] not in TRUTH:
            yield Rejected(line, "checked", row["checked"], "ni True ni False")
        elif len(row["comm_insee"]) != 5:
            yield Rejected(line, "comm_insee", row["comm_insee"], "code INSEE de commune illisible")
        else:
            yield BrownfieldRecord(
                code=row["site_id"],
                name=straight(row["site_nom"]),
                site_type=straight(row["site_type"]),
                site_status=straight(row["site_statut"]),
                insee_code=row["comm_insee"],
                site_surface_m2=read_number(row["site_surface"]),
                unit_surface_m2=read_number(row["unite_fonciere_surface"]),
                zoning=straight(row["urba_zone_formdomi_txt"]),
                is_checked=TRUTH[row["checked"]],
                lon=round(position[0], 6),
                lat=round(position[1], 6),
            )
