"""Occupation families and occupations with their labels."""

import logging

import pandas as pd

from sources.editions import Build, BuildError, provider

logger = logging.getLogger(__name__)


@provider("skills.OccupationFamily", needs=("dares-fap-regions", "dares-fap-sectors"))
def occupation_families(build: Build) -> pd.DataFrame:
    """The families of the regional table, labelled by the sector table (whose sums of families are left out)."""
    codes = sorted(build.rows("dares-fap-regions")["fap_code"].unique())
    labels = build.rows("dares-fap-sectors").drop_duplicates("fap_code").set_index("fap_code")["label"]
    unnamed = [code for code in codes if code not in labels.index]
    if unnamed:
        raise BuildError(f"familles professionnelles sans libellé : {', '.join(unnamed)}")
    return pd.DataFrame({"code": codes, "label": labels.loc[codes].to_numpy()})


@provider("skills.Occupation", needs=("rome-labels",))
def occupations(build: Build) -> pd.DataFrame:
    """The occupations of the ROME."""
    return build.rows("rome-labels")[["code", "label"]]


@provider("skills.JobTitle", needs=("rome-job-titles", "hires-naf-rome"), after=("skills.Occupation",))
def job_titles(build: Build) -> pd.DataFrame:
    """The job titles of the occupations that some activity hires: only those lead a search to activities."""
    rows = build.rows("rome-job-titles").rename(columns={"rome_code": "occupation"})
    is_hired = rows["occupation"].isin(build.rows("hires-naf-rome")["rome_code"])
    is_known = rows["occupation"].isin(build.table("skills.Occupation")["code"])
    logger.warning("rome-job-titles : %d appellations de métiers sans embauche, écartées", (~is_hired).sum())
    return rows.loc[is_hired & is_known, ["code", "label", "occupation"]]
