"""Groups of near zones: which there are, what they offer together, and what each step of a chain finds in them.

A group is a row of zone positions, ascending. Everything is read for all groups at once.
"""

import numpy as np

from measures.arrays import Flags, Floats, Integers, matrix, vector

__all__ = [
    "added",
    "assigned",
    "best_alone",
    "best_part",
    "chain_alone",
    "hosted",
    "near_groups",
    "near_sets",
    "pooled",
]


def near_groups(distance_km: Floats, *, radius_km: float, size: int) -> Integers:
    """Every group (g, size) of 2 or 3 zones no two of which are farther apart than the radius, in order.

    `distance_km` (n, n) between zones; NaN is never near. ValueError for another size.

    >>> near_groups(np.array([[0.0, 10, 90], [10, 0, 20], [90, 20, 0]]), radius_km=50, size=2)
    array([[0, 1],
           [1, 2]])
    """
    if size not in (2, 3):
        raise ValueError(f"a group has 2 or 3 zones, not {size}.")
    is_near: Flags = np.triu(matrix(distance_km, name="distance_km") <= radius_km, 1)
    first, second = np.nonzero(is_near)
    if size == 2:
        return np.column_stack([first, second])
    pair, third = np.nonzero(is_near[first] & is_near[second])
    return np.column_stack([first[pair], second[pair], third])


def best_alone(scores: Floats, members: Integers) -> Integers:
    """The member (g,) of each group with the highest of `scores` (n,), the first zone among equals.

    >>> best_alone(np.array([40.0, 60.0, 60.0]), np.array([[0, 1], [1, 2]]))
    array([1, 1])
    """
    of_members = vector(scores, name="scores")[members]
    lead: Integers = np.take_along_axis(members, of_members.argmax(axis=1)[:, None], axis=1)[:, 0]
    return lead


def hosted(cells: Floats, is_known: Flags, members: Integers, lead: Integers) -> Floats:
    """What a group offers (g, k) of the things that one member can provide for all: the best cell of its members.

    `cells` (n, k) in 0-1; where `is_known` (n, k) is false a partner offers nothing, since its cell is only the middle
    of what it may be, and the lead (g,) keeps its own. Never under the lead's cell.

    >>> cells, known = np.array([[0.2], [0.9], [0.5]]), np.array([[True], [True], [False]])
    >>> hosted(cells, known, np.array([[0, 1], [0, 2]]), np.array([0, 0]))
    array([[0.9],
           [0.2]])
    """
    offered = np.where(is_known, matrix(cells, name="cells"), -np.inf)
    best: Floats = np.maximum(cells[lead], offered[members].max(axis=1))
    return best


def pooled(cells: Floats, is_known: Flags, mass: Floats, members: Integers, lead: Integers) -> Floats:
    """What a group is (g, k) where its members count together: the mean of their cells, weighted by `mass` (n,).

    Partners whose cell or mass is unknown (NaN, none) are left out; a lead that is alone keeps its own cell. Between
    the lowest and the highest cell of the members.

    >>> cells, known = np.array([[0.2], [0.8]]), np.array([[True], [True]])
    >>> pooled(cells, known, np.array([300.0, 100.0]), np.array([[0, 1]]), np.array([0]))
    array([[0.35]])
    """
    table = matrix(cells, name="cells")
    people = np.nan_to_num(vector(mass, name="mass"))
    counts = (is_known[members] | (members == lead[:, None])[:, :, None]) * people[members][:, :, None]
    total = counts.sum(axis=1)
    summed = (counts * table[members]).sum(axis=1)
    mean: Floats = np.divide(summed, total, out=table[lead].copy(), where=total > 0)
    return mean


def added(values: Floats, members: Integers, *, cap: float) -> Floats:
    """The sum (g,) of the known values (n,) of the members, no more than the cap; NaN where none is known.

    >>> added(np.array([8.0, 15.0, np.nan]), np.array([[0, 1], [0, 2]]), cap=20)
    array([20.,  8.])
    """
    of_members = vector(values, name="values")[members]
    total = np.minimum(np.nansum(of_members, axis=1), cap)
    summed: Floats = np.where(np.isnan(of_members).all(axis=1), np.nan, total)
    return summed


def best_part(
    scores: Floats, members: Integers, pairs: Integers | None = None, pair_scores: Floats | None = None
) -> Floats:
    """The best score (g,) that a part of each group has: one of its members or, for triples, one of its pairs.

    `scores` (n,) of zones alone; `pairs` (p, 2) and `pair_scores` (p,) must hold every pair of the triples.

    >>> pairs = np.array([[0, 1], [0, 2], [1, 2]])
    >>> best_part(np.array([50.0, 40, 30]), np.array([[0, 1, 2]]), pairs, np.array([55.0, 52, 41]))
    array([55.])
    """
    best: Floats = vector(scores, name="scores")[members].max(axis=1)
    if pairs is None or pair_scores is None or members.shape[1] < 3:
        return best
    table = np.full((len(scores), len(scores)), -np.inf)
    table[pairs[:, 0], pairs[:, 1]] = pair_scores
    for one, other in ((0, 1), (0, 2), (1, 2)):
        best = np.maximum(best, table[members[:, one], members[:, other]])
    return best


def assigned(step_scores: Floats, weights: Floats, members: Integers) -> tuple[Integers, Floats]:
    """Which member (g, s) does each step of a chain, and the score (g,) of the whole: each step where it scores best.

    `step_scores` (s, n); `weights` (s,) of the steps, normalised. Among equals, the first zone. The score is the
    weighted mean of the best of each step: never under the best zone alone.

    >>> zones, score = assigned(np.array([[80.0, 40], [30, 50]]), np.array([1.0, 1]), np.array([[0, 1]]))
    >>> zones, score
    (array([[0, 1]]), array([65.]))
    """
    table = matrix(step_scores, name="step_scores")
    shares = _shares(weights, len(table))
    of_members = table[:, members]
    best = of_members.argmax(axis=2)
    zones: Integers = np.take_along_axis(members, best.T, axis=1)
    score: Floats = shares @ of_members.max(axis=2)
    return zones, score


def chain_alone(step_scores: Floats, weights: Floats) -> Floats:
    """The score (n,) of each zone doing every step of a chain by itself: the weighted mean of its scores (s, n).

    >>> chain_alone(np.array([[80.0, 40], [30, 50]]), np.array([1.0, 1]))
    array([55., 45.])
    """
    table = matrix(step_scores, name="step_scores")
    alone: Floats = _shares(weights, len(table)) @ table
    return alone


def _shares(weights: Floats, count: int) -> Floats:
    given = vector(weights, name="weights")
    if given.size != count:
        raise ValueError(f"{count} steps but {given.size} weights.")
    if not ((given >= 0).all() and np.isfinite(given).all() and given.sum() > 0):
        raise ValueError("weights must be finite, not negative, and not all zero.")
    shares: Floats = given / given.sum()
    return shares


def near_sets(is_near: Flags) -> list[list[int]]:
    """Sets of places every two of which are near, each place in one at most, each set ascending.

    Made in the order of the places, the most important first: the first place left opens a set, and each that follows
    joins it when near all that are already in. A place that stays alone is left out. `is_near` (m, m), symmetric.

    >>> near_sets(np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]], dtype=bool))
    [[0, 1], [2, 3]]
    """
    left = list(range(len(is_near)))
    found = []
    while left:
        together: list[int] = []
        for place in left:
            if is_near[place, together].all():
                together.append(place)
        left = [place for place in left if place not in together]
        if len(together) > 1:
            found.append(together)
    return found
