"""How a ratio is measured: interleaved rounds of ours and of the reference, and a control that refuses a noisy run."""

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5
# The reference against itself must stay within this of 1, or the machine is too busy to compare anything.
NOISE = 0.1


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, in which unit, what is aimed at, and whether it is reached.

    `low` and `high` are the least and greatest of the rounds; `control` the reference over itself, None where the
    measure is no ratio.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    aim: str
    is_met: bool
    control: float | None = None
    detail: str = ""

    @property
    def is_noisy(self) -> bool:
        return self.control is not None and not 1 - NOISE <= self.control <= 1 + NOISE


def percentile(values: list[float], share: float) -> float:
    """Return the nearest-rank percentile of values, `share` between 0 and 1."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def timed(action: Callable[[], object], repeats: int) -> list[float]:
    """Return the seconds of each of `repeats` calls."""
    durations = []
    for _turn in range(repeats):
        began = time.perf_counter()
        action()
        durations.append(time.perf_counter() - began)
    return durations


def ratio(
    name: str,
    ours: Callable[[], object],
    reference: Callable[[], object],
    *,
    repeats: int,
    aim: float,
    at_least: bool = False,
    share: float = 0.5,
    detail: str = "",
) -> Line:
    """Return ours over the reference, each round taking the same percentile of both: the median of the rounds.

    The reference is timed twice a round, before and after ours: the ratio of the two is the control. With `at_least`,
    the line is how many times faster ours is, and the aim a floor.
    """
    ours(), reference()
    ratios, controls, times = [], [], []
    for _turn in range(ROUNDS):
        before = percentile(timed(reference, repeats), share)
        mine = percentile(timed(ours, repeats), share)
        after = percentile(timed(reference, repeats), share)
        base = (before + after) / 2
        ratios.append(base / mine if at_least else mine / base)
        controls.append(before / after)
        times.append((mine, base))
    value = statistics.median(ratios)
    mine, base = (statistics.median(column) for column in zip(*times, strict=True))
    told = f"{duration(mine)} contre {duration(base)}"
    return Line(
        name=name,
        value=value,
        unit="fois plus vite" if at_least else "fois",
        low=min(ratios),
        high=max(ratios),
        aim=f"{'≥' if at_least else '≤'} {aim:g}",
        is_met=value >= aim if at_least else value <= aim,
        control=statistics.median(controls),
        detail=f"{told} ; {detail}" if detail else told,
    )


def plain(
    name: str, values: list[float], *, unit: str, aim: float | None, control: float | None = None, detail: str = ""
) -> Line:
    """Return the median of what was measured, and an aim it should not exceed if any."""
    value = statistics.median(values)
    return Line(
        name=name,
        value=value,
        unit=unit,
        low=min(values),
        high=max(values),
        aim="" if aim is None else f"≤ {aim:g}",
        is_met=aim is None or value <= aim,
        control=control,
        detail=detail,
    )


def duration(seconds: float) -> str:
    """Return a duration in the unit that suits it: `3,2 ms`, `41 µs`, `1,80 s`."""
    for limit, factor, unit, decimals in ((1e-3, 1e6, "µs", 1), (1.0, 1e3, "ms", 2), (math.inf, 1.0, "s", 2)):
        if seconds < limit:
            return f"{seconds * factor:.{decimals}f} {unit}".replace(".", ",")
    raise ValueError(seconds)
