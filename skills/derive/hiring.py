"""Hiring projects of each zone by trade, and what activities hire by trade."""

import logging

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from skills.hiring import basin_bounds, basin_shares, covered_shares, zone_bounds
from skills.trades import ALL_TRADES, FAP_2009, FAP_2021, activity_trade_hires, trade_of_code, trades
from sources.editions import Build, provider
from sources.models import Status

logger = logging.getLogger(__name__)

SURVEYS = ((2023, FAP_2009), (2025, FAP_2021))
# The surveys renumbered two basins that the list of communes still has under an older code.
OLDER_CODE = {"0601": "0405", "0116": "0103"}  # Mayotte, Marie-Galante
COMMUNE_DATA = ("survey-basins", "urssaf-commune-jobs", *CODE_SOURCES)


@provider("skills.ActivityTradeHire", needs=("hires-naf-rome", "dares-fap-rome", "dares-fap-regions"))
def hires_by_trade(build: Build) -> pd.DataFrame:
    """Hires by sub-class and trade."""
    jobs = build.rows("dares-fap-regions").groupby("fap_code")["jobs"].sum()
    return activity_trade_hires(build.rows("hires-naf-rome"), build.rows("dares-fap-rome"), jobs).round({"hires": 2})


@provider(
    "skills.ZoneHiring",
    needs=("hiring-intentions-2023", "hiring-intentions-2025", *COMMUNE_DATA),
    after=("basins.Commune", "basins.EmploymentZone"),
)
def zone_hiring(build: Build) -> pd.DataFrame:
    """Hiring projects by zone, trade and survey, each survey read in its own nomenclature; the grid is complete."""
    communes = surveyed_communes(build)
    zones = sorted(build.table("basins.EmploymentZone")["code"])
    return pd.concat([survey_cells(build, communes, zones, *survey) for survey in SURVEYS], ignore_index=True)


def surveyed_communes(build: Build) -> pd.DataFrame:
    """Return insee_code, zone, population, jobs, basin of the communes in force that have a survey basin.

    The list also holds former communes: a commune in force takes the basin of its own code, or of the smallest of the
    codes that became it. Codes that lead to no commune (abroad, Saint-Martin) are counted and left out.
    """
    translation = code_translation(build)
    communes = build.table("basins.Commune")[["insee_code", "zone", "population"]].sort_values("insee_code")
    listed = build.rows("survey-basins")
    listed = listed.assign(current=listed["insee_code"].map(translation))
    logger.warning("survey-basins : %d codes sans commune en vigueur, écartés", listed["current"].isna().sum())
    listed = listed.assign(is_other=listed["insee_code"] != listed["current"])
    first = listed.sort_values(["is_other", "insee_code"]).drop_duplicates("current")
    basin = first.set_index("current")["basin_code"]
    jobs = build.rows("urssaf-commune-jobs")
    by_code = jobs.groupby(jobs["insee_code"].map(translation))["jobs"].sum()
    found = communes.assign(
        jobs=communes["insee_code"].map(by_code).fillna(0.0), basin=communes["insee_code"].map(basin)
    )
    logger.warning("survey-basins : %d communes sans bassin d'enquête", found["basin"].isna().sum())
    return found.dropna(subset=["basin"])


def survey_cells(build: Build, communes: pd.DataFrame, zones: list[str], year: int, nomenclature: str) -> pd.DataFrame:
    """Return the rows of one survey: every zone, every trade and all together."""
    slug = f"hiring-intentions-{year}"
    rows = build.rows(slug).assign(basin=lambda table: table["basin_code"].replace(OLDER_CODE))
    is_placed = rows["basin"].isin(communes["basin"])
    logger.warning(
        "%s : %g projets dans des bassins sans commune connue (%s), écartés",
        *(slug, rows.loc[~is_placed, "projects"].sum(), ", ".join(sorted(rows.loc[~is_placed, "basin"].unique()))),
    )
    basins = basin_bounds(rows[is_placed], trade_of_code(nomenclature))
    cells = zone_bounds(basins, basin_shares(communes), covered_shares(communes, set(rows["basin"])))
    grid = pd.MultiIndex.from_product([zones, [ALL_TRADES, *trades()]], names=["zone", "trade"])
    return with_status(cells.set_index(["zone", "trade"]).reindex(grid).reset_index()).assign(
        year=year, nomenclature=nomenclature, release=build.release(slug)
    )


def with_status(cells: pd.DataFrame) -> pd.DataFrame:
    """Return zone, trade, value, low, high, status.

    Without any published number, `suppressed` where a secret one is, else `missing`: the value is then null and only
    the bounds stand; they are null too where no survey basin covers the zone.
    """
    flags = {name: cells[name].eq(True) for name in ("is_known", "is_starred", "is_exact")}
    status = pd.Series(Status.MISSING.value, index=cells.index)
    status = status.mask(flags["is_starred"], Status.SUPPRESSED.value)
    status = status.mask(flags["is_known"], Status.ESTIMATED.value)
    status = status.mask(flags["is_known"] & flags["is_exact"], Status.OBSERVED.value)
    table = cells[["zone", "trade", "value", "low", "high"]].round(1).assign(status=status)
    return table.assign(value=table["value"].where(flags["is_known"]))
