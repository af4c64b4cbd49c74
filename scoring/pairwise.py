"""How surely each basin comes before each other in a ranking: all pairs of some of its rows."""

from functools import lru_cache

import numpy as np

from scoring import service
from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.question import Question

# Pairs compared at once: what a processor's cache holds, twice as fast as thousands.
PAIRS_AT_ONCE = 50
MATRICES_KEPT = 32


@lru_cache(maxsize=MATRICES_KEPT)
def before_matrix(facts: Facts, question: Question, indexes: tuple[int, ...]) -> FloatArray:
    """Return the probability (m, m) that the zone of a row comes before that of a column, NaN on the diagonal.

    `indexes` are positions of eligible zones. The two probabilities of a pair sum to 1; those of neighbours in the
    list are those that the ranking gives. Some 80 microseconds a pair.
    """
    count = len(indexes)
    rows, columns = np.triu_indices(count, 1)
    zones = np.array(indexes, dtype=np.int64)
    robustness = service.rank(facts, question).robustness
    found = np.full((count, count), np.nan)
    for start in range(0, len(rows), PAIRS_AT_ONCE):
        one, other = rows[start : start + PAIRS_AT_ONCE], columns[start : start + PAIRS_AT_ONCE]
        shares = robustness.before(zones[one].tolist(), zones[other].tolist())
        found[one, other], found[other, one] = shares, 1 - shares
    return found
