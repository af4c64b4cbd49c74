"""The indicators of the economy: values, statuses, and their declaration."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import economy
from basins.indicators import read_indicators
from economy.derive import establishments, support
from economy.derive import indicators as providers
from sources.apps import discover_datasets
from sources.editions import PROVIDERS
from sources.registry import DATASETS
from tests.economy.test_fabric_derive import establishment_build, support_build
from tests.economy.worlds import PaperBuild, two_zones

CELLS = [
    ("1001", "CA", 10, "observed"), ("1001", "CB", 5, "estimated"), ("1001", "GZ", 45, "observed"),
    ("1002", "CA", 20, "observed"), ("1002", "CB", 0, "observed"), ("1002", "GZ", 60, "observed"),
    ("0601", "CA", None, "missing"), ("0601", "CB", None, "missing"), ("0601", "GZ", None, "missing"),
]  # fmt: skip


def build():
    latest = pd.DataFrame(CELLS, columns=["zone", "a38", "value", "status"]).assign(year=2024, scope="private")
    older = latest.assign(year=2019, value=latest["value"] * 9)
    everything = latest.assign(year=2023, scope="all", value=latest["value"] * 2, status="observed")
    jobs = pd.concat([latest, older, everything], ignore_index=True).astype({"value": "float64"})
    series = [("1001", 2013, 100.0), ("1001", 2023, 200.0), ("0601", 2013, np.nan), ("0601", 2023, np.nan)]
    tables = {
        "basins.EmploymentZone": two_zones(),
        "economy.ZoneSectorJobs": jobs,
        "economy.ZoneJobs": pd.DataFrame(series, columns=["zone", "year", "value"]),
        "economy.Plant": pd.DataFrame(
            [("1002", "epv"), ("1002", "epv"), ("1001", "large_plant")], columns=["zone", "kind"]
        ),
    }
    return PaperBuild({}, tables)


def facts(table):
    rows = table.astype({"value": object}).set_index("zone")
    return {zone: (None if pd.isna(row["value"]) else row["value"], row["status"]) for zone, row in rows.iterrows()}


MISSING = (None, "missing")
EXPECTED = {
    providers.jobs_total: {"1001": (120, "observed"), "1002": (160, "observed"), "0601": MISSING},
    providers.industrial_jobs: {"1001": (15, "estimated"), "1002": (20, "observed"), "0601": MISSING},
    providers.industrial_share: {"1001": (25, "estimated"), "1002": (25, "observed"), "0601": MISSING},
    providers.jobs_growth: {"1001": (7.18, "observed"), "0601": MISSING},
    providers.heritage_firm_count: {"1001": (0, "observed"), "1002": (2, "observed"), "0601": (0, "observed")},
    providers.large_plant_count: {"1001": (1, "observed"), "1002": (0, "observed"), "0601": MISSING},
}


@pytest.mark.parametrize("compute", EXPECTED, ids=lambda compute: compute.__name__)
def test_values_and_statuses(compute):
    assert facts(compute(build())) == EXPECTED[compute]


def test_every_indicator_is_declared_with_its_source_and_computed():
    discover_datasets()
    declared = {one.id: one for one in read_indicators(Path(economy.__file__).parent / "indicators.toml")}
    builds = {providers: build(), establishments: establishment_build(), support: support_build()}
    builds[support].tables["economy.DepartmentAid"] = support.department_aid(builds[support])
    own = [
        one for one in PROVIDERS if one.table == "basins.ZoneValue" and one.compute.__module__.startswith("economy.")
    ]
    by_name = {module.__name__: paper for module, paper in builds.items()}
    computed = pd.concat([one.compute(by_name[one.compute.__module__]) for one in own])
    assert set(computed["indicator"]) == set(declared)
    for indicator, release in computed[["indicator", "release"]].drop_duplicates().itertuples(index=False):
        assert release == f"{declared[indicator].sources[0]}@test"
    assert {slug for one in declared.values() for slug in one.sources} <= set(DATASETS)
