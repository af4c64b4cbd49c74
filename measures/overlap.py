"""How much two ways of sharing a whole have in common."""

import numpy as np

from measures.arrays import Floats, matrix, refuse_where

__all__ = ["profile_overlap"]


def profile_overlap(shares: Floats, others: Floats) -> Floats:
    """Part in common (n, m) of profiles (n, k) and others (m, k): the sum over columns of the smaller share.

    1 for the same profile, 0 when no column is shared, symmetric; of two activities that hire, it is the share of
    hires that both would make in the same occupations. One less half the sum of absolute differences (Czekanowski), so
    that no scale has to be chosen. NaN in a row makes its results NaN. ValueError for a share outside 0-1.

    >>> profile_overlap(np.array([[0.5, 0.5, 0.0]]), np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]])).round(3)
    array([[0.7, 0. ]])
    """
    left, right = matrix(shares, name="shares"), matrix(others, name="others")
    for table, name in ((left, "shares"), (right, "others")):
        refuse_where((table < 0) | (table > 1 + 1e-9), f"{name} must lie between 0 and 1")
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"shares have {left.shape[1]} columns, others {right.shape[1]}.")
    return np.array([np.minimum(one, right).sum(axis=1) for one in left]).reshape(len(left), len(right))
