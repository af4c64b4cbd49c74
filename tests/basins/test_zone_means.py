import numpy as np
import pandas as pd
import pytest

from basins.zone_means import zone_ratio, zone_weighted_mean


def test_weighted_mean_by_hand():
    value = pd.Series([10.0, 20.0, np.nan, 7.0])
    weight = pd.Series([1.0, 3.0, 4.0, 2.0])
    zone = pd.Series(["A", "A", "A", "B"])
    found = zone_weighted_mean(value, weight, zone)
    assert found.loc["A", "mean"] == pytest.approx(17.5)
    assert found.loc["A", "coverage"] == pytest.approx(0.5)
    assert found.loc["B"].tolist() == [7.0, 1.0]


def test_weighted_mean_agrees_with_an_obvious_loop():
    rng = np.random.default_rng(3)
    value = pd.Series(np.where(rng.random(200) < 0.3, np.nan, rng.normal(size=200)))
    weight, zone = pd.Series(rng.random(200)), pd.Series(rng.integers(0, 9, 200))
    found = zone_weighted_mean(value, weight, zone)
    for code in sorted(set(zone)):
        pairs = [(v, w) for v, w, z in zip(value, weight, zone, strict=True) if z == code and v == v]
        everything = sum(w for w, z in zip(weight, zone, strict=True) if z == code)
        assert found.loc[code, "mean"] == pytest.approx(sum(v * w for v, w in pairs) / sum(w for _v, w in pairs))
        assert found.loc[code, "coverage"] == pytest.approx(sum(w for _v, w in pairs) / everything)


def test_a_zone_where_all_is_secret_has_no_mean_and_no_coverage():
    found = zone_weighted_mean(pd.Series([np.nan]), pd.Series([5.0]), pd.Series(["A"]))
    assert np.isnan(found.loc["A", "mean"])
    assert found.loc["A", "coverage"] == 0


def test_an_unknown_weight_is_refused():
    with pytest.raises(ValueError, match="weight"):
        zone_weighted_mean(pd.Series([1.0]), pd.Series([np.nan]), pd.Series(["A"]))


def test_ratio_is_of_sums_not_a_mean_of_ratios():
    found = zone_ratio(pd.Series([1, 0]), pd.Series([1, 9]), pd.Series(["A", "A"]))
    assert found["A"] == pytest.approx(0.1)


def test_ratio_over_nothing_is_unknown():
    assert np.isnan(zone_ratio(pd.Series([0]), pd.Series([0]), pd.Series(["A"]))["A"])
    assert np.isnan(zone_ratio(pd.Series([1.0, np.nan]), pd.Series([2, 2]), pd.Series(["A", "A"]))["A"])
