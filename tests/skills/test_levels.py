"""Levels of skill: the rule by PCS posts, families of several levels, and the jobs of zones, by hand."""

import numpy as np
import pandas as pd
import pytest

from skills.derive.levels import level_mix, levels_of_zones, production_weight, recent_jobs
from skills.families import (
    ENGINEER,
    LEVELS,
    SKILLED_WORKER,
    TECHNICIAN,
    UNSKILLED_WORKER,
    families,
    industrial_families,
)
from skills.ingest.families import parse_fap_pcs
from skills.levels import family_levels, level_of_family, zone_levels
from skills.models import Level
from tests.economy.worlds import PaperBuild, refused


@pytest.mark.parametrize(
    ("posts", "level"),
    [
        (["623f", "623g"], SKILLED_WORKER),
        (["673a", "673b"], UNSKILLED_WORKER),
        (["474b", "474c"], TECHNICIAN),
        (["483a"], TECHNICIAN),
        (["383b", "387e"], ENGINEER),
        # Self-employed craftsmen follow the employees they are grouped with; alone, they are skilled.
        (["211g", "212b", "623a"], SKILLED_WORKER),
        (["212c", "212d", "483a"], TECHNICIAN),
        (["214b"], SKILLED_WORKER),
        # Most posts win; on a tie, the lower level.
        (["479a", "625b", "628f"], SKILLED_WORKER),
        (["479a", "625b"], SKILLED_WORKER),
        (["541a", "111a"], None),
        ([], None),
    ],
)
def test_the_level_is_that_of_most_posts(posts, level):
    assert level_of_family(posts) == level


def test_every_level_has_its_words():
    assert tuple(Level.values) == LEVELS


def test_a_family_of_several_levels_is_shared_by_its_jobs():
    links = pd.DataFrame(
        [("F4Z20", "676a"), ("F4Z41", "627f"), ("D1Z40", "628c"), ("V0Z60", "526a")], columns=["fap_code", "pcs_code"]
    )
    found = family_levels(links, pd.Series({"F4Z20": 10.0, "F4Z41": 30.0})).set_index(["family", "level"])["share"]
    assert found.to_dict() == {
        ("D1Z", SKILLED_WORKER): 1.0,
        ("F4Z", SKILLED_WORKER): 0.75,
        ("F4Z", UNSKILLED_WORKER): 0.25,
    }


STOCK = pd.DataFrame(
    [
        ("1001", "F4Z", 100.0, 0.4),
        ("1001", "D1Z", 300.0, 0.8),
        ("1001", "R1Z", 600.0, 0.3),
        ("0601", "F4Z", np.nan, 0.5),
        ("0601", "D1Z", np.nan, 0.5),
    ],
    columns=["zone", "family", "value", "error_share"],
)
SHARES = pd.DataFrame(
    [("F4Z", SKILLED_WORKER, 0.75), ("F4Z", UNSKILLED_WORKER, 0.25), ("D1Z", SKILLED_WORKER, 1.0)],
    columns=["family", "level", "share"],
)


def test_jobs_of_a_zone_by_level_with_the_mean_error_of_their_families():
    found = zone_levels(STOCK, SHARES).set_index(["zone", "level"])
    assert found.loc[("1001", SKILLED_WORKER), "value"] == 375
    assert found.loc[("1001", SKILLED_WORKER), "error_share"] == pytest.approx((75 * 0.4 + 300 * 0.8) / 375)
    assert found.loc[("1001", UNSKILLED_WORKER)].tolist() == pytest.approx([25, 0.4])
    assert found.loc["0601", "value"].isna().all()
    assert found.loc["0601", "error_share"].tolist() == [0.5, 0.5]


def paper_build():
    levels = pd.concat(
        [SHARES, pd.DataFrame([("H0Z", ENGINEER, 1.0), ("G1Z", TECHNICIAN, 1.0)], columns=SHARES.columns)]
    )
    more = pd.DataFrame(
        [
            ("1001", "H0Z", 60.0, 0.3), ("1001", "G1Z", 40.0, 0.3),
            ("0601", "H0Z", np.nan, 0.5), ("0601", "G1Z", np.nan, 0.5),
        ],
        columns=STOCK.columns,
    )  # fmt: skip
    build = PaperBuild({}, {"skills.ZoneOccupation": pd.concat([STOCK, more]), "skills.FamilyLevel": levels})
    build.tables["skills.ZoneLevel"] = levels_of_zones(build)
    return build


def test_indicators_of_levels_sum_to_a_hundred():
    table = level_mix(paper_build()).pivot(index="zone", columns="indicator", values="value")
    assert table.loc["1001"].to_dict() == {
        "skills.engineer_pct": 12.0, "skills.technician_pct": 8.0, "skills.worker_pct": 80.0
    }  # fmt: skip
    weight = production_weight(paper_build()).set_index("zone")
    # 500 of 1,100 jobs.
    assert weight.loc["1001", ["value", "status"]].tolist() == [45.5, "estimated"]
    assert weight.loc["0601", "status"] == "missing"


def test_jobs_of_the_last_three_years_are_averaged_over_the_known_ones():
    rows = pd.DataFrame(
        [("D1Z40", "2015", 99.0), ("D1Z40", "2016", 1.0), ("D1Z40", "2017", None), ("D1Z40", "2018", 3.0)],
        columns=["fap_code", "period", "value"],
    ).astype({"value": float})
    assert recent_jobs(rows)["D1Z40"] == 2.0


def test_the_crosswalk_is_in_the_windows_encoding(tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes("Fap;PCS;intitule_PCS\nD1Z41;623f;Opérateurs\nD1Z;623f;x\nD1Z41;6x;y\n".encode("cp1252"))
    records = list(parse_fap_pcs(path))
    assert records[0] == ("D1Z41", "623f")
    assert refused(records) == [(3, "Fap"), (4, "PCS")]


def test_industrial_families_produce_or_maintain():
    assert {"D1Z", "G0A", "H0Z"} <= set(industrial_families())
    assert not {"J0Z", "S0Z", "R1Z"} & set(industrial_families())
    assert all(families()[code].is_scored for code in industrial_families())
