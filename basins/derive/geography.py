"""Regions, departments, zones, communes."""

import numpy as np
import pandas as pd

from basins.geometry import compact_outline, compact_point, rounded_outline
from basins.models import Commune, EmploymentZone
from basins.names import normalised_name
from sources.editions import Build, BuildError, provider

ISLAND_OF_REGION = {
    "01": EmploymentZone.LandMass.GUADELOUPE,
    "02": EmploymentZone.LandMass.MARTINIQUE,
    "03": EmploymentZone.LandMass.GUYANE,
    "04": EmploymentZone.LandMass.REUNION,
    "06": EmploymentZone.LandMass.MAYOTTE,
    "94": EmploymentZone.LandMass.CORSICA,
}


def land_mass(region_codes: list[str]) -> str:
    """Return the land a zone lies on, from its regions: no zone straddles the sea."""
    return str(ISLAND_OF_REGION.get(region_codes[0], EmploymentZone.LandMass.MAINLAND).value)


@provider("basins.Region", needs=("insee-regions",))
def regions(build: Build) -> pd.DataFrame:
    """Regions of the code officiel géographique."""
    return build.rows("insee-regions")


@provider("basins.Department", needs=("insee-departments",), after=("basins.Region",))
def departments(build: Build) -> pd.DataFrame:
    """Departments of the code officiel géographique."""
    return build.rows("insee-departments")


@provider(
    "basins.Commune",
    needs=("insee-communes", "commune-zones", "commune-shapes", "insee-ept"),
    after=("basins.Department",),
)
def communes(build: Build) -> pd.DataFrame:
    """Communes in force, with their zone, intercommunalité, population, point and simplified outline."""
    official = build.rows("insee-communes").query("kind == 'COM'")[["insee_code", "name", "department"]]
    table = official.merge(build.rows("commune-zones"), on="insee_code", how="outer", indicator=True, validate="1:1")
    alone = table.loc[table["_merge"] != "both", "insee_code"]
    if len(alone):
        raise BuildError(f"communes présentes dans un seul des deux fichiers : {', '.join(sorted(alone)[:20])}.")
    return pd.DataFrame(
        {
            "insee_code": table["insee_code"],
            "name": table["name"],
            "name_normalised": table["name"].map(normalised_name),
            "department": table["department"],
            "zone": table["zone"],
            "epci_siren": table["epci_siren"],
            "ept_siren": table["insee_code"].map(build.rows("insee-ept").set_index("insee_code")["siren"]).fillna(""),
            "population": table["population"].astype(int),
            "point": [compact_point(lon, lat) for lon, lat in zip(table["lon"], table["lat"], strict=True)],
            "geom": commune_outlines(build, table["insee_code"]),
        }
    )


def commune_outlines(build: Build, codes: pd.Series) -> list[str | None]:
    """Return the outline of each commune, None where it has none; raises `BuildError` on one of no commune."""
    import shapely

    shapes = build.rows("commune-shapes").set_index("insee_code")["geom"]
    strangers = sorted(set(shapes.index) - set(codes))
    if strangers:
        raise BuildError(f"contours de communes inconnues : {', '.join(strangers[:20])}.")
    decimals = Commune.compact_decimals["geom"]
    outlines = pd.Series(shapely.from_wkb(shapes.to_numpy(object)), index=shapes.index)
    found = {code: rounded_outline(outline, decimals) for code, outline in outlines.items()}
    return [found.get(code) for code in codes]


@provider("basins.EmploymentZone", needs=("zone-outlines", "commune-zones"))
def employment_zones(build: Build) -> pd.DataFrame:
    """Zones, their population summed from communes and their centre weighted by it."""
    import shapely

    outlines = build.rows("zone-outlines").set_index("zone")
    summary = zone_summary(build.rows("commune-zones"))
    if set(outlines.index) != set(summary.index):
        differing = sorted(set(outlines.index) ^ set(summary.index))
        raise BuildError(f"zones sans contour ou sans commune : {', '.join(differing[:20])}.")
    summary = summary.loc[outlines.index]
    region_codes = outlines["region_codes"].str.split("|")
    return pd.DataFrame(
        {
            "code": outlines.index,
            "name": outlines["name"],
            "region_codes": region_codes,
            "land_mass": region_codes.map(land_mass),
            "population": summary["population"],
            "population_year": summary["population_year"],
            "commune_count": summary["commune_count"],
            "area_km2": outlines["area_km2"].round(2),
            "point": [compact_point(lon, lat) for lon, lat in zip(outlines["lon"], outlines["lat"], strict=True)],
            "centre": [compact_point(lon, lat) for lon, lat in zip(summary["lon"], summary["lat"], strict=True)],
            "geom": [compact_outline(geometry) for geometry in shapely.from_wkb(outlines["geom"].to_numpy(object))],
        }
    ).reset_index(drop=True)


def zone_summary(places: pd.DataFrame) -> pd.DataFrame:
    """Return by zone: population, its oldest year, commune count, and `lon`, `lat` of the centre of population.

    The centre is the population-weighted mean of commune points, in degrees: a zone is small enough for that.
    """
    zone = places["zone"]
    weight = places["population"].astype(np.float64)
    total = weight.groupby(zone).sum()
    return pd.DataFrame(
        {
            "population": total.astype(int),
            "population_year": places["population_year"].groupby(zone).min(),
            "commune_count": zone.groupby(zone).size(),
            "lon": (places["lon"] * weight).groupby(zone).sum() / total,
            "lat": (places["lat"] * weight).groupby(zone).sum() / total,
        }
    )
