"""How far the people of a zone live from a land border, so that criteria blind to foreign jobs can say so."""

from typing import Any

import numpy as np
import pandas as pd

from basins.derive.living import zone_values
from basins.models import EmploymentZone
from sources.editions import Build, provider
from sources.models import Status

# Countries reached from the mainland by land; the other outlines of the base map lie across the sea.
LAND_NEIGHBOURS = ("AND", "BEL", "CHE", "DEU", "ESP", "ITA", "LUX", "MCO")


@provider(
    "basins.ZoneValue", needs=("natural-earth-neighbours",), after=("basins.EmploymentZone", "basins.NeighbourLand")
)
def border_distance(build: Build) -> pd.DataFrame:
    """Straight-line distance (km) from a zone's centre of population to the nearest land neighbour.

    Islands have no land border: absent. Guyane has two, that the base map does not hold: missing. The outline is
    generalised (1:50 million), so a distance is good to a few kilometres.
    """
    zones = build.table("basins.EmploymentZone").set_index("code")
    land = build.table("basins.NeighbourLand")
    neighbours = _lambert(land.loc[land["code"].isin(LAND_NEIGHBOURS), "geom"])
    is_mainland = zones["land_mass"] == EmploymentZone.LandMass.MAINLAND.value
    centres = _lambert(zones.loc[is_mainland, "centre"])
    km = pd.Series(_nearest_km(centres, neighbours), index=zones.index[is_mainland])
    is_guyane = zones["land_mass"] == EmploymentZone.LandMass.GUYANE.value
    status = pd.Series(
        np.select([is_mainland, is_guyane], [Status.OBSERVED.value, Status.MISSING.value], Status.ABSENT.value),
        index=zones.index,
    )
    frame = zone_values(
        build, "access.border_km", km, release="natural-earth-neighbours", status=Status.OBSERVED, decimals=0
    )
    return frame.assign(status=status.reindex(frame["zone"]).to_numpy())


def _lambert(hexadecimal: pd.Series) -> Any:
    """Return geometries in metres (Lambert-93)."""
    import geopandas
    import shapely

    return geopandas.GeoSeries(shapely.from_wkb(hexadecimal.to_numpy(object)), crs="EPSG:4326").to_crs("EPSG:2154")


def _nearest_km(places: Any, lands: Any) -> list[float]:
    union = lands.union_all()
    return [float(metres) / 1000 for metres in places.distance(union)]
