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
    # 97602 has no outline of its own: it was re-created after the shapes were drawn.
    shapes = pd.DataFrame(
        [
            ("11001", ewkb(square(2.0, 48.0, 0.5))),
            ("11002", ewkb(square(2.5, 48.0, 0.5))),
            ("2A001", ewkb(square(9.0, 42.0))),
            ("97601", ewkb(square(45.0, -13.0, 0.25))),
        ],
        columns=["insee_code", "geom"],
    )
    epci = pd.DataFrame(
        [
            ("11001", "200000001", "CA du Bourg", "CA"),
            ("2A001", "200000002", "CC d'Ajà", "CC"),
            ("97601", "200000003", "CC du Nord", "CC"),
            ("97602", "200000003", "CC du Nord", "CC"),
        ],
        columns=["insee_code", "siren", "name", "legal_form"],
    )
    moves = pd.DataFrame(
        [
            ("11008", "11009", "1970-01-01", "Le Moulin", "Saint-Œil-la-Forêt"),
            ("11009", "11009", "1960-01-01", "La Forêt", "Saint-Œil-la-Forêt"),
            ("11009", "11002", "2020-01-01", "Saint-Œil-la-Forêt", "Saint-Œil"),
            ("11001", "11001", "1950-01-01", "BOURG L'EVEQUE", "Bourg-l'Évêque"),
            ("11002", "11002", "2020-01-01", "L'Œil", "Saint-Œil"),
            ("11007", "11002", "1980-01-01", "", "Saint-Œil"),
        ],
        columns=["code_before", "code_after", "effective_on", "name_before", "name_after"],
    )
    build = FedBuild(
        releases={},
        raw={
            "insee-communes": communes,
            "commune-zones": places,
            "zone-outlines": outlines,
            "insee-commune-moves": moves,
            "commune-shapes": shapes,
            "dgcl-epci": epci,
            "insee-ept": pd.DataFrame([("11002", "200000009", "Plaine")], columns=["insee_code", "siren", "name"]),
            "insee-regions": pd.DataFrame(
                [("11", "Île"), ("94", "Corse"), ("06", "Mayotte")], columns=["code", "name"]
            ),
            "insee-departments": pd.DataFrame(
                [("11", "Aude", "11"), ("2A", "Sud", "94"), ("976", "Mayotte", "06")],
                columns=["code", "name", "region"],
            ),
        },
    )
    build.tables["basins.Department"] = geography.departments(build)
    build.tables["basins.Commune"] = geography.communes(build)
    build.tables["basins.EmploymentZone"] = geography.employment_zones(build)
    return build
