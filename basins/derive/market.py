"""The housing market of zones: sale prices and their change, property tax, dwellings authorised."""

import numpy as np
import pandas as pd

from basins.commune_codes import CODE_SOURCES
from basins.derive.living import LEAST_COVERAGE, TABLES, per_head_status, whole_commune_rows, zone_values
from basins.zone_means import zone_ratio, zone_weighted_mean
from sources.editions import Build, provider
from sources.models import Status

# Under so many sales, the mean or median price of a place says little.
LEAST_SALES_OF_ZONE = 30
LEAST_SALES_OF_COMMUNE = 5
YEARS_OF_PERMITS = 3
# Alsace and Moselle have a land book of their own, outside the base, from which a sale slips in now and then.
LAND_BOOK_DEPARTMENTS = ("57", "67", "68")


def commune_sales(build: Build, slug: str) -> pd.DataFrame:
    """Return by commune in force `sales` and the `amount` whose division by them is the mean price, EUR/m2."""
    rows = whole_commune_rows(build, slug)
    summed = rows.assign(amount=rows["sales"] * rows["mean_eur_m2"]).groupby("insee_code")[["sales", "amount"]].sum()
    return summed.astype(float)


def zones_of(build: Build, codes: pd.Index) -> pd.Series:
    """Return the zone of each commune in force, indexed by code."""
    return build.table("basins.Commune").set_index("insee_code")["zone"].reindex(codes)


def in_register(build: Build, sold: pd.Index) -> pd.Series:
    """Tell for each commune whether the sales of its department are in the base, given the communes that had one."""
    department = build.table("basins.Commune").set_index("insee_code")["department"]
    return department.isin(department.reindex(sold)) & ~department.isin(LAND_BOOK_DEPARTMENTS)


def register_share(build: Build, sold: pd.Index) -> pd.Series:
    """Return by zone the share of people in departments whose sales are in the base, 0-1."""
    communes = build.table("basins.Commune").set_index("insee_code")
    covered = in_register(build, sold)
    population = communes["population"].astype(float)
    return zone_ratio(population.where(covered, 0.0), population, communes["zone"])


def price_values(build: Build, indicator: str, price: pd.Series, sales: pd.Series, *, slug: str) -> pd.DataFrame:
    """Return the values of a price: missing under thirty sales or where the register leaves out half of the zone."""
    share = register_share(build, sales.index)
    by_zone = sales.groupby(zones_of(build, sales.index)).sum().reindex(share.index, fill_value=0)
    told = share.index[(by_zone >= LEAST_SALES_OF_ZONE) & (share >= LEAST_COVERAGE)]
    is_mean_of_sales = slug == "dvf-prices"
    status = pd.Series(Status.OBSERVED.value, index=told).where(
        (share[told] == 1) & is_mean_of_sales, Status.ESTIMATED.value
    )
    return zone_values(build, indicator, price.reindex(told), release=slug, status=status, decimals=0)


@provider("basins.ZoneValue", needs=("dvf-prices", *CODE_SOURCES), after=TABLES)
def prices(build: Build) -> pd.DataFrame:
    """Mean price of the dwellings sold in the year, EUR/m2: communes weighted by their sales.

    Estimated where a part of the zone has a land register that is not in the base.
    """
    sales = commune_sales(build, "dvf-prices")
    price = zone_ratio(sales["amount"], sales["sales"], zones_of(build, sales.index))
    return price_values(build, "living.price_eur_m2", price, sales["sales"], slug="dvf-prices")


@provider("basins.ZoneValue", needs=("dvf-prices", "dvf-prices-2015", *CODE_SOURCES), after=TABLES)
def price_change(build: Build) -> pd.DataFrame:
    """Change of the mean price since the earlier year, %, for one basket of communes: 100 (sum w p1 / sum w p0 - 1).

    `w` is the sales of the newer year in both sums, so that neither the places that sell nor the count of sales, which
    was made otherwise before 2019, move the figure. Communes with under five sales in either year are left out;
    missing where those kept hold under half of the zone's sales or where a price would be. The mix of
    dwellings sold still moves it: estimated.
    """
    earlier, later = (commune_sales(build, slug) for slug in ("dvf-prices-2015", "dvf-prices"))
    both = later.join(earlier.add_suffix("_earlier"), how="inner")
    both = both[both[["sales", "sales_earlier"]].min(axis=1) >= LEAST_SALES_OF_COMMUNE]
    zone = zones_of(build, both.index)
    before = both["sales"] * both["amount_earlier"] / both["sales_earlier"]
    change = 100 * (zone_ratio(both["amount"], before, zone) - 1)
    all_sales = later["sales"].groupby(zones_of(build, later.index)).sum()
    kept = both["sales"].groupby(zone).sum()
    is_told = (kept >= LEAST_COVERAGE * all_sales.reindex(kept.index)) & (kept >= LEAST_SALES_OF_ZONE)
    is_told &= register_share(build, later.index).reindex(kept.index) >= LEAST_COVERAGE
    return zone_values(
        build, "living.price_change_pct", change[is_told], release="dvf-prices", status=Status.ESTIMATED, decimals=1
    )


