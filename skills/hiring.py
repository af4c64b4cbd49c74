"""Hiring projects of survey basins read as bounds, and shared out over zones."""

import pandas as pd

from skills.trades import ALL_TRADES

# The file publishes no number under 5 and stars what is secret: a starred cell holds 1 to 4 projects. Check: the
# national total of 2023 (3.04 million) is what is published plus some 3 projects a starred cell.
LEAST_SECRET, MOST_SECRET = 1.0, 4.0
# A trade without any row in a basin was announced by nobody who answered: fewer than would have been published.
MOST_ABSENT = 4.0
# Under this share of a zone's jobs in surveyed basins, the zone is unknown.
LEAST_COVERED_SHARE = 0.5


def basin_shares(communes: pd.DataFrame) -> pd.DataFrame:
    """Return basin, zone, share (0-1): how the jobs of each basin lie over zones; shares of a basin sum to 1.

    `communes` has basin, zone, jobs and population.
    """
    return jobs_shares(communes, "basin", "zone")


def jobs_shares(communes: pd.DataFrame, area: str, part: str) -> pd.DataFrame:
    """Return area, part (columns of `communes`), share (0-1): how the jobs of each area lie over parts.

    An area where no job is known is shared by population.
    """
    sums = communes.groupby([area, part], as_index=False)[["jobs", "population"]].sum()
    total = sums.groupby(area)[["jobs", "population"]].transform("sum")
    by_jobs, by_population = sums["jobs"] / total["jobs"], sums["population"] / total["population"]
    share = by_jobs.where(total["jobs"] > 0, by_population)
    return sums[[area, part]].assign(share=share)


def covered_shares(communes: pd.DataFrame, surveyed: set[str]) -> pd.Series:
    """Return by zone the share (0-1) of its jobs, or of its population without any, that lies in surveyed basins."""
    is_in = communes["basin"].isin(surveyed)
    total = communes.groupby("zone")[["jobs", "population"]].sum()
    inside = communes[is_in].groupby("zone")[["jobs", "population"]].sum().reindex(total.index, fill_value=0.0)
    by_jobs, by_population = inside["jobs"] / total["jobs"], inside["population"] / total["population"]
    return by_jobs.where(total["jobs"] > 0, by_population).rename("covered")


def basin_bounds(rows: pd.DataFrame, trade_of: dict[str, str]) -> pd.DataFrame:
    """Return basin, trade, value, low, high, is_known, is_starred: every trade in every basin, and all occupations.

    `rows` has basin, occupation_code, projects (null when secret), possibly several rows a pair (a basin over two
    departments). A secret row counts 1 to 4, 2.5 in the value; an occupation without any row 0 to 4, nothing in the
    value; `is_known` where at least one number is published, `is_starred` where at least one is secret.
    """
    of_trades = rows.assign(trade=rows["occupation_code"].map(trade_of)).dropna(subset=["trade"])
    kept = pd.concat([of_trades, rows.assign(trade=ALL_TRADES)], ignore_index=True)
    kept = kept.assign(starred=kept["projects"].isna().astype(float), known=kept["projects"].notna().astype(float))
    grid = pd.MultiIndex.from_product(
        [sorted(rows["basin"].unique()), sorted(kept["trade"].unique())], names=["basin", "trade"]
    )
    pairs = kept.groupby(["basin", "trade"])
    sums = pairs[["projects", "starred", "known"]].sum().reindex(grid, fill_value=0.0)
    present = pairs["occupation_code"].nunique().reindex(grid, fill_value=0)
    asked = kept.groupby("trade")["occupation_code"].nunique()
    absent = grid.get_level_values("trade").map(asked).to_numpy() - present
    table = pd.DataFrame(
        {
            "value": sums["projects"] + sums["starred"] * (LEAST_SECRET + MOST_SECRET) / 2,
            "low": sums["projects"] + sums["starred"] * LEAST_SECRET,
            "high": sums["projects"] + sums["starred"] * MOST_SECRET + absent * MOST_ABSENT,
            "is_known": sums["known"] > 0,
            "is_starred": sums["starred"] > 0,
        }
    )
    return table.reset_index()


def zone_bounds(basins: pd.DataFrame, shares: pd.DataFrame, covered: pd.Series) -> pd.DataFrame:
    """Return zone, trade, value, low, high, is_known, is_exact, is_starred for the zones covered enough.

    A basin gives each zone its share w of the projects. What is not known is where in the basin they are: between
    w^2 and 1 - (1 - w)^2 of them, which is exact when the basin lies in one zone and widest when it is halved. A zone
    partly outside surveyed basins is raised to its whole by its covered share, from the upper bound and the value.
    """
    pieces = basins.merge(shares[shares["share"] > 0], on="basin", validate="m:m")
    share = pieces["share"]
    pieces = pieces.assign(
        value=pieces["value"] * share,
        low=pieces["low"] * share**2,
        high=pieces["high"] * (1 - (1 - share) ** 2),
        is_whole=share > 1 - 1e-9,
    )
    cells = pieces.groupby(["zone", "trade"]).agg(
        **{name: (name, "sum") for name in ("value", "low", "high")},
        **{name: (name, "any") for name in ("is_known", "is_starred")},
        is_whole=("is_whole", "all"),
    )
    part = covered.reindex(cells.index.get_level_values("zone")).to_numpy()
    cells = cells.assign(value=cells["value"] / part, high=cells["high"] / part, part=part)
    cells["is_exact"] = cells["is_whole"] & ~cells["is_starred"] & (part > 1 - 1e-9)
    return cells[part >= LEAST_COVERED_SHARE].drop(columns=["is_whole", "part"]).reset_index()
