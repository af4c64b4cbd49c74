"""Tables of the economy, for scoring and pages: what activities, jobs and plants there are."""

import pandas as pd

from basins.models import EmploymentZone
from economy.models import (
    BranchFlow,
    Plant,
    Sector,
    ZoneJobs,
    ZoneSectorJobs,
    ZoneSubclassJobs,
)
from economy.nomenclature import A38_CODES
from sources.models import Edition

PLANT_COLUMNS = ("kind", "name", "naf_code", "zone", "lon", "lat")


def sectors() -> pd.DataFrame:
    """Return every node of the nomenclature: key, level, code, label, parent (key or ""), a38, a17 ("" if many)."""
    columns = ("key", "level", "code", "label", "parent_id", "a38", "a17")
    table = pd.DataFrame.from_records(Sector.objects.order_by("key").values_list(*columns), columns=list(columns))
    return table.rename(columns={"parent_id": "parent"}).fillna({"parent": ""})


def zone_codes(edition: Edition) -> pd.Index:
    """Return the codes of every zone of the edition, in order: the rows of the tables below."""
    codes = EmploymentZone.objects.of(edition).order_by("code").values_list("code", flat=True)
    return pd.Index(list(codes), name="zone")


def sector_jobs_years(edition: Edition, *, scope: str) -> list[int]:
    """Return the years of which the zone x A38 jobs of a scope ("private" or "all") are held, in order."""
    rows = ZoneSectorJobs.objects.of(edition).filter(scope=scope)
    return list(rows.order_by("year").values_list("year", flat=True).distinct())


def zone_sector_jobs_frame(edition: Edition, *, scope: str, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two tables zones x A38, of jobs (NaN where not known) and of their status."""
    rows = ZoneSectorJobs.objects.of(edition).at(scope=scope, year=year)
    names = ("zone__code", "a38", "value", "status")
    cells = pd.DataFrame.from_records(rows.values_list(*names), columns=["zone", "a38", "value", "status"])
    zones, a38 = zone_codes(edition), pd.Index(A38_CODES, name="a38")

    def table(column: str) -> pd.DataFrame:
        return cells.pivot(index="zone", columns="a38", values=column).reindex(index=zones, columns=a38)

    return table("value").astype("float64"), table("status")


def zone_jobs_series(edition: Edition) -> pd.DataFrame:
    """Return all salaried jobs, zones x years, NaN where not known."""
    rows = ZoneJobs.objects.of(edition).values_list("zone__code", "year", "value")
    cells = pd.DataFrame.from_records(rows, columns=["zone", "year", "value"])
    table = cells.pivot(index="zone", columns="year", values="value")
    return table.reindex(index=zone_codes(edition)).astype("float64")


def plants_frame(edition: Edition) -> pd.DataFrame:
    """Return the plants by code: kind ("epv" or "large_plant"), name, naf_code, zone, lon, lat (degrees)."""
    names = ("code", "kind", "name", "naf_code", "zone__code", "point")
    rows = Plant.objects.of(edition).order_by("code").values_list(*names)
    records = [(*facts, point.x, point.y) for *facts, point in rows]
    return pd.DataFrame.from_records(records, columns=["code", *PLANT_COLUMNS], index="code")


def branch_flows_frame(edition: Edition) -> pd.DataFrame:
    """Return what branches buy from each other: supplier, customer, total_musd, imported_musd, input_coefficient.

    `imported_musd` is NaN where the source does not let it be read.
    """
    columns = ("supplier", "customer", "total_musd", "imported_musd", "input_coefficient")
    rows = BranchFlow.objects.of(edition).order_by("supplier", "customer").values_list(*columns)
    return pd.DataFrame.from_records(rows, columns=list(columns)).astype(dict.fromkeys(columns[2:], "float64"))


def subclass_jobs_frame(edition: Edition) -> pd.DataFrame:
    """Return the jobs by sub-class of the zones covered: zone, naf_code, year, value (NaN if hidden), status."""
    columns = ["zone", "naf_code", "year", "value", "status"]
    rows = ZoneSubclassJobs.objects.of(edition).values_list("zone__code", *columns[1:])
    return pd.DataFrame.from_records(rows, columns=columns).astype({"value": "float64"})
