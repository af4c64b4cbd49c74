"""Home, the index of basins, the method, the data: pages that answer no question about one activity."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from basins.indicators import indicators
from basins.names import normalised_name
from basins.queries import CommuneMatch
from explorer import maps
from explorer.citations import cited, producers, shown_vintage
from explorer.layers import LAYERS, layer_url, zones_svg_url
from explorer.presenters.ranking import ranking_url
from explorer.question_form import typed_form
from explorer.wording import evidence_label, level_label, status_label
from scoring.basin_search import zones_named
from scoring.definitions import FAMILIES, PILLARS, Criterion, criteria
from scoring.facts import Facts, ZoneCard
from scoring.numbers import number
from scoring.question import Question, default_weights
from scoring.search import Match
from sources.models import Release

EXAMPLES = ("32.50B", "27.20Z", "14.13Z")
STATUSES = ("observed", "estimated", "suppressed", "missing", "absent")
HASH_SHOWN = 12


def home_page(facts: Facts) -> dict[str, Any]:
    """Return the context of the home page."""
    jobs = facts.industrial_jobs
    return {
        "edition": facts.edition,
        "form": typed_form(QueryDict()),
        "zone_count": len(facts.zones),
        "examples": [example(facts, code) for code in EXAMPLES],
        "map": maps.industry_map(facts),
        "industrial_jobs": number(float(np.nansum(jobs)), 0),
        "source": cited(facts, "urssaf-zone-a38"),
    }


def example(facts: Facts, code: str) -> dict[str, str]:
    """Return an activity to try."""
    node = facts.nomenclature.find(code)
    words = {"32.50B": _("lunettes"), "27.20Z": _("batteries"), "14.13Z": _("jeans")}
    return {"word": words[code], "label": node.label, "url": activity_url(node.code)}


def activity_url(code: str) -> str:
    """Return the address of the ranking of an activity."""
    return f"{reverse('explorer:ranking')}?activite={code}"


def search_page(facts: Facts, text: str, matches: Sequence[Match], question: Question | None) -> dict[str, Any]:
    """Return the context of a search of activities: the matches, each with the reason why it was found.

    `question` is what the reader set so far, to be asked about any of them; None when there is no match.
    """
    return {
        "edition": facts.edition,
        "text": text,
        "matches": [
            {
                "code": one.activity.code,
                "label": one.activity.label,
                "level": level_label(one.activity.level),
                "reason": str(one.reason),
                "url": ranking_url(replace(question, activity=one.activity.code, level=one.activity.level)),
            }
            for one in matches
            if question
        ],
    }


def basins_page(facts: Facts, text: str | None, communes: Sequence[CommuneMatch]) -> dict[str, Any]:
    """Return the context of the index of basins, or of a search among them."""
    named = [one for one in communes if bears(one, text or "")]
    return {
        "edition": facts.edition,
        "text": text,
        "zones": [zone_entry(facts, zone) for zone in zones_named(facts, text or "")] if text else [],
        "communes": [commune_entry(one) for one in named],
        "resembling": [commune_entry(one) for one in communes if one not in named],
        "regions": regions_index(facts) if not text else [],
        "count": len(facts.zones),
        "map": maps.industry_map(facts),
        "source": cited(facts, "urssaf-zone-a38"),
    }


def bears(commune: CommuneMatch, text: str) -> bool:
    """Return whether a commune has this code, or a word of its name that begins with this text."""
    wanted, code = normalised_name(text), text.strip().upper()
    is_named = bool(wanted) and f" {wanted}" in f" {normalised_name(commune.name)}"
    return is_named or bool(code) and commune.insee_code.startswith(code)


def commune_entry(commune: CommuneMatch) -> dict[str, str]:
    return {
        "name": commune.name,
        "department": commune.department_code,
        "zone": commune.zone_name,
        "url": reverse("explorer:basin", args=(commune.zone_code,)),
    }


def zone_entry(facts: Facts, zone: ZoneCard) -> dict[str, str]:
    return {
        "name": zone.name,
        "where": ", ".join(facts.regions[code] for code in zone.region_codes),
        "url": reverse("explorer:basin", args=(zone.code,)),
    }


def regions_index(facts: Facts) -> list[dict[str, Any]]:
    """Return the zones under each region they lie in, both by name."""
    return [
        {
            "name": name,
            "zones": sorted(
                (zone_entry(facts, zone) for zone in facts.zones if code in zone.region_codes),
                key=lambda entry: normalised_name(entry["name"]),
            ),
        }
        for code, name in sorted(facts.regions.items(), key=lambda pair: normalised_name(pair[1]))
    ]


def method_page(facts: Facts) -> dict[str, Any]:
    """Return the context of the page that says how a score is made."""
    weights = default_weights(facts.data_sets)
    return {
        "edition": facts.edition,
        "pillars": [
            {
                "label": str(pillar.label),
                "weight": weights[pillar.id],
                "criteria": [criterion_row(facts, one) for one in criteria() if one.pillar == pillar.id],
            }
            for pillar in PILLARS
        ],
        "families": family_rows(facts),
        "statuses": status_rows(),
        "breaks": maps.score_legend(),
    }


def criterion_row(facts: Facts, one: Criterion) -> dict[str, Any]:
    """Return a criterion as the method page lists it; the weight of one that no data feeds is not counted."""
    return {
        "id": one.id,
        "label": str(one.label),
        "unit": str(one.unit),
        "direction": _("plus haut est mieux") if one.direction == "more" else _("plus bas est mieux"),
        "scale": {"linear": _("linéaire"), "log": _("logarithmique"), "saturating": _("plafonnée")}[one.scale],
        "bounds": _("seuils fixes") if one.bounds_rule == "fixed" else _("centiles nationaux figés"),
        "formula": str(one.formula),
        "why": str(one.why),
        "family": str(FAMILIES[one.family]),
        "evidence": evidence_label(one.kind),
        "weight": default_weights(facts.data_sets)[one.id] or None,
        "sources": producers(facts, one.sources),
        "reviewed": one.reviewed,
    }


def family_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the default weight that rests on each family of evidence, heaviest first."""
    weights = default_weights(facts.data_sets)
    rows = [
        {"label": str(label), "pct": sum(weights[one.id] for one in criteria() if one.family == family)}
        for family, label in FAMILIES.items()
    ]
    return sorted((row for row in rows if row["pct"]), key=lambda row: -float(str(row["pct"])))


