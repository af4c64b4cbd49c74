"""Which occupations are rare in the country and gathered in a place."""

import numpy as np

from measures.arrays import Flags, Floats, matrix, vector
from measures.quotient import expected_jobs, log_quotient

__all__ = ["is_rare_here"]


def is_rare_here(
    jobs: Floats,
    national_shares: Floats,
    zone_totals: Floats,
    *,
    most_share: float,
    least_quotient: float,
    least_jobs: float,
    shrink: float,
) -> Flags:
    """True (n, k) where an occupation is rare in the country and concentrated in the zone.

    Rare: it holds less than `most_share` (0-1) of the country's jobs. Concentrated: the zone has at least
    `least_jobs` of it, and at least `least_quotient` times what its size would give, both numbers raised by `shrink`
    jobs as in `log_quotient`, so that a handful of jobs never makes a stronghold. `jobs` (n, k), `national_shares`
    (k,), `zone_totals` (n,); NaN is never rare. ValueError for a share outside 0-1 or a shrink that is not positive.

    >>> is_rare_here(
    ...     np.array([[300.0, 300.0], [60.0, 900.0]]), np.array([0.004, 0.03]), np.array([10_000.0, 10_000.0]),
    ...     most_share=0.005, least_quotient=2.0, least_jobs=100.0, shrink=50.0,
    ... )
    array([[ True, False],
           [False, False]])
    """
    known, shares = matrix(jobs, name="jobs"), vector(national_shares, name="national_shares")
    if not 0 < most_share < 1:
        raise ValueError(f"most_share must lie strictly between 0 and 1, not {most_share}.")
    expected = expected_jobs(zone_totals, shares)
    quotient = np.exp(log_quotient(known, expected, shrink=shrink))
    found: Flags = (shares < most_share)[None, :] & (known >= least_jobs) & (quotient >= least_quotient)
    return found
