"""Axes of drawn charts: from values to places, and the round numbers written along them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.wording import number

# Grid lines aimed at on an axis.
TICKS = 5
MOST_DECIMALS = 4


@dataclass(frozen=True)
class Axis:
    """A scale from `low` to `high` over a length that starts at `start`, with the values written along it."""

    low: float
    high: float
    start: float
    length: float
    ticks: tuple[float, ...]
    suffix: str = ""
    is_log: bool = False

    def place(self, value: float) -> float:
        """Return where a value stands, kept within the ends."""
        low, high, value = (math.log10(one) if self.is_log else one for one in (self.low, self.high, value))
        return self.start + self.length * min(1.0, max(0.0, (value - low) / (high - low or 1.0)))

    def written(self, tick: float) -> str:
        """Return a value of the axis in the language's separators, with the decimals that all need."""
        decimals = next((d for d in range(MOST_DECIMALS) if all(round(t, d) == t for t in self.ticks)), MOST_DECIMALS)
        return number(tick, decimals) + self.suffix


def axis(described: dict[str, Any], values: Iterable[float], start: float, length: float) -> Axis:
    """Return the axis that plotly would draw from its description: its ends and ticks, or round ones around values."""
    known = [one for one in values if math.isfinite(one)]
    suffix, given = described.get("ticksuffix", ""), tuple(described.get("tickvals", ()))
    if described.get("type") == "log":
        low = min([*known, 1.0])
        high = next((one for one in given if one >= max(known, default=1.0)), max(known, default=10.0))
        return Axis(low, high, start, length, tuple(t for t in given if low <= t <= high), suffix, is_log=True)
    if "range" in described:
        low, high = described["range"]
        return Axis(low, high, start, length, given or round_ticks(low, high), suffix)
    if described.get("rangemode") == "tozero":
        known.append(0.0)
    ticks = given or round_ticks(min(known, default=0.0), max(known, default=1.0))
    return Axis(min([*ticks, *known]), max([*ticks, *known]), start, length, ticks, suffix)


def round_ticks(low: float, high: float, count: int = TICKS) -> tuple[float, ...]:
    """Return about `count` multiples of 1, 2 or 5 times a power of ten, from at most `low` to at least `high`."""
    step = round_step((high - low or abs(high) or 1.0) / count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = max(0, -math.floor(math.log10(step)))
    return tuple(round(position * step, digits) for position in range(first, max(last, first + 1) + 1))


def round_step(least: float) -> float:
    """Return the least of 1, 2, 5 times a power of ten that is no less than a number."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least * (1 - 1e-9))


def numbers(given: Any) -> list[float | None]:
    """Return the numbers of a trace, None where it has none; arrays packed by plotly are unpacked."""
    if isinstance(given, dict):
        import base64

        import numpy as np

        given = np.frombuffer(base64.b64decode(given["bdata"]), dtype=given["dtype"]).tolist()
    values: Sequence[Any] = given or ()
    return [None if one is None or (isinstance(one, float) and math.isnan(one)) else one for one in values]
