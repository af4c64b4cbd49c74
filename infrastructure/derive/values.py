"""Indicators of zones taken from sites and access."""

import numpy as np
import pandas as pd

from infrastructure.derive.places import degrees_of
from infrastructure.reference import ACCESS_KINDS
from measures.access import great_circle_km, within_km_sum
from sources.editions import Build, provider
from sources.models import Status

OBSERVATORY_RADIUS_KM = 40.0
"""As far as land is looked for around a zone."""
OBSERVATORY_MIN_SITES = 30
"""Fewer verified sites around and the observatory is thin. Of all verified sites, 1 in 32 is usable and of 2 ha: among
30, one is to be expected; below, finding none says nothing of the land and finding one nothing of the others."""
SMALLEST_SITE_HA = 2.0


def is_observatory_thin(verified_nearby: pd.Series) -> pd.Series:
    """Return where verified sites within 40 km are too few for counts of usable land to mean anything."""
    return verified_nearby < OBSERVATORY_MIN_SITES


@provider(
    "basins.ZoneValue",
    needs=("cerema-cartofriches",),
    after=("basins.EmploymentZone", "infrastructure.BrownfieldSite"),
)
def land_values(build: Build) -> pd.DataFrame:
    """Verified sites, sites around, usable sites of 2 ha and their hectares; usable ones are missing where thin."""
    zones = build.table("basins.EmploymentZone")
    sites = build.table("infrastructure.BrownfieldSite")
    usable = sites[sites["is_usable"] & (sites["surface_ha"] >= SMALLEST_SITE_HA)]
    codes = pd.Index(zones["code"])
    apart_km = great_circle_km(*degrees_of(zones["centre"]), *degrees_of(sites["point"]))
    nearby = within_km_sum(apart_km, np.ones(len(sites)), radius_km=OBSERVATORY_RADIUS_KM, exclude_self=False)
    density = pd.Series(nearby, index=codes)
    thin = is_observatory_thin(density)
    counts = {
        "land.verified_sites": _by_zone(sites.groupby("zone").size(), codes),
        "land.observatory_density": density,
        "land.usable_sites": _by_zone(usable.groupby("zone").size(), codes).mask(thin),
        "land.usable_ha": _by_zone(usable.groupby("zone")["surface_ha"].sum(), codes).round(1).mask(thin),
    }
    release = build.release("cerema-cartofriches")
    return pd.concat([_values(name, values, release) for name, values in counts.items()], ignore_index=True)


def _by_zone(sums: pd.Series, codes: pd.Index) -> pd.Series:
    return sums.reindex(codes).fillna(0).astype(float)


def _values(indicator: str, values: pd.Series, release: str) -> pd.DataFrame:
    status = np.where(values.isna(), Status.MISSING.value, Status.OBSERVED.value)
    facts = {"indicator": indicator, "zone": values.index, "value": values.to_numpy(), "status": status}
    return pd.DataFrame({**facts, "release": release})


@provider("basins.ZoneValue", needs=(), after=("infrastructure.ZoneAccess",))
def access_values(build: Build) -> pd.DataFrame:
    """The distances of `ZoneAccess` as indicators `access.<kind>_km`, with their status."""
    rows = build.table("infrastructure.ZoneAccess")
    kept = rows[rows["kind"].isin(ACCESS_KINDS)]
    return kept[["zone", "value", "status", "release"]].assign(indicator="access." + kept["kind"] + "_km")
