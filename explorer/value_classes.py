"""Values as the classes of a map: bounds, colour of each class, its words in the legend."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scoring.cells import FloatArray
from scoring.numbers import NARROW_SPACE, number

STEPS = 7
# CSS class of a step: `q` is one hue from pale to deep, `d` two hues around a neutral middle.
PALETTES = {"sequential": "q", "diverging": "d"}
# The share of France itself: quotients between these are "as in France", and each step outward is a like ratio.
QUOTIENT_BREAKS = (0.5, 0.67, 0.9, 1.1, 1.5, 2.0)
FEWEST_DIGITS, MOST_DIGITS = 2, 6


@dataclass(frozen=True)
class Scale:
    """Classes of values: `breaks` are the ascending lower bounds of all classes but the first."""

    breaks: tuple[float, ...]
    palette: str = "sequential"
    decimals: int = 0

    def __post_init__(self) -> None:
        if self.palette not in PALETTES or len(self.breaks) >= STEPS:
            raise ValueError(f"{self.palette} with {len(self.breaks)} breaks: at most {STEPS - 1}")
        if any(low >= high for low, high in pairwise(self.breaks)):
            raise ValueError(f"breaks do not ascend: {self.breaks}")
        if self.palette == "diverging" and len(self.breaks) % 2:
            raise ValueError("a diverging scale needs a class in the middle, thus an even number of breaks")

    @property
    def css_classes(self) -> tuple[str, ...]:
        """The CSS class of each class, spread over the seven steps of the palette."""
        last = len(self.breaks)
        steps = [round(rank * (STEPS - 1) / last) for rank in range(last + 1)] if last else [STEPS // 2]
        return tuple(f"{PALETTES[self.palette]}{step}" for step in steps)

    def css_class(self, value: float) -> str:
        """Return the CSS class of a known value; a value equal to a break belongs above it."""
        return self.css_classes[int(np.searchsorted(self.breaks, value, side="right"))]

    def legend(self) -> list[dict[str, str]]:
        """Return each class, lowest first: `css_class` and `label`."""
        ends = [self.written(one) for one in self.breaks]
        if not ends:
            return []
        between = [f"{low}–{high}" for low, high in pairwise(ends)]
        labels = [f"<{NARROW_SPACE}{ends[0]}", *between, f"≥{NARROW_SPACE}{ends[-1]}"]
        return [{"css_class": one, "label": label} for one, label in zip(self.css_classes, labels, strict=True)]

    def written(self, bound: float) -> str:
        """Return a bound with the decimals it needs, and no more than values have."""
        needed = next((d for d in range(self.decimals) if round(bound, d) == bound), self.decimals)
        return number(bound, needed)


def quantile_breaks(values: FloatArray, *, decimals: int, count: int = STEPS) -> tuple[float, ...]:
    """Return bounds that put about as many known values in each of `count` classes, rounded to be read.

    Two significant digits are kept, more when bounds would meet; bounds that no value separates are dropped.
    """
    known = values[np.isfinite(values)]
    if known.size == 0:
        return ()
    exact = np.unique(np.quantile(known, np.arange(1, count) / count))
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        bounds = np.unique([significant(one, digits, decimals) for one in exact])
        if bounds.size == exact.size:
            break
    return tuple(float(one) for one in bounds if known.min() < one <= known.max())


def significant(value: float, digits: int, decimals: int) -> float:
    """Return a value rounded to significant digits, and to no more decimals than given."""
    if value == 0:
        return 0.0
    place = digits - 1 - int(np.floor(np.log10(abs(value))))
    return float(round(value, min(place, decimals)))
