"""The stock of occupations of each zone, estimated."""

import logging

import pandas as pd

from skills.derive.hires import family_hires
from skills.derive.statuses import known_status
from skills.occupation_stock import ZoneStock, national_table, zone_stock
from sources.editions import Build, BuildError, provider
from sources.models import Status

logger = logging.getLogger(__name__)

HOUSEHOLDS = "TZ"
# A region whose table holds fewer jobs than this is a broken sample (Mayotte: 438 jobs in all).
LEAST_REGION_JOBS = 10_000
SCOPE = "all"


@provider(
    "skills.ZoneOccupation",
    needs=("dares-fap-regions", "dares-fap-sectors", "dares-fap-rome", "hires-naf-rome", "insee-flores-zone-a38"),
    after=("basins.EmploymentZone", "economy.Sector", "economy.ZoneSectorJobs", "skills.OccupationFamily"),
)
def zone_occupations(build: Build) -> pd.DataFrame:
    """Estimated jobs of each family in each zone, with their error; missing where the zone has no jobs figure."""
    stock = estimated_stock(build)
    jobs = stock.jobs.round(1).stack(future_stack=True).rename("value").rename_axis(["zone", "family"])
    error = stock.error_share.round(3).stack(future_stack=True).rename("error_share").rename_axis(["zone", "family"])
    table = pd.concat([jobs, error], axis=1).reset_index()
    status = known_status(table["value"], Status.ESTIMATED)
    return table.assign(status=status, release=build.release("dares-fap-regions"))


def estimated_stock(build: Build) -> ZoneStock:
    """Return the stock of every zone from the tables of the build."""
    zones = build.table("basins.EmploymentZone").set_index("code").sort_index()
    region_jobs = usable_regions(build.rows("dares-fap-regions"))
    family_jobs = region_jobs.sum()
    zone_jobs = latest_zone_jobs(build, zones["population"])
    known_shares = published_shares(build.rows("dares-fap-sectors"), family_jobs.index, zone_jobs.columns)
    salaried = zone_jobs.sum()
    salaried[HOUSEHOLDS] = 0.0
    hires = hires_by_a38(build)
    national, fit = national_table(family_jobs, salaried, known_shares, hires[hires["a38"].isin(zone_jobs.columns)])
    if not fit.is_converged:
        raise BuildError(f"stock de métiers : écarts de {fit.max_row_gap:.0f} et {fit.max_column_gap:.0f} emplois.")
    return zone_stock(national, zone_jobs, zones["region_codes"].map(lambda codes: codes[0]), region_jobs)


def usable_regions(rows: pd.DataFrame) -> pd.DataFrame:
    """Return jobs, regions x families, without the regions whose sample is too small."""
    table = rows.pivot(index="region_code", columns="fap_code", values="jobs").fillna(0.0)
    usable = table.sum(axis=1) >= LEAST_REGION_JOBS
    if not usable.all():
        logger.warning("dares-fap-regions : région %s inutilisable, écartée", ", ".join(table.index[~usable]))
    return table[usable].rename_axis(index="region", columns="family")


def latest_zone_jobs(build: Build, population: pd.Series) -> pd.DataFrame:
    """Return all salaried jobs, zones x A38, at the latest year; NaN in the zones without any figure.

    Private households, which employ but stand in no file by zone, get the population in their column: their jobs are
    spread like it. Extra-territorial bodies are left out.
    """
    cells = build.table("economy.ZoneSectorJobs").query("scope == @SCOPE")
    cells = cells[cells["year"] == cells["year"].max()]
    table = cells.pivot(index="zone", columns="a38", values="value").astype("float64").sort_index()
    table = table.dropna(axis=1, how="all")
    is_known = table.notna().any(axis=1)
    return table.assign(**{HOUSEHOLDS: population.reindex(table.index).where(is_known)})


def published_shares(rows: pd.DataFrame, families: pd.Index, sectors: pd.Index) -> pd.DataFrame:
    """Return the published shares (0-1), families x A38, NaN where not published.

    Sums of families, the block of other sectors (`AU`) and the unknown sector (`ZZ`) say nothing of a cell.
    """
    kept = rows[rows["fap_code"].isin(families) & rows["a38"].isin(sectors)]
    table = kept.pivot(index="fap_code", columns="a38", values="share_pct") / 100
    return table.reindex(index=families, columns=sectors)


def hires_by_a38(build: Build) -> pd.DataFrame:
    """Return the hires by family and A38: family, a38, hires."""
    sectors = build.table("economy.Sector").query("level == 'subclass'").set_index("code")["a38"]
    hires = family_hires(build)
    return hires.assign(a38=hires["naf_code"].map(sectors)).groupby(["family", "a38"], as_index=False)["hires"].sum()
