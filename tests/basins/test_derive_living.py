"""Living conditions of the small world, each number checked by hand."""

import numpy as np
import pandas as pd
import pytest

from basins.derive import commune_counts, market, people, periods, surroundings
from tests.basins.test_derive import of_zone
from tests.basins.worlds import small_world

# Zone 1101: 11001 (300 people), 11002 (100); 9401: 2A001 (50); 0601: 97601 (10), 97602 (30), counted in 2017.


def world(**raw):
    build = small_world()
    build.raw.update({slug.replace("_", "-"): rows for slug, rows in raw.items()})
    return build


def equipment_rows(*rows):
    columns = [
        "insee_code", "nurses", "pharmacies", "nurseries", "primary_schools", "middle_schools", "high_schools",
        "large_stores", "stations",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def indicator(frame, name, zone):
    return of_zone(frame[frame["indicator"] == name], zone)


def test_equipment_per_head_and_within_reach():
    # 11009 has merged into 11002: its pharmacy is there.
    build = world(
        insee_bpe_equipment=equipment_rows(
            ("11001", 2, 0, 1, 1, 0, 0, 1, 0), ("11009", 1, 1, 0, 0, 0, 0, 0, 0), ("97602", 1, 1, 0, 1, 0, 0, 0, 0)
        )
    )
    found = surroundings.equipment(build)
    assert indicator(found, "living.nurses_per_10000", "1101") == (75.0, "observed")
    assert indicator(found, "living.nurseries_per_10000", "1101") == (25.0, "observed")
    assert indicator(found, "living.pharmacy_pct", "1101") == (25.0, "observed")
    assert indicator(found, "living.primary_school_pct", "1101") == (75.0, "observed")
    assert indicator(found, "living.pharmacy_pct", "9401") == (0.0, "observed")
    assert indicator(found, "living.pharmacy_pct", "0601") == (75.0, "estimated")
    assert len(found) == 7 * 3


def test_an_arrondissement_is_not_counted_twice_where_its_commune_is_in_the_file():
    both = world(
        insee_bpe_equipment=equipment_rows(("11001", 3, 0, 0, 0, 0, 0, 0, 0), ("11201", 2, 0, 0, 0, 0, 0, 0, 0))
    )
    parts = world(
        insee_bpe_equipment=equipment_rows(("11202", 1, 0, 0, 0, 0, 0, 0, 0), ("11201", 2, 0, 0, 0, 0, 0, 0, 0))
    )
    assert [surroundings.equipment_by_commune(build).loc["11001", "nurses"] for build in (both, parts)] == [3, 3]


def test_shares_of_the_density_grid():
    levels = pd.DataFrame(
        [("11001", "Grands centres urbains"), ("11002", "Bourgs ruraux"), ("2A001", "Rural à habitat très dispersé"),
         ("97601", "Petites villes")],
        columns=["insee_code", "level"],
    )  # fmt: skip
    found = surroundings.density_levels(world(insee_density_grid=levels))
    assert indicator(found, "population.rural_pct", "1101") == (25.0, "observed")
    assert indicator(found, "population.dense_pct", "1101") == (75.0, "observed")
    assert indicator(found, "population.rural_pct", "9401") == (100.0, "observed")
    assert indicator(found, "population.rural_pct", "0601") == (None, "missing"), "97602 has no level"


def test_disasters_of_the_average_inhabitant():
    orders = pd.DataFrame(
        [("11001", 9, 4), ("11002", 1, 0), ("11009", 2, 2)], columns=["insee_code", "total", "recent"]
    )
    found = surroundings.disasters(world(gaspar_disasters=orders))
    # (300 x 4 + 100 x 2) / 400: the most struck of the communes merged speaks for them.
    assert of_zone(found, "1101") == (3.5, "observed")
    assert of_zone(found, "9401") == (0.0, "observed")


def test_unemployment_is_that_of_the_last_quarter():
    rows = pd.DataFrame(
        [("1101", "2025-T3", 7.0), ("1101", "2025-T4", 7.3), ("9401", "2025-T3", 5.0)],
        columns=["zone", "quarter", "rate_pct"],
    )
    build = world(insee_zone_unemployment=rows)
    found = people.unemployment(build)
    assert of_zone(found, "1101") == (7.3, "observed")
    assert of_zone(found, "9401") == (None, "missing"), "an older quarter does not stand for the last"
    series = periods.unemployment_quarters(build)
    assert list(series[["zone", "period", "value"]].itertuples(index=False, name=None)) == [
        ("1101", "2025-T3", 7.0), ("1101", "2025-T4", 7.3), ("9401", "2025-T3", 5.0),
    ]  # fmt: skip


def profile_rows(**columns):
    given = {column: [np.nan] * 2 for column, _decimals in people.PROFILE.values()}
    return pd.DataFrame({"zone": ["1101", "9401"], "median_income_eur": [np.nan, np.nan], **given, **columns})


def test_profile_is_missing_overseas_and_where_it_is_blank():
    found = people.profile(world(insee_zone_profile=profile_rows(poverty_pct=[14.06, np.nan])))
    assert indicator(found, "living.poverty_pct", "1101") == (14.1, "observed")
    assert indicator(found, "living.poverty_pct", "9401") == (None, "missing")
    assert indicator(found, "living.poverty_pct", "0601") == (None, "missing")


def incomes(*rows):
    return pd.DataFrame(rows, columns=["insee_code", "median_eur", "is_secret"])


def test_income_is_the_published_one_or_else_estimated_from_communes():
    build = world(
        insee_zone_profile=profile_rows(median_income_eur=[22_150.0, np.nan]),
        insee_filosofi=incomes(("11001", 30_000, False), ("97601", 10_000, False), ("97602", 14_000, False)),
    )
    found = people.income(build)
    assert of_zone(found, "1101") == (22_150.0, "observed")
    assert of_zone(found, "0601") == (13_000.0, "estimated"), "(10 x 10,000 + 30 x 14,000) / 40"
    assert of_zone(found, "9401") == (None, "missing")
    assert found.set_index("zone")["release"].to_dict() == {
        "1101": "insee-zone-profile@test", "0601": "insee-filosofi@test", "9401": "insee-zone-profile@test",
    }  # fmt: skip


def test_secret_incomes_make_the_zone_secret_and_are_never_averaged_as_zero():
    known = world(
        insee_zone_profile=profile_rows(),
        insee_filosofi=incomes(("97601", np.nan, True), ("97602", 14_000, False), ("2A001", np.nan, True)),
    )
    assert of_zone(people.income(known), "0601") == (14_000.0, "estimated"), "30 of 40 people known"
    assert of_zone(people.income(known), "9401") == (None, "suppressed")
    secret = world(
        insee_zone_profile=profile_rows(),
        insee_filosofi=incomes(("97601", 10_000, False), ("97602", np.nan, True)),
    )
    assert of_zone(people.income(secret), "0601") == (None, "suppressed"), "10 of 40 people known"


def test_an_arrondissement_and_its_commune_are_one_income():
    build = world(
        insee_zone_profile=profile_rows(),
        insee_filosofi=incomes(("11001", 20_000, False), ("11201", 40_000, False), ("11002", 24_000, False)),
    )
    assert of_zone(people.income(build), "1101") == (21_000.0, "estimated")


def sales(year, *rows):
    return pd.DataFrame([(code, year, *cells) for code, *cells in rows], columns=[
        "insee_code", "year", "sales", "mean_eur_m2",
    ])  # fmt: skip


def test_price_is_weighted_by_sales():
    build = world(dvf_prices=sales(2024, ("11001", 30, 2000), ("11002", 10, 1000), ("2A001", 20, 3000)))
    found = market.prices(build)
    assert of_zone(found, "1101") == (1750.0, "observed")
    assert of_zone(found, "9401") == (None, "missing"), "20 sales"
    assert of_zone(found, "0601") == (None, "missing"), "no sale in the department: not in the base"


def test_a_sale_that_slips_out_of_the_land_book_makes_no_price():
    build = world(dvf_prices=sales(2024, ("11001", 40, 2000), ("11002", 40, 9000)))
    build.table("basins.Commune")["department"] = "68"
    assert of_zone(market.prices(build), "1101") == (None, "missing")


def test_price_is_estimated_where_a_part_of_the_zone_is_not_in_the_base():
    build = world(dvf_prices=sales(2024, ("11001", 40, 2000)))
    communes = build.table("basins.Commune")
    communes.loc[communes["insee_code"] == "11002", "department"] = "57"
    assert of_zone(market.prices(build), "1101") == (2000.0, "estimated"), "300 of 400 people covered"
    communes.loc[communes["insee_code"] == "11001", "population"] = 90
    assert of_zone(market.prices(build), "1101") == (None, "missing"), "90 of 190 people covered"


def test_price_change_is_that_of_one_basket_of_communes():
    later = sales(2024, ("11001", 30, 2200), ("11002", 10, 1500))
    earlier = sales(2015, ("11001", 5, 2000), ("11002", 500, 1000))
    found = market.price_change(world(dvf_prices=later, dvf_prices_2015=earlier))
    # (30 x 2200 + 10 x 1500) / (30 x 2000 + 10 x 1000) = 81 / 70; the 500 sales of 2015 weigh nothing.
    assert of_zone(found, "1101") == (15.7, "estimated")
    few = market.price_change(world(dvf_prices=later, dvf_prices_2015=earlier.assign(sales=4)))
    assert of_zone(few, "1101") == (None, "missing")
    half = market.price_change(world(dvf_prices=later.assign(sales=[30, 31]), dvf_prices_2015=earlier.iloc[:1]))
    assert of_zone(half, "1101") == (None, "missing"), "30 of 61 sales in the basket"


def test_flat_price_is_a_mean_of_medians():
    rows = pd.DataFrame(
        [("11201", 20, 3000.0), ("11202", 10, 1500.0), ("11002", 4, 9000.0)],
        columns=["insee_code", "sales", "median_eur_m2"],
    )
    assert of_zone(market.flat_prices(world(dvf_flat_prices=rows)), "1101") == (2500.0, "estimated")


def test_property_tax_is_weighted_by_population_and_unknown_is_not_zero():
    rows = pd.DataFrame(
        [("11001", 40.0), ("11201", 40.0), ("11002", 20.0), ("97601", 10.0), ("97602", np.nan)],
        columns=["insee_code", "rate_pct"],
    )
    found = market.property_tax(world(dgfip_property_tax=rows))
    assert of_zone(found, "1101") == (35.0, "estimated")
    assert of_zone(found, "0601") == (None, "missing"), "10 of 40 people known"


def permits(*rows):
    return pd.DataFrame(rows, columns=["insee_code", "first_year", "authorised"])


def test_permits_are_a_yearly_mean_of_three_years():
    build = world(
        sitadel_dwellings=permits(
            ("11001", 2021, [90, 3, 6, 9]),
            ("11009", 2021, [8]),
            ("11002", 2022, [0, None, 0]),
            ("97601", 2021, [1] * 4),
        )
    )
    table = market.permits_by_year(build)
    assert table.loc["11002"].tolist()[:2] == [8.0, 0.0], "the series of the merged commune, then its own"
    assert np.isnan(table.loc["11002", 2023]), "a blank is unknown"
    found = market.permits(build)
    assert of_zone(found, "1101") == (20.0, "estimated"), "18 / 3 years for the 300 people of the commune known"
    assert of_zone(found, "9401") == (0.0, "observed"), "a commune left out authorised none"
    assert of_zone(found, "0601") == (25.0, "estimated")
    years = periods.permits_years(build).set_index(["zone", "period"])["value"].to_dict()
    assert (years["1101", "2021"], years["1101", "2022"]) == (98.0, 3.0)


def test_counts_of_communes_keep_unknown_apart_from_none():
    build = world(
        insee_census_dwellings=pd.DataFrame(
            {"insee_code": ["11201", "11202", "11002", "11009"], "dwellings": [90, 10, 5, 6],
             "second_homes": [1, 2, 0, 0], "vacant": [3, 4, 0, 1]}
        ),
        insee_bpe_practitioners=pd.DataFrame({"insee_code": ["11001"], "general_practitioners": [2]}),
        insee_bpe_equipment=equipment_rows(("11001", 2, 0, 1, 1, 0, 0, 1, 0)),
        sitadel_dwellings=permits(("11001", 2023, [1, 2, 3]), ("11002", 2023, [1, None, 3])),
        dvf_prices=sales(2024, ("11001", 30, 2000)),
    )  # fmt: skip
    table = commune_counts.commune_counts(build).set_index("commune")
    assert table.loc["11001", ["dwellings", "second_homes", "vacant_dwellings"]].tolist() == [100, 3, 7]
    assert table.loc["11002", ["dwellings", "vacant_dwellings", "general_practitioners"]].tolist() == [11, 1, 0]
    assert pd.isna(table.loc["97601", "dwellings"]), "Mayotte is not in this census"
    assert table["sales"].tolist()[:2] == [30, 0]
    assert pd.isna(table.loc["97601", "sales"]), "no sale of the department is in the base"
    assert table.loc["11001", "dwellings_authorised"] == 6
    assert pd.isna(table.loc["11002", "dwellings_authorised"])


def test_a_slow_twin_of_the_price():
    rng = np.random.default_rng(5)
    codes = ["11001", "11002"]
    rows = [(code, int(rng.integers(20, 90)), float(rng.integers(800, 4000))) for code in codes]
    amount = sold = 0.0
    for _code, count, price in rows:
        amount += count * price
        sold += count
    found, _status = of_zone(market.prices(world(dvf_prices=sales(2024, *rows))), "1101")
    assert found == pytest.approx(amount / sold, abs=0.5)
