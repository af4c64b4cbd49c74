"""The facts of an edition as they stood in an earlier year, as far as the edition tells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from economy.queries import zone_jobs_series, zone_sector_jobs_frame
from scoring.cells import FloatArray
from scoring.facts import Facts, JobsTable
from skills.occupation_stock import national_table
from sources.models import Edition

START_YEAR = 2019
JUDGED_YEARS = (2022, 2023, 2024)
# The first year whose jobs of all sectors are held by zone: the mix of the country, not of a zone, is read in it.
NATIONAL_YEAR = 2022
GROWTH_YEARS = 10
# A stock made without the margins of regions is no better than this.
STOCK_ERROR_SHARE = 0.5


@dataclass(frozen=True, eq=False)
class Past:
    """What earlier years are rebuilt from: today's facts, private jobs by year (n, k), staffing of branches (f, k)."""

    facts: Facts
    codes: tuple[str, ...]
    jobs: dict[int, FloatArray]
    status: dict[int, npt.NDArray[np.str_]]
    staffing: FloatArray
    all_jobs: pd.DataFrame  # all salaried jobs, zones x years

    def columns(self, codes: Iterable[str]) -> list[int]:
        """Return the positions of A38 branches."""
        return [self.codes.index(code) for code in codes]


def read_past(facts: Facts, edition: Edition) -> Past:
    """Read the private jobs of every judged year; raises ValueError, naming it, when the edition lacks a year."""
    order, codes = [zone.code for zone in facts.zones], facts.private_jobs.codes
    jobs, status = {}, {}
    for year in (START_YEAR, *JUDGED_YEARS):
        value, said = zone_sector_jobs_frame(edition, scope="private", year=year)
        if value.isna().all(axis=None):
            raise ValueError(f"l'édition {facts.edition.name} ne contient pas les emplois privés de {year}.")
        jobs[year] = value.reindex(index=order, columns=list(codes)).to_numpy(float)
        status[year] = said.reindex(index=order, columns=list(codes)).fillna("missing").to_numpy(str)
    return Past(facts, codes, jobs, status, _staffing(facts, edition), zone_jobs_series(edition).reindex(order))


def _staffing(facts: Facts, edition: Edition) -> FloatArray:
    """Share of each occupation family in the jobs of each branch (f, k), from national figures alone.

    The national table of the edition's own stock (jobs of families in 2017-2019, hires by branch), fitted again on the
    national jobs of branches: no figure of a zone is in it.
    """
    salaried = zone_sector_jobs_frame(edition, scope="all", year=NATIONAL_YEAR)[0].sum()
    salaried = salaried[salaried > 0]
    families = list(facts.occupations.codes)
    hires = pd.DataFrame(
        [
            (family, code, number)
            for code in salaried.index
            for family, number in zip(
                facts.nomenclature.family_codes, facts.nomenclature.hires[f"a38:{code}"], strict=True
            )
            if family in families
        ],
        columns=["family", "a38", "hires"],
    )
    family_jobs = pd.Series(np.nansum(facts.occupations.jobs, axis=0), index=families)
    table, _fit = national_table(family_jobs, salaried, pd.DataFrame(), hires)
    shares = table / table.sum()
    found: FloatArray = shares.reindex(columns=list(facts.private_jobs.codes)).fillna(0.0).to_numpy(float)
    return found


def facts_at(
    past: Past,
    year: int,
    *,
    start_year: int = START_YEAR,
    without: str | None = None,
    unknown: npt.NDArray[np.bool_] | None = None,
) -> Facts:
    """Return the facts with the jobs of a year and what follows from them: stock of occupations, change of jobs.

    The local edge is read since `start_year`. `without` takes one branch out of every zone, totals and occupations
    included; `unknown` (n, k) hides cells. Jobs in agriculture, of which no such year is held, are left out. The rest
    is that of the edition.
    """
    kept = [column for column, code in enumerate(past.codes) if code != without]
    jobs, start = (
        np.where(unknown, np.nan, past.jobs[one]) if unknown is not None else past.jobs[one]
        for one in (year, start_year)
    )
    jobs, start = jobs[:, kept], start[:, kept]
    stock = np.nan_to_num(jobs) @ past.staffing[:, kept].T
    stock[np.isnan(jobs).all(axis=1)] = np.nan
    facts = past.facts
    occupations = replace(facts.occupations, jobs=stock, error_share=np.full(stock.shape, STOCK_ERROR_SHARE))
    return replace(
        facts,
        private_jobs=JobsTable(tuple(past.codes[i] for i in kept), jobs, past.status[year][:, kept], start),
        flows=replace(facts.flows, farm_jobs=np.full(len(facts.zones), np.nan)),
        occupations=occupations,
        values=facts.values | {"economy.jobs_growth_pct": _growth(past, year)},
    )


def _growth(past: Past, year: int) -> tuple[FloatArray, npt.NDArray[np.str_]]:
    """Yearly growth (n,) of all salaried jobs over the ten years before, in %, as the edition's own indicator."""
    last = min(year, int(past.all_jobs.columns.max()))
    growth = 100 * ((past.all_jobs[last] / past.all_jobs[last - GROWTH_YEARS]) ** (1 / GROWTH_YEARS) - 1)
    values = growth.to_numpy(float)
    return values, np.where(np.isnan(values), "missing", "observed")