@provider("basins.ZoneValue", needs=("dvf-flat-prices", *CODE_SOURCES), after=TABLES)
def flat_prices(build: Build) -> pd.DataFrame:
    """Price of flats: mean of the communes' medians weighted by their sales, EUR/m2.

    A mean of medians is no median: estimated. Communes with under five sales are left out.
    """
    rows = whole_commune_rows(build, "dvf-flat-prices")
    rows = rows[rows["sales"] >= LEAST_SALES_OF_COMMUNE].assign(
        amount=lambda table: table["sales"] * table["median_eur_m2"]
    )
    summed = rows.groupby("insee_code")[["sales", "amount"]].sum().astype(float)
    price = zone_ratio(summed["amount"], summed["sales"], zones_of(build, summed.index))
    return price_values(build, "living.flat_price_eur_m2", price, summed["sales"], slug="dvf-flat-prices")


@provider("basins.ZoneValue", needs=("dgfip-property-tax", *CODE_SOURCES), after=TABLES)
def property_tax(build: Build) -> pd.DataFrame:
    """Total rate of the property tax on buildings, mean of communes weighted by population, %.

    The tax base, which would be the right weight, is not in the file: estimated.
    """
    rows = whole_commune_rows(build, "dgfip-property-tax")
    communes = build.table("basins.Commune").set_index("insee_code")
    rate = rows.groupby("insee_code")["rate_pct"].mean().reindex(communes.index)
    means = zone_weighted_mean(rate, communes["population"].astype(float), communes["zone"])
    told = means.loc[means["coverage"] >= LEAST_COVERAGE, "mean"]
    return zone_values(
        build, "living.property_tax_pct", told, release="dgfip-property-tax", status=Status.ESTIMATED, decimals=2
    )


def permits_by_year(build: Build) -> pd.DataFrame:
    """Return the dwellings authorised by commune in force (rows) and year (columns).

    NaN where no code of the commune has a figure that year: the series of a merged commune ends with it, a blank of
    the producer is unknown. A commune that the file leaves out authorised none.
    """
    rows = whole_commune_rows(build, "sitadel-dwellings")
    years = [
        {first + place: cell for place, cell in enumerate(cells)}
        for first, cells in zip(rows["first_year"], rows["authorised"], strict=True)
    ]
    table = pd.DataFrame(years, index=rows["insee_code"]).astype(float)
    summed = table.groupby(level=0).sum(min_count=1)
    return summed[sorted(summed.columns)].reindex(build.table("basins.Commune")["insee_code"], fill_value=0.0)


def recent_permits(build: Build) -> pd.Series:
    """Return the dwellings authorised over the last three years, by commune; NaN where a year is unknown."""
    return permits_by_year(build).iloc[:, -YEARS_OF_PERMITS:].sum(axis=1, skipna=False)


@provider("basins.ZoneValue", needs=("sitadel-dwellings", *CODE_SOURCES), after=TABLES)
def permits(build: Build) -> pd.DataFrame:
    """Dwellings authorised a year per 1,000 inhabitants, mean of the last three years.

    Estimated where the figure of a commune is unknown or the population is an older one.
    """
    communes = build.table("basins.Commune").set_index("insee_code")
    population = communes["population"].astype(np.float64)
    rate = 1_000 * recent_permits(build) / YEARS_OF_PERMITS / population.where(population > 0)
    means = zone_weighted_mean(rate, population, communes["zone"])
    status = per_head_status(build).where(means["coverage"] == 1, Status.ESTIMATED.value)
    told = means.loc[means["coverage"] >= LEAST_COVERAGE, "mean"]
    return zone_values(build, "living.permits_per_1000", told, release="sitadel-dwellings", status=status, decimals=2)
