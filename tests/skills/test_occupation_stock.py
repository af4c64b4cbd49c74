"""The estimated stock of occupations: margins, proportionality, regional correction, errors."""

import numpy as np
import pandas as pd
import pytest

from skills.occupation_stock import (
    LARGEST_KNOWN_SHARE,
    LEAST_ERROR_SHARE,
    UNCORRECTED_ERROR_SHARE,
    national_table,
    sector_totals,
    seed_table,
    zone_stock,
)

FAMILIES = pd.Index(["F1", "F2"], name="family")
NATIONAL = pd.DataFrame([[80.0, 20.0], [20.0, 180.0]], index=FAMILIES, columns=["CA", "CB"])
ZONES = pd.DataFrame(
    [[100.0, 0.0], [50.0, 100.0], [50.0, 300.0], [np.nan, np.nan]],
    index=["z1", "z2", "z3", "z4"],
    columns=["CA", "CB"],
)
REGION_OF_ZONE = pd.Series({"z1": "11", "z2": "11", "z3": "24", "z4": "06"})
NO_REGION = pd.DataFrame(columns=FAMILIES, dtype="float64")


def test_without_correction_cells_follow_the_jobs_of_the_activity():
    stock = zone_stock(NATIONAL, ZONES, REGION_OF_ZONE, NO_REGION)
    # z2 holds a quarter of the jobs in each activity; z1 half of CA and none of CB.
    assert stock.jobs.loc["z2"].tolist() == pytest.approx([25, 50])
    assert stock.jobs.loc["z1"].tolist() == pytest.approx([40, 10])
    assert stock.jobs.sum().tolist() == pytest.approx(NATIONAL.sum(axis=1).tolist())
    assert (stock.error_share == UNCORRECTED_ERROR_SHARE).all(axis=None)


def test_a_zone_without_any_figure_stays_unknown():
    assert zone_stock(NATIONAL, ZONES, REGION_OF_ZONE, NO_REGION).jobs.loc["z4"].isna().all()


def test_zones_of_a_region_sum_to_it_and_others_are_left():
    regions = pd.DataFrame([[130.0, 60.0]], index=["11"], columns=FAMILIES)
    plain = zone_stock(NATIONAL, ZONES, REGION_OF_ZONE, NO_REGION).jobs
    stock = zone_stock(NATIONAL, ZONES, REGION_OF_ZONE, regions)
    assert stock.jobs.loc[["z1", "z2"]].sum().tolist() == pytest.approx([130, 60])
    assert stock.jobs.loc["z3"].tolist() == pytest.approx(plain.loc["z3"].tolist())
    # F1 doubles (65 to 130), F2 stays (60): the error follows the first, the floor holds for the second.
    assert stock.factor.loc["z1"].tolist() == pytest.approx([2, 1])
    assert stock.error_share.loc["z1"].tolist() == pytest.approx([np.log(2), LEAST_ERROR_SHARE])
    assert stock.error_share.loc["z3"].tolist() == [UNCORRECTED_ERROR_SHARE] * 2


def test_zones_in_another_order_give_the_same_stock():
    regions = pd.DataFrame([[130.0, 60.0]], index=["11"], columns=FAMILIES)
    straight = zone_stock(NATIONAL, ZONES, REGION_OF_ZONE, regions).jobs
    turned = zone_stock(NATIONAL, ZONES[::-1], REGION_OF_ZONE, regions).jobs
    pd.testing.assert_frame_equal(turned.loc[straight.index], straight)


def test_national_table_meets_margins_and_keeps_known_cells():
    family_jobs = pd.Series([100.0, 300.0], index=FAMILIES)
    salaried = pd.Series({"CA": 40.0, "CB": 60.0})
    known = pd.DataFrame([[0.5, np.nan]], index=["F1"], columns=["CA", "CB"])
    hires = pd.DataFrame([("F1", "CA", 5.0), ("F2", "CB", 9.0)], columns=["family", "a38", "hires"])
    table, fit = national_table(family_jobs, salaried, known, hires)
    assert fit.is_converged
    assert table.loc["F1", "CA"] == 50
    assert table.sum(axis=1).tolist() == pytest.approx([100, 300], abs=1)
    assert table.sum().tolist() == pytest.approx([160, 240], abs=1)


def test_no_activity_passes_the_last_of_three_published_ones():
    family_jobs = pd.Series([100.0, 900.0], index=FAMILIES)
    salaried = pd.Series({"CA": 150.0, "CB": 100.0, "CC": 100.0, "CD": 450.0, "CE": 100.0, "CF": 100.0})
    known = pd.DataFrame([[0.50, 0.25, 0.08]], index=["F1"], columns=["CA", "CB", "CC"])
    # Hires would put nearly all that is left of F1, 17 jobs, in CD; the third published activity holds 8.
    hires = pd.DataFrame([("F1", "CD", 9.0), ("F2", "CD", 1.0)], columns=["family", "a38", "hires"])
    table, fit = national_table(family_jobs, salaried, known, hires)
    assert fit.is_converged
    assert table.loc["F1", ["CA", "CB", "CC", "CD"]].tolist() == pytest.approx([50, 25, 8, 8])
    assert table.loc["F1"].sum() == pytest.approx(100, abs=1)
    assert table.sum().tolist() == pytest.approx(salaried.tolist(), abs=1)


def test_activities_full_of_known_cells_are_raised_for_their_self_employed():
    pinned = pd.DataFrame([[90.0, np.nan], [80.0, 10.0]], index=FAMILIES, columns=["AZ", "CA"])
    totals = sector_totals(pd.Series({"AZ": 100.0, "CA": 100.0}), pinned)
    assert totals["AZ"] == pytest.approx(170 / LARGEST_KNOWN_SHARE)
    assert totals["CA"] == 100


def test_seed_weighs_activities_by_jobs_not_by_turnover_and_is_never_zero():
    family_jobs, sector_jobs = pd.Series([50.0, 50.0], index=FAMILIES), pd.Series({"CA": 80.0, "CB": 20.0})
    hires = pd.DataFrame(
        [("F1", "CA", 1.0), ("F2", "CA", 1.0), ("F1", "CB", 900.0)], columns=["family", "a38", "hires"]
    )
    seed = seed_table(hires, family_jobs, sector_jobs)
    assert seed.sum().tolist() == pytest.approx([80, 20])
    assert (seed > 0).all(axis=None)
    assert seed.loc["F1", "CB"] > seed.loc["F2", "CB"]
