"""Shares of projects behind stars: bounds by hand, and what is too open to be told."""

import pandas as pd
import pytest

from skills.hard_to_fill import part_bounds, told_pct, zone_part_pct

ROWS = pd.DataFrame(
    [
        ("A", "D1Z40", 10, 8),
        ("A", "D1Z41", 30, None),
        ("B", "D1Z40", None, None),
        ("B", "F0Z20", 6, None),
        ("C", "D1Z40", 20, 20),
    ],
    columns=["basin", "occupation_code", "projects", "hard"],
)
TRADE_OF = {"D1Z40": "machining", "D1Z41": "machining", "F0Z20": "textile_leather"}
SHARES = pd.DataFrame(
    [("A", "1001", 1.0), ("B", "1001", 1.0), ("C", "1001", 0.5), ("C", "1002", 0.5)],
    columns=["basin", "zone", "share"],
)


def test_a_star_under_published_projects_is_none_to_four():
    bounds = part_bounds(ROWS, "hard")
    assert bounds[["low", "high", "is_starred"]].to_numpy().tolist() == [
        [8, 8, False], [0, 4, True], [0, 4, True], [20, 20, False]
    ]  # fmt: skip


def test_parts_are_weighed_by_the_share_of_the_basin():
    found = zone_part_pct(part_bounds(ROWS, "hard"), TRADE_OF, SHARES).set_index(["zone", "trade"])
    # 8 + 10 to 8 + 4 + 10 hard ones of 10 + 30 + 10.
    machining = found.loc[("1001", "machining")]
    assert machining[["low_pct", "high_pct", "projects"]].tolist() == pytest.approx([36, 44, 50])
    assert not machining["is_exact"]
    assert found.loc[("1002", "machining"), ["low_pct", "high_pct"]].tolist() == [100, 100]
    textile = found.loc[("1001", "textile_leather")]
    assert textile[["low_pct", "high_pct"]].tolist() == pytest.approx([0, 400 / 6])


def test_bounds_too_far_apart_are_not_told():
    told = told_pct(pd.Series([36.0, 0.0, 40.0]), pd.Series([44.0, 66.7, 60.0]))
    assert told.tolist()[0] == 40
    assert told.isna().tolist() == [False, True, False]


def test_nothing_published_gives_no_row():
    only_stars = ROWS[ROWS["projects"].isna()]
    assert zone_part_pct(part_bounds(only_stars, "hard"), TRADE_OF, SHARES).empty
