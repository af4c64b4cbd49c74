"""The weight of each criterion, from default weights and what somebody changed, by criterion or by pillar."""

import math
from collections.abc import Mapping

__all__ = ["resolve_weights"]


def resolve_weights(
    default: Mapping[str, float], pillars: Mapping[str, str], edits: Mapping[str, float]
) -> dict[str, float]:
    """Weight of each criterion of `default`, in its order, summing to 1.

    `pillars` gives the pillar of each criterion; `edits` has criteria and pillars as keys and weights in the unit of
    the defaults. An edited criterion replaces its default. An edited pillar has that total, shared among its criteria
    in proportion to their own weights, edited or not, and equally when these are all zero; a pillar that is not edited
    keeps the sum of its criteria. ValueError, naming the key, for: an unknown key; a weight that is negative, NaN or
    infinite; a criterion without pillar; a name that is both criterion and pillar; and when nothing has a weight.

    >>> pillars = {"sites": "land", "power": "land", "care": "living"}
    >>> resolve_weights({"sites": 30.0, "power": 10.0, "care": 60.0}, pillars, {"land": 60.0})
    {'sites': 0.375, 'power': 0.125, 'care': 0.5}
    """
    members = _members(default, pillars)
    for key in edits:
        if key not in default and key not in members:
            raise ValueError(f"{key!r} is neither a criterion nor a pillar.")
    _refuse_bad_weights(default)
    _refuse_bad_weights(edits)
    weights = {key: float(edits.get(key, weight)) for key, weight in default.items()}
    for pillar, criteria in members.items():
        if pillar in edits:
            weights |= _shared(edits[pillar], {key: weights[key] for key in criteria})
    if not any(weights.values()):
        raise ValueError("at least one weight must be positive.")
    return _shared(1.0, weights)


def _members(default: Mapping[str, float], pillars: Mapping[str, str]) -> dict[str, list[str]]:
    """The criteria of each pillar."""
    members: dict[str, list[str]] = {}
    for key in default:
        if key not in pillars:
            raise ValueError(f"the criterion {key!r} has no pillar.")
        if pillars[key] in default:
            raise ValueError(f"{pillars[key]!r} is the name of both a criterion and a pillar.")
        members.setdefault(pillars[key], []).append(key)
    return members


def _refuse_bad_weights(weights: Mapping[str, float]) -> None:
    for key, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"the weight of {key!r} must be a finite number that is not negative, not {weight}.")


def _shared(total: float, weights: Mapping[str, float]) -> dict[str, float]:
    """`total` shared in proportion to `weights`, equally when they are all zero."""
    largest = max(weights.values())
    # By the largest first: the sum of very large weights would overflow.
    relative = {key: weight / largest if largest > 0 else 1.0 for key, weight in weights.items()}
    whole = math.fsum(relative.values())
    return {key: total * (weight / whole) for key, weight in relative.items()}
