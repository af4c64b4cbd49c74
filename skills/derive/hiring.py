"""Hiring projects of each zone by trade, and what activities hire by trade."""

import logging
from collections.abc import Mapping

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from skills.derive.statuses import share_status
from skills.hard_to_fill import part_bounds, told_pct, zone_part_pct
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
    found = with_jobs(build, communes, translation).assign(basin=communes["insee_code"].map(basin))
    logger.warning("survey-basins : %d communes sans bassin d'enquête", found["basin"].isna().sum())
    return found.dropna(subset=["basin"])


def with_jobs(build: Build, communes: pd.DataFrame, translation: Mapping[str, str]) -> pd.DataFrame:
    """Return communes with `jobs`, their private jobs; 0 where none is declared."""
    rows = build.rows("urssaf-commune-jobs")
    by_code = rows.groupby(rows["insee_code"].map(translation))["jobs"].sum()
    return communes.assign(jobs=communes["insee_code"].map(by_code).fillna(0.0))


def survey_cells(build: Build, communes: pd.DataFrame, zones: list[str], year: int, nomenclature: str) -> pd.DataFrame:
    """Return the rows of one survey: every zone, every trade and all together."""
    slug = survey_slug(year)
    rows = placed_rows(build, communes, year)
    shares = basin_shares(communes)
    trade_of = trade_of_code(nomenclature)
    cells = zone_bounds(basin_bounds(rows, trade_of), shares, covered_shares(communes, set(rows["basin"])))
    grid = pd.MultiIndex.from_product([zones, [ALL_TRADES, *trades()]], names=["zone", "trade"])
    table = with_status(cells.set_index(["zone", "trade"]).reindex(grid).reset_index())
    return with_hard_share(table, rows, trade_of, shares).assign(
        year=year, nomenclature=nomenclature, release=build.release(slug)
    )


def survey_slug(year: int) -> str:
    return f"hiring-intentions-{year}"


def placed_rows(build: Build, communes: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of a survey with their `basin`, those of basins that hold no known commune left out."""
    rows = build.rows(survey_slug(year)).assign(basin=lambda table: table["basin_code"].replace(OLDER_CODE))
    is_placed = rows["basin"].isin(communes["basin"])
    logger.warning(
        "%s : %g projets dans des bassins sans commune connue (%s), écartés",
        survey_slug(year),
        rows.loc[~is_placed, "projects"].sum(),
        ", ".join(sorted(rows.loc[~is_placed, "basin"].unique())),
    )
    return rows[is_placed]


def with_hard_share(
    table: pd.DataFrame, rows: pd.DataFrame, trade_of: dict[str, str], shares: pd.DataFrame
) -> pd.DataFrame:
    """Return the table with `hard_pct` and `hard_status`, by trade and for all occupations.

    `missing` where nothing at all is known of the projects or none is published; `suppressed` where stars leave the
    share too open.
    """
    bounds = part_bounds(rows, "hard")
    everything = dict.fromkeys(rows["occupation_code"].unique(), ALL_TRADES)
    found = pd.concat([zone_part_pct(bounds, codes, shares) for codes in (trade_of, everything)], ignore_index=True)
    found = found.assign(hard_pct=told_pct(found["low_pct"], found["high_pct"]).round(1))
    joined = table.merge(found[["zone", "trade", "hard_pct", "is_exact"]], on=["zone", "trade"], how="left")
    is_surveyed = joined["status"].ne(Status.MISSING.value)
    value = joined["hard_pct"].where(is_surveyed)
    status = share_status(value, is_surveyed=is_surveyed, is_exact=joined["is_exact"])
    return joined.drop(columns="is_exact").assign(hard_pct=value, hard_status=status)


@provider(
    "basins.ZoneValue",
    needs=("hiring-intentions-2025", *COMMUNE_DATA),
    after=("basins.Commune", "basins.EmploymentZone"),
)
def hiring_shares(build: Build) -> pd.DataFrame:
    """`skills.hard_to_fill_pct`: industrial trades; `skills.seasonal_pct`: all occupations. Latest survey."""
    year, nomenclature = SURVEYS[-1]
    communes = surveyed_communes(build)
    rows, shares = placed_rows(build, communes, year), basin_shares(communes)
    zones = pd.Index(sorted(build.table("basins.EmploymentZone")["code"]), name="zone")
    industrial = dict.fromkeys(trade_of_code(nomenclature), ALL_TRADES)
    everything = dict.fromkeys(rows["occupation_code"].unique(), ALL_TRADES)
    parts = (("skills.hard_to_fill_pct", "hard", industrial), ("skills.seasonal_pct", "seasonal", everything))
    tables = [
        share_values(zone_part_pct(part_bounds(rows, part), codes, shares), zones).assign(indicator=indicator)
        for indicator, part, codes in parts
    ]
    return pd.concat(tables, ignore_index=True).assign(release=build.release(survey_slug(year)))


def share_values(found: pd.DataFrame, zones: pd.Index) -> pd.DataFrame:
    """Return zone, value, status of a share: suppressed where stars leave it too open, missing where no basin is."""
    table = found.set_index("zone").reindex(zones)
    value = told_pct(table["low_pct"], table["high_pct"]).round(1)
    status = share_status(value, is_surveyed=table["low_pct"].notna(), is_exact=table["is_exact"])
    return pd.DataFrame({"value": value, "status": status}).reset_index()


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
