"""What activities hire, by occupation and by occupation family."""

import logging

import pandas as pd

from skills.family_hires import activity_family_hires, family_shares
from sources.editions import Build, provider

logger = logging.getLogger(__name__)


@provider("skills.ActivityHire", needs=("hires-naf-rome",), after=("skills.Occupation",))
def hires_by_occupation(build: Build) -> pd.DataFrame:
    """Hires by sub-class and occupation, as published."""
    rows = build.rows("hires-naf-rome").rename(columns={"rome_code": "occupation"})
    return rows[["naf_code", "occupation", "hires"]]


@provider(
    "skills.ActivityFamilyHire",
    needs=("hires-naf-rome", "dares-fap-rome", "dares-fap-regions"),
    after=("skills.OccupationFamily",),
)
def hires_by_family(build: Build) -> pd.DataFrame:
    """Hires by sub-class and occupation family."""
    return family_hires(build).round({"hires": 2})


def family_hires(build: Build) -> pd.DataFrame:
    """Return naf_code, family, hires; occupations of no family are counted and left out."""
    hires = build.rows("hires-naf-rome")
    jobs = build.rows("dares-fap-regions").groupby("fap_code")["jobs"].sum()
    shares = family_shares(build.rows("dares-fap-rome"), jobs)
    orphans = ~hires["rome_code"].isin(shares["rome_code"])
    if orphans.any():
        logger.warning("hires-naf-rome : %d embauches de métiers sans famille", hires.loc[orphans, "hires"].sum())
    return activity_family_hires(hires[~orphans], shares)
