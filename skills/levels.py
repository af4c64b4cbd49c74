"""Levels of skill of the occupation families: read from their PCS posts, weighted by their national jobs."""

from collections import Counter

import pandas as pd

from skills.families import ENGINEER, LEVELS, SKILLED_WORKER, TECHNICIAN, UNSKILLED_WORKER

# First two digits of a PCS 2003 post. 62 to 65: qualified workers of industry, of crafts, drivers, handlers; 67 to 69:
# unqualified ones, of the land included; 46 to 48: intermediate, technicians, supervisors; 3: engineers and managers.
# Craftsmen and shopkeepers (2), farmers (1), clerks (5) and the professions of health, teaching and public service (42
# to 45) say nothing of a level of industry.
LEVEL_OF_PCS = {
    **dict.fromkeys(("62", "63", "64", "65"), SKILLED_WORKER),
    **dict.fromkeys(("67", "68", "69"), UNSKILLED_WORKER),
    **dict.fromkeys(("46", "47", "48"), TECHNICIAN),
    **dict.fromkeys((f"3{digit}" for digit in "1345678"), ENGINEER),
}


def level_of_family(pcs_codes: list[str]) -> str | None:
    """Return the level of most of a detailed family's PCS posts, the lower one on a tie.

    Self-employed craftsmen take the level of the employees they are grouped with; alone, they are skilled workers.
    None when no post has a level.
    """
    counts = Counter(LEVEL_OF_PCS[code[:2]] for code in pcs_codes if code[:2] in LEVEL_OF_PCS)
    if not counts:
        return SKILLED_WORKER if pcs_codes and all(code.startswith("21") for code in pcs_codes) else None
    return max(LEVELS, key=lambda level: (counts[level], -LEVELS.index(level)))


def family_levels(links: pd.DataFrame, jobs: pd.Series) -> pd.DataFrame:
    """Return family (FAP 87), level, share: shares of a family sum to 1; families without any level are left out.

    `links` (fap_code at 225 posts, pcs_code) gives the level of each detailed family, `jobs` (by detailed family) its
    weight. A detailed family without a known number of jobs weighs nothing, unless its whole family has none: then
    each weighs the same.
    """
    by_code = links.groupby("fap_code")["pcs_code"].apply(list).map(level_of_family).dropna().rename("level")
    table = by_code.reset_index().assign(family=lambda rows: rows["fap_code"].str[:3])
    weight = table["fap_code"].map(jobs).fillna(0.0)
    has_jobs = weight.groupby(table["family"]).transform("sum") > 0
    table["share"] = weight.where(has_jobs, 1.0)
    sums = table.groupby(["family", "level"], as_index=False)["share"].sum()
    sums["share"] /= sums.groupby("family")["share"].transform("sum")
    return sums[sums["share"] > 0].reset_index(drop=True)


def zone_levels(stock: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Return zone, level, value, error_share: estimated jobs of the families of `levels` by level.

    `stock` has zone, family, value (NaN unknown) and error_share. Errors of families are taken to go together, so
    that the error of a sum is the mean of theirs weighted by jobs; a zone with an unknown family has no value.
    """
    table = stock.merge(levels, on="family", validate="m:m")
    table = table.assign(jobs=table["value"] * table["share"])
    table["wrong"] = table["jobs"] * table["error_share"]
    grouped = table.groupby(["zone", "level"])
    sums = grouped[["jobs", "wrong"]].sum(min_count=1)
    is_known = grouped["jobs"].agg(lambda column: column.notna().all())
    error = (sums["wrong"] / sums["jobs"].where(sums["jobs"] > 0)).fillna(grouped["error_share"].mean())
    found = pd.DataFrame({"value": sums["jobs"].where(is_known), "error_share": error})
    return found.reset_index()
