"""The transmission grid and the lines of the rail network, as an edition shows them."""

import pandas as pd

from infrastructure.derive.places import land_mass_of, points_of
from infrastructure.models import Substation
from sources.editions import Build, provider
from sources.readers import ewkb

FUNCTIONS = {
    "Poste de transformation": Substation.Function.SUBSTATION,
    "Point de piquage": Substation.Function.TAP_POINT,
}
STATES = {"EN EXPLOITATION": Substation.State.IN_OPERATION, "ACCORD ADMINISTRATIF": Substation.State.PLANNED}
UNDER_45_KV = 20
"""« <45kV »: the distribution level behind such a substation, whatever its exact figure."""
LINE_TOLERANCE_DEG = 0.002  # 200 m: invisible below zoom 10
LINE_GRID_DEG = 2.0**-12  # 25 m; see `basins.geometry` on grids


def highest_kv(voltage: str) -> int | None:
    """Return the kilovolts of a label (225kV), `UNDER_45_KV` for « <45kV », None when not under alternating tension.

    >>> highest_kv("225kV"), highest_kv("<45kV"), highest_kv("HORS TENSION")
    (225, 20, None)
    """
    if voltage == "<45kV":
        return UNDER_45_KV
    digits = voltage.removesuffix("kV")
    return int(digits) if digits.isdigit() else None


@provider("infrastructure.Substation", needs=("rte-substations",), after=("basins.EmploymentZone",))
def substations(build: Build) -> pd.DataFrame:
    """Every substation and tap point; a code given several times keeps its highest voltage."""
    rows = build.rows("rte-substations")
    rows = rows.assign(kv=pd.Series([highest_kv(one) for one in rows["voltage"]], dtype="Int64", index=rows.index))
    once = rows.sort_values(["code", "kv"], ascending=[True, False], na_position="last").drop_duplicates("code")
    lon, lat = once["lon"].to_numpy(float), once["lat"].to_numpy(float)
    return pd.DataFrame(
        {
            "code": once["code"].to_numpy(object),
            "name": once["name"].to_numpy(object),
            "function": [FUNCTIONS[one].value for one in once["function"]],
            "state": [STATES[one].value for one in once["state"]],
            "highest_kv": once["kv"].to_numpy(object),
            "land_mass": land_mass_of(build, lon, lat),
            "point": points_of(lon, lat),
            "release": build.release("rte-substations"),
        }
    )


@provider("infrastructure.RailLine", needs=("sncf-lines",))
def rail_lines(build: Build) -> pd.DataFrame:
    """The lines by name, their pieces together, simplified to 200 m."""
    import shapely

    rows = build.rows("sncf-lines")
    shapes = shapely.simplify(shapely.from_wkb(rows["geom"].to_numpy(object)), LINE_TOLERANCE_DEG)
    light = pd.Series(shapely.set_precision(shapes, LINE_GRID_DEG, mode="pointwise"), index=rows.index)
    # A line shorter than the grid has become a point.
    is_drawn = shapely.length(light.to_numpy(object)) > 0
    pieces = light[is_drawn].groupby(rows["name"][is_drawn], sort=True)
    names = [str(name) for name, _parts in pieces]
    return pd.DataFrame(
        {
            "code": [f"L{number:04d}" for number in range(1, len(names) + 1)],
            "name": names,
            "geom": [ewkb(shapely.multilinestrings(list(parts))) for _name, parts in pieces],
            "release": build.release("sncf-lines"),
        }
    )
