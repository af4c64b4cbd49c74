"""A world of three square zones and five communes, small enough to be checked by hand."""

from dataclasses import dataclass, field

import pandas as pd
import shapely

from basins.derive import geography
from sources.editions import Build
from sources.readers import ewkb


@dataclass
class FedBuild(Build):
    """A build whose raw rows are given instead of read from the database."""

    raw: dict[str, pd.DataFrame] = field(default_factory=dict)

    def rows(self, slug: str) -> pd.DataFrame:
        return self.raw[slug].copy()

    def release(self, slug: str) -> str:
        return f"{slug}@test"


def square(west: float, south: float, side: float = 1.0) -> shapely.Polygon:
    return shapely.box(west, south, west + side, south + side)


def small_world() -> FedBuild:
    """Zone 1101 (region 11: 11001, 11002), 9401 (Corsica: 2A001), 0601 (Mayotte: 97601, 97602)."""
    communes = pd.DataFrame(
        [
            ("11001", "COM", "Bourg-l'Évêque", "11", ""),
            ("11002", "COM", "Saint-Œil", "11", ""),
            ("2A001", "COM", "Ajà", "2A", ""),
            ("97601", "COM", "Acoua", "976", ""),
            ("97602", "COM", "Bandraboua", "976", ""),
            ("11201", "ARM", "Bourg 1er", "11", "11001"),
            ("11202", "ARM", "Bourg 2e", "11", "11001"),
        ],
        columns=["insee_code", "kind", "name", "department", "parent"],
    )
    places = pd.DataFrame(
        [
            ("11001", "1101", "200000001", 300, 2023, 2.0, 48.0),
            ("11002", "1101", "", 100, 2023, 2.8, 48.4),
            ("2A001", "9401", "200000002", 50, 2023, 9.0, 42.0),
            ("97601", "0601", "200000003", 10, 2017, 45.0, -12.8),
            ("97602", "0601", "200000003", 30, 2017, 45.2, -12.8),
        ],
        columns=["insee_code", "zone", "epci_siren", "population", "population_year", "lon", "lat"],
    )
    outlines = pd.DataFrame(
        [
            ("1101", "Bourg", "11|24", 100.0, 2.5, 48.5, ewkb(square(2.0, 48.0))),
            ("9401", "Ajà", "94", 25.0, 9.5, 42.5, ewkb(square(9.0, 42.0))),
            ("0601", "Mayotte", "06", 4.0, 45.1, -12.9, ewkb(square(45.0, -13.0, 0.25))),
        ],
        columns=["zone", "name", "region_codes", "area_km2", "lon", "lat", "geom"],
    )
    moves = pd.DataFrame(
        [("11009", "11002", "2020-01-01")], columns=["code_before", "code_after", "effective_on"]
    )
    build = FedBuild(
        releases={},
        raw={
            "insee-communes": communes,
            "commune-zones": places,
            "zone-outlines": outlines,
            "insee-commune-moves": moves,
        },
    )
    build.tables["basins.Commune"] = geography.communes(build)
    build.tables["basins.EmploymentZone"] = geography.employment_zones(build)
    return build
