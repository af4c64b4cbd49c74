"""Jobs by zone and sub-class, where the Urssaf file by commune and APE code has been loaded."""

import logging

import numpy as np
import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation, translated
from economy.derive.communes import latest_jobs
from sources.editions import Build, provider
from sources.models import Status

logger = logging.getLogger(__name__)

SLUG = "urssaf-commune-ape"
COLUMNS = ["zone", "naf_code", "year", "value", "status"]
# A zone counts as covered when the communes of the file hold this share of its private jobs: the jobs of a missing
# commune would otherwise be read as zero.
LEAST_COVERAGE = 0.95
# The local edge is read over the last five years that the file allows.
SPAN_YEARS = 5


@provider(
    "economy.ZoneSubclassJobs",
    needs=CODE_SOURCES,
    uses=(SLUG,),
    after=("basins.Commune", "economy.CommuneJobs", "economy.Sector"),
)
def zone_subclass_jobs(build: Build) -> pd.DataFrame:
    """Jobs by sub-class of every covered zone, at two years; no row at all where the file is not loaded."""
    if not build.has(SLUG):
        return pd.DataFrame(columns=[*COLUMNS, "release"])
    given = build.rows(SLUG)
    codes = translated(given["insee_code"], code_translation(build), what=SLUG)
    communes = build.table("basins.Commune").set_index("insee_code")["zone"]
    covered = covered_zones(set(codes), communes, latest_jobs(build))
    rows = given.assign(zone=codes.map(communes))
    left_out = sorted(set(rows["zone"].dropna()) - covered)
    logger.warning("%s : %d zones couvertes, %d en partie seulement, écartées", SLUG, len(covered), len(left_out))
    sectors = build.table("economy.Sector")
    known = set(sectors.loc[sectors["level"] == "subclass", "code"])
    kept = rows[rows["zone"].isin(covered) & rows["naf_code"].isin(known)]
    return jobs_by_subclass(kept).assign(release=build.release(SLUG))


def covered_zones(found: set[str], zone_of: pd.Series, jobs: pd.Series) -> set[str]:
    """Return the zones whose communes present in a file hold nearly all of their private jobs.

    `zone_of` gives the zone of each commune; `jobs` the private jobs of the communes that have any.
    """
    total = jobs.groupby(jobs.index.map(zone_of)).sum()
    inside = jobs[jobs.index.isin(found)]
    held = inside.groupby(inside.index.map(zone_of)).sum().reindex(total.index, fill_value=0)
    return set(total.index[(total > 0) & (held >= LEAST_COVERAGE * total)])


def two_years(years: set[int]) -> list[int]:
    """Return the last year and the one nearest to five years before; the last alone when there is no other."""
    last = max(years)
    others = sorted(years - {last})
    return [min(others, key=lambda year: (abs(last - SPAN_YEARS - year), year)), last] if others else [last]


def jobs_by_subclass(rows: pd.DataFrame) -> pd.DataFrame:
    """Return zone, naf_code, year, value, status: the communes of each zone summed.

    Rows hold `years` and `jobs` side by side. Nothing declared in a year is 0 and 0, hence no row. A hidden number
    (jobs null, establishments hidden too or above zero) makes the sum suppressed: what is secret is not zero.
    """
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    years = two_years({year for listed in rows["years"] for year in listed})
    long = rows.explode(["years", "jobs", "establishment_counts"]).rename(columns={"years": "year"})
    long = long[long["year"].isin(years)]
    jobs = pd.to_numeric(long["jobs"], errors="coerce").astype("float64")
    plants = pd.to_numeric(long["establishment_counts"], errors="coerce").astype("float64")
    long = long.assign(jobs=jobs, is_hidden=jobs.isna() & (plants != 0))
    by_cell = long.groupby(["zone", "naf_code", "year"], as_index=False).agg(
        value=("jobs", "sum"), is_hidden=("is_hidden", "any")
    )
    kept = by_cell[by_cell["is_hidden"] | (by_cell["value"] > 0)]
    status = np.where(kept["is_hidden"], Status.SUPPRESSED.value, Status.OBSERVED.value)
    table = kept.assign(value=kept["value"].mask(kept["is_hidden"]), status=status)
    return table[COLUMNS].reset_index(drop=True)
