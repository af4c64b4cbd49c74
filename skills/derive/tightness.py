"""Recruitment tightness at the grain it is published, and the departments that each zone lies in."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from sources.editions import Build, provider
from sources.models import Status

CATEGORIES = (
    *("category", "hiring_intensity", "training_link", "labour_scarcity"),
    *("job_instability", "demanding_conditions", "geographic_mismatch"),
)
DECIMALS = 3


@provider("skills.Tightness", needs=("dares-tightness",))
def tightness(build: Build) -> pd.DataFrame:
    """The cells published for the area itself.

    Without its categories a row repeats a wider figure: that of the region where a department has none, that of the
    country where a region has none, that of the coarser family in the detailed ones. Those rows add nothing.
    """
    rows = build.rows("dares-tightness")
    kept = rows[rows["category"].notna()].rename(columns={"fap_code": "family_code", "index": "value"})
    status = kept["value"].notna().map({True: Status.OBSERVED.value, False: Status.MISSING.value})
    return kept.assign(
        value=kept["value"].astype("float64").round(DECIMALS),
        status=status,
        release=build.release("dares-tightness"),
        **{name: kept[name].astype("Int64") for name in CATEGORIES},
    )[["grain", "area_code", "family_code", "value", "status", *CATEGORIES, "release"]]


@provider(
    "skills.ZoneDepartment",
    needs=("urssaf-commune-jobs", *CODE_SOURCES),
    after=("basins.Commune", "basins.Department", "basins.EmploymentZone"),
)
def zone_departments(build: Build) -> pd.DataFrame:
    """Shares of each zone's private jobs by department; of its population where no job is declared."""
    jobs = build.rows("urssaf-commune-jobs")
    by_code = jobs.groupby(jobs["insee_code"].map(code_translation(build)))["jobs"].sum()
    communes = build.table("basins.Commune")[["insee_code", "zone", "department", "population"]]
    communes = communes.assign(jobs=communes["insee_code"].map(by_code).fillna(0.0))
    sums = communes.groupby(["zone", "department"], as_index=False)[["jobs", "population"]].sum()
    total = sums.groupby("zone")[["jobs", "population"]].transform("sum")
    share = (sums["jobs"] / total["jobs"]).where(total["jobs"] > 0, sums["population"] / total["population"])
    return sums[["zone", "department"]].assign(jobs_share=share.round(6))[share > 0]
