"""The derived tables of the economy on a world that can be checked by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from economy.derive.indicators import yearly_growth, zone_sums
from economy.derive.jobs import all_jobs, long_series, nearest, private_jobs
from economy.derive.plants import heritage_firms, large_plants, one_row_an_establishment
from economy.derive.sectors import sector_table
from economy.nomenclature import A38
from economy.zone_finding import zones_of_points
from sources.editions import BuildError
from tests.economy.worlds import PaperBuild, two_zones

ZONES = ["0601", "1001", "1002"]


def jobs_rows(*rows):
    return pd.DataFrame(rows, columns=["zone_code", "a38", "year", "jobs"])


def cell(table, zone, a38, year):
    row = table.query("zone == @zone and a38 == @a38 and year == @year").iloc[0]
    return (None if np.isnan(row["value"]) else row["value"], row["status"])


def test_all_jobs_blank_is_zero_only_where_the_other_year_is_zero():
    flores = jobs_rows(
        ("1001", "CA", 2022, 10), ("1001", "CA", 2023, 12),
        ("1001", "CB", 2022, 0), ("1001", "CB", 2023, None),
        ("1002", "CA", 2022, 7), ("1002", "CA", 2023, None),
    )  # fmt: skip
    table = all_jobs(flores, ZONES)
    assert cell(table, "1001", "CA", 2023) == (12, "observed")
    assert cell(table, "1001", "CB", 2023) == (0, "observed")
    assert cell(table, "1002", "CA", 2023) == (None, "missing")
    assert cell(table, "1002", "CB", 2023) == (0, "observed")  # no row in either year
    assert cell(table, "0601", "CA", 2023) == (None, "missing")  # a zone the file does not know
    assert cell(table, "1001", "TZ", 2023) == (None, "missing")  # an activity the file does not know


def test_the_grid_is_complete():
    table = all_jobs(jobs_rows(("1001", "CA", 2022, 1), ("1001", "CA", 2023, 1)), ZONES)
    assert len(table) == 3 * 38 * 2
    assert not table.duplicated(["zone", "a38", "year", "scope"]).any()
    assert ((table["status"] == "missing") == table["value"].isna()).all()


PRIVATE_CASES = [
    # Urssaf by year; Flores by year; expected in 2019, 2022, 2024
    ({}, {}, [(0, "observed")] * 3),
    ({}, {2022: 4, 2023: 5}, [(4, "estimated"), (4, "estimated"), (5, "estimated")]),
    ({2019: 3, 2022: 4, 2024: 9}, {2022: 40, 2023: 50}, [(3, "observed"), (4, "observed"), (9, "observed")]),
    # Came after 2019: Urssaf follows the cell in 2022, so that its blank of 2019 is a zero.
    ({2022: 4, 2023: 4, 2024: 4}, {2022: 4, 2023: 4}, [(0, "observed"), (4, "observed"), (4, "observed")]),
    # Gone by 2024: same reason.
    ({2019: 4, 2022: 4, 2023: 4}, {2022: 4, 2023: 4}, [(4, "observed"), (4, "observed"), (0, "observed")]),
]


@pytest.mark.parametrize(("urssaf", "flores", "expected"), PRIVATE_CASES)
def test_private_blank_is_compared_with_flores(urssaf, flores, expected):
    # Another cell gives every table all its years.
    private = [("1002", "CA", year, 1) for year in (2019, 2022, 2023, 2024)] + [("1001", "CA", 2019, 1)]
    private += [("1001", "CB", year, jobs) for year, jobs in urssaf.items()] + [("1002", "CB", 2019, 1)]
    every = [("1002", "CA", year, 1) for year in (2022, 2023)]
    every += [("1001", "CB", year, jobs) for year, jobs in flores.items()]
    table = private_jobs(jobs_rows(*private), jobs_rows(*every), ZONES)
    assert [cell(table, "1001", "CB", year) for year in (2019, 2022, 2024)] == expected


def test_no_private_job_in_a_public_activity_is_zero_and_agriculture_is_missing():
    urssaf = jobs_rows(("1001", "CA", 2024, 5), ("1001", "OZ", 2024, None), ("1002", "OZ", 2024, 3))
    flores = jobs_rows(("1001", "OZ", 2023, 900), ("1001", "AZ", 2023, 50))
    table = private_jobs(urssaf, flores, ZONES)
    assert cell(table, "1001", "OZ", 2024) == (0, "observed")
    assert cell(table, "1001", "AZ", 2024) == (None, "missing")
    assert cell(table, "0601", "CA", 2024) == (None, "missing")


def test_nearest_year_prefers_the_later_of_two():
    assert [nearest([2022, 2024], year) for year in (2019, 2023, 2030)] == [2022, 2024, 2024]


def test_long_series_leaves_out_parts_of_zones():
    rows = pd.DataFrame(
        {"zone_code": ["1001", "1001", "1151", "1002"], "year": [2022, 2023, 2023, 2023], "jobs": [10, 11, 5, 20]}
    )
    table, left_out = long_series(rows, ["1001", "1002"])
    assert left_out == ["1151"]
    assert len(table) == 4
    assert table["value"].sum() == 41
    assert table.query("zone == '1002' and year == 2022")["status"].item() == "missing"


def naf(chain):
    levels = ("subclass", "class", "group", "division", "section")
    chains = pd.DataFrame(chain, columns=[f"{level}_code" for level in levels])
    labels = [(level, code, f"{level} {code}") for level in levels for code in chains[f"{level}_code"].unique()]
    return pd.DataFrame(labels, columns=["level", "code", "label"]), chains


# One sub-class a division, so that every A38 and A17 is there; sections C and D are enough to look at.
DIVISIONS = [(one.code, f"{number:02d}") for one in A38 for number in range(one.first_division, one.last_division + 1)]
CHAINS = [(f"{d}.11Z", f"{d}.11", f"{d}.1", d, a38[0]) for a38, d in DIVISIONS]


def test_sectors_hang_from_each_other():
    table = sector_table(*naf(CHAINS)).set_index("key")
    chain = ["subclass:32.11Z"]
    while (parent := table.loc[chain[-1], "parent"]) and isinstance(parent, str):
        chain.append(parent)
    assert chain == ["subclass:32.11Z", "class:32.11", "group:32.1", "division:32", "a38:CM", "section:C"]
    assert table.loc["subclass:32.11Z", ["a38", "a17"]].tolist() == ["CM", "C5"]
    assert table.loc["section:C", ["a38", "a17"]].tolist() == ["", ""]
    assert table.loc["section:D", ["a38", "a17"]].tolist() == ["DZ", "DE"]
    assert (table["level"] == "a38").sum() == 38
    assert (table["level"] == "a17").sum() == 17


def test_a_code_without_label_stops_the_build():
    labels, chains = naf(CHAINS)
    with pytest.raises(BuildError, match="32.11"):
        sector_table(labels[labels["code"] != "32.11"], chains)


def test_points_inside_on_the_shore_and_at_sea():
    lon = pd.Series([0.5, 1.5, 1.0, -0.01, -0.5], index=list("abcde"))
    lat = pd.Series([45.5, 45.5, 45.5, 45.5, 45.5], index=list("abcde"))
    found = zones_of_points(lon, lat, two_zones(), farthest_km=5.0)
    # c lies on the border: the first code wins. d is 0.8 km off shore, e 39 km.
    assert found.to_dict() == {"a": "1001", "b": "1002", "c": "1001", "d": "1001", "e": None}
    assert zones_of_points(lon, lat, two_zones()[::-1], farthest_km=5.0).equals(found)


SUBCLASSES = pd.DataFrame({"level": ["subclass"], "code": ["23.41Z"]})


def heritage(*rows):
    columns = ["siret", "name", "naf_code", "labelled_on", "ends_on", "lon", "lat"]
    return pd.DataFrame(rows, columns=columns)


def test_heritage_firms_are_located_and_counted_once():
    new, old = date(2030, 1, 1), date(2025, 1, 1)
    firms = heritage(
        ("A", "anciennement", "23.41Z", old, old, 0.5, 45.5),
        ("A", "aujourd'hui", "23.41Z", new, new, 0.5, 45.5),
        ("A", "SIRET mal saisi", "23.41Z", old, old, 1.5, 45.5),
        ("B", "en mer", "23.41Z", new, new, -3.0, 45.5),
        ("C", "activité inconnue", "99.99Z", new, new, 0.5, 45.5),
    )
    tables = {"basins.EmploymentZone": two_zones(), "economy.Sector": SUBCLASSES}
    table = heritage_firms(PaperBuild({"epv-firms": firms}, tables))
    assert table[["code", "name", "zone"]].to_numpy().tolist() == [
        ["A", "aujourd'hui", "1001"],
        ["A-2", "SIRET mal saisi", "1002"],
    ]


def test_one_row_an_establishment_does_not_depend_on_order():
    firms = pd.DataFrame({"code": ["A", "A"], "zone": ["1", "1"], "ends_on": [1, 2], "name": ["x", "y"]})
    for rows in (firms, firms[::-1]):
        assert one_row_an_establishment(rows)["name"].tolist() == ["y"]


def test_large_plants_are_located():
    rows = pd.DataFrame([("P1", "USINE", "23.41Z", 1.5, 45.5)], columns=["plant_id", "name", "naf_code", "lon", "lat"])
    tables = {"basins.EmploymentZone": two_zones(), "economy.Sector": SUBCLASSES}
    table = large_plants(PaperBuild({"irep-large-plants": rows}, tables))
    assert table[["code", "kind", "zone"]].to_numpy().tolist() == [["P1", "large_plant", "1002"]]


def test_zone_sums_carry_the_status():
    cells = pd.DataFrame(
        [
            ("1", 5, "observed"),
            ("1", 2, "estimated"),
            ("2", 4, "observed"),
            ("2", None, "missing"),
            ("3", None, "missing"),
        ],
        columns=["zone", "value", "status"],
    ).astype({"value": "float64"})
    table = zone_sums(cells)
    assert table["value"].tolist()[:2] == [7, 4]
    assert np.isnan(table.loc["3", "value"])
    assert table["status"].tolist()[:2] == ["estimated", "observed"]


def test_growth_of_a_doubling_in_ten_years():
    series = pd.DataFrame(
        [("1", 2013, 100), ("1", 2023, 200), ("2", 2013, 50), ("2", 2023, 50), ("3", 2013, None), ("3", 2023, 9)],
        columns=["zone", "year", "value"],
    )
    growth = yearly_growth(series, years=10)["value"]
    assert (1 + growth["1"] / 100) ** 10 == pytest.approx(2)
    assert growth["2"] == 0
    assert np.isnan(growth["3"])
