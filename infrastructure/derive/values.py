"""Indicators of zones taken from sites and access, and counts of listed sites by commune."""

import numpy as np
import pandas as pd

from basins.commune_codes import CODE_SOURCES, code_translation, translated
from infrastructure.derive.local_sites import INVENTORY_SLUGS
from infrastructure.derive.places import degrees_of, nearest
from infrastructure.derive.territories import (
    DECLARED_SHARE_PCT,
    declared_communes,
    declared_share_pct,
    releases_of_zones,
)
from infrastructure.queries import COUNT_COLUMNS
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
OUTSIDE_ZONES = ("975", "977", "978")
"""Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin: collectivities that no employment zone covers."""


def is_observatory_thin(verified_nearby: pd.Series) -> pd.Series:
    """Return where verified sites within 40 km are too few for counts of usable land to mean anything."""
    return verified_nearby < OBSERVATORY_MIN_SITES


@provider(
    "basins.ZoneValue",
    needs=("cerema-cartofriches",),
    after=("basins.EmploymentZone", "basins.Commune", "infrastructure.BrownfieldSite"),
    uses=INVENTORY_SLUGS,
)
def land_values(build: Build) -> pd.DataFrame:
    """Verified sites, sites around, usable sites of 2 ha and their hectares.

    Usable ones are missing where the observatory is thin, unless a local inventory is declared complete there; such a
    zone cites that inventory, and the share of it that is covered is a value of its own.
    """
    zones = build.table("basins.EmploymentZone")
    sites = build.table("infrastructure.BrownfieldSite")
    usable = sites[sites["is_usable"] & (sites["surface_ha"] >= SMALLEST_SITE_HA)]
    codes = pd.Index(zones["code"])
    apart_km = great_circle_km(*degrees_of(zones["centre"]), *degrees_of(sites["point"]))
    nearby = within_km_sum(apart_km, np.ones(len(sites)), radius_km=OBSERVATORY_RADIUS_KM, exclude_self=False)
    density = pd.Series(nearby, index=codes)
    covered = declared_communes(build, INVENTORY_SLUGS)
    share = declared_share_pct(build, covered)
    thin = is_observatory_thin(density) & (share < DECLARED_SHARE_PCT)
    counts = {
        "land.verified_sites": _by_zone(sites.groupby("zone").size(), codes),
        "land.observatory_density": density,
        "land.usable_sites": _by_zone(usable.groupby("zone").size(), codes).mask(thin),
        "land.usable_ha": _by_zone(usable.groupby("zone")["surface_ha"].sum(), codes).round(1).mask(thin),
    }
    if covered:
        counts["land.local_covered_pct"] = share
    found = pd.concat(
        [_values(name, values, build.release("cerema-cartofriches")) for name, values in counts.items()],
        ignore_index=True,
    )
    local = releases_of_zones(build, covered)
    cited = {zone: release for zone, release in local.items() if share[zone] >= DECLARED_SHARE_PCT}
    releases = zip(found["zone"], found["release"], strict=True)
    return found.assign(release=[cited.get(zone, whole) for zone, whole in releases])


@provider(
    "infrastructure.CommuneBrownfields",
    needs=("cerema-cartofriches-counts", *CODE_SOURCES),
    after=("basins.Commune",),
)
def commune_brownfields(build: Build) -> pd.DataFrame:
    """Listed sites by commune in force; communes merged since are added up, one without a row has no listed site."""
    rows = build.rows("cerema-cartofriches-counts")
    rows = rows[~rows["insee_code"].str.startswith(OUTSIDE_ZONES)].reset_index(drop=True)
    codes = translated(rows.pop("insee_code"), code_translation(build), what="cerema-cartofriches-counts")
    counts = rows[list(COUNT_COLUMNS)].groupby(codes).sum()
    counts.index.name = "commune"
    known = counts[counts.index.isin(build.table("basins.Commune")["insee_code"])]
    return known.reset_index().assign(release=build.release("cerema-cartofriches-counts"))


@provider(
    "basins.ZoneValue",
    needs=("cerema-cartofriches-counts", "ademe-polluted-sites"),
    after=("basins.EmploymentZone", "basins.Commune", "infrastructure.CommuneBrownfields"),
)
def listed_values(build: Build) -> pd.DataFrame:
    """Listed sites of the zone, those of industrial type and those known to be free; polluted sites ADEME took up."""
    codes = pd.Index(build.table("basins.EmploymentZone")["code"])
    zone_of = build.table("basins.Commune").set_index("insee_code")["zone"]
    rows = build.table("infrastructure.CommuneBrownfields")
    by_zone = rows[list(COUNT_COLUMNS)].groupby(rows["commune"].map(zone_of)).sum()
    listed = {
        "land.listed_sites": by_zone["site_count"],
        "land.listed_industrial": by_zone["industrial_count"],
        "land.listed_free": by_zone["without_project_count"],
    }
    counted = build.release("cerema-cartofriches-counts")
    parts = [_values(name, _by_zone(values, codes), counted) for name, values in listed.items()]
    polluted = build.rows("ademe-polluted-sites")
    communes = build.table("basins.Commune")
    there, _km = nearest(
        polluted["lon"].to_numpy(float), polluted["lat"].to_numpy(float), *degrees_of(communes["point"])
    )
    # The code of commune has lost characters in a few rows: the place decides.
    by_zone = pd.Series(communes["zone"].to_numpy(object)[there]).value_counts()
    parts.append(_values("land.polluted_sites", _by_zone(by_zone, codes), build.release("ademe-polluted-sites")))
    return pd.concat(parts, ignore_index=True)


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
