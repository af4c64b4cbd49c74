"""Brownfields that the national inventory lists, counted by commune, and polluted sites that ADEME took in hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from infrastructure.ingest.brownfields import straight
from infrastructure.ingest.positions import NodeRecord
from infrastructure.raw import CommuneBrownfieldRow, NodeRow
from sources.geometry import DEGREES, check_points
from sources.geometry_reading import geojson_srid, read_geojson
from sources.readers import LayoutError, json_document
from sources.registry import Rejected, ingestor

STATUS_FIELDS = {
    "friche sans projet": "without_project_count",
    "friche avec projet": "with_project_count",
    "friche reconvertie": "reconverted_count",
    "friche potentielle": "potential_count",
}
COMMUNE_KEYS = {"n", "by_type", "by_status"}


class CommuneBrownfieldRecord(NamedTuple):
    """Columns of `CommuneBrownfieldRow`, in order."""

    insee_code: str
    site_count: int
    industrial_count: int
    unknown_type_count: int
    without_project_count: int
    with_project_count: int
    reconverted_count: int
    potential_count: int


@ingestor(
    slug="cerema-cartofriches-counts",
    title="Sites référencés dans Cartofriches, comptés par commune",
    producer="Cerema",
    vintage="2026-04",
    licence="Licence Ouverte 2.0",
    page="https://cartofriches.cerema.fr/",
    patterns=("cartofriches_communes_*.json*",),
    record=CommuneBrownfieldRecord,
    model=CommuneBrownfieldRow,
    note=gettext_noop(
        "Tous les sites recensés, y compris ceux que personne n'a vérifiés (13 129 « potentiels » sur 27 983). Les "
        "surfaces du fichier sont celles d'unités foncières entières et ne sont pas reprises. La densité dépend des "
        "observatoires locaux : deux territoires ne se comparent pas par leurs comptes."
    ),
)
def parse_commune_counts(path: Path) -> Iterator[CommuneBrownfieldRecord | Rejected]:
    """Yield one record a commune; one whose types or statuses do not add up to its total is refused."""
    document = json_document(path)
    communes = document.get("communes") if isinstance(document, dict) else None
    if not isinstance(communes, dict):
        raise LayoutError(f"{path.name} : le dictionnaire « communes » est absent.")
    for number, (code, entry) in enumerate(communes.items(), start=1):
        missing = COMMUNE_KEYS - set(entry)
        if missing:
            raise LayoutError(f"{path.name}, commune {code} : champs absents : {', '.join(sorted(missing))}.")
        yield _commune_record(number, code, entry)


def _commune_record(number: int, code: str, entry: dict[str, Any]) -> CommuneBrownfieldRecord | Rejected:
    total, types, statuses = entry["n"], entry["by_type"], entry["by_status"]
    unknown = sorted(set(statuses) - set(STATUS_FIELDS))
    if len(code) != 5:
        return Rejected(number, "commune", code, "code INSEE de commune illisible")
    if unknown:
        return Rejected(number, "by_status", unknown[0], "statut inconnu")
    if not total == sum(types.values()) == sum(statuses.values()):
        return Rejected(number, "n", str(total), "le total n'est pas la somme des types et des statuts")
    by_type = {straight(label).lower(): count for label, count in types.items()}
    return CommuneBrownfieldRecord(
        insee_code=code,
        site_count=total,
        industrial_count=by_type.get("friche industrielle", 0),
        unknown_type_count=by_type.get("inconnu", 0),
        **{field: statuses.get(label, 0) for label, field in STATUS_FIELDS.items()},
    )


@ingestor(
    slug="ademe-polluted-sites",
    title="Sites pollués à responsable défaillant",
    producer="ADEME",
    vintage="2023",
    licence="Licence Ouverte 2.0",
    page="https://data.ademe.fr/",
    patterns=("ademe_sites_pollues*.geojson",),
    record=NodeRecord,
    model=NodeRow,
    note=gettext_noop(
        "419 anciens sites industriels mis en sécurité par l'ADEME parce que l'exploitant n'était plus solvable. Ce "
        "n'est ni un inventaire des pollutions ni un inventaire de terrains libres."
    ),
)
def parse_polluted_sites(path: Path) -> Iterator[NodeRecord | Rejected]:
    """Yield one record a site, category the commune code in five characters; one without point is refused."""
    document = json_document(path)
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or geojson_srid(document, path.name) != DEGREES:
        raise LayoutError(f"{path.name} : n'est pas une FeatureCollection GeoJSON en degrés.")
    shapes, reasons = read_geojson([one.get("geometry") for one in features])
    points = check_points(shapes, DEGREES, reasons)
    for number, (feature, point, reason) in enumerate(zip(features, points.shapes, points.reasons, strict=True), 1):
        properties = feature.get("properties") or {}
        if reason:
            yield Rejected(number, "geometry", str(properties.get("Nom_site", "")), reason)
        else:
            name, code = (str(properties.get(key) or "").strip() for key in ("Nom_site", "Code_INSEE"))
            yield NodeRecord(str(number), name, "FR", code.zfill(5), round(point.x, 6), round(point.y, 6))
