"""Jobs by zone and activity, and the long series, each cell with what is known of it."""

import logging

import pandas as pd

from economy.models import ZoneSectorJobs
from economy.nomenclature import A38_CODES
from sources.editions import Build, provider
from sources.models import Status

logger = logging.getLogger(__name__)

PRIVATE, ALL = ZoneSectorJobs.Scope.PRIVATE.value, ZoneSectorJobs.Scope.ALL.value
OBSERVED, ESTIMATED, MISSING = Status.OBSERVED.value, Status.ESTIMATED.value, Status.MISSING.value
# Activities where public employers hold most of what Flores counts and Urssaf does not: there, nothing at Urssaf means
# no private job, and the figure of Flores is the public one.
MOSTLY_PUBLIC = ("EZ", "MB", "OZ", "PZ", "QA")


@provider(
    "economy.ZoneSectorJobs",
    needs=("urssaf-zone-a38", "insee-flores-zone-a38"),
    after=("basins.EmploymentZone",),
)
def zone_sector_jobs(build: Build) -> pd.DataFrame:
    """The complete grid of zones x A38 for each scope and year."""
    zones = sorted(build.table("basins.EmploymentZone")["code"])
    urssaf, flores = build.rows("urssaf-zone-a38"), build.rows("insee-flores-zone-a38")
    private = private_jobs(urssaf, flores, zones).assign(release=build.release("urssaf-zone-a38"))
    everything = all_jobs(flores, zones).assign(release=build.release("insee-flores-zone-a38"))
    return pd.concat([private, everything], ignore_index=True)


def all_jobs(flores: pd.DataFrame, zones: list[str]) -> pd.DataFrame:
    """Return the cells of all salaried jobs: zone, a38, year, scope, value, status.

    A blank cell is 0 when the nearest other year is 0 or blank too: the newest file writes its zeros as blanks (723
    zeros in 2022, none in 2023). When the other year holds jobs, nothing tells a zero from a cell not published: the
    cell is missing. Zones and activities that the file does not know at all (Mayotte; private households and
    extra-territorial bodies) are missing.
    """
    given = cube(flores, zones)
    filled = {}
    for year in given:
        others = [other for other in given if other != year]
        beside = given[nearest(others, year)] if others else pd.Series(float("nan"), index=given[year].index)
        value = given[year].mask(given[year].isna() & ~(beside > 0), 0.0)
        filled[year] = pd.DataFrame({"value": value, "status": OBSERVED})
    return cells(filled, ALL, outside=unknown_cells(flores, given))


def private_jobs(urssaf: pd.DataFrame, flores: pd.DataFrame, zones: list[str]) -> pd.DataFrame:
    """Return the cells of private salaried jobs: zone, a38, year, scope, value, status.

    A blank or absent cell means no job or nothing declared. It is compared with Flores at its nearest year. Nothing
    there: 0 observed. Jobs there: they are an estimate, except in activities that are mostly public (0 private job)
    and where Urssaf itself has a figure for that nearest year (it does follow the cell: the jobs came later, or
    are gone, 0 observed). Zones and activities that the file does not know (Mayotte, agriculture) are missing.
    """
    given, every = cube(urssaf, zones), cube(flores, zones)
    is_public = given[next(iter(given))].index.get_level_values("a38").isin(MOSTLY_PUBLIC)
    filled = {}
    for year, jobs in given.items():
        reference = nearest(list(every), year)
        is_followed = given[reference].notna() if reference in given and reference != year else False
        borrowed = every[reference].where((every[reference] > 0) & ~is_public & ~is_followed)
        is_estimated = jobs.isna() & borrowed.notna()
        status = pd.Series(OBSERVED, index=jobs.index).mask(is_estimated, ESTIMATED)
        filled[year] = pd.DataFrame({"value": jobs.fillna(borrowed).fillna(0.0), "status": status})
    return cells(filled, PRIVATE, outside=unknown_cells(urssaf, given))


def cube(rows: pd.DataFrame, zones: list[str]) -> dict[int, pd.Series]:
    """Return by year the jobs of every zone x A38, NaN where the table is blank or has no row."""
    grid = pd.MultiIndex.from_product([zones, A38_CODES], names=["zone", "a38"])
    table = rows.rename(columns={"zone_code": "zone"}).astype({"jobs": "float64"})
    return {int(year): part.set_index(["zone", "a38"])["jobs"].reindex(grid) for year, part in table.groupby("year")}


def nearest(years: list[int], year: int) -> int:
    """Return the year nearest to `year`, the later one of two."""
    return min(years, key=lambda other: (abs(other - year), -other))


def unknown_cells(rows: pd.DataFrame, given: dict[int, pd.Series]) -> pd.Series:
    """Return which cells of the grid belong to a zone or an activity without any row in the table."""
    grid = next(iter(given.values())).index
    knows_zone = grid.get_level_values("zone").isin(set(rows["zone_code"]))
    knows_a38 = grid.get_level_values("a38").isin(set(rows["a38"]))
    return pd.Series(~(knows_zone & knows_a38), index=grid)


def cells(filled: dict[int, pd.DataFrame], scope: str, *, outside: pd.Series) -> pd.DataFrame:
    """Return the rows of every year, cells `outside` the table or still without value being missing."""
    parts = []
    for year, table in filled.items():
        value = table["value"].mask(outside)
        status = table["status"].mask(value.isna(), MISSING)
        parts.append(pd.DataFrame({"year": year, "scope": scope, "value": value, "status": status}).reset_index())
    return pd.concat(parts, ignore_index=True)


@provider("economy.ZoneJobs", needs=("insee-zone-jobs",), after=("basins.EmploymentZone",))
def zone_jobs(build: Build) -> pd.DataFrame:
    """All salaried jobs of every zone and year of the long series."""
    rows = build.rows("insee-zone-jobs")
    table, left_out = long_series(rows, sorted(build.table("basins.EmploymentZone")["code"]))
    logger.warning("insee-zone-jobs : %d codes qui ne sont pas des zones (parties régionales) écartés", len(left_out))
    return table.assign(release=build.release("insee-zone-jobs"))


def long_series(rows: pd.DataFrame, zones: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return (zone, year, value, status for every zone and year; the codes left out).

    The file repeats the zones that straddle regions part by part under codes that are no zone: they are left out.
    """
    grid = pd.MultiIndex.from_product([zones, sorted(rows["year"].unique())], names=["zone", "year"])
    value = rows.set_index(["zone_code", "year"])["jobs"].astype("float64").reindex(grid)
    status = pd.Series(OBSERVED, index=grid).mask(value.isna(), MISSING)
    left_out = sorted(set(rows["zone_code"]) - set(zones))
    return pd.DataFrame({"value": value, "status": status}).reset_index(), left_out
