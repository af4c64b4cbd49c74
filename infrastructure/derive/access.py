"""Distance from the inhabitants of each zone to the nearest node of each kind, on their land mass."""

import numpy as np
import pandas as pd

from infrastructure.derive.places import communes_with_land_mass, degrees_of, nearest
from infrastructure.models import Substation
from infrastructure.reference import ABSENT, ACCESS_KINDS, COVERED, GRID_KV, coverage
from measures.arrays import Floats
from sources.editions import Build, BuildError, provider
from sources.models import Status

RELEASES = {
    "motorway": "cerema-road-traffic",
    "siding": "sncf-sidings",
    "freight_station": "sncf-stations",
    "combined_terminal": "gntc-terminals",
    "seaport": "nga-world-port-index",
    "inland_port": "osm-inland-ports",
    "airport": "ourairports-airports",
    **dict.fromkeys(map(str, GRID_KV), "rte-substations"),
}
"""Data set whose release stands on each kind (of the two road files, the one that has every motorway)."""
DISTANCE_DECIMALS = 1


@provider(
    "infrastructure.ZoneAccess",
    needs=tuple(sorted(set(RELEASES.values()))),
    after=("basins.EmploymentZone", "basins.Commune", "infrastructure.LogisticsNode", "infrastructure.Substation"),
)
def zone_access(build: Build) -> pd.DataFrame:
    """One row a zone and kind: km from its communes, weighted by inhabitants, and the name nearest to its centre.

    A kind the land mass does not have is `absent`; one its file does not cover is `missing`.
    """
    zones = build.table("basins.EmploymentZone")
    communes = communes_with_land_mass(build)
    places = pd.concat([build.table("infrastructure.LogisticsNode"), grid_places(build)], ignore_index=True)
    parts = []
    for kind in ACCESS_KINDS:
        for land_mass, here in zones.groupby("land_mass", sort=True):
            word = coverage()[kind, str(land_mass)]
            if word == COVERED:
                targets = places[(places["kind"] == kind) & (places["land_mass"] == land_mass)]
                part = _distances(here, communes[communes["land_mass"] == land_mass], targets, f"{kind}/{land_mass}")
            else:
                status = Status.ABSENT if word == ABSENT else Status.MISSING
                part = pd.DataFrame({"zone": here["code"], "value": np.nan, "status": status.value, "nearest": ""})
            parts.append(part.assign(kind=kind, release=build.release(RELEASES[kind])))
    return pd.concat(parts, ignore_index=True)


def grid_places(build: Build) -> pd.DataFrame:
    """Return where power may be drawn (kind, name, land_mass, point): live substations, once a level reached.

    Tap points, where a line is only joined, and substations out of tension or on direct current do not count.
    """
    rows = build.table("infrastructure.Substation")
    is_live = (rows["function"] == Substation.Function.SUBSTATION) & (rows["state"] == Substation.State.IN_OPERATION)
    live = rows[is_live & rows["highest_kv"].notna()]
    levels = [live[live["highest_kv"].astype(float) >= kv].assign(kind=str(level)) for level, kv in GRID_KV.items()]
    return pd.concat(levels, ignore_index=True)[["kind", "name", "land_mass", "point"]]


def _distances(zones: pd.DataFrame, communes: pd.DataFrame, targets: pd.DataFrame, label: str) -> pd.DataFrame:
    """Return the rows of zones of one land mass for one kind; `label` names the pair in an error."""
    if targets.empty:
        raise BuildError(f"accès : aucun nœud pour {label}, que la table de couverture dit couvert.")
    lon, lat = degrees_of(targets["point"])
    _found, distance_km = nearest(communes["lon"].to_numpy(), communes["lat"].to_numpy(), lon, lat)
    mean_km = weighted_mean_by(communes["zone"], distance_km, communes["population"].to_numpy(float))
    from_centre, _distance_km = nearest(*degrees_of(zones["centre"]), lon, lat)
    return pd.DataFrame(
        {
            "zone": zones["code"].to_numpy(object),
            "value": mean_km.reindex(zones["code"]).round(DISTANCE_DECIMALS).to_numpy(),
            "status": Status.OBSERVED.value,
            "nearest": targets["name"].to_numpy(object)[from_centre],
        }
    )


def weighted_mean_by(groups: pd.Series, values: Floats, weights: Floats) -> pd.Series:
    """Return the weighted mean of values by group: sum(w x v) / sum(w)."""
    sums = pd.DataFrame({"weighted": values * weights, "weight": weights}).groupby(groups.to_numpy()).sum()
    return sums["weighted"] / sums["weight"]
