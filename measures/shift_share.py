"""Shift-share: what a change of jobs owes to the country, to the mix of activities and to the place itself."""

from dataclasses import dataclass

import numpy as np

from measures.arrays import Flags, Floats, matrix, refuse_where

__all__ = ["Clipped", "ShiftShare", "clip_recodings", "shift_share"]


@dataclass(frozen=True, eq=False)
class ShiftShare:
    """Three effects (n, k) in jobs, whose sum is the change."""

    national_effect: Floats
    structural_effect: Floats
    local_effect: Floats


@dataclass(frozen=True, eq=False)
class Clipped:
    """Jobs at the end (n, k) once clipped, and which cells were."""

    end: Floats
    is_clipped: Flags


def shift_share(start: Floats, end: Floats) -> ShiftShare:
    """Change of jobs by zone and activity (n, k) cut into national, structural and local effects, in jobs.

    With g the growth of all jobs and g_k that of activity k over all zones given: national = start x g,
    structural = start x (g_k - g), local = change - national - structural = end - start x (1 + g_k) (Dunn 1960).
    An activity that nobody had at the start has no g_k: all its change is local. A cell unknown at either date is NaN
    in the three effects and left out of every growth. ValueError for negative jobs, for two shapes, and when no job is
    known at both dates.

    >>> effects = shift_share(np.array([[100.0, 100.0], [100.0, 100.0]]), np.array([[140.0, 90.0], [120.0, 90.0]]))
    >>> effects.national_effect[0], effects.structural_effect[0], effects.local_effect[0]
    (array([10., 10.]), array([ 20., -20.]), array([10.,  0.]))
    """
    before, after = _pair(start, end)
    is_known = ~(np.isnan(before) | np.isnan(after))
    before, after = np.where(is_known, before, np.nan), np.where(is_known, after, np.nan)
    activity_before, activity_after = np.nansum(before, axis=0), np.nansum(after, axis=0)
    if not activity_before.sum() > 0:
        raise ValueError("shift_share needs some jobs known at both dates.")
    growth = activity_after.sum() / activity_before.sum() - 1
    activity_ratio = np.divide(
        activity_after, activity_before, out=np.full_like(activity_before, 1 + growth), where=activity_before > 0
    )
    national: Floats = before * growth
    structural: Floats = before * (activity_ratio - 1 - growth)
    return ShiftShare(national, structural, (after - before) - national - structural)


def clip_recodings(start: Floats, end: Floats, *, min_jobs: float, max_ratio: float) -> Clipped:
    """Jobs at the end (n, k) held within what a plant can do, and which cells were moved.

    A large plant given another activity code or address empties one cell and fills another at once; the local effect
    would read it as a collapse and a miracle. A cell of `min_jobs` or more at the start may not end below
    start / `max_ratio`; a cell may not end above start x `max_ratio` or `min_jobs`, whichever is larger. True openings
    and closures are clipped with the rest: count what was and say it. NaN stays NaN and is never clipped.
    ValueError for negative jobs, two shapes, a negative `min_jobs` or a `max_ratio` that is not above 1.

    >>> start, end = np.array([[900.0, 10.0, 40.0]]), np.array([[90.0, 800.0, 5.0]])
    >>> clip_recodings(start, end, min_jobs=100.0, max_ratio=3.0).end
    array([[300., 100.,   5.]])
    """
    if not min_jobs >= 0:
        raise ValueError(f"min_jobs must not be negative, not {min_jobs}.")
    if not max_ratio > 1:
        raise ValueError(f"max_ratio must be above 1, not {max_ratio}.")
    before, after = _pair(start, end)
    least = np.where(before >= min_jobs, before / max_ratio, 0.0)
    most = np.maximum(before * max_ratio, min_jobs)
    is_clipped = (after < least) | (after > most)
    return Clipped(np.where(is_clipped, np.clip(after, least, most), after), is_clipped)


def _pair(start: Floats, end: Floats) -> tuple[Floats, Floats]:
    before, after = matrix(start, name="start"), matrix(end, name="end")
    if before.shape != after.shape:
        raise ValueError(f"start has shape {before.shape} and end {after.shape}.")
    refuse_where((before < 0) | (after < 0), "jobs must not be negative")
    return before, after