def status_rows() -> list[dict[str, str]]:
    """Return what each status means and what it does to a score."""
    meanings = {
        "observed": _("Le producteur publie ce chiffre. Il compte pour sa valeur."),
        "estimated": _(
            "Calculé par une méthode nommée. Il compte pour sa valeur, avec une marge qui élargit les bornes."
        ),
        "suppressed": _(
            "Le chiffre existe mais la loi le protège. Il compte pour la moitié de son poids, entre zéro et tout."
        ),
        "missing": _(
            "Le chiffre existe, nous ne l'avons pas. Il compte pour la moitié de son poids, entre zéro et tout."
        ),
        "absent": _("On sait que la chose n'existe pas ici. Il compte pour zéro, sans incertitude."),
    }
    return [{"id": one, "label": status_label(one), "meaning": meanings[one]} for one in STATUSES]


def data_page(facts: Facts, releases: Sequence[Release]) -> dict[str, Any]:
    """Return the context of the page of sources."""
    rows = [source_row(one) for one in releases]
    content_hash = facts.edition.content_hash
    return {
        "edition": facts.edition,
        "short_hash": content_hash[:HASH_SHOWN],
        "sources": rows,
        "producers": len({row["producer"] for row in rows}),
        "share_alike": [row for row in rows if "odbl" in row["licence"].lower()],
        "indicators": [indicator_coverage(facts, one) for one in indicators() if one in facts.values],
        "statuses": [{"id": one, "label": status_label(one)} for one in STATUSES],
        "zone_count": len(facts.zones),
        "files": [
            {"label": _("contours des bassins (SVG)"), "url": zones_svg_url(content_hash)},
            *({"label": label, "url": layer_url(layer, content_hash)} for layer, label in layer_labels().items()),
        ],
    }


def layer_labels() -> dict[str, str]:
    """Return the name of each layer of the detailed map."""
    labels = {
        "zones": _("contours des bassins (GeoJSON)"),
        "brownfields": _("friches vérifiées (GeoJSON)"),
        "nodes": _("nœuds logistiques (GeoJSON)"),
        "substations": _("postes électriques (GeoJSON)"),
        "rail_lines": _("lignes ferroviaires (GeoJSON)"),
        "business_parks": _("parcs d'activité (GeoJSON)"),
        "industry_territories": _("Territoires d'industrie (GeoJSON)"),
        "neighbours": _("pays voisins (GeoJSON)"),
    }
    return {layer: labels[layer] for layer in LAYERS}


def in_language(text: str) -> str:
    """Return a text of a source in the language of the page; the empty text would be the header of the catalogue."""
    return _(text) if text else ""


def source_row(release: Release) -> dict[str, Any]:
    source = release.source
    return {
        "slug": source.slug,
        "producer": source.producer,
        "title": source.title,
        "vintage": shown_vintage(release.vintage),
        "licence": in_language(source.licence),
        "page": source.page,
        "note": in_language(source.note),
        "rows": release.row_count,
        "rejected": release.rejected_count,
    }


def indicator_coverage(facts: Facts, indicator: str) -> dict[str, Any]:
    """Return how many zones have each status for an indicator."""
    definition = indicators()[indicator]
    _values, statuses = facts.values[indicator]
    return {
        "id": indicator,
        "label": str(definition.label),
        "unit": str(definition.unit),
        "vintage": shown_vintage(definition.vintage),
        "method": str(definition.method),
        "counts": [int((statuses == one).sum()) for one in STATUSES],
        "sources": producers(facts, definition.sources),
    }
