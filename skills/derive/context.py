"""National figures of the families: median wage, tightness and jobs by year, specialities of training held."""

import pandas as pd

from skills.derive.statuses import known_status
from skills.ingest.families import FAP87_LENGTH
from sources.editions import Build, provider
from sources.models import Status

COLUMNS = ["family", "measure", "item", "label", "value", "status", "release"]
JOBS_FROM_YEAR = 2009
SPECIALITIES_KEPT = 3
THOUSAND = 1000


@provider("skills.FamilyContext", needs=("dares-family-wages",), after=("skills.OccupationFamily",))
def wages(build: Build) -> pd.DataFrame:
    """Median wage of the latest period, every family present: one that the file leaves out is missing."""
    rows = build.rows("dares-family-wages")
    latest = rows[rows["fap_code"].str.len() == FAP87_LENGTH]["period"].max()
    known = rows[rows["period"] == latest].set_index("fap_code")["value"]
    families = build.table("skills.OccupationFamily")["code"]
    table = pd.DataFrame({"family": families, "item": latest, "value": families.map(known)})
    return context(build, "dares-family-wages", "median_wage_eur", table)


@provider("skills.FamilyContext", needs=("dares-family-tightness",), after=("skills.OccupationFamily",))
def tightness_by_year(build: Build) -> pd.DataFrame:
    """Index of tightness, years where it is published; the families that are not followed have no row."""
    rows = build.rows("dares-family-tightness").rename(columns={"fap_code": "family", "period": "item"})
    return context(build, "dares-family-tightness", "tightness", rows.round({"value": 3}))


@provider("skills.FamilyContext", needs=("dares-family-jobs",), after=("skills.OccupationFamily",))
def jobs_by_year(build: Build) -> pd.DataFrame:
    """Jobs since 2009, when the nomenclature in use began."""
    rows = build.rows("dares-family-jobs").rename(columns={"fap_code": "family", "period": "item"})
    rows = rows[rows["item"].astype(int) >= JOBS_FROM_YEAR]
    return context(build, "dares-family-jobs", "jobs", rows.assign(value=(rows["value"] * THOUSAND).round(-2)))


@provider("skills.FamilyContext", needs=("dares-family-specialities",), after=("skills.OccupationFamily",))
def specialities(build: Build) -> pd.DataFrame:
    """The three specialities of training that most workers of a family hold."""
    rows = build.rows("dares-family-specialities").rename(
        columns={"fap_code": "family", "speciality_code": "item", "share_pct": "value"}
    )
    rows = rows.sort_values(["family", "value", "item"], ascending=[True, False, True])
    kept = rows[rows["family"].str.len() == FAP87_LENGTH].groupby("family").head(SPECIALITIES_KEPT)
    return context(build, "dares-family-specialities", "speciality_pct", kept.round({"value": 1}))


def context(build: Build, slug: str, measure: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a measure, for the families of the edition; a figure that is not held is missing."""
    kept = rows[rows["family"].isin(build.table("skills.OccupationFamily")["code"])]
    value = kept["value"].astype("float64")
    status = known_status(value, Status.OBSERVED)
    table = kept.assign(value=value, measure=measure, status=status, release=build.release(slug))
    table["label"] = kept.get("label", "")
    return table[COLUMNS].reset_index(drop=True)
