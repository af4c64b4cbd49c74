"""Recruitment tightness at the grain it is published, and the departments that each zone lies in."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation
from skills.derive.hiring import with_jobs
from skills.derive.statuses import known_status
from skills.hiring import jobs_shares
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
    status = known_status(kept["value"], Status.OBSERVED)
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
    communes = build.table("basins.Commune")[["insee_code", "zone", "department", "population"]]
    shares = jobs_shares(with_jobs(build, communes, code_translation(build)), "zone", "department")
    return shares[shares["share"] > 0].round({"share": 6}).rename(columns={"share": "jobs_share"})
