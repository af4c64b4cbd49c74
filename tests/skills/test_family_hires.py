"""Hires by occupation shared out between families."""

import pandas as pd
import pytest

from skills.family_hires import activity_family_hires, family_shares

LINKS = pd.DataFrame(
    [("D1Z40", "H1001"), ("D1Z41", "H1001"), ("D1Z41", "H1002"), ("E0Z20", "H1002"), ("E0Z20", "H1003")],
    columns=["fap_code", "rome_code"],
)
JOBS = pd.Series({"D1Z": 300.0, "E0Z": 100.0})


def test_shares_follow_the_jobs_that_reach_the_occupation():
    shares = family_shares(LINKS, JOBS).set_index(["rome_code", "family"])["share"]
    # D1Z: three links of 100 jobs; E0Z: two links of 50. H1002 receives 100 from one and 50 from the other.
    assert shares["H1001", "D1Z"] == 1
    assert shares["H1002", "D1Z"] == pytest.approx(2 / 3)
    assert shares["H1002", "E0Z"] == pytest.approx(1 / 3)
    assert shares.groupby("rome_code").sum().tolist() == pytest.approx([1, 1, 1])


def test_a_link_listed_twice_counts_once():
    assert family_shares(pd.concat([LINKS, LINKS]), JOBS).equals(family_shares(LINKS, JOBS))


def test_hires_are_shared_and_none_is_lost():
    hires = pd.DataFrame(
        [("32.50B", "H1001", 10), ("32.50B", "H1002", 30), ("10.11Z", "H1003", 5)],
        columns=["naf_code", "rome_code", "hires"],
    )
    table = activity_family_hires(hires, family_shares(LINKS, JOBS)).set_index(["naf_code", "family"])["hires"]
    assert table["32.50B", "D1Z"] == pytest.approx(30)
    assert table["32.50B", "E0Z"] == pytest.approx(10)
    assert table.sum() == pytest.approx(hires["hires"].sum())
