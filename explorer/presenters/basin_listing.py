"""How the list of what a basin could produce is read, and the form that sets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from economy.value_chains import value_chains
from explorer.params import page_number
from explorer.wording import level_label
from scoring.definitions import PRESETS
from scoring.errors import BadQuestion
from scoring.fabric_distance import DISTANCES, FAR, NEAR, PRESENT, UNKNOWN
from scoring.nomenclature import LEVELS, check_level
from scoring.question import Weights, read_weights

PARAMETERS = ("level", "champ", "filiere", "distance", "variantes", "tri", "weights", "preset", "page")
DEFAULT_LEVEL = "subclass"
# Levels that name an activity rather than a branch.
OFFERED_LEVELS = ("subclass", "class", "group", "division", "a38")
SCOPES = ("industrie", "tout")
VARIANTS = ("groupees", "toutes")
ORDERS = ("rang", "filiere", "distance", "branche")
ANY = ""


@dataclass(frozen=True)
class Listing:
    """What is listed of the activities, and how; equal listings of a basin show the same page."""

    level: str = DEFAULT_LEVEL
    scope: str = SCOPES[0]
    chain: str = ANY
    distance: str = ANY
    variants: str = VARIANTS[0]
    order: str = ORDERS[0]
    weights: Weights = ()
    page: int = 1

    @classmethod
    def from_params(cls, params: QueryDict, defaults: Mapping[str, float]) -> "Listing":
        """Return the listing of a query string, `defaults` being the weights unedited; raises `BadQuestion`."""
        level = params.get("level", "").strip() or DEFAULT_LEVEL
        check_level(level)
        return cls(
            level=level,
            scope=choice(params, "champ", SCOPES),
            chain=choice(params, "filiere", (ANY, *value_chains())),
            distance=choice(params, "distance", (ANY, *DISTANCES)),
            variants=choice(params, "variantes", VARIANTS),
            order=choice(params, "tri", ORDERS),
            weights=read_weights(params, defaults),
            page=page_number(params),
        )

    @property
    def is_folded(self) -> bool:
        """Whether the activities of one family make one line."""
        return self.variants == VARIANTS[0]

    def query(self) -> str:
        """Return the query string, differences from the default only."""
        given, default = self._parameters(), Listing()._parameters()
        pairs = {name: value for name, value in given.items() if value != default[name]}
        text = urlencode(pairs, quote_via=quote, safe=":,.")
        return f"?{text}" if text else ""

    def _parameters(self) -> dict[str, str]:
        return {
            "level": self.level,
            "champ": self.scope,
            "filiere": self.chain,
            "distance": self.distance,
            "variantes": self.variants,
            "tri": self.order,
            "weights": weights_text(self.weights),
            "page": str(self.page),
        }


def weights_text(weights: Weights) -> str:
    """Return weights as the address holds them."""
    # As short as can be, yet read back as the very same numbers.
    return ",".join(f"{key}:{str(value).removesuffix('.0')}" for key, value in weights)


def choice(params: QueryDict, name: str, accepted: Sequence[str]) -> str:
    """Return a value among those accepted, the first by default; raises `BadQuestion`."""
    asked = params.get(name, "").strip() or accepted[0]
    if asked not in accepted:
        sentence = _("« %(asked)s » n'est pas acceptable pour %(name)s. Valeurs acceptées : %(accepted)s.")
        known = ", ".join(filter(None, accepted))
        raise BadQuestion(name, sentence % {"asked": asked[:20], "name": name, "accepted": known})
    return asked


def selects(asked: Listing) -> list[dict[str, Any]]:
    """Return the fields of the form: name, label, options."""
    chains = {ANY: _("toutes"), **{key: str(one.label) for key, one in value_chains().items()}}
    distances = {ANY: _("toutes"), **{one: distance_label(one) for one in DISTANCES}}
    return [
        field("level", "level", _("Niveau"), {one: level_label(one) for one in offered(asked.level)}, asked.level),
        field("champ", "scope", _("Champ"), {one: scope_label(one) for one in SCOPES}, asked.scope),
        field("filiere", "chain", _("Filière"), chains, asked.chain),
        field("distance", "distance", _("Distance au tissu actuel"), distances, asked.distance),
        field(
            "variantes",
            "variants",
            _("Activités voisines"),
            {one: variants_label(one) for one in VARIANTS},
            asked.variants,
        ),
        field("tri", "order", _("Ordre"), {one: order_label(one) for one in ORDERS}, asked.order),
        field("weights", "weights", _("Pondération"), weightings(asked.weights), weights_text(asked.weights)),
    ]


def field(name: str, key: str, label: str, options: Mapping[str, str], chosen: str) -> dict[str, Any]:
    """Return a field and its options, the one chosen marked; `key` ends its identifier in the page."""
    rows = [{"value": value, "label": told, "is_chosen": value == chosen} for value, told in options.items()]
    return {"name": name, "key": key, "label": label, "options": rows}


def weightings(weights: Weights) -> dict[str, str]:
    """Return the presets by the weights that they set, with those applied where they are none of them."""
    presets = {weights_text(preset_weights(one.weights)): str(one.label) for one in PRESETS}
    text = weights_text(weights)
    return presets if text in presets else presets | {text: _("réglée à la main")}


def preset_weights(weights: Mapping[str, float]) -> Weights:
    """Return the weights of a preset as a listing holds them."""
    return tuple(sorted((key, float(value)) for key, value in weights.items()))


def offered(level: str) -> list[str]:
    """Return the levels to choose from, the one asked included."""
    return [one for one in LEVELS if one in OFFERED_LEVELS or one == level]


def scope_label(scope: str) -> str:
    """Return the name of what is listed."""
    return {"industrie": _("industrie manufacturière"), "tout": _("toutes les activités")}[scope]


def order_label(order: str) -> str:
    """Return the name of an order."""
    return {
        "rang": _("meilleur rang d'abord"),
        "filiere": _("par filière"),
        "distance": _("par distance"),
        "branche": _("par branche A38"),
    }[order]


def variants_label(variants: str) -> str:
    """Return whether neighbours in the nomenclature make one line or many."""
    return {"groupees": _("regroupées"), "toutes": _("une par ligne")}[variants]


def distance_label(distance: str) -> str:
    """Return how far an activity is from what the basin already does."""
    return {
        PRESENT: _("déjà là"),
        NEAR: _("proche de l'existant"),
        FAR: _("loin de l'existant"),
        UNKNOWN: _("non connue"),
    }[distance]
