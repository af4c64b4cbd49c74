"""Private jobs of communes over the years, at the communes of the edition."""

import numpy as np
import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation, translated
from sources.editions import Build, provider


@provider("economy.CommuneJobs", needs=("urssaf-commune-series", *CODE_SOURCES), after=("basins.Commune",))
def commune_jobs(build: Build) -> pd.DataFrame:
    """One row a commune with a job in any year; older codes are brought to the one in force."""
    rows = build.rows("urssaf-commune-series")
    codes = translated(rows["insee_code"], code_translation(build), what="urssaf-commune-series")
    table = jobs_by_commune(rows.assign(insee_code=codes))
    known = table["commune"].isin(build.table("basins.Commune")["insee_code"])
    return table[known].reset_index(drop=True).assign(release=build.release("urssaf-commune-series"))


def jobs_by_commune(rows: pd.DataFrame) -> pd.DataFrame:
    """Return commune, first_year, jobs (a list from the first year of the file to its last), codes repeated summed.

    A year without row is 0: the communes sum to the national total in every year.
    """
    first, last = min(map(min, rows["years"])), max(map(max, rows["years"]))
    sums: dict[str, np.ndarray] = {}
    for code, years, jobs in zip(rows["insee_code"], rows["years"], rows["jobs"], strict=True):
        series = sums.setdefault(code, np.zeros(last - first + 1, dtype=np.int64))
        np.add.at(series, np.array(years) - first, np.array(jobs))
    kept = {code: series for code, series in sorted(sums.items()) if series.any()}
    return pd.DataFrame(
        {"commune": list(kept), "first_year": first, "jobs": [series.tolist() for series in kept.values()]}
    )


def latest_jobs(build: Build) -> pd.Series:
    """Return by commune its private jobs at the latest year; a commune without a job in any year has no row."""
    return build.table("economy.CommuneJobs").set_index("commune")["jobs"].map(lambda series: series[-1])
