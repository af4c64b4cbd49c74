"""Quotients that compare the jobs of a zone with what its size and the national structure would give it."""

import numpy as np

from measures.arrays import Floats, matrix, refuse_where, vector

__all__ = ["expected_jobs", "krugman_index", "location_quotient", "log_quotient", "rarity"]


def expected_jobs(zone_totals: Floats, national_shares: Floats) -> Floats:
    """Jobs (n, k) that each zone would have in each column if it were a small nation: total x national share.

    `zone_totals` (n,) in jobs, `national_shares` (k,) in 0-1; they need not sum to 1 when only some columns are asked.
    NaN in a total or a share makes its row or its column NaN. ValueError for a negative total or a share outside 0-1.

    >>> expected_jobs(np.array([1000.0, 200.0]), np.array([0.01, 0.1]))
    array([[ 10., 100.],
           [  2.,  20.]])
    """
    totals, shares = vector(zone_totals, name="zone_totals"), vector(national_shares, name="national_shares")
    refuse_where(totals < 0, "zone_totals must not be negative")
    refuse_where((shares < 0) | (shares > 1), "national_shares must lie between 0 and 1")
    return np.outer(totals, shares)


def log_quotient(jobs: Floats, expected: Floats, *, shrink: float) -> Floats:
    """ln((jobs + shrink) / (expected + shrink)), of the shape of `jobs`: 0 = as in the country, 0.69 = twice that.

    `shrink`, in jobs, is what a zone must exceed before its quotient moves far from 0: a location quotient on few jobs
    is noise, and adding the same number above and below shrinks it without ever dividing by zero. NaN stays NaN.
    ValueError for negative jobs or a shrink that is not positive.

    >>> log_quotient(np.array([150.0, 0.0]), np.array([50.0, 0.0]), shrink=50.0).round(3)
    array([0.693, 0.   ])
    """
    if not shrink > 0:
        raise ValueError(f"shrink must be a positive number of jobs, not {shrink}.")
    refuse_where(np.asarray(jobs < 0), "jobs must not be negative")
    refuse_where(np.asarray(expected < 0), "expected jobs must not be negative")
    quotient: Floats = np.log((jobs + shrink) / (expected + shrink))
    return quotient


def location_quotient(jobs: Floats, zone_totals: Floats, national_shares: Floats) -> Floats:
    """Share of each column in its zone over its national share (n, k): 1 = as in the country.

    The specificity index of INSEE (indice de spécificité), raw: unstable on small counts, so for showing beside its
    counts; `log_quotient` is for scoring. NaN where jobs are unknown, where the zone has no job and where the national
    share is zero, since nothing can then be compared.

    >>> location_quotient(np.array([[30.0, 70.0]]), np.array([100.0]), np.array([0.1, 0.9])).round(3)
    array([[3.   , 0.778]])
    """
    known = matrix(jobs, name="jobs")
    expected = expected_jobs(zone_totals, national_shares)
    quotient: Floats = np.divide(known, expected, out=np.full(known.shape, np.nan), where=expected > 0)
    return quotient


def krugman_index(jobs: Floats) -> Floats:
    """How far the mix of activities of each zone (n,) stands from that of all zones together, in 0-1.

    Half the sum over activities of |share in the zone - share in the country| (Krugman 1991, halved so that it is the
    share of jobs that would have to change activity): 0 = the country in small. `jobs` (n, k); an unknown cell (NaN)
    is left out of its zone and of the country. NaN for a zone without any known job. ValueError for negative jobs.

    >>> krugman_index(np.array([[50.0, 50.0], [100.0, 0.0], [0.0, 100.0]]))
    array([0. , 0.5, 0.5])
    """
    known = matrix(jobs, name="jobs")
    refuse_where(known < 0, "jobs must not be negative")
    totals, national = np.nansum(known, axis=1), np.nansum(known, axis=0)
    is_some = totals > 0
    shares = np.divide(known, totals[:, None], out=np.full(known.shape, np.nan), where=is_some[:, None])
    gaps = np.nansum(np.abs(shares - national / max(float(national.sum()), 1.0)), axis=1) / 2
    index: Floats = np.where(is_some, gaps, np.nan)
    return index


def rarity(national_shares: Floats, *, floor_share: float) -> Floats:
    """Weight (k,) in 0-1 of each occupation by how rare it is: ln(1 / share) / ln(1 / floor_share).

    The information carried by meeting one job at random (Shannon), in units of that of an occupation holding
    `floor_share` of all jobs. 0 for an occupation that everybody holds, 1 from `floor_share` down, an absent one
    included: without that floor a handful of jobs would outweigh everything. Each weight depends on its own share
    alone, so that adding an occupation to a profile never moves the weight of another. NaN stays NaN.
    ValueError for a share outside 0-1 or a floor outside ]0, 1[.

    >>> rarity(np.array([1.0, 0.1, 0.01, 0.001, 0.0]), floor_share=0.001).round(3)
    array([0.   , 0.333, 0.667, 1.   , 1.   ])
    """
    shares = vector(national_shares, name="national_shares")
    refuse_where((shares < 0) | (shares > 1), "national_shares must lie between 0 and 1")
    if not 0 < floor_share < 1:
        raise ValueError(f"floor_share must lie strictly between 0 and 1, not {floor_share}.")
    weights: Floats = np.log(np.maximum(shares, floor_share)) / np.log(floor_share)
    # ln(1) / ln(floor) is minus zero.
    return weights + 0.0
