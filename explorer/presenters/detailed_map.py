"""What the detailed map needs: where its layers are, where its lands lie, and the words that its script writes."""

from collections.abc import Collection
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from basins.shapes import INSETS
from explorer.citations import cited
from explorer.layers import LAYERS, layer_url
from infrastructure.models import BrownfieldSite
from scoring.definitions import criteria
from scoring.facts import Facts
from scoring.sentences.access import kind_labels


def layer_urls(facts: Facts) -> dict[str, str]:
    """Return the addresses of the layers of the detailed map."""
    return {layer: layer_url(layer, facts.edition.content_hash) for layer in LAYERS}


def words(facts: Facts) -> dict[str, Any]:
    """Return what the script of the detailed map writes: names of layers and kinds, sources, sentences."""
    return {
        "layers": _("Couches"),
        "zones": _("Scores des bassins"),
        "brownfields": _("Friches vérifiées"),
        "nodes": _("Nœuds logistiques"),
        "industry_territories": _("Territoires d'industrie"),
        "kinds": kind_labels(),
        "site_types": labelled(BrownfieldSite.SiteType),
        "site_statuses": labelled(BrownfieldSite.SiteStatus),
        "places": [{"name": str(one.name), "bounds": bounds(facts, one.land_masses)} for one in INSETS],
        "points": _("points"),
        "hectares": _("ha"),
        "unusable": _("pâle : non utilisable"),
        "not_usable": _("non utilisable pour une implantation"),
        "places_label": _("Aller à"),
        "unknown_surface": _("surface inconnue"),
        "why": _("Pourquoi ce rang ?"),
        "vetoed": _("écarté par un critère éliminatoire"),
        "unavailable": _(
            "La carte détaillée ne peut pas s'ouvrir dans ce navigateur ; la carte simple et la liste disent la même "
            "chose."
        ),
        "loading": _("Chargement de la carte…"),
        "attribution": _("Contours : INSEE, IGN, Natural Earth"),
        "sources": {
            "brownfields": cited(facts, "cerema-cartofriches"),
            "nodes": cited(facts, *next(one.sources for one in criteria() if one.id == "access.modes")),
            "industry_territories": cited(facts, "anct-industry-territories"),
        },
    }


def bounds(facts: Facts, land_masses: Collection[str]) -> list[list[float]]:
    """Return the south-west and north-east corners of lands, in degrees."""
    boxes = [zone.bbox for zone in facts.zones if zone.land_mass in land_masses]
    west, south, east, north = zip(*boxes, strict=True)
    return [[min(west), min(south)], [max(east), max(north)]]


def labelled(choices: type[TextChoices]) -> dict[str, str]:
    """Return the label of each choice."""
    return {value: str(label) for value, label in choices.choices}
