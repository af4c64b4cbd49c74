"""Employer establishments by zone and activity, and what they say of the fabric: size, concentration, creations."""

import pandas as pd

from economy.derive.indicators import latest_cells, manufacturing, zone_sums, zone_values
from economy.derive.jobs import ALL, ESTIMATED, MISSING, OBSERVED
from economy.nomenclature import A17_LABELS
from measures.quotient import krugman_index
from sources.editions import Build, provider

SLUG = "insee-flores-establishments"
PROFILE_SLUG = "insee-zone-economic-profile"
# The A17 activities that together are manufacturing (section C).
MANUFACTURING_A17 = ("C1", "C2", "C3", "C4", "C5")


@provider("economy.ZoneEstablishments", needs=(SLUG,), after=("basins.EmploymentZone",))
def zone_establishments(build: Build) -> pd.DataFrame:
    """The complete grid of zones x A17; a zone without row is missing."""
    grid = pd.MultiIndex.from_product(
        [sorted(build.table("basins.EmploymentZone")["code"]), list(A17_LABELS)], names=["zone", "a17"]
    )
    rows = build.rows(SLUG).rename(columns={"zone_code": "zone"})
    value = rows.set_index(["zone", "a17"])["establishments"].astype("float64").reindex(grid)
    status = pd.Series(OBSERVED, index=grid).mask(value.isna(), MISSING)
    return pd.DataFrame({"value": value, "status": status}).reset_index().assign(release=build.release(SLUG))


@provider("basins.ZoneValue", needs=(SLUG,), after=("economy.ZoneEstablishments",))
def establishments(build: Build) -> pd.DataFrame:
    """`economy.establishments`: employer establishments, all activities."""
    table = zone_sums(build.table("economy.ZoneEstablishments"))
    return zone_values("economy.establishments", table, release=build.release(SLUG), decimals=0)


@provider("basins.ZoneValue", needs=(SLUG,), after=("economy.ZoneEstablishments",))
def industrial_establishments(build: Build) -> pd.DataFrame:
    """`economy.industrial_establishments`: employer establishments in manufacturing, artisans included."""
    table = zone_sums(manufacturing_establishments(build))
    return zone_values("economy.industrial_establishments", table, release=build.release(SLUG), decimals=0)


@provider("basins.ZoneValue", needs=(SLUG,), after=("economy.ZoneEstablishments", "economy.ZoneSectorJobs"))
def industrial_average_size(build: Build) -> pd.DataFrame:
    """`economy.industrial_average_size`: manufacturing jobs (private and public) over establishments.

    Estimated: the jobs are those of the year before.
    """
    jobs = zone_sums(manufacturing(latest_cells(build, ALL)))["value"]
    count = zone_sums(manufacturing_establishments(build))["value"]
    table = pd.DataFrame({"value": jobs / count.where(count > 0), "status": ESTIMATED})
    return zone_values("economy.industrial_average_size", table, release=build.release(SLUG), decimals=1)


def manufacturing_establishments(build: Build) -> pd.DataFrame:
    """Return the cells of the five manufacturing A17 activities."""
    cells = build.table("economy.ZoneEstablishments")
    return cells[cells["a17"].isin(MANUFACTURING_A17)]


@provider("basins.ZoneValue", needs=("insee-flores-zone-a38",), after=("economy.ZoneSectorJobs",))
def krugman(build: Build) -> pd.DataFrame:
    """`economy.krugman_pct`: how far the mix of activities stands from the country's, latest year."""
    cells = latest_cells(build, ALL)
    table = cells.pivot(index="zone", columns="a38", values="value").astype("float64")
    value = 100 * pd.Series(krugman_index(table.to_numpy()), index=table.index)
    rows = pd.DataFrame({"value": value, "status": OBSERVED})
    return zone_values("economy.krugman_pct", rows, release=build.release("insee-flores-zone-a38"), decimals=1)


def _published(build: Build, indicator: str, column: str, decimals: int) -> pd.DataFrame:
    """Return the rows of an indicator published already computed; zones out of the table are missing."""
    rows = build.rows(PROFILE_SLUG).set_index("zone_code")[column].astype("float64")
    zones = sorted(build.table("basins.EmploymentZone")["code"])
    table = pd.DataFrame({"value": rows.reindex(zones), "status": OBSERVED})
    return zone_values(indicator, table, release=build.release(PROFILE_SLUG), decimals=decimals)


@provider("basins.ZoneValue", needs=(PROFILE_SLUG,), after=("basins.EmploymentZone",))
def small_share(build: Build) -> pd.DataFrame:
    """`economy.small_establishments_share_pct`: jobs in the small establishments, as published."""
    return _published(build, "economy.small_establishments_share_pct", "small_share_pct", 1)


@provider("basins.ZoneValue", needs=(PROFILE_SLUG,), after=("basins.EmploymentZone",))
def large_share(build: Build) -> pd.DataFrame:
    """`economy.large_establishments_share_pct`: jobs in the large establishments, as published."""
    return _published(build, "economy.large_establishments_share_pct", "large_share_pct", 1)


@provider("basins.ZoneValue", needs=(PROFILE_SLUG,), after=("basins.EmploymentZone",))
def creations_growth(build: Build) -> pd.DataFrame:
    """`economy.creations_growth_pct`: change in the number of firms created, as published."""
    return _published(build, "economy.creations_growth_pct", "creations_growth_pct", 1)
