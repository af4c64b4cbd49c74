"""Combined-transport terminals: positions only, the service plan is left unread."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop

from infrastructure.ingest.positions import NodeRecord, read_degrees
from infrastructure.raw import NodeRow
from sources.readers import LayoutError, json_document
from sources.registry import Rejected, ingestor

PLATFORM_KEYS = {"site", "exploitant", "pays", "lat", "lon"}
ISO_CODES = {
    "France": "FR", "Belgique": "BE", "Luxembourg": "LU", "Allemagne": "DE", "Suisse": "CH", "Italie": "IT",
    "Espagne": "ES", "Pays-Bas": "NL",
}  # fmt: skip


@ingestor(
    slug="gntc-terminals",
    title="Plateformes de transport combiné",
    producer="GNTC",
    vintage="2026-03",
    licence=gettext_noop("Sans licence explicite ; positions reprises comme des faits"),
    page="https://www.gntc.fr/",
    patterns=("gntc_transport_combine_*.json",),
    record=NodeRecord,
    model=NodeRow,
    note=gettext_noop(
        "Coordonnées arrondies à 0,01 degré (environ 1 km). Sites non exploités écartés ; les opérateurs d'un même "
        "lieu, à 2 km près, comptent pour un. Le plan de transport n'est pas repris."
    ),
)
def parse_terminals(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a platform, category the operator; routes and services are not read."""
    document = json_document(path)
    platforms = document.get("platforms") if isinstance(document, dict) else None
    if not isinstance(platforms, list):
        raise LayoutError(f"{path.name} : la liste « platforms » est absente.")
    for number, platform in enumerate(platforms, start=1):
        missing = PLATFORM_KEYS - set(platform)
        if missing:
            raise LayoutError(f"{path.name}, plateforme {number} : champs absents : {', '.join(sorted(missing))}.")
        position = read_degrees(number, "lon, lat", platform["lon"], platform["lat"])
        country = ISO_CODES.get(platform["pays"])
        if isinstance(position, Rejected):
            yield position
        elif country is None:
            yield Rejected(number, "pays", str(platform["pays"]), "pays inconnu")
        else:
            name, operator = str(platform["site"]).strip(), str(platform["exploitant"]).strip()
            yield NodeRecord(name, name, country, operator, *position)
