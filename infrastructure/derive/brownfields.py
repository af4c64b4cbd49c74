"""Verified brownfields: type, zoning, surface and whether an activity could use them."""

import numpy as np
import pandas as pd

from basins.commune_codes import CODE_SOURCES
from basins.geometry import POINT_GRID_DEG, compact_outline
from infrastructure.derive.local_sites import LOCAL_SLUGS, local_rows, with_local_inventory
from infrastructure.derive.places import communes_with_land_mass, nearest, points_of
from infrastructure.derive.territories import codes_in_force, declared_communes
from infrastructure.models import BrownfieldSite
from measures.arrays import Flags, Floats
from sources.editions import Build, provider

SiteType, SiteStatus, Zoning = BrownfieldSite.SiteType, BrownfieldSite.SiteStatus, BrownfieldSite.Zoning
LocatedBy = BrownfieldSite.LocatedBy

SURFACE_CAP_HA = 100.0
"""Above the 99th percentile (91 ha) of verified sites: a larger figure is nearly always a whole land unit (forest,
quarry, camp; up to 7,414 ha), not land to build on."""
FAR_FROM_COMMUNE_KM = 20.0
SURFACE_DECIMALS = 2

TYPE_WORDS: tuple[tuple[str, str], ...] = (
    ("agro", SiteType.AGRO_INDUSTRIAL),
    ("indus", SiteType.INDUSTRIAL),
    ("ferrov", SiteType.RAIL),
    ("logis", SiteType.LOGISTICS),
    ("commerc", SiteType.COMMERCIAL),
    ("portuaire", SiteType.PORT),
    ("carrière", SiteType.EXTRACTION),
    ("habita", SiteType.HOUSING),
    ("équipement public", SiteType.PUBLIC_FACILITY),
    ("enseignement", SiteType.PUBLIC_FACILITY),
    ("cultuel", SiteType.PUBLIC_FACILITY),
    ("hospital", SiteType.HOSPITAL),
    ("militaire", SiteType.MILITARY),
    ("touris", SiteType.LEISURE),
    ("loisir", SiteType.LEISURE),
    ("mixte", SiteType.MIXED),
    ("inconnu", SiteType.UNKNOWN),
)
"""The first word found in the producer's label decides: labels have variants (« friche » comes and goes)."""
STATUSES = {
    "friche sans projet": SiteStatus.WITHOUT_PROJECT,
    "friche avec projet": SiteStatus.WITH_PROJECT,
    "friche reconvertie": SiteStatus.RECONVERTED,
    "friche potentielle": SiteStatus.POTENTIAL,
}
ZONINGS = {
    "": Zoning.UNKNOWN,
    "Activité": Zoning.ACTIVITY,
    "Habitat": Zoning.HOUSING,
    "Mixte Habitat / activité": Zoning.MIXED,
    "Loisir et tourisme": Zoning.LEISURE,
}
ACTIVITY_TYPES = (
    SiteType.INDUSTRIAL, SiteType.RAIL, SiteType.LOGISTICS, SiteType.COMMERCIAL, SiteType.AGRO_INDUSTRIAL,
    SiteType.PORT, SiteType.EXTRACTION,
)  # fmt: skip
HOUSING_ZONINGS = (Zoning.HOUSING, Zoning.MIXED)


@provider(
    "infrastructure.BrownfieldSite",
    needs=("cerema-cartofriches", *CODE_SOURCES),
    after=("basins.EmploymentZone", "basins.Commune"),
    uses=LOCAL_SLUGS,
)
def brownfield_sites(build: Build) -> pd.DataFrame:
    """Every verified site, national and local; those nobody has verified (old registers) are left out.

    Where a local inventory is loaded it speaks first: see `with_local_inventory`.
    """
    rows = build.rows("cerema-cartofriches").assign(geom=None, release=build.release("cerema-cartofriches"))
    national = site_table(build, rows).assign(inventory=BrownfieldSite.Inventory.NATIONAL.value)
    local = [site_table(build, rows) for rows in local_rows(build)]
    return with_local_inventory(national, local, declared_communes(build, LOCAL_SLUGS))


