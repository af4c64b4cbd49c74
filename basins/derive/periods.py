"""Series of zones by quarter or year."""

import pandas as pd

from basins.commune_codes import CODE_SOURCES
from basins.derive.living import TABLES
from basins.derive.market import permits_by_year, zones_of
from basins.models import ZonePeriod
from sources.editions import Build, provider


@provider("basins.ZonePeriod", needs=("insee-zone-unemployment",), after=("basins.EmploymentZone",))
def unemployment_quarters(build: Build) -> pd.DataFrame:
    """Unemployment rate by quarter, %, all from one vintage."""
    rows = build.rows("insee-zone-unemployment")
    kept = rows[rows["zone"].isin(build.table("basins.EmploymentZone")["code"])]
    return pd.DataFrame(
        {
            "series": ZonePeriod.Series.UNEMPLOYMENT.value,
            "zone": kept["zone"],
            "period": kept["quarter"],
            "value": kept["rate_pct"].round(2),
            "release": build.release("insee-zone-unemployment"),
        }
    )


@provider("basins.ZonePeriod", needs=("sitadel-dwellings", *CODE_SOURCES), after=TABLES)
def permits_years(build: Build) -> pd.DataFrame:
    """Dwellings authorised by year: sums of communes."""
    table = permits_by_year(build)
    sums = table.groupby(zones_of(build, table.index)).sum(min_count=1)
    long = sums.rename_axis("zone").reset_index().melt("zone", var_name="period").dropna(subset="value")
    return pd.DataFrame(
        {
            "series": ZonePeriod.Series.PERMITS.value,
            "zone": long["zone"],
            "period": long["period"].astype(str),
            "value": long["value"],
            "release": build.release("sitadel-dwellings"),
        }
    )
