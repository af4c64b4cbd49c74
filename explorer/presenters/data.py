"""The page of data: where each figure comes from, how much of France it covers, the files to take away."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basins.indicators import Indicator, indicators
from explorer.citations import producers, shown_vintage
from explorer.downloads import CSV, WORKBOOK, in_form
from explorer.layers import LAYERS, layer_url, zones_svg_url
from explorer.presenters.table_files import LONG_TABLES, long_workbook_url, table_sources
from explorer.wording import status_label
from scoring.facts import Facts
from sources.models import Release

STATUSES = ("observed", "estimated", "suppressed", "missing", "absent")
HASH_SHOWN = 12
SHARE_ALIKE = "odbl"


def data_page(facts: Facts, releases: Sequence[Release]) -> dict[str, Any]:
    """Return the context of the page of sources."""
    rows = [source_row(one) for one in releases]
    return {
        "edition": facts.edition,
        "short_hash": facts.edition.content_hash[:HASH_SHOWN],
        "sources": rows,
        "producers": len({row["producer"] for row in rows}),
        "share_alike": [row for row in rows if SHARE_ALIKE in row["licence"].lower()],
        "groups": indicator_groups(facts),
        "statuses": [{"id": one, "label": status_label(one)} for one in STATUSES],
        "zone_count": len(facts.zones),
        "files": map_files(facts),
        "tables": table_files(facts, releases),
    }


def indicator_groups(facts: Facts) -> list[dict[str, Any]]:
    """Return the indicators of the edition by theme, each with what it covers."""
    labels = group_labels()
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in indicators().values():
        if one.id in facts.values:
            groups.setdefault(one.group, []).append(indicator_row(facts, one))
    return [{"label": labels.get(group, group), "rows": rows} for group, rows in groups.items()]


def group_labels() -> dict[str, str]:
    """Return the name of each theme of indicators."""
    return {
        "population": _("Population"),
        "economy": _("Économie"),
        "living": _("Conditions de vie"),
        "land": _("Foncier"),
        "access": _("Accès"),
        "skills": _("Compétences"),
    }


def indicator_url(indicator: str) -> str:
    """Return the address of the page of an indicator."""
    return reverse("explorer:indicator", args=(indicator,))


def indicator_row(facts: Facts, one: Indicator) -> dict[str, Any]:
    """Return an indicator with how many zones have each status."""
    _values, statuses = facts.values[one.id]
    return {
        "id": one.id,
        "label": str(one.label),
        "unit": str(one.unit),
        "vintage": shown_vintage(one.vintage),
        "counts": [int((statuses == status).sum()) for status in STATUSES],
        "sources": producers(facts, one.sources),
        "url": indicator_url(one.id),
    }


def in_language(text: str) -> str:
    """Return a text of a source in the language of the page; the empty text would be the header of the catalogue."""
    return _(text) if text else ""


def source_row(release: Release) -> dict[str, Any]:
    """Return a source as its table shows it."""
    source = release.source
    return {
        "slug": source.slug,
        "producer": source.producer,
        "title": source.title,
        "vintage": shown_vintage(release.vintage),
        "part": release.part,
        "licence": in_language(source.licence),
        "page": source.page,
        "note": in_language(source.note),
        "rows": release.row_count,
        "rejected": release.rejected_count,
    }


def map_files(facts: Facts) -> list[dict[str, str]]:
    """Return the files that maps draw from."""
    content_hash = facts.edition.content_hash
    layers = [{"label": layer_label(layer), "url": layer_url(layer, content_hash)} for layer in LAYERS]
    return [{"label": _("contours des bassins (SVG)"), "url": zones_svg_url(content_hash)}, *layers]


def layer_label(layer: str) -> str:
    """Return the name of a layer of the detailed map."""
    labels = {
        "zones": _("contours des bassins (GeoJSON)"),
        "brownfields": _("friches vérifiées (GeoJSON)"),
        "nodes": _("nœuds logistiques (GeoJSON)"),
        "substations": _("postes électriques (GeoJSON)"),
        "rail_lines": _("lignes ferrées (GeoJSON)"),
        "business_parks": _("parcs d'activité (GeoJSON)"),
        "industry_territories": _("Territoires d'industrie (GeoJSON)"),
        "neighbours": _("pays voisins (GeoJSON)"),
    }
    return labels[layer]


def table_files(facts: Facts, releases: Sequence[Release]) -> list[dict[str, Any]]:
    """Return the whole tables to take away, in both variants; those that hold share-alike data say so."""
    described = [
        ("bassins-indicateurs", _("tous les indicateurs, un bassin par ligne, avec leurs statuts")),
        (
            "dictionnaire",
            _("le dictionnaire des colonnes de tous les fichiers : libellé, unité, millésime, méthode, sources"),
        ),
        ("emplois-a38", _("emplois par bassin, branche A38, année et champ, avec leurs statuts")),
        (
            "communes",
            _("les communes : bassin, intercommunalité, emplois, logements, services, friches"),
        ),
        ("communes-dictionnaire", _("le dictionnaire des colonnes des communes : libellé, unité, sources")),
        ("sources", _("les sources, leurs licences et leurs limites connues")),
    ]
    licensed = {one.source.slug for one in releases if SHARE_ALIKE in one.source.licence.lower()}
    return [
        {
            "label": label,
            "url": table_url(name),
            "international_url": in_form(table_url(name), CSV, international=True),
            "workbook_url": long_workbook_url(name) if name in LONG_TABLES else in_form(table_url(name), WORKBOOK),
            "is_long": name in LONG_TABLES,
            "is_share_alike": bool(table_sources(facts, name) & licensed),
        }
        for name, label in described
    ]


def table_url(name: str) -> str:
    """Return the address of a whole table as a file."""
    return reverse("explorer:table-file", args=(name,))