def site_table(build: Build, given: pd.DataFrame) -> pd.DataFrame:
    """Return the verified sites of raw rows (with `geom` and `release`): `BrownfieldSite`, less `inventory`.

    Older commune codes are brought to the code in force. The zone is that of the commune, or of the point when the
    code is nobody's. A point more than 20 km from its commune and outside the commune's zone is an error of the file:
    the commune's point stands instead and `located_by` says so.
    """
    rows = given[given["is_checked"].astype(bool)].reset_index(drop=True)
    rows["insee_code"] = codes_in_force(build, rows["insee_code"])
    zone, lon, lat, is_moved = located(build, rows)
    types = pd.Series([site_type(label) for label in rows["site_type"]], dtype=object)
    statuses = rows["site_status"].map(STATUSES).fillna(SiteStatus.POTENTIAL)
    zonings = rows["zoning"].map(ZONINGS).fillna(Zoning.OTHER)
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": rows["name"].str.slice(0, 300),
            "site_type": types.map(str),
            "site_status": statuses.map(str),
            "surface_ha": surface_ha(rows["site_surface_m2"], rows["unit_surface_m2"]),
            "zoning": zonings.map(str),
            "is_usable": is_usable(types, statuses, zonings),
            "insee_code": rows["insee_code"],
            "zone": zone,
            "located_by": np.where(is_moved, LocatedBy.COMMUNE.value, LocatedBy.SITE.value),
            "point": points_of(lon, lat),
            "outline": [_outline(geom) for geom in rows["geom"]],
            "release": rows["release"],
        }
    )


def _outline(geom: str | None) -> str | None:
    """Return the outline of a site on a grid of about 1 m, None where it is not drawn."""
    import shapely

    return compact_outline(shapely.from_wkb(geom), grid_deg=POINT_GRID_DEG) if isinstance(geom, str) else None


def site_type(label: str) -> str:
    """Return the type of a producer's label, "other" when no known word is in it."""
    lowered = label.lower()
    return next((str(kind) for word, kind in TYPE_WORDS if word in lowered), str(SiteType.OTHER))


def surface_ha(site_m2: pd.Series, unit_m2: pd.Series) -> pd.Series:
    """Return hectares: the site's own surface, else that of its land unit, capped; NaN when neither is known."""
    surface_m2 = site_m2.astype(float).fillna(unit_m2.astype(float))
    return (surface_m2 / 10_000).clip(upper=SURFACE_CAP_HA).round(SURFACE_DECIMALS)


def is_usable(types: pd.Series, statuses: pd.Series, zonings: pd.Series) -> Flags:
    """Return which verified sites an activity could use.

    Without project, and of an activity by its nature (industry, rail, logistics, trade, port, extraction) or by its
    zoning; never where the plan wants housing, alone or mixed.
    """
    is_for_activity = types.isin(ACTIVITY_TYPES) | (zonings == Zoning.ACTIVITY)
    is_free = statuses == SiteStatus.WITHOUT_PROJECT
    return (is_free & is_for_activity & ~zonings.isin(HOUSING_ZONINGS)).to_numpy()


def located(build: Build, rows: pd.DataFrame) -> tuple[list[str], Floats, Floats, Flags]:
    """Return (zone, longitude, latitude, whether the commune's point was taken) of each site."""
    import shapely
    from pyproj import Geod

    communes = communes_with_land_mass(build).set_index("insee_code")
    zones = build.table("basins.EmploymentZone").set_index("code")
    outlines = pd.Series(shapely.from_wkb(zones["geom"].to_numpy(object)), index=zones.index)
    home = communes.reindex(rows["insee_code"])
    lon, lat = rows["lon"].to_numpy(float), rows["lat"].to_numpy(float)
    home_lon, home_lat = home["lon"].to_numpy(float), home["lat"].to_numpy(float)
    is_known = ~np.isnan(home_lon)
    # A commune nobody knows is taken to be where the site is: nothing to move.
    _there, _back, apart_m = Geod(ellps="WGS84").inv(
        lon, lat, np.where(is_known, home_lon, lon), np.where(is_known, home_lat, lat)
    )
    zone = home["zone"].to_numpy(object)
    is_moved = apart_m > FAR_FROM_COMMUNE_KM * 1000
    for place in np.flatnonzero(is_moved):
        is_moved[place] = not outlines[zone[place]].covers(shapely.Point(lon[place], lat[place]))
    for place in np.flatnonzero(~is_known):
        zone[place] = _zone_at(lon[place], lat[place], outlines, communes)
    return zone.tolist(), np.where(is_moved, home_lon, lon), np.where(is_moved, home_lat, lat), is_moved


def _zone_at(lon: float, lat: float, outlines: pd.Series, communes: pd.DataFrame) -> str:
    """Return the zone whose outline holds the point, else (generalised shore) that of the nearest commune."""
    import shapely

    point = shapely.Point(lon, lat)
    inside = [code for code, outline in outlines.items() if outline.covers(point)]
    if inside:
        return str(inside[0])
    there, _distance_km = nearest(
        np.array([lon]), np.array([lat]), communes["lon"].to_numpy(), communes["lat"].to_numpy()
    )
    return str(communes["zone"].iloc[there[0]])
