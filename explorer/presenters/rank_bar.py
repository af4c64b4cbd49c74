"""The interval of a rank as a small bar and in short: the same wherever a rank is listed."""

from html import escape
from math import log
from typing import Protocol

from explorer.skeletons import skeleton
from explorer.templatetags.french import ordinal, spaced

# Width of the bar, in units of its drawing: it stands for all ranks on a logarithmic scale, so that the first ones can
# be told apart.
BAR_WIDTH = 120.0
SLOTS = ("told", "left", "width", "point")


class Ranks(Protocol):
    """The ranks that hold nine draws in ten, and the median."""

    @property
    def p05(self) -> int: ...
    @property
    def median(self) -> int: ...
    @property
    def p95(self) -> int: ...


def rank_bar(ranks: Ranks, count: int, told: str) -> str:
    """Return the bar of an interval among `count` basins; `told` says it in words."""
    left, point, right = (on_bar(rank, count) for rank in (ranks.p05 - 0.5, ranks.median, ranks.p95 + 0.5))
    values = {"told": escape(spaced(told)), "left": f"{left:.1f}", "width": f"{right - left:.1f}"}
    return skeleton("explorer/_rank_bar.html", *SLOTS) % (values | {"point": f"{point:.1f}"})


def on_bar(rank: float, count: int) -> float:
    """Return the place of a rank on the bar, half a rank being left before the first and after the last."""
    return BAR_WIDTH * log(rank / 0.5) / log((count + 0.5) / 0.5)


def short_interval(ranks: Ranks) -> str:
    """Return the interval as short as can be: "1er\N{EN DASH}8e", one rank alone when they are the same."""
    first, last = ordinal(ranks.p05), ordinal(ranks.p95)
    return first if first == last else f"{first}\N{EN DASH}{last}"
