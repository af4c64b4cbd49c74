"""Lists of "criterion:number" as they stand in an address: efforts chosen, values changed."""

import math
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from scoring.definitions import criterion
from scoring.errors import BadQuestion
from scoring.question import NUMBER, SPACES

LONGEST_SHOWN = 40


def parse_pairs(parameter: str, text: str, known: Iterable[str], *, fields: str = "") -> dict[str, float]:
    """Return `criterion:number,…` as a dict; raises `BadQuestion` on an unknown or repeated key, or on no number.

    With `fields`, what is no number is said of the field of that prefix and key, not of the whole parameter.
    """
    accepted, found = tuple(known), dict[str, float]()
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key, colon, number = (piece.strip() for piece in part.partition(":"))
        if not colon or key not in accepted:
            raise BadQuestion(
                parameter,
                _("« %(part)s » n'est pas compris dans %(parameter)s : écrivez clé:nombre, clé parmi %(accepted)s.")
                % {"part": part[:LONGEST_SHOWN], "parameter": parameter, "accepted": ", ".join(accepted)},
            )
        if key in found:
            raise BadQuestion(
                parameter,
                _("« %(key)s » est donné deux fois dans %(parameter)s : gardez une seule valeur.")
                % {"key": key, "parameter": parameter},
            )
        found[key] = parse_signed(f"{fields}{key}" if fields else parameter, number, key)
    return found


def parse_signed(parameter: str, text: str, key: str) -> float:
    """Return the number given to a criterion, decimal point or comma, negative or not; raises `BadQuestion`."""
    written = text.strip().translate(SPACES).replace("\u2212", "-")
    value = float(written.replace(",", ".")) if NUMBER.fullmatch(written) else math.nan
    if not math.isfinite(value):
        raise BadQuestion(
            parameter,
            _("« %(text)s » n'est pas un nombre : « %(label)s » (%(key)s) attend un nombre, par exemple 1,5.")
            % {"text": text[:LONGEST_SHOWN], "label": criterion(key).label, "key": key},
        )
    return value


def written_pairs(values: Mapping[str, float]) -> str:
    """Return a dict as `key:number,…`, numbers as short as can be yet read back as the very same."""
    return ",".join(f"{key}:{written_number(value)}" for key, value in values.items())


def written_number(value: float) -> str:
    """Return a number for an address: 2 rather than 2.0."""
    return repr(float(value)).removesuffix(".0")
