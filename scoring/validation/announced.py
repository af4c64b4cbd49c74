"""Do the ranks come true: does the interval announced on one year's jobs hold the rank of the next?"""

from dataclasses import dataclass, replace

import numpy as np

from measures.validation import Interval, coverage, interval
from scoring.facts import Facts
from scoring.question import Question
from scoring.service import compute_ranking
from scoring.validation.dated import Past, facts_at
from scoring.validation.judging import Judge

ANNOUNCED, CAME = 2022, 2023


@dataclass(frozen=True)
class Announced:
    """Share of basin x branch cells whose rank on the later jobs lies within P5-P95 of the earlier ones.

    `width` is the median number of ranks between both ends, `moved` the median move of a rank, `least` the branch that
    is held least, and its share.
    """

    announced: int
    came: int
    share: Interval
    width: float
    moved: float
    least_branch: str
    least_share: float
    cells: int


def announced_ranks(past: Past, judge: Judge, *, announced: int = ANNOUNCED, came: int = CAME) -> Announced:
    """Return how often the interval of a year holds the rank of another, over manufacturing branches.

    Private jobs, and the stock of occupations made of them, are those of each year; the rest has one vintage in the
    edition and does not move.
    """
    earlier, later = _as_announced(past, announced), _as_announced(past, came)
    low, high, before, after = [], [], [], []
    for branch in past.facts.nomenclature.manufacturing:
        first, second = (compute_ranking(facts, Question(branch, "a38")) for facts in (earlier, later))
        low.append(first.robustness.rank_p05)
        high.append(first.robustness.rank_p95)
        before.append(_ranks(first.score))
        after.append(_ranks(second.score))
    bottom, top, old, new = (np.column_stack(columns) for columns in (low, high, before, after))
    by_branch = coverage(bottom, top, new)
    inside = (new >= bottom) & (new <= top)
    weights = judge.zones[1:, :, None] * judge.activities[1:, None, :]
    draws = (weights * inside).sum(axis=(1, 2)) / weights.sum(axis=(1, 2))
    least = int(np.argmin(by_branch))
    return Announced(
        announced=announced,
        came=came,
        share=interval(float(inside.mean()), draws),
        width=float(np.median(top - bottom)),
        moved=float(np.median(np.abs(new - old))),
        least_branch=past.facts.nomenclature.manufacturing[least],
        least_share=float(by_branch[least]),
        cells=inside.size,
    )


def _as_announced(past: Past, year: int) -> Facts:
    """The facts of a year with the errors that the edition announces for its stock of occupations."""
    facts = facts_at(past, year)
    return replace(facts, occupations=replace(facts.occupations, error_share=past.facts.occupations.error_share))


def _ranks(score: np.ndarray) -> np.ndarray:
    ranks = np.empty(len(score))
    ranks[np.argsort(-score, kind="stable")] = np.arange(1, len(score) + 1)
    return ranks
