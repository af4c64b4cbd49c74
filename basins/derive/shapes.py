"""Zone shapes of the national SVG map."""

import pandas as pd

from basins.drawing import drawn_in_inset
from basins.shapes import INSETS
from sources.editions import Build, provider


@provider("basins.ZoneShape", needs=("zone-outlines",), after=("basins.EmploymentZone",))
def zone_shapes(build: Build) -> pd.DataFrame:
    """Every zone drawn in the inset of its land."""
    import shapely

    zones = build.table("basins.EmploymentZone")
    outlines = build.rows("zone-outlines").set_index("zone")["geom"]
    rows = []
    for inset in INSETS:
        codes = zones.loc[zones["land_mass"].isin([land.value for land in inset.land_masses]), "code"]
        surfaces = shapely.from_wkb(outlines.loc[codes].to_numpy(object))
        drawn = drawn_in_inset(surfaces, inset)
        rows += [(code, *shape) for code, shape in zip(codes, drawn, strict=True)]
    return pd.DataFrame(rows, columns=["zone", "path", "label_x", "label_y"])
