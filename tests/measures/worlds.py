"""Generated worlds: small tables of zones by criteria or by activities, with the awkward cases in them."""

from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from measures.arrays import Floats, Integers

# The time of one example is no property of the code.
quickly = settings(max_examples=100, deadline=None, database=None)


@dataclass(frozen=True, eq=False)
class Scored:
    """Zones x criteria in 0-1, weights of which at least one is positive, and the pillar of each criterion."""

    normalised: Floats
    weights: Floats
    pillar_index: Integers


# Tables are drawn from one seed: choosing each cell took ten times longer than everything tested with it.
SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def scored(draw: st.DrawFn) -> Scored:
    """One to six zones and one to five criteria, in eighths so that ties, zeros and constants are common."""
    zones, criteria = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    random = np.random.default_rng(draw(SEEDS))
    eighths = random.integers(0, draw(st.sampled_from([1, 3, 9])), (zones, criteria))
    weights = random.integers(0, 10, criteria) * random.integers(0, 2, criteria)
    weights[random.integers(criteria)] = 4
    return Scored(eighths / 8, weights.astype(np.float64), random.integers(0, 3, criteria))


def jobs(zones: int, activities: int, *, at_least: int) -> st.SearchStrategy[Floats]:
    """Jobs by zone and activity, whole numbers up to 500, one cell in four at `at_least`."""

    def table(seed: int) -> Floats:
        random = np.random.default_rng(seed)
        counts = random.integers(at_least, 501, (zones, activities))
        counts[random.random(counts.shape) < 0.25] = at_least
        return counts.astype(np.float64)

    return SEEDS.map(table)


def values(*, unknown: bool) -> st.SearchStrategy[Floats]:
    """One to eight values between -20 and 20 in quarters, some of them NaN when `unknown`."""
    quarters = st.integers(-80, 80).map(lambda quarter: quarter / 4)
    elements = st.one_of(quarters, st.just(np.nan)) if unknown else quarters
    return st.lists(elements, min_size=1, max_size=8).map(lambda cells: np.array(cells, dtype=np.float64))
