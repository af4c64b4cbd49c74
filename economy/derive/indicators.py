"""Indicators of zones drawn from jobs and plants; what each one means is declared in `indicators.toml`."""

import pandas as pd

from economy.derive.jobs import ALL, ESTIMATED, MISSING, OBSERVED, PRIVATE
from economy.models import Plant
from sources.editions import Build, provider

GROWTH_YEARS = 10
MANUFACTURING = "C"


@provider("basins.ZoneValue", needs=("insee-flores-zone-a38",), after=("economy.ZoneSectorJobs",))
def jobs_total(build: Build) -> pd.DataFrame:
    """`economy.jobs_total`: all salaried jobs, latest year."""
    table = zone_sums(latest_cells(build, ALL))
    return zone_values("economy.jobs_total", table, release=build.release("insee-flores-zone-a38"), decimals=0)


@provider("basins.ZoneValue", needs=("urssaf-zone-a38",), after=("economy.ZoneSectorJobs",))
def industrial_jobs(build: Build) -> pd.DataFrame:
    """`economy.industrial_jobs`: private jobs in manufacturing (section C), latest year."""
    table = industrial_jobs_of_zones(build)
    return zone_values("economy.industrial_jobs", table, release=build.release("urssaf-zone-a38"), decimals=0)


@provider("basins.ZoneValue", needs=("urssaf-zone-a38",), after=("economy.ZoneSectorJobs",))
def industrial_share(build: Build) -> pd.DataFrame:
    """`economy.industrial_share_pct`: manufacturing in private jobs, latest year."""
    cells = latest_cells(build, PRIVATE)
    table = zone_sums(manufacturing(cells))
    table["value"] = 100 * table["value"] / zone_sums(cells)["value"]
    return zone_values("economy.industrial_share_pct", table, release=build.release("urssaf-zone-a38"), decimals=1)


@provider("basins.ZoneValue", needs=("insee-zone-jobs",), after=("economy.ZoneJobs",))
def jobs_growth(build: Build) -> pd.DataFrame:
    """`economy.jobs_growth_pct`: mean yearly growth of all salaried jobs over the last ten years of the series."""
    table = yearly_growth(build.table("economy.ZoneJobs"), years=GROWTH_YEARS)
    return zone_values("economy.jobs_growth_pct", table, release=build.release("insee-zone-jobs"), decimals=2)


@provider("basins.ZoneValue", needs=("epv-firms",), after=("economy.Plant", "basins.EmploymentZone"))
def heritage_firm_count(build: Build) -> pd.DataFrame:
    """`economy.epv_count`: heritage firms of the zone; the list is national, so none listed is 0."""
    table = plant_counts(build, Plant.Kind.EPV.value)
    return zone_values("economy.epv_count", table, release=build.release("epv-firms"), decimals=0)


@provider("basins.ZoneValue", needs=("irep-large-plants",), after=("economy.Plant", "basins.EmploymentZone"))
def large_plant_count(build: Build) -> pd.DataFrame:
    """`economy.large_plant_count`: declaring plants of the zone.

    None listed is 0, save on a land where the register lists no plant at all: it does not reach it (Mayotte, whose
    power stations are missing), and the count is missing.
    """
    table = plant_counts(build, Plant.Kind.LARGE_PLANT.value)
    land = build.table("basins.EmploymentZone").set_index("code")["land_mass"]
    on_the_land = table["value"].groupby(land).transform("sum")
    table["value"] = table["value"].where(on_the_land > 0)
    return zone_values("economy.large_plant_count", table, release=build.release("irep-large-plants"), decimals=0)


def industrial_jobs_of_zones(build: Build) -> pd.DataFrame:
    """Return by zone the private jobs in manufacturing at the latest year: `value`, `status`."""
    return zone_sums(manufacturing(latest_cells(build, PRIVATE)))


def latest_cells(build: Build, scope: str) -> pd.DataFrame:
    """Return the zone x A38 cells of a scope at its latest year."""
    cells = build.table("economy.ZoneSectorJobs").query("scope == @scope")
    return cells[cells["year"] == cells["year"].max()]


def manufacturing(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of the thirteen manufacturing A38 activities."""
    return cells[cells["a38"].str.startswith(MANUFACTURING)]


def zone_sums(cells: pd.DataFrame) -> pd.DataFrame:
    """Return by zone the sum of its known cells: `value`, `status`.

    A sum holding an estimated cell is estimated; a zone without any known cell is missing. Elsewhere missing cells
    (private households, extra-territorial bodies, a few blanks of at most some sixty jobs) are left out of the sum.
    """
    by_zone = cells.groupby("zone")
    has_estimate = (cells["status"] == ESTIMATED).groupby(cells["zone"]).any()
    value = by_zone["value"].sum(min_count=1)
    status = pd.Series(OBSERVED, index=value.index).mask(has_estimate, ESTIMATED)
    return pd.DataFrame({"value": value, "status": status})


def yearly_growth(series: pd.DataFrame, *, years: int) -> pd.DataFrame:
    """Return by zone 100 * ((last / first) ** (1 / years) - 1), in % a year: `value`, `status`.

    `series` has rows zone, year, value. Unknown where either end is unknown or the first is 0.
    """
    table = series.pivot(index="zone", columns="year", values="value").astype("float64")
    last = table.columns.max()
    first_jobs = table[last - years]
    growth = 100 * ((table[last] / first_jobs.where(first_jobs > 0)) ** (1 / years) - 1)
    return pd.DataFrame({"value": growth, "status": OBSERVED})


def plant_counts(build: Build, kind: str) -> pd.DataFrame:
    """Return by zone the number of plants of a kind, every zone present: `value`, `status`."""
    plants = build.table("economy.Plant").query("kind == @kind")
    zones = pd.Index(build.table("basins.EmploymentZone")["code"], name="zone")
    return pd.DataFrame({"value": plants.groupby("zone").size().reindex(zones, fill_value=0), "status": OBSERVED})


def zone_values(indicator: str, table: pd.DataFrame, *, release: str, decimals: int) -> pd.DataFrame:
    """Return the `ZoneValue` rows of an indicator from `value` and `status` by zone; without a value it is missing."""
    value = table["value"].astype("float64").round(decimals)
    status = table["status"].mask(value.isna(), MISSING)
    rows = pd.DataFrame({"value": value, "status": status}).rename_axis("zone").reset_index()
    return rows.assign(indicator=indicator, release=release)
