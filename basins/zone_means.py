"""From values of communes to values of zones: sums, ratios and weighted means, with what they cover."""

import pandas as pd


def zone_ratio(numerator: pd.Series, denominator: pd.Series, zone: pd.Series) -> pd.Series:
    """Return sum(numerator) / sum(denominator) by zone, indexed by zone; NaN where the denominator sums to zero.

    The three series share an index; an unknown (NaN) numerator or denominator makes the zone unknown.
    """
    sums = pd.DataFrame({"numerator": numerator, "denominator": denominator}).groupby(zone).sum(skipna=False)
    return (sums["numerator"] / sums["denominator"].where(sums["denominator"] > 0)).rename("ratio")


def zone_weighted_mean(value: pd.Series, weight: pd.Series, zone: pd.Series) -> pd.DataFrame:
    """Return by zone `mean` = sum(weight x value) / sum(weight) over known values, and `coverage` in 0-1.

    Coverage is the share of the zone's weight that carries a known value: the caller decides from it whether the mean
    is shown. Unknown weights are refused (ValueError): give every row of the zones a weight. A zone without any weight
    has NaN in both.
    """
    if weight.isna().any():
        raise ValueError("every row needs a weight.")
    known = weight.where(value.notna(), 0.0)
    sums = pd.DataFrame({"total": weight, "known": known, "product": (value * weight).fillna(0.0)}).groupby(zone).sum()
    return pd.DataFrame(
        {
            "mean": sums["product"] / sums["known"].where(sums["known"] > 0),
            "coverage": sums["known"] / sums["total"].where(sums["total"] > 0),
        }
    )
