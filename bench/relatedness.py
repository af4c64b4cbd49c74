"""Proximity and density of activities, against the package that an economist would take instead."""

import contextlib
import io
import warnings

import numpy as np
import pandas as pd
from ecomplexity import ecomplexity

from bench.protocol import Line, ratio
from measures.quotient import location_quotient
from measures.relatedness import densities, proximity

ZONES = 306
# The branches of A38 and the sub-classes of NAF rev. 2, and turns of a round.
SIZES = ((38, 20), (732, 2))
NAMES = {"time": "t", "loc": "z", "prod": "a", "val": "v"}


def measure() -> list[Line]:
    """Return how many times faster ours is than `ecomplexity`, at the two grains of the score."""
    return [at_size(activities, repeats) for activities, repeats in SIZES]


def at_size(activities: int, repeats: int) -> Line:
    chance = np.random.default_rng(activities)
    jobs = np.floor(chance.lognormal(3, 2, (ZONES, activities)))
    rows, columns = np.indices(jobs.shape)
    table = pd.DataFrame({"t": 1, "z": rows.ravel(), "a": columns.ravel(), "v": jobs.ravel()})

    def ours() -> object:
        flags = location_quotient(jobs, jobs.sum(axis=1), jobs.sum(axis=0) / jobs.sum()) >= 1
        return densities(flags.astype(float), proximity(flags))

    # One call gives density, from a table, and makes the complexity indices on the way. It warns of changes in pandas.
    def library() -> object:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            return ecomplexity(table, NAMES, verbose=False, check_logsupermodularity=False)

    return ratio(
        f"parenté, {ZONES} bassins × {activities} activités, contre ecomplexity",
        ours,
        library,
        repeats=repeats,
        aim=50,
        at_least=True,
        detail="ecomplexity calcule aussi ses indices de complexité",
    )
