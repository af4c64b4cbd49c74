"""Levels of skill: of each family, and of the production and maintenance trades of each zone."""

import pandas as pd

from skills.derive.statuses import known_status
from skills.families import ENGINEER, LEVELS, SKILLED_WORKER, TECHNICIAN, UNSKILLED_WORKER, industrial_families
from skills.levels import family_levels, zone_levels
from sources.editions import Build, provider
from sources.models import Status

# Years averaged: the yearly survey is thin for a detailed family.
YEARS_AVERAGED = 3
WORKERS = (UNSKILLED_WORKER, SKILLED_WORKER)
# Indicator -> levels it counts in those of the production and maintenance trades.
MIX = {
    "skills.worker_pct": WORKERS,
    "skills.technician_pct": (TECHNICIAN,),
    "skills.engineer_pct": (ENGINEER,),
}


@provider("skills.FamilyLevel", needs=("dares-fap-pcs", "dares-family-jobs"), after=("skills.OccupationFamily",))
def levels_of_families(build: Build) -> pd.DataFrame:
    """Levels of the families that produce or maintain, by the national jobs of their detailed families."""
    found = family_levels(build.rows("dares-fap-pcs"), recent_jobs(build.rows("dares-family-jobs")))
    return found[found["family"].isin(industrial_families())].round({"share": 4})


def recent_jobs(rows: pd.DataFrame) -> pd.Series:
    """Return by family code the mean of its jobs (thousands) over the last years, known ones only."""
    years = sorted(rows["period"].unique())[-YEARS_AVERAGED:]
    return rows[rows["period"].isin(years)].groupby("fap_code")["value"].mean()


@provider("skills.ZoneLevel", needs=("dares-fap-regions",), after=("skills.ZoneOccupation", "skills.FamilyLevel"))
def levels_of_zones(build: Build) -> pd.DataFrame:
    """Estimated jobs by level; missing where the stock of the zone is."""
    table = zone_levels(build.table("skills.ZoneOccupation"), build.table("skills.FamilyLevel"))
    status = known_status(table["value"], Status.ESTIMATED)
    return table.round({"value": 0, "error_share": 3}).assign(
        status=status, release=build.release("dares-fap-regions")
    )


@provider("basins.ZoneValue", needs=("dares-fap-regions",), after=("skills.ZoneLevel",))
def level_mix(build: Build) -> pd.DataFrame:
    """`skills.worker_pct`, `skills.technician_pct`, `skills.engineer_pct`: sum to 100 in a zone."""
    jobs = level_table(build)
    total = jobs.sum(axis=1, min_count=len(LEVELS))
    parts = [
        zone_values(build, name, 100 * jobs[list(levels)].sum(axis=1, min_count=1) / total)
        for name, levels in MIX.items()
    ]
    return pd.concat(parts, ignore_index=True)


@provider("basins.ZoneValue", needs=("dares-fap-regions",), after=("skills.ZoneLevel", "skills.ZoneOccupation"))
def production_weight(build: Build) -> pd.DataFrame:
    """`skills.production_per_100`: production and maintenance trades in a hundred jobs of all trades."""
    stock = build.table("skills.ZoneOccupation")
    everything = stock.groupby("zone")["value"].sum(min_count=1)
    return zone_values(
        build, "skills.production_per_100", 100 * level_table(build).sum(axis=1, min_count=1) / everything
    )


def level_table(build: Build) -> pd.DataFrame:
    """Return estimated jobs, zones x levels, every level present."""
    table = build.table("skills.ZoneLevel").pivot(index="zone", columns="level", values="value")
    return table.reindex(columns=list(LEVELS)).astype("float64")


def zone_values(build: Build, indicator: str, value: pd.Series) -> pd.DataFrame:
    """Return the `ZoneValue` rows of an estimated indicator; without a value it is missing."""
    rows = value.round(1).rename("value").rename_axis("zone").reset_index()
    status = known_status(rows["value"], Status.ESTIMATED)
    return rows.assign(status=status, indicator=indicator, release=build.release("dares-fap-regions"))
