"""The real files against figures their producers publish; needs the data directory."""

import os
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from basins.derive import geography
from infrastructure.derive import access, brownfields, grid, nodes, values
from sources.apps import discover_datasets
from sources.management.commands.ingest import find_file
from sources.registry import DATASETS, Rejected
from tests.basins.worlds import FedBuild

DATA = os.environ.get("BASSINS_DATA_DIR", "")
pytestmark = pytest.mark.skipif(not DATA, reason="BASSINS_DATA_DIR does not name the folder of the producers' files")


@cache
def parsed(slug: str) -> tuple[pd.DataFrame, tuple[Rejected, ...]]:
    discover_datasets()
    dataset = DATASETS[slug]
    rows = list(dataset.parse(find_file(dataset, Path(DATA))))
    accepted = [row for row in rows if not isinstance(row, Rejected)]
    refused = tuple(row for row in rows if isinstance(row, Rejected))
    return pd.DataFrame(accepted, columns=list(dataset.columns)), refused


class Files(dict):
    def __missing__(self, slug: str) -> pd.DataFrame:
        return parsed(slug)[0]


@pytest.fixture(scope="module")
def build() -> FedBuild:
    made = FedBuild(releases={}, raw=Files())
    made.tables["basins.Commune"] = geography.communes(made)
    made.tables["basins.EmploymentZone"] = geography.employment_zones(made)
    made.tables["infrastructure.Substation"] = grid.substations(made)
    made.tables["infrastructure.BrownfieldSite"] = brownfields.brownfield_sites(made)
    return made


def test_rows_read_and_refused() -> None:
    without_position = [row for row in parsed("sncf-sidings")[1] if row.column == "X_WGS84, Y_WGS84"]
    assert len(without_position) == 193
    assert len(parsed("sncf-sidings")[0]) + len(parsed("sncf-sidings")[1]) == 3093
    assert len(parsed("cerema-toll-stations")[0]) == 1266
    assert len(parsed("cerema-road-traffic")[0]) == 4695
    assert len(parsed("nga-world-port-index")[0]) == 3824
    assert len(parsed("osm-inland-ports")[0]) == 33
    assert len(parsed("ourairports-airports")[0]) == 998
    for slug in ("cerema-toll-stations", "cerema-road-traffic", "sncf-stations", "gntc-terminals"):
        assert not parsed(slug)[1], slug


def test_duplicates_are_merged(build: FedBuild) -> None:
    motorways = nodes.motorway_nodes(build)
    assert motorways["code"].str.startswith("motorway:toll:").sum() == 817
    rail = nodes.rail_nodes(build)
    assert (rail["kind"] == "marshalling_yard").sum() == 37
    assert (rail["kind"] == "freight_station").sum() == 1313
    assert len(nodes.inland_port_nodes(build)) == 33
    assert len(nodes.seaport_nodes(build)) == 48


def test_verified_sites(build: FedBuild) -> None:
    sites = build.table("infrastructure.BrownfieldSite")
    assert len(sites) == 10_968
    assert sites["site_status"].value_counts().to_dict() == {
        "without_project": 7383, "with_project": 3425, "reconverted": 159, "potential": 1,
    }  # fmt: skip
    assert sites["zone"].nunique() == 299


def test_usable_sites_by_land_unit_and_by_site(build: FedBuild) -> None:
    """By land unit, and before housing zones are taken out: 2,995 sites of 2 ha, of which 666 in 149 zones."""
    sites = build.table("infrastructure.BrownfieldSite").set_index("code")
    unit_ha = build.rows("cerema-cartofriches").set_index("code")["unit_surface_m2"].reindex(sites.index) / 10_000
    free = sites[(sites["site_status"] == "without_project") & (unit_ha >= 2)]
    assert len(free) == 2995
    assert (free["zoning"] == "housing").sum() == 1243
    for_activity = free[
        free["site_type"].isin(brownfields.ACTIVITY_TYPES) | free["zoning"].isin(["activity", "mixed"])
    ]
    assert (len(for_activity), for_activity["zone"].nunique()) == (666, 149)
    assert (unit_ha[for_activity.index] >= 10).sum() == 216
    usable = sites[sites["is_usable"]]
    assert not usable["zoning"].isin(["housing", "mixed"]).any()
    assert (unit_ha[usable.index] >= 2).sum() == 534
    assert (usable["surface_ha"] >= 2).sum() == 342


def test_thin_observatories_are_few(build: FedBuild) -> None:
    table = values.land_values(build)
    missing = table[(table["indicator"] == "land.usable_sites") & (table["status"] == "missing")]
    assert 30 <= len(missing) <= 60


def test_known_zones_are_near_what_they_are_known_for(build: FedBuild) -> None:
    build.tables["infrastructure.LogisticsNode"] = pd.concat(
        [
            nodes.motorway_nodes(build), nodes.rail_nodes(build), nodes.terminal_nodes(build),
            nodes.seaport_nodes(build), nodes.inland_port_nodes(build), nodes.airport_nodes(build),
        ]
    )  # fmt: skip
    table = access.zone_access(build).set_index(["zone", "kind"])
    zones = build.table("basins.EmploymentZone").set_index("name")["code"]
    assert table.loc[(zones["Calais"], "seaport"), "nearest"] == "Calais"
    assert table.loc[(zones["Bayonne"], "seaport"), "nearest"] == "Bayonne"
    assert table.loc[(zones["Brest"], "combined_terminal"), "value"] > 150
    assert table.loc[(zones["Saint-Louis"], "airport"), "nearest"].startswith("EuroAirport")
    assert table.loc[(zones["Aurillac"], "motorway"), "value"] > 40
    counts = table.reset_index().groupby(["kind", "status"]).size()
    assert counts["siding", "absent"] == 26
    assert counts["motorway", "missing"] == 26
    assert counts["seaport", "missing"] == 1
