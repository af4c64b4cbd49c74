"""The real files against figures their producers publish; needs the data directory."""

import os
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import shapely

import basins.ingest  # noqa: F401  registers the data sets
from basins.commune_codes import code_translation
from basins.derive import geography, living, perimeters
from sources.management.commands.ingest import find_file
from sources.registry import DATASETS, Rejected
from tests.basins.worlds import FedBuild

DATA = os.environ.get("BASSINS_DATA_DIR", "")
pytestmark = pytest.mark.skipif(not DATA, reason="BASSINS_DATA_DIR does not name the folder of the producers' files")


@cache
def parsed(slug: str) -> pd.DataFrame:
    dataset = DATASETS[slug]
    rows = list(dataset.parse(find_file(dataset, Path(DATA))))
    assert not [row for row in rows if isinstance(row, Rejected)]
    return pd.DataFrame(rows, columns=list(dataset.columns))


class Files(dict):
    def __missing__(self, slug: str) -> pd.DataFrame:
        return parsed(slug)


@pytest.fixture(scope="module")
def build() -> FedBuild:
    made = FedBuild(releases={}, raw=Files())
    made.tables["basins.Commune"] = geography.communes(made)
    made.tables["basins.EmploymentZone"] = geography.employment_zones(made)
    return made


def test_counts_of_the_geography(build):
    zones = build.table("basins.EmploymentZone")
    assert (len(zones), len(build.table("basins.Commune"))) == (306, 34_875)
    assert (len(geography.regions(build)), len(geography.departments(build))) == (18, 101)
    assert (zones["region_codes"].map(len) > 1).sum() == 14, "zones that straddle regions"
    assert (zones["land_mass"] == "mainland").sum() == 280
    assert len(perimeters.industry_territories(build)) == 183


def test_population_is_the_one_in_force(build):
    # Populations de référence 2023 without Mayotte, then Mayotte 2017.
    assert build.table("basins.EmploymentZone")["population"].sum() == 68_094_280 + 256_518
    assert parsed("insee-populations")["population"].sum() == 68_094_280


def test_every_outline_holds_its_inner_point(build):
    zones = build.table("basins.EmploymentZone")
    outlines, points = (shapely.from_wkb(zones[name].to_numpy(object)) for name in ("geom", "point"))
    assert shapely.is_valid(outlines).all()
    assert shapely.covers(outlines, points).all()


def test_every_older_code_is_brought_forward(build):
    translation = code_translation(build)
    for slug in ("insee-census-dwellings", "lovac", "insee-bpe-practitioners", "dhup-flat-rents"):
        assert set(parsed(slug)["insee_code"]) <= set(translation), slug


def test_practitioners_are_all_counted(build):
    values = living.practitioners(build).set_index("zone")["value"]
    population = build.table("basins.EmploymentZone").set_index("code")["population"]
    # Dénombrement 2024: 60,573 general practitioners.
    assert (values * population / 10_000).sum() == pytest.approx(60_573, rel=1e-3)


def test_statuses_of_the_living_conditions(build):
    expected = {
        living.flat_rents: {"estimated": 305, "missing": 1},
        living.house_rents: {"estimated": 305, "missing": 1},
        living.vacancy: {"observed": 305, "missing": 1},
        living.net_migration: {"observed": 287, "missing": 19},
        living.practitioners: {"observed": 305, "estimated": 1},
    }
    for provider, counts in expected.items():
        assert provider(build)["status"].value_counts().to_dict() == counts, provider.__name__


def test_shapes_and_perimeters_of_the_whole_country(build):
    communes = build.table("basins.Commune")
    drawn = shapely.from_wkb(communes["geom"].dropna().to_numpy(object))
    assert len(communes) - len(drawn) == 8, "communes re-created since 2018"
    assert shapely.is_valid(drawn).all()
    # Rounding to 11 m folds a narrow passage of a few communes; every other border is shared to the last vertex.
    faults = shapely.coverage_invalid_edges(drawn)
    assert (~shapely.is_empty(faults)).sum() < 10
    build.tables["basins.Department"] = geography.departments(build)
    groupings = perimeters.groupings(build)
    assert groupings["kind"].value_counts().to_dict() == {"epci": 1_255 + 11, "department": 101, "region": 18}
    for kind, rows in groupings[groupings["legal_form"] != "EPT"].groupby("kind"):
        outlines = shapely.from_wkb(rows["geom"].to_numpy(object))
        assert shapely.coverage_is_valid(outlines), kind
    regions = groupings.query("kind == 'region'")
    assert regions["population"].sum() == 68_094_280 + 256_518
    assert regions["commune_count"].sum() == 34_875


def test_members_of_the_territories(build):
    build.tables["basins.Perimeter"] = perimeters.industry_territories(build)
    members = perimeters.industry_territory_members(build)
    assert members["kind"].value_counts().to_dict() == {"EPCI": 626, "COM": 12, "EPT": 3}
    # 60 % of the population lives in one.
    assert build.table("basins.Perimeter")["population"].sum() / 68_350_798 == pytest.approx(0.60, abs=0.005)


def test_every_older_code_of_the_living_conditions_is_brought_forward(build):
    translation = code_translation(build)
    slugs = (
        "insee-bpe-equipment", "gaspar-disasters", "dvf-prices", "dvf-prices-2015", "dvf-flat-prices",
        "dgfip-property-tax", "sitadel-dwellings", "insee-filosofi", "insee-density-grid",
    )  # fmt: skip
    for slug in slugs:
        assert set(parsed(slug)["insee_code"]) <= set(translation), slug
