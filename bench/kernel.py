"""The score kernel against the least that NumPy could do, and against the library that a user would take instead."""

import numpy as np
from pymcdm.helpers import rrankdata
from pymcdm.methods import WSM

from bench.protocol import Line, ratio
from measures.aggregation import rank_descending, weighted_sum

CRITERIA = 30
# Rows, and turns of a round. At 306 the least possible is a few microseconds: nothing is aimed at but to be told.
SIZES = ((306, 200), (36_000, 15))


def measure() -> list[Line]:
    """Return, for 306 basins and 36,000 communes, ours over matvec and argsort, and how much faster than pymcdm."""
    return [line for rows, repeats in SIZES for line in at_size(rows, repeats)]


def at_size(rows: int, repeats: int) -> list[Line]:
    chance = np.random.default_rng(rows)
    cells = chance.random((rows, CRITERIA))
    weights = chance.random(CRITERIA)
    weights /= weights.sum()
    light, light_weights = cells.astype(np.float32), weights.astype(np.float32)
    eligible = np.ones(rows, dtype=bool)
    wsm, types = WSM(), np.ones(CRITERIA)

    def ours() -> object:
        return rank_descending(weighted_sum(cells, weights), eligible)

    # The library cannot be handed cells that are normalised already: it does it again, as for any user.
    def library() -> object:
        return rrankdata(wsm(cells, weights, types))

    return [
        ratio(
            f"noyau de score, {rows} lignes / produit et tri f32",
            ours,
            lambda: np.argsort(light @ light_weights),
            repeats=repeats,
            aim=3,
        ),
        ratio(
            f"noyau de score, {rows} lignes, contre pymcdm",
            ours,
            library,
            repeats=max(3, repeats // 5),
            aim=50,
            at_least=True,
        ),
    ]
