"""A world of four zones on three land masses, small enough to be checked by hand."""

import math

import pandas as pd
import shapely

from infrastructure.derive.places import points_of
from sources.readers import ewkb
from tests.basins.worlds import FedBuild, square

DEGREE_KM = math.pi * 6371.0088 / 180
"""A degree of latitude on the sphere: 111.195 km, known without any formula of distance."""


def point(lon: float, lat: float) -> str:
    return ewkb(shapely.Point(lon, lat))


def build_of(**raw: pd.DataFrame) -> FedBuild:
    """Zones 1101 and 1102 of the mainland, 9401 in Corsica, 0401 in La Réunion; raw rows by slug, _ for -."""
    build = FedBuild(releases={}, raw={slug.replace("_", "-"): rows for slug, rows in raw.items()})
    build.tables["basins.EmploymentZone"] = pd.DataFrame(
        [
            ("1101", "mainland", point(2.5, 48.25), ewkb(square(2.0, 48.0))),
            ("1102", "mainland", point(3.5, 48.5), ewkb(square(3.0, 48.0))),
            ("9401", "corsica", point(9.0, 42.0), ewkb(square(9.0, 42.0))),
            ("0401", "reunion", point(55.5, -21.0), ewkb(square(55.0, -21.5))),
        ],
        columns=["code", "land_mass", "centre", "geom"],
    )
    build.tables["basins.Commune"] = pd.DataFrame(
        [
            ("11001", "1101", 300, "200000001", point(2.5, 48.0)),
            ("11002", "1101", 100, "200000001", point(2.5, 49.0)),
            ("11003", "1102", 50, "200000002", point(3.5, 48.5)),
            ("2A001", "9401", 10, "200000003", point(9.0, 42.0)),
            ("97401", "0401", 10, "200000004", point(55.5, -21.0)),
        ],
        columns=["insee_code", "zone", "population", "epci_siren", "point"],
    )
    return build


def nodes(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    """Logistics nodes from (kind, land mass, name, longitude, latitude)."""
    frame = pd.DataFrame(rows, columns=["kind", "land_mass", "name", "lon", "lat"])
    return frame.assign(point=points_of(frame["lon"].to_numpy(), frame["lat"].to_numpy()))


def grid(
    *rows: tuple[str, int | None, float, float], function: str = "substation", state: str = "in_operation"
) -> pd.DataFrame:
    """Substations of the mainland from (name, kV, longitude, latitude)."""
    frame = pd.DataFrame(rows, columns=["name", "highest_kv", "lon", "lat"]).assign(function=function, state=state)
    points = points_of(frame["lon"].to_numpy(), frame["lat"].to_numpy())
    return frame.assign(code=frame["name"], land_mass="mainland", point=points)


def places(*rows: tuple[str, str, str, str, float, float]) -> pd.DataFrame:
    """Raw nodes from (code, name, country, category, longitude, latitude)."""
    return pd.DataFrame(rows, columns=["code", "name", "country", "category", "lon", "lat"])
