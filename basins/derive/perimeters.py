"""Territoires d'industrie, and the countries around."""

import pandas as pd

from basins.geometry import compact_outline
from basins.models import Perimeter
from sources.editions import Build, BuildError, provider

# Drawn over zones at the scale of a region: about 300 m.
TERRITORY_TOLERANCE_DEG = 0.003


@provider("basins.Perimeter", needs=("anct-industry-territories",))
def industry_territories(build: Build) -> pd.DataFrame:
    """Territoires d'industrie, outlines simplified together so that common borders stay common."""
    import shapely

    rows = build.rows("anct-industry-territories")
    outlines = shapely.coverage_simplify(shapely.from_wkb(rows["geom"].to_numpy(object)), TERRITORY_TOLERANCE_DEG)
    return pd.DataFrame(
        {
            "kind": Perimeter.Kind.INDUSTRY_TERRITORY.value,
            "code": rows["code"],
            "name": rows["name"],
            "geom": [compact_outline(outline) for outline in outlines],
        }
    )


@provider(
    "basins.PerimeterCommune",
    needs=("anct-industry-territory-communes",),
    after=("basins.Perimeter", "basins.Commune"),
)
def industry_territory_communes(build: Build) -> pd.DataFrame:
    """Member communes of the Territoires d'industrie."""
    rows = build.rows("anct-industry-territory-communes")
    strangers = set(rows["territory"]) ^ set(build.table("basins.Perimeter")["code"])
    strangers |= set(rows["insee_code"]) - set(build.table("basins.Commune")["insee_code"])
    if strangers:
        raise BuildError(f"Territoires d'industrie : codes sans correspondance : {', '.join(sorted(strangers)[:20])}.")
    return pd.DataFrame({"perimeter": rows["territory"], "commune": rows["insee_code"]})


@provider("basins.NeighbourLand", needs=("natural-earth-neighbours",))
def neighbour_lands(build: Build) -> pd.DataFrame:
    """Countries around metropolitan France."""
    import shapely

    rows = build.rows("natural-earth-neighbours")
    outlines = shapely.from_wkb(rows["geom"].to_numpy(object))
    return pd.DataFrame(
        {"code": rows["code"], "name": rows["name"], "geom": [compact_outline(outline) for outline in outlines]}
    )
