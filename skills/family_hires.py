"""Hires by occupation turned into hires by occupation family."""

import pandas as pd


def family_shares(links: pd.DataFrame, jobs: pd.Series) -> pd.DataFrame:
    """Return which share (0-1) of an occupation goes to each family: rome_code, family, share; shares of one sum to 1.

    `links` (fap_code at 225 posts, rome_code) says which detailed families an occupation belongs to; `jobs` are the
    national jobs of the 87 families. The jobs of a family are spread evenly over its links, and an occupation is
    shared out in proportion to the jobs that reach it: the crosswalk has no weights of its own.
    """
    table = links.drop_duplicates().assign(family=lambda rows: rows["fap_code"].str[:3])
    jobs_a_link = table["family"].map(jobs) / table.groupby("family")["rome_code"].transform("size")
    weight = jobs_a_link.groupby([table["rome_code"], table["family"]]).sum()
    share = weight / weight.groupby("rome_code").transform("sum")
    return share.rename("share").reset_index()


def activity_family_hires(hires: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return naf_code, family, hires: the hires (naf_code, rome_code, hires) shared out by family."""
    table = hires.merge(shares, on="rome_code", how="left", validate="m:m")
    table["hires"] = table["hires"] * table["share"]
    return table.groupby(["naf_code", "family"], as_index=False)["hires"].sum()
