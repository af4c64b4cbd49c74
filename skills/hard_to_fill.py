"""Share of hiring projects judged hard to fill, or seasonal, where secrecy hides part of the counts."""

import pandas as pd

# The file stars every count under 5 and publishes no zero: a starred part of published projects holds 0 to 4 of them.
MOST_SECRET_PART = 4.0
# A share whose bounds lie further apart is not told.
WIDEST_PCT = 20.0


def part_bounds(rows: pd.DataFrame, part: str) -> pd.DataFrame:
    """Return basin, occupation_code, projects, low, high, is_starred: the part of each published number of projects.

    `rows` has basin, occupation_code, projects and the named part, null when secret. Rows whose projects are secret
    are left out: nothing is known of their part.
    """
    known = rows[rows["projects"].notna()]
    starred = known[part].isna()
    low = known[part].fillna(0.0).astype("float64")
    high = known[part].astype("float64").fillna(MOST_SECRET_PART)
    return known[["basin", "occupation_code", "projects"]].assign(low=low, high=high, is_starred=starred)


def zone_part_pct(bounds: pd.DataFrame, trade_of: dict[str, str], shares: pd.DataFrame) -> pd.DataFrame:
    """Return zone, trade, low_pct, high_pct, projects, is_exact: the part (0-100) of the projects of each trade.

    `bounds` as `part_bounds` returns; each basin counts in a zone by the `share` of its jobs there (basin, zone,
    share). `is_exact` where every number is published and every basin lies in the zone whole.
    """
    of_trade = bounds.assign(trade=bounds["occupation_code"].map(trade_of)).dropna(subset=["trade"])
    pieces = of_trade.merge(shares[shares["share"] > 0], on="basin", validate="m:m")
    weighted = {name: pieces[name] * pieces["share"] for name in ("projects", "low", "high")}
    pieces = pieces.assign(**weighted, is_open=pieces["is_starred"] | (pieces["share"] < 1 - 1e-9))
    sums = pieces.groupby(["zone", "trade"]).agg(
        projects=("projects", "sum"), low=("low", "sum"), high=("high", "sum"), is_open=("is_open", "any")
    )
    sums = sums[sums["projects"] > 0]
    found = pd.DataFrame(
        {
            "low_pct": 100 * sums["low"] / sums["projects"],
            "high_pct": (100 * sums["high"] / sums["projects"]).clip(upper=100.0),
            "projects": sums["projects"],
            "is_exact": ~sums["is_open"],
        }
    )
    return found.reset_index()


def told_pct(low_pct: pd.Series, high_pct: pd.Series) -> pd.Series:
    """Return the middle of the bounds where they lie close enough, NaN elsewhere."""
    middle = (low_pct + high_pct) / 2
    return middle.where(high_pct - low_pct <= WIDEST_PCT)
