"""Tightness of zones, from the departments, regions and country where it is published."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

COUNTRY, REGION, DEPARTMENT = "country", "region", "department"


@dataclass(frozen=True)
class ZoneTightness:
    """Zones x families: the index (NaN where unknown), and the share (0-1) of jobs whose department publishes its own.

    `national` is the index of the country by family.
    """

    index: pd.DataFrame
    own_share: pd.DataFrame
    national: pd.Series


def national_index(rows: pd.DataFrame) -> pd.Series:
    """Return the index of the country by family, in the order of the codes; NaN where it publishes none."""
    families = sorted(rows["family_code"].unique())
    return rows[rows["grain"] == COUNTRY].set_index("family_code")["value"].reindex(families).astype("float64")


def department_index(rows: pd.DataFrame, region_of: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two tables departments x families: the index, and True where it is the department's own.

    `rows` has grain, area_code, family_code, value; `region_of` gives each department's region. Where a department has
    no row it takes its region's figure, where the region has none the country's: what the producer does.
    """

    def table(grain: str) -> pd.DataFrame:
        return rows[rows["grain"] == grain].pivot(index="area_code", columns="family_code", values="value")

    families = sorted(rows["family_code"].unique())
    own = table(DEPARTMENT).reindex(index=region_of.index, columns=families)
    regional = table(REGION).reindex(columns=families)
    wider = regional.fillna(national_index(rows)).reindex(region_of.to_numpy()).set_axis(region_of.index)
    return own.fillna(wider).astype("float64"), own.notna()


def zone_tightness(rows: pd.DataFrame, region_of: pd.Series, shares: pd.DataFrame) -> ZoneTightness:
    """Return the tightness of zones: departments averaged by the share of the zone's jobs that lies in each.

    `shares` has zone, department, jobs_share. A department of no region in `rows` (Mayotte) leaves its zones unknown.
    """
    index, is_own = department_index(rows, region_of)
    weights = shares.pivot(index="zone", columns="department", values="jobs_share")
    weights = weights.reindex(columns=index.index).fillna(0.0)
    filled = weights.to_numpy() @ index.fillna(0.0).to_numpy()
    unknown = weights.to_numpy() @ index.isna().to_numpy().astype(float)
    values = np.where(unknown > 0, np.nan, filled)
    own = weights.to_numpy() @ is_own.to_numpy().astype(float)
    axes = {"index": weights.index, "columns": index.columns}
    return ZoneTightness(pd.DataFrame(values, **axes), pd.DataFrame(own, **axes), national_index(rows))
