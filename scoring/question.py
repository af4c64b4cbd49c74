"""What is asked: parsed strictly from a query string, written back as differences from the defaults."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from scoring.definitions import PILLARS, PRESETS, loaded_criteria
from scoring.errors import BadQuestion
from scoring.numbers import number as written_number

MODES = ("road", "rail", "sea", "inland", "air")
NORMALISATIONS = ("bounds", "percentile", "zscore")
AGGREGATIONS = ("arithmetic", "geometric")
LARGEST_WEIGHT = 1000.0
LARGEST_AMOUNT = {"jobs": 100_000.0, "hectares": 10_000.0, "mw": 10_000.0}
PARAMETERS = (
    "level", "weights", "region", "jobs", "hectares", "mw", "modes", "require", "normalisation", "aggregation",
)  # fmt: skip
TRACKERS = ("utm_", "fbclid", "gclid", "mtm_")
SPACES = str.maketrans("", "", " \xa0\u202f")
# Written out because float() also reads underscores, the digits of other scripts, and words such as "infinity".
NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")


# Edits of the default weights, by pillar or criterion.
Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Question:
    """An activity and what the reader changed; equal questions have equal answers."""

    activity: str
    level: str
    weights: tuple[tuple[str, float], ...] = ()
    region: str | None = None
    jobs: float | None = None
    hectares: float | None = None
    mw: float | None = None
    modes: tuple[tuple[str, float], ...] = ()
    require: tuple[str, ...] = ()
    normalisation: str = "bounds"
    aggregation: str = "arithmetic"

    def to_query(self, activity_parameter: str, **changes: object) -> str:
        """Return the query string of this question, with changes: only what differs from the defaults."""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        pairs = [(activity_parameter, asked.activity)]
        if asked.level not in _implied_levels(asked.activity):
            pairs.append(("level", asked.level))
        defaults = {field.name: field.default for field in fields(Question)}
        for name in PARAMETERS[1:]:
            value = getattr(asked, name)
            if value != defaults[name]:
                pairs.append((name, _as_text(value)))
        return urlencode(pairs, quote_via=quote, safe=":,.")

    @property
    def edits_count(self) -> int:
        """How many settings differ from the defaults, activity apart."""
        defaults = {field.name: field.default for field in fields(Question)}
        return sum(getattr(self, name) != defaults[name] for name in PARAMETERS[1:])


def _implied_levels(code: str) -> tuple[str, ...]:
    """The level that a code alone designates; two-letter and one-letter codes may stand at several."""
    by_length = {2: ("division",) if code.isdigit() else (), 4: ("group",), 5: ("class",), 6: ("subclass",)}
    return by_length.get(len(code), ())


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(f"{item[0]}:{_as_text(item[1])}" if isinstance(item, tuple) else str(item) for item in value)
    # As short as can be, yet read back as the very same number.
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def parse_number(parameter: str, text: str, *, largest: float, what: str) -> float:
    """Return a number between 0 and `largest`, decimal point or comma; raises `BadQuestion`."""
    written = text.strip().translate(SPACES)
    number = float(written.replace(",", ".")) if NUMBER.fullmatch(written) else math.nan
    if not (math.isfinite(number) and 0 <= number <= largest):
        raise BadQuestion(
            parameter,
            _("« %(text)s » ne convient pas pour %(what)s : un nombre de 0 à %(largest)s est attendu.")
            % {"text": text[:40], "what": what, "largest": written_number(largest, 0)},
        )
    return number


def label_of(key: str) -> str:
    """Return how the screen names a weight, a mode or an amount, then the interface."""
    names = {
        "jobs": _("le nombre d'emplois"),
        "hectares": _("le nombre d'hectares"),
        "mw": _("la puissance en MW"),
        "road": _("la part de la route"),
        "rail": _("la part du rail"),
        "sea": _("la part de la mer"),
        "inland": _("la part du fleuve"),
        "air": _("la part de l'air"),
    }
    weighed = {pillar.id: pillar.label for pillar in PILLARS} | {one.id: one.label for one in loaded_criteria()}
    label = names.get(key) or _("le poids de « %(label)s »") % {"label": weighed[key]}
    return f"{label} ({key})"


def _pairs(parameter: str, text: str, known: Iterable[str], *, largest: float) -> dict[str, float]:
    """Return `key:number,…` as a dict; raises `BadQuestion` on an unknown or repeated key."""
    accepted = tuple(known)
    found: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key, colon, number = part.partition(":")
        if not colon or key not in accepted:
            raise BadQuestion(
                parameter,
                _("« %(part)s » n'est pas compris dans %(parameter)s : écrivez clé:nombre, clé parmi %(accepted)s.")
                % {"part": part[:40], "parameter": parameter, "accepted": ", ".join(accepted)},
            )
        if key in found:
            raise BadQuestion(
                parameter,
                _("« %(key)s » est donné deux fois dans %(parameter)s : gardez une seule valeur.")
                % {"key": key, "parameter": parameter},
            )
        found[key] = parse_number(parameter, number, largest=largest, what=label_of(key))
    return found


def weight_keys() -> tuple[str, ...]:
    """Return the keys accepted in `weights`: pillars, then criteria."""
    return (*(pillar.id for pillar in PILLARS), *(one.id for one in loaded_criteria()))


def default_weights(data_sets: frozenset[str] | None = None) -> dict[str, float]:
    """Return the default weight of each pillar and criterion, as percentages of the whole.

    The whole is what an edition made of these data sets can feed; a criterion that it cannot feed has 0.
    """
    loaded = loaded_criteria(data_sets)
    total = sum(one.weight for one in loaded)
    criteria = dict.fromkeys((one.id for one in loaded_criteria()), 0.0)
    criteria |= {one.id: 100 * one.weight / total for one in loaded}
    pillars = {p.id: sum(criteria[one.id] for one in loaded if one.pillar == p.id) for p in PILLARS}
    return pillars | criteria


def read_weights(params: QueryDict, shown: Mapping[str, float]) -> Weights:
    """Return the edits of a query string that asks about no single activity; raises `BadQuestion`."""
    return _weights(params, shown)


def _weights(params: QueryDict, shown: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    preset = params.get("preset", "").strip()
    if preset:
        found |= _preset_weights(preset)
    found |= _pairs("weights", params.get("weights", ""), weight_keys(), largest=LARGEST_WEIGHT)
    for name in params:
        if name.startswith("w.") and params[name].strip():
            key = name[2:]
            pair = _pairs("weights", f"{key}:{params[name].replace(',', '.')}", weight_keys(), largest=LARGEST_WEIGHT)
            # A form sends back every field: one left at the default shown is no choice.
            if abs(pair[key] - round(shown[key], 1)) > 1e-9:
                found |= pair
            else:
                found.pop(key, None)
    return tuple(sorted(found.items()))


def _preset_weights(preset: str) -> dict[str, float]:
    for one in PRESETS:
        if one.id == preset:
            return dict(one.weights)
    raise BadQuestion(
        "preset",
        _("Le préréglage « %(preset)s » n'existe pas. Préréglages : %(accepted)s.")
        % {"preset": preset[:40], "accepted": ", ".join(one.id for one in PRESETS)},
    )


def _modes(params: QueryDict) -> tuple[tuple[str, float], ...]:
    found = _pairs("modes", params.get("modes", ""), MODES, largest=100.0)
    for name in params:
        if name.startswith("m.") and params[name].strip():
            found |= _pairs("modes", f"{name[2:]}:{params[name].replace(',', '.')}", MODES, largest=100.0)
    if found and not any(found.values()):
        raise BadQuestion("modes", _("Au moins un mode de transport doit avoir une part supérieure à zéro."))
    return tuple(sorted(found.items()))


def _choice(params: QueryDict, name: str, accepted: tuple[str, ...]) -> str:
    value = params.get(name, "").strip() or accepted[0]
    if value not in accepted:
        raise BadQuestion(
            name,
            _("« %(value)s » n'est pas une valeur de %(name)s. Valeurs acceptées : %(accepted)s.")
            % {"value": value[:40], "name": name, "accepted": ", ".join(accepted)},
        )
    return value


def _amount(params: QueryDict, name: str) -> float | None:
    text = params.get(name, "").strip()
    return parse_number(name, text, largest=LARGEST_AMOUNT[name], what=label_of(name)) if text else None


def refuse_unknown(params: QueryDict, accepted: Iterable[str]) -> None:
    """Raise `BadQuestion` on a parameter that means nothing here, or one given twice."""
    names = tuple(accepted)
    for name, values in params.lists():
        if name.startswith(TRACKERS):
            continue
        if name not in names and not name.startswith(("w.", "m.")):
            raise BadQuestion(
                name[:40],
                _("Le paramètre « %(name)s » n'existe pas ici. Paramètres acceptés : %(accepted)s.")
                % {"name": name[:40], "accepted": ", ".join(names)},
            )
        if len(set(values)) > 1 and name != "require":
            raise BadQuestion(name, _("Le paramètre « %(name)s » est donné deux fois.") % {"name": name[:40]})


def parse_params(
    params: QueryDict,
    *,
    activity_parameter: str,
    also: tuple[str, ...],
    find: Callable[[str, str | None], tuple[str, str]],
    regions: Iterable[str],
    requirements: Callable[[str, str], tuple[str, ...]],
    defaults: Mapping[str, float],
) -> Question:
    """Return the question of a query string; raises `BadQuestion` or `NotFound` with a sentence.

    `find(code, level)` gives the canonical (code, level) of an activity; `regions` the accepted codes;
    `requirements(code, level)` those of an activity; `defaults` are the weights that a form shows unedited.
    """
    refuse_unknown(params, (activity_parameter, *PARAMETERS, "preset", *also))
    code = params.get(activity_parameter, "").strip()
    if not code:
        raise BadQuestion(
            activity_parameter,
            _("Indiquez une activité : %(name)s=32.50B par exemple (code de la NAF rév. 2).")
            % {"name": activity_parameter},
        )
    activity, level = find(code, params.get("level", "").strip() or None)
    require = sorted({one.strip() for text in params.getlist("require") for one in text.split(",") if one.strip()})
    _refuse_unlisted("require", require, requirements(activity, level))
    region = params.get("region", "").strip() or None
    _refuse_unlisted("region", [region] if region else [], tuple(regions))
    question = Question(
        activity=activity,
        level=level,
        weights=_weights(params, defaults),
        region=region,
        jobs=_amount(params, "jobs"),
        hectares=_amount(params, "hectares"),
        mw=_amount(params, "mw"),
        modes=_modes(params),
        require=tuple(require),
        normalisation=_choice(params, "normalisation", NORMALISATIONS),
        aggregation=_choice(params, "aggregation", AGGREGATIONS),
    )
    if question.jobs is not None and question.jobs < 1:
        raise BadQuestion("jobs", _("Un projet compte au moins un emploi : indiquez un nombre à partir de 1."))
    return question


def _refuse_unlisted(name: str, values: list[str], accepted: tuple[str, ...]) -> None:
    for value in values:
        if value not in accepted:
            raise BadQuestion(
                name,
                _("« %(value)s » n'est pas une valeur connue de %(name)s. Valeurs acceptées : %(accepted)s.")
                % {
                    "value": value[:40],
                    "name": name,
                    "accepted": ", ".join(accepted) or _("aucune pour cette activité"),
                },
            )
