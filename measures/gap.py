"""The cheapest set of changes that brings a wanted gain, each change coming in whole steps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measures.arrays import Floats, Integers, vector

__all__ = ["Choice", "cheapest_choice", "largest_choice"]

# Sums of efforts made in another order differ by their last digits.
EFFORT_DECIMALS = 9
GAIN_TOLERANCE = 1e-12


@dataclass(frozen=True)
class Choice:
    """How many steps of each change (m,), what they cost together and what they bring."""

    steps: tuple[int, ...]
    effort: float
    gain: float


def cheapest_choice(gains: Sequence[Floats], efforts: Sequence[Floats], *, need: float) -> Choice | None:
    """The steps of each change that bring `need` at the least total effort; None when all of them together do not.

    `gains[l]` and `efforts[l]` (s_l + 1,) are what the change l brings and costs at 0, 1... s_l steps, starting from
    0: any shape, concave or not. Changes add up. The answer is exact: changes are taken one after another and, of all
    the partial sums, only those that no other equals or beats on both effort and gain are kept (the multiple-choice
    knapsack by its non-dominated sums, Nemhauser and Ullmann 1969). Of two answers of the same effort, the one that
    brings more is kept. ValueError for lengths that differ, a first step that is not 0 or a negative effort.

    >>> cheapest_choice([np.array([0.0, 2.0]), np.array([0.0, 1.0, 1.5])], [np.array([0.0, 5.0]), np.arange(3.0)],
    ...                 need=1.2)
    Choice(steps=(0, 2), effort=2.0, gain=1.5)
    """
    tables = _tables(gains, efforts)
    steps = np.zeros((1, 0), dtype=np.int64)
    effort, gain = np.zeros(1), np.zeros(1)
    most_left = float(sum(own.max() for own, _cost in tables))
    if most_left < need - GAIN_TOLERANCE:
        return None
    for own, cost in tables:
        most_left -= float(own.max())
        sums = (gain[:, None] + own[None, :]).ravel()
        costs = (effort[:, None] + cost[None, :]).ravel()
        # More than needed is worth no more, and what can no longer reach it is worth nothing.
        can_reach = sums + most_left >= need - GAIN_TOLERANCE
        kept = np.flatnonzero(can_reach)[_undominated(costs[can_reach], sums[can_reach], need)]
        before, step = np.divmod(kept, own.size)
        steps = np.column_stack([steps[before], step])
        effort, gain = costs[kept], sums[kept]
    reached = np.flatnonzero(gain >= need - GAIN_TOLERANCE)
    best = reached[np.lexsort((-gain[reached], np.round(effort[reached], EFFORT_DECIMALS)))[0]]
    return Choice(tuple(steps[best].tolist()), float(effort[best]), float(gain[best]))


def largest_choice(gains: Sequence[Floats], efforts: Sequence[Floats]) -> Choice:
    """The steps that bring the most, each change stopping at the first step that brings all it can.

    Same shapes and refusals as `cheapest_choice`.

    >>> largest_choice([np.array([0.0, 2.0, 2.0])], [np.array([0.0, 5.0, 9.0])])
    Choice(steps=(1,), effort=5.0, gain=2.0)
    """
    tables = _tables(gains, efforts)
    steps = tuple(int(np.argmax(own >= own.max() - GAIN_TOLERANCE)) for own, _cost in tables)
    effort = sum(float(cost[step]) for step, (_own, cost) in zip(steps, tables, strict=True))
    gain = sum(float(own[step]) for step, (own, _cost) in zip(steps, tables, strict=True))
    return Choice(steps, float(effort), float(gain))


def _tables(gains: Sequence[Floats], efforts: Sequence[Floats]) -> list[tuple[Floats, Floats]]:
    tables = []
    for own, cost in zip(gains, efforts, strict=True):
        gain, effort = vector(own, name="gains"), vector(cost, name="efforts")
        if gain.shape != effort.shape or not gain.size or gain[0] != 0 or effort[0] != 0:
            raise ValueError("a change needs one gain and one effort for each number of steps, both 0 at none.")
        if (effort < 0).any():
            raise ValueError("an effort must not be negative.")
        tables.append((gain, effort))
    return tables


def _undominated(efforts: Floats, gains: Floats, need: float) -> Integers:
    """Positions of the pairs that no other equals or beats on both sides, gains beyond `need` not counting."""
    order = np.lexsort((-gains, np.round(efforts, EFFORT_DECIMALS)))
    ordered = np.minimum(gains[order], need)
    best_before = np.concatenate([[-np.inf], np.maximum.accumulate(ordered)[:-1]])
    found: Integers = order[ordered > best_before + GAIN_TOLERANCE]
    return found
