"""The people of zones: unemployment, income, poverty, census profile."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES
from basins.derive.living import LEAST_COVERAGE, TABLES, whole_commune_rows, zone_values
from basins.zone_means import zone_weighted_mean
from sources.editions import Build, provider
from sources.models import Status

# Indicator: column of the zone profile, decimals.
PROFILE = {
    "living.poverty_pct": ("poverty_pct", 1),
    "population.change_pct": ("population_change_pct", 2),
    "population.natural_change_pct": ("natural_change_pct", 2),
    "population.aged_75_pct": ("aged_75_pct", 1),
    "population.workers_pct": ("workers_pct", 1),
    "population.managers_pct": ("managers_pct", 1),
    "population.retired_pct": ("retired_pct", 1),
    "population.below_bac_pct": ("below_bac_pct", 1),
    "population.beyond_bac2_pct": ("beyond_bac2_pct", 1),
    "population.employment_rate_pct": ("employment_rate_pct", 1),
    "population.industry_jobs_pct": ("industry_jobs_pct", 1),
}
INCOME = "living.median_income_eur"


@provider("basins.ZoneValue", needs=("insee-zone-unemployment",), after=TABLES)
def unemployment(build: Build) -> pd.DataFrame:
    """Unemployment rate of the last quarter published, %; one vintage, never spliced with another."""
    rows = build.rows("insee-zone-unemployment")
    last = rows[rows["quarter"] == rows["quarter"].max()].set_index("zone")["rate_pct"]
    return zone_values(
        build,
        "living.unemployment_pct",
        last,
        release="insee-zone-unemployment",
        status=Status.OBSERVED,
        decimals=1,
    )


@provider("basins.ZoneValue", needs=("insee-zone-profile",), after=TABLES)
def profile(build: Build) -> pd.DataFrame:
    """Census and income figures published by zone, in metropolitan France; missing overseas."""
    rows = build.rows("insee-zone-profile").set_index("zone")
    return pd.concat(
        zone_values(build, name, rows[column], release="insee-zone-profile", status=Status.OBSERVED, decimals=decimals)
        for name, (column, decimals) in PROFILE.items()
    )


@provider("basins.ZoneValue", needs=("insee-zone-profile", "insee-filosofi", *CODE_SOURCES), after=TABLES)
def income(build: Build) -> pd.DataFrame:
    """Median standard of living: the zone's own where published, else a mean of its communes' medians.

    That mean, weighted by population, is no median: it is `estimated`, and `suppressed` where communes whose figure is
    confidential hold more than half of the people. A commune whose figure is not published at all makes nothing known.
    """
    published = build.rows("insee-zone-profile").set_index("zone")["median_income_eur"].dropna()
    observed = zone_values(build, INCOME, published, release="insee-zone-profile", status=Status.OBSERVED, decimals=0)
    means = income_of_communes(build)
    status = pd.Series(Status.ESTIMATED.value, index=means.index).where(
        means["coverage"] >= LEAST_COVERAGE, Status.SUPPRESSED.value
    )
    estimated = zone_values(build, INCOME, means["mean"], release="insee-filosofi", status=status, decimals=-1)
    is_published = observed["zone"].isin(published.index)
    is_estimated = estimated["zone"].isin(means.index) & ~is_published
    return pd.concat([observed[~is_estimated], estimated[is_estimated]])


def income_of_communes(build: Build) -> pd.DataFrame:
    """Return by zone the `mean` of the communes' medians, and its `coverage`, for zones that the file describes."""
    rows = whole_commune_rows(build, "insee-filosofi")
    described = rows.dropna(subset="median_eur").drop_duplicates("insee_code").set_index("insee_code")["median_eur"]
    communes = build.table("basins.Commune").set_index("insee_code")
    secret = rows.loc[rows["is_secret"].astype(bool), "insee_code"]
    zones = set(communes["zone"].reindex([*described.index, *secret]).dropna())
    kept = communes[communes["zone"].isin(zones)]
    return zone_weighted_mean(described.reindex(kept.index), kept["population"].astype(float), kept["zone"])
