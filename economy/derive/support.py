"""Public aid by department, Territoires d'industrie of zones, industrial geographical indications."""

import tomllib
from pathlib import Path

import pandas as pd

from economy.derive.communes import latest_jobs
from economy.derive.indicators import industrial_jobs_of_zones, zone_values
from economy.derive.jobs import ESTIMATED, OBSERVED
from sources.editions import Build, BuildError, provider

PLACES = Path(__file__).resolve().parent.parent / "data" / "indication_places.toml"
AID_TABLES = ("basins.Commune", "economy.CommuneJobs", "economy.ZoneSectorJobs")


@provider("economy.DepartmentAid", needs=("relance-industry-aid",), after=AID_TABLES)
def department_aid(build: Build) -> pd.DataFrame:
    """Firms aided in each department at the last month published, with its manufacturing jobs."""
    rows = build.rows("relance-industry-aid")
    # Cumulative and revised month after month, 196 times downwards: the last figure is the one that holds.
    last = rows.sort_values("month_end").drop_duplicates("department_code", keep="last")
    jobs = department_industrial_jobs(commune_places(build), industrial_jobs_of_zones(build)["value"])
    return pd.DataFrame(
        {
            "department": last["department_code"],
            "firms": last["firms"],
            "industrial_jobs": last["department_code"].map(jobs).round(),
            "release": build.release("relance-industry-aid"),
        }
    ).reset_index(drop=True)


def commune_places(build: Build) -> pd.DataFrame:
    """Return commune, department, zone, population and private `jobs` (latest year, 0 without row) of each commune."""
    communes = build.table("basins.Commune").rename(columns={"insee_code": "commune"})
    jobs = communes["commune"].map(latest_jobs(build)).fillna(0).astype(float)
    return communes[["commune", "department", "zone", "population"]].assign(jobs=jobs)


def department_industrial_jobs(communes: pd.DataFrame, zone_jobs: pd.Series) -> pd.Series:
    """Return the manufacturing jobs of each department: those of each zone, shared by the private jobs of communes.

    Estimated: manufacturing is taken as evenly spread among the jobs of a zone. Zones of unknown jobs are left out, a
    department that has only such ones is NaN.
    """
    parts = communes.groupby(["zone", "department"], as_index=False)["jobs"].sum()
    share = parts["jobs"] / parts.groupby("zone")["jobs"].transform("sum").where(lambda total: total > 0)
    parts["industrial"] = share * parts["zone"].map(zone_jobs)
    return parts.groupby("department")["industrial"].sum(min_count=1)


@provider(
    "basins.ZoneValue",
    needs=("relance-industry-aid",),
    after=("economy.DepartmentAid", *AID_TABLES),
)
def aid_rate(build: Build) -> pd.DataFrame:
    """`economy.aided_firms_per_1000`: of the departments of the zone, weighted by their private jobs in it."""
    aid = build.table("economy.DepartmentAid").set_index("department")
    jobs = aid["industrial_jobs"].astype(float)
    rate = 1000 * aid["firms"] / jobs.where(jobs > 0)
    table = zone_means_of_departments(commune_places(build), rate)
    return zone_values(
        "economy.aided_firms_per_1000", table, release=build.release("relance-industry-aid"), decimals=2
    )


def zone_means_of_departments(communes: pd.DataFrame, rate: pd.Series) -> pd.DataFrame:
    """Return by zone the mean of a rate of departments, weighted by the jobs of their communes: `value`, `status`.

    Departments of unknown rate are left out. Always estimated: a department's figure is spread over its zones.
    """
    table = communes.assign(rate=communes["department"].map(rate))
    known = table[table["rate"].notna() & (table["jobs"] > 0)]
    weighted = (known["rate"] * known["jobs"]).groupby(known["zone"]).sum()
    value = (weighted / known.groupby("zone")["jobs"].sum()).reindex(sorted(set(communes["zone"])))
    return pd.DataFrame({"value": value, "status": ESTIMATED})


@provider(
    "basins.ZoneValue",
    needs=("anct-industry-territory-communes",),
    after=("basins.Commune", "basins.PerimeterCommune"),
)
def industry_territory_share(build: Build) -> pd.DataFrame:
    """`economy.industry_territory_share_pct`: population of the zone living in a Territoire d'industrie."""
    communes = build.table("basins.Commune")
    members = set(build.table("basins.PerimeterCommune")["commune"])
    inside = communes["population"].where(communes["insee_code"].isin(members), 0)
    total = communes.groupby("zone")["population"].sum()
    value = 100 * inside.groupby(communes["zone"]).sum() / total.where(total > 0)
    table = pd.DataFrame({"value": value, "status": OBSERVED})
    release = build.release("anct-industry-territory-communes")
    return zone_values("economy.industry_territory_share_pct", table, release=release, decimals=1)


@provider("economy.GeographicalIndication", needs=("inpi-industrial-indications",), after=("basins.Commune",))
def geographical_indications(build: Build) -> pd.DataFrame:
    """The indications, with the zones that hold a commune of their area; raises `BuildError` on an unread place."""
    rows = build.rows("inpi-industrial-indications")
    places = tomllib.loads(PLACES.read_text(encoding="utf-8"))
    unread = sorted(set(rows["place"]) - set(places))
    if unread:
        raise BuildError(
            f"indications géographiques : lieux sans lecture : {', '.join(unread)}. "
            f"Ajoutez-les à economy/data/{PLACES.name}."
        )
    communes = build.table("basins.Commune")
    zones = {place: zones_of_area(communes, area) for place, area in places.items()}
    return rows.assign(zone_codes=rows["place"].map(zones), release=build.release("inpi-industrial-indications"))


def zones_of_area(communes: pd.DataFrame, area: dict[str, list[str]]) -> list[str]:
    """Return the zones, in order, that hold a commune of an area given by `departments`, `communes` or `epci`."""
    is_inside = (
        communes["insee_code"].isin(area.get("communes", []))
        | communes["department"].isin(area.get("departments", []))
        | communes["epci_siren"].isin(area.get("epci", []))
    )
    return sorted(set(communes.loc[is_inside, "zone"]))
