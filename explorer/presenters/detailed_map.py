"""The zoomable map of a page: its layers, the lands it frames, what it lights, the words that its script writes."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from basins.models import Perimeter
from basins.perimeters import AnyPerimeter
from basins.shapes import INSETS
from economy.models import Plant
from explorer import queries
from explorer.citations import cited
from explorer.layers import layer_url
from infrastructure.models import BrownfieldSite, LogisticsNode
from scoring.definitions import criteria
from scoring.facts import Facts
from scoring.sentences.access import kind_labels
from sources.kept_answers import short_hash

# South-west and north-east corners, in degrees.
Corners = list[list[float]]

TILED = ("zones", "communes", "industry_territories", "perimeters", "brownfields", "plants", "nodes")
SHOWN_LOCALLY = ("communes", "brownfields", "plants")
# A code that no basin bears, where the script writes that of a basin.
ANY_CODE = "CODE"


def score_map_markup(facts: Facts) -> str:
    """Return the markup of the zoomable map of a ranking, the same for every question of an edition."""
    return _score_map_markup(facts, get_language())


@lru_cache(maxsize=4)
def _score_map_markup(facts: Facts, language: str | None) -> str:
    return render_to_string("components/detailed_map.html", {"detailed": score_map(facts)})


def score_map(facts: Facts) -> dict[str, Any]:
    """Return the context of `components/detailed_map.html` for a ranking: the whole country, coloured by scores."""
    config = shared(facts) | {
        "bounds": bounds(facts, INSETS[0].land_masses),
        "places": [{"name": str(one.name), "bounds": bounds(facts, one.land_masses)} for one in INSETS],
        "shown": ["zones", "communes"],
        "has_scores": True,
        "lit": {"zones": [], "perimeter": None},
    }
    return {"config": config, "label": _("Carte détaillée : communes, friches, réseaux, Territoires d'industrie")}


def local_map(
    facts: Facts,
    *,
    zone_codes: Sequence[str],
    bounds: Corners | None = None,
    perimeter: AnyPerimeter | None = None,
    layers: Collection[str] = SHOWN_LOCALLY,
) -> dict[str, Any]:
    """Return the context of `components/detailed_map.html` for a basin or a perimeter.

    The map frames `bounds`, else the perimeter, else the basins; it lights the perimeter's outline if there is one,
    else those of the basins: an own list has no outline among the layers. `layers` are ticked at first: "communes",
    "brownfields", "plants", "industry_territories", or kinds of nodes such as "siding".
    """
    framed = bounds or (queries.perimeter_bounds(perimeter) if perimeter else zones_bounds(facts, zone_codes))
    lit = {"kind": perimeter.kind, "code": perimeter.code} if isinstance(perimeter, Perimeter) else None
    config = shared(facts) | {
        "bounds": framed,
        "places": [],
        "shown": ["zones", *layers],
        "has_scores": False,
        "lit": {"zones": list(zone_codes), "perimeter": lit},
    }
    return {"config": config, "label": _("Carte détaillée : communes, friches, établissements, réseaux")}


def shared(facts: Facts) -> dict[str, Any]:
    """Return what every such map has: addresses and words."""
    content_hash = facts.edition.content_hash
    version = f"?edition={short_hash(content_hash)}"
    return {
        "tiles": {layer: reverse("tile-json", args=(layer,)) + version for layer in TILED},
        "neighbours": layer_url("neighbours", content_hash),
        "basin_url": reverse("explorer:basin", args=(ANY_CODE,)),
        "words": words(facts),
    }


def words(facts: Facts) -> dict[str, Any]:
    """Return what the script of the map writes: names of layers and kinds, sources, sentences."""
    return {
        "layers": _("Couches"),
        "zones": _("Bassins"),
        "scores": _("Scores des bassins"),
        "communes": _("Communes (en zoomant)"),
        "brownfields": _("Friches vérifiées"),
        "plants": _("Établissements connus"),
        "nodes": _("Nœuds logistiques"),
        "industry_territories": _("Territoires d'industrie"),
        "kinds": {kind: label for kind, label in kind_labels().items() if kind in LogisticsNode.Kind.values},
        "site_types": labelled(BrownfieldSite.SiteType),
        "site_statuses": labelled(BrownfieldSite.SiteStatus),
        "plant_kinds": labelled(Plant.Kind),
        "points": _("points"),
        "hectares": _("ha"),
        "unusable": _("pâle : non utilisable"),
        "not_usable": _("non utilisable pour une implantation"),
        "places_label": _("Aller à"),
        "unknown_surface": _("surface inconnue"),
        "nearer": _("Zoomez pour lire son nom."),
        "why": _("Pourquoi ce rang ?"),
        "basin": _("Bassin :"),
        "basin_page": _("Page du bassin"),
        "commune": _("commune"),
        "vetoed": _("écarté par un critère éliminatoire"),
        "help": _("Flèches : déplacer. + et − : zoomer. Entrée : dire ce qui est sous la croix. Échap : fermer."),
        "nothing": _("Rien de connu ici."),
        "controls": controls(),
        "unavailable": _(
            "La carte détaillée ne peut pas s'ouvrir dans ce navigateur ; la carte simple et la liste disent la même "
            "chose."
        ),
        "loading": _("Chargement de la carte…"),
        "neighbours_source": "Natural Earth",
        "sources": {
            "brownfields": cited(facts, "cerema-cartofriches"),
            "plants": cited(facts, "epv-firms", "irep-large-plants"),
            "nodes": cited(facts, *next(one.sources for one in criteria() if one.id == "access.modes")),
            "industry_territories": cited(facts, "anct-industry-territories"),
        },
    }


def controls() -> dict[str, str]:
    """Return the labels of the library's own buttons, by its keys."""
    return {
        "Map.Title": _("Carte détaillée"),
        "NavigationControl.ZoomIn": _("Zoomer"),
        "NavigationControl.ZoomOut": _("Dézoomer"),
        "Popup.Close": _("Fermer"),
    }


def bounds(facts: Facts, land_masses: Collection[str]) -> Corners:
    """Return the corners of lands."""
    return zones_bounds(facts, [zone.code for zone in facts.zones if zone.land_mass in land_masses])


def zones_bounds(facts: Facts, zone_codes: Sequence[str]) -> Corners:
    """Return the corners of basins; raises `NotFound` on an unknown code."""
    west, south, east, north = zip(*(facts.zones[facts.zone(code)].bbox for code in zone_codes), strict=True)
    return [[min(west), min(south)], [max(east), max(north)]]


def labelled(choices: type[TextChoices]) -> dict[str, str]:
    """Return the label of each choice."""
    return {value: str(label) for value, label in choices.choices}
