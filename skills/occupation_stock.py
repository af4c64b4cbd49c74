"""Estimated jobs of each occupation family in each zone: national table fitted, then spread, then set on regions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from measures.arrays import Floats
from measures.fitting import FitResult, fit_margins

# An activity where known cells hold more than this share of its salaried jobs has many self-employed: its total is
# raised until they hold this share. Teaching and administration, almost all salaried, stand at 0.8.
LARGEST_KNOWN_SHARE = 0.85
# Share of the seed given to plain independence, so that a family nobody hired in an activity may still be there.
INDEPENDENCE_SHARE = 0.05
TOLERANCE_JOBS = 1.0
MOST_ITERATIONS = 5000
# The published cells are the first sectors of a family, three at most: with three, no other one is larger.
SECTORS_LISTED = 3
MOST_CEILING_ROUNDS = 20
LEAST_ERROR_SHARE = 0.30
UNCORRECTED_ERROR_SHARE = 0.50


@dataclass(frozen=True)
class ZoneStock:
    """Jobs and relative error, zones x families; `factor` is the regional correction (1 where no region is usable)."""

    jobs: pd.DataFrame
    error_share: pd.DataFrame
    factor: pd.DataFrame


def sector_totals(salaried: pd.Series, pinned: pd.DataFrame) -> pd.Series:
    """Return the jobs of each activity, self-employed included where known cells show that there are many.

    `salaried` (by A38) is first scaled to the jobs of the families, `pinned` (families x A38) being NaN where free.
    """
    known = pinned.sum().reindex(salaried.index)
    return pd.Series(np.maximum(salaried, known / LARGEST_KNOWN_SHARE), index=salaried.index)


def seed_table(hires: pd.DataFrame, family_jobs: pd.Series, sector_jobs: pd.Series) -> pd.DataFrame:
    """Return a table families x A38 shaped by the hires (family, a38, hires), mixed with plain independence."""
    counted = hires.pivot_table(index="family", columns="a38", values="hires", aggfunc="sum", fill_value=0.0)
    counted = counted.reindex(index=family_jobs.index, columns=sector_jobs.index, fill_value=0.0).astype("float64")
    # Hires weigh each activity by its turnover: each is brought to its own jobs before the mixture.
    total = counted.sum()
    shaped = counted * (sector_jobs / total.where(total > 0)).fillna(0.0)
    independent = np.outer(family_jobs, sector_jobs) / sector_jobs.sum()
    return (1 - INDEPENDENCE_SHARE) * shaped + INDEPENDENCE_SHARE * independent


def national_table(
    family_jobs: pd.Series, salaried: pd.Series, known_shares: pd.DataFrame, hires: pd.DataFrame
) -> tuple[pd.DataFrame, FitResult]:
    """Return the jobs of each family in each A38 activity, and how well they fit.

    `family_jobs`: national jobs by family; `salaried`: national salaried jobs by A38; `known_shares`: share (0-1) of a
    family's jobs in its first activities, families x A38, NaN where not published; `hires`: family, a38, hires.
    A free cell that comes out larger than the last of three published ones is set to it, and the rest fitted again.
    """
    shares = known_shares.reindex(index=family_jobs.index, columns=salaried.index)
    pinned = shares.mul(family_jobs, axis=0)
    totals = sector_totals(salaried * family_jobs.sum() / salaried.sum(), pinned)
    seed = seed_table(hires, family_jobs, totals).to_numpy()
    has_full_list = shares.notna().sum(axis=1) >= SECTORS_LISTED
    ceiling = pinned.min(axis=1).where(has_full_list, np.inf).to_numpy()[:, None]
    known = pinned.to_numpy(copy=True)
    for _round in range(MOST_CEILING_ROUNDS):
        fit = _fitted(seed, family_jobs, totals, known)
        is_above = np.isnan(known) & (fit.values > ceiling + TOLERANCE_JOBS)
        if not is_above.any():
            break
        known = np.where(is_above, ceiling, known)
    return pd.DataFrame(fit.values, index=family_jobs.index, columns=salaried.index), fit


def _fitted(seed: Floats, family_jobs: pd.Series, totals: pd.Series, known: Floats) -> FitResult:
    return fit_margins(
        seed,
        family_jobs.to_numpy(),
        totals.to_numpy(),
        pinned=known,
        tolerance=TOLERANCE_JOBS,
        max_iterations=MOST_ITERATIONS,
    )


def zone_stock(
    national: pd.DataFrame, zone_jobs: pd.DataFrame, region_of_zone: pd.Series, region_jobs: pd.DataFrame
) -> ZoneStock:
    """Return the jobs of each family in each zone.

    Each cell of `national` (families x A38) is spread over zones like the jobs of the activity (`zone_jobs`, zones x
    A38, NaN counted as 0 save in a zone without any figure, which stays NaN); then each region's zones are multiplied,
    family by family, to sum to `region_jobs` (regions x families). Zones of a region that is not in `region_jobs` keep
    the uncorrected figure. Error: |ln(correction)|, at least LEAST_ERROR_SHARE; UNCORRECTED_ERROR_SHARE without one.
    """
    is_known = zone_jobs.notna().any(axis=1)
    filled = zone_jobs.reindex(columns=national.columns).fillna(0.0)
    weights = filled / filled.sum()
    spread = pd.DataFrame(weights.to_numpy() @ national.T.to_numpy(), index=zone_jobs.index, columns=national.index)
    by_region = spread.groupby(region_of_zone).sum().reindex(region_jobs.index)
    correction = region_jobs.reindex(columns=national.index) / by_region.where(by_region > 0)
    factor = correction.reindex(region_of_zone.reindex(zone_jobs.index)).set_axis(zone_jobs.index)
    error = np.abs(np.log(factor.where(factor > 0))).clip(lower=LEAST_ERROR_SHARE).fillna(UNCORRECTED_ERROR_SHARE)
    jobs = (spread * factor.fillna(1.0)).where(is_known)
    return ZoneStock(jobs, error, factor.fillna(1.0))
