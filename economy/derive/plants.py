"""Heritage firms and large plants, each with its zone found by its point."""

import logging

import pandas as pd

from basins.geometry import compact_point
from economy.models import Plant
from economy.zone_finding import zones_of_points
from sources.editions import Build, provider

logger = logging.getLogger(__name__)

FARTHEST_KM = 5.0
TABLES = ("basins.EmploymentZone", "economy.Sector")


@provider("economy.Plant", needs=("epv-firms",), after=TABLES)
def heritage_firms(build: Build) -> pd.DataFrame:
    """Firms of the EPV list, one row an establishment."""
    firms = located(build, "epv-firms").rename(columns={"siret": "code"})
    return plant_rows(one_row_an_establishment(firms), Plant.Kind.EPV.value, build.release("epv-firms"))


@provider("economy.Plant", needs=("irep-large-plants",), after=TABLES)
def large_plants(build: Build) -> pd.DataFrame:
    """Plants that declare their emissions, with their activity."""
    plants = located(build, "irep-large-plants").rename(columns={"plant_id": "code"})
    return plant_rows(plants, Plant.Kind.LARGE_PLANT.value, build.release("irep-large-plants"))


def located(build: Build, slug: str) -> pd.DataFrame:
    """Return the rows of a data set that lie in a zone and whose activity exists, with `zone`; others are counted."""
    rows = build.rows(slug)
    sectors = build.table("economy.Sector")
    known = rows["naf_code"].isin(sectors.loc[sectors["level"] == "subclass", "code"])
    zones = zones_of_points(rows["lon"], rows["lat"], build.table("basins.EmploymentZone"), farthest_km=FARTHEST_KM)
    logger.warning(
        "%s : %d lignes sans zone d'emploi à moins de %g km et %d de code NAF inconnu, écartées",
        *(slug, zones.isna().sum(), FARTHEST_KM, (~known).sum()),
    )
    return rows.assign(zone=zones)[known & zones.notna()]


def one_row_an_establishment(firms: pd.DataFrame) -> pd.DataFrame:
    """Return the firms with one row for each `code` (SIRET) and zone, the one whose label ends last.

    The same SIRET twice in a zone is one firm listed under two labels or names. In two zones it is two firms, one of
    them with a mistyped SIRET: both are kept, the second under a code with a suffix.
    """
    latest = firms.sort_values(["code", "ends_on", "name"], ascending=[True, False, True], kind="stable")
    kept = latest.drop_duplicates(["code", "zone"]).copy()
    repeat = kept.groupby("code").cumcount()
    kept["code"] = kept["code"].where(repeat == 0, kept["code"] + "-" + (repeat + 1).astype(str))
    return kept


def plant_rows(plants: pd.DataFrame, kind: str, release: str) -> pd.DataFrame:
    """Return the `Plant` rows of located plants."""
    points = [compact_point(lon, lat) for lon, lat in zip(plants["lon"], plants["lat"], strict=True)]
    table = plants[["code", "name", "naf_code", "zone"]].assign(kind=kind, point=points, release=release)
    return table.reset_index(drop=True)
