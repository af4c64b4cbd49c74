"""Does the score only say which basins are large?"""

from dataclasses import dataclass

import numpy as np

from measures.aggregation import spearman
from scoring.facts import Facts
from scoring.question import Question
from scoring.service import compute_ranking

MOST = 0.25


@dataclass(frozen=True)
class Size:
    """Rank correlation of the score with all jobs of the basin, over the sub-classes of manufacturing.

    `median` is that of its absolute value, `signed` of its value; `above` counts the sub-classes over `MOST`.
    """

    activities: int
    median: float
    signed: float
    lowest: float
    highest: float
    above: int


def size_correlation(facts: Facts) -> Size:
    """Return how the score as the page gives it goes with size."""
    known = ~np.isnan(facts.all_jobs)
    jobs = facts.all_jobs[known]
    leaves = facts.nomenclature.nodes["section:C"].subclasses
    found = np.array(
        [spearman(compute_ranking(facts, Question(code, "subclass")).score[known], jobs) for code in leaves]
    )
    return Size(
        activities=len(found),
        median=float(np.median(np.abs(found))),
        signed=float(np.median(found)),
        lowest=float(found.min()),
        highest=float(found.max()),
        above=int((np.abs(found) > MOST).sum()),
    )
