import numpy as np
import pandas as pd
import pytest
import shapely

from basins.derive import geography, living, shapes
from sources.editions import BuildError
from tests.basins.worlds import small_world


def of_zone(frame: pd.DataFrame, zone: str) -> tuple[object, str]:
    [row] = frame[frame["zone"] == zone].to_dict("records")
    return (None if row["value"] != row["value"] else row["value"]), row["status"]


def test_communes_carry_zone_population_and_a_name_to_search():
    communes = small_world().table("basins.Commune").set_index("insee_code")
    assert list(communes.index) == ["11001", "11002", "2A001", "97601", "97602"]
    assert communes.loc["11002", ["name_normalised", "zone", "population", "epci_siren"]].tolist() == [
        "saint oeil", "1101", 100, "",
    ]  # fmt: skip


def test_communes_carry_their_outline_and_the_establishment_of_the_grand_paris():
    communes = small_world().table("basins.Commune").set_index("insee_code")
    assert communes["ept_siren"].to_dict() == {
        "11001": "", "11002": "200000009", "2A001": "", "97601": "", "97602": "",
    }  # fmt: skip
    assert pd.isna(communes.loc["97602", "geom"])
    drawn = shapely.from_wkb(communes["geom"].dropna().to_numpy(object))
    assert [outline.bounds for outline in drawn[:2]] == [(2, 48, 2.5, 48.5), (2.5, 48, 3, 48.5)]


def test_an_outline_of_no_commune_stops_the_build():
    build = small_world()
    build.raw["commune-shapes"].loc[0, "insee_code"] = "11099"
    with pytest.raises(BuildError, match="11099"):
        geography.communes(build)


def test_a_commune_known_to_one_file_only_stops_the_build():
    build = small_world()
    build.raw["commune-zones"] = build.raw["commune-zones"].iloc[1:]
    with pytest.raises(BuildError, match="11001"):
        geography.communes(build)


def test_zone_sums_and_centre_of_population():
    zones = small_world().table("basins.EmploymentZone").set_index("code")
    assert zones["population"].to_dict() == {"1101": 400, "9401": 50, "0601": 40}
    assert zones["commune_count"].to_dict() == {"1101": 2, "9401": 1, "0601": 2}
    assert zones["population_year"].to_dict() == {"1101": 2023, "9401": 2023, "0601": 2017}
    assert zones["land_mass"].to_dict() == {"1101": "mainland", "9401": "corsica", "0601": "mayotte"}
    assert zones["region_codes"].to_dict() == {"1101": ["11", "24"], "9401": ["94"], "0601": ["06"]}
    centre = shapely.from_wkb(zones.loc["1101", "centre"])
    # (300 x 2.0 + 100 x 2.8) / 400 and (300 x 48.0 + 100 x 48.4) / 400
    assert (centre.x, centre.y) == pytest.approx((2.2, 48.1), abs=1e-5)


def test_a_zone_without_commune_stops_the_build():
    build = small_world()
    build.raw["commune-zones"] = build.raw["commune-zones"].query("zone != '9401'")
    with pytest.raises(BuildError, match="9401"):
        geography.employment_zones(build)


def test_every_zone_is_drawn_once_in_the_inset_of_its_land():
    drawn = shapes.zone_shapes(small_world()).set_index("zone")
    assert sorted(drawn.index) == ["0601", "1101", "9401"]
    assert drawn.loc["0601", "label_x"] < 250, "Mayotte stands in its frame, on the left"
    assert drawn.loc["9401", "label_y"] > drawn.loc["1101", "label_y"], "Corsica is south of the mainland"


def test_rent_is_weighted_by_population_and_missing_where_not_published():
    build = small_world()
    build.raw["insee-populations"] = pd.DataFrame(
        {"insee_code": ["11201", "11202", "11002", "2A001"], "population": [100, 200, 100, 50]}
    )
    build.raw["dhup-flat-rents"] = pd.DataFrame(
        {"insee_code": ["11201", "11202", "11002", "2A001"], "rent": [20.0, 10.0, 8.0, 11.111]}
    )
    found = living.flat_rents(build)
    assert of_zone(found, "1101") == ((100 * 20 + 200 * 10 + 100 * 8) / 400, "estimated")
    assert of_zone(found, "9401") == (11.11, "estimated")
    assert of_zone(found, "0601") == (None, "missing")
    assert set(found["release"]) == {"dhup-flat-rents@test"}


def test_vacancy_is_a_ratio_of_sums_with_older_codes_brought_forward():
    build = small_world()
    build.raw["insee-census-dwellings"] = pd.DataFrame(
        {"insee_code": ["11201", "11002", "11009", "2A001"], "dwellings": [100, 50, 50, 10], "vacant": [5, 5, 6, 0]}
    )
    found = living.vacancy(build)
    assert of_zone(found, "1101") == (8.0, "observed")
    assert of_zone(found, "9401") == (0.0, "observed")
    assert of_zone(found, "0601") == (None, "missing")


def test_a_commune_and_its_arrondissements_are_not_counted_twice():
    build = small_world()
    build.raw["insee-census-dwellings"] = pd.DataFrame(
        {
            "insee_code": ["11001", "11201", "11202", "11002"],
            "dwellings": [300, 100, 200, 100],
            "vacant": [30, 10, 20, 0],
        }
    )
    assert of_zone(living.vacancy(build), "1101") == (7.5, "observed")
    build.raw["lovac"] = pd.DataFrame({"insee_code": ["11201", "11202"], "long_vacancy_pct": [4.0, 1.0]})
    table = living.published_long_vacancy(build)
    assert table.loc[table["zone"] == "1101", "weight"].sum() == 400
    assert of_zone(living.long_vacancy(build), "1101") == (2.0, "estimated")


def long_vacancy_world(rates: dict[str, float]) -> pd.DataFrame:
    build = small_world()
    build.raw["insee-census-dwellings"] = pd.DataFrame(
        {"insee_code": ["11201", "11202", "11002", "11009", "2A001"], "dwellings": [100, 200, 60, 40, 10]}
    )
    build.raw["lovac"] = pd.DataFrame({"insee_code": list(rates), "long_vacancy_pct": list(rates.values())})
    return living.long_vacancy(build)


def test_long_vacancy_is_the_mean_of_published_communes():
    found = long_vacancy_world({"11201": 4.0, "11202": 1.0, "11002": np.nan, "97602": 12.0})
    # 300 of the 400 dwellings of the zone are in places whose rate is published.
    assert of_zone(found, "1101") == (2.0, "estimated")
    assert of_zone(found, "9401") == (None, "suppressed")
    assert of_zone(found, "0601") == (12.0, "estimated"), "no census there: weighted by population, 30 of 40 known"


def test_long_vacancy_is_secret_when_most_dwellings_are():
    found = long_vacancy_world({"11201": 4.0, "11002": 2.0, "2A001": 0.0, "97601": 3.0})
    # The two codes of the commune merged in 2020 count together: 100 + (60 + 40) of 400 are known, half.
    assert of_zone(found, "1101") == (3.0, "estimated")
    assert of_zone(found, "9401") == (0.0, "estimated")
    assert of_zone(found, "0601") == (None, "suppressed"), "10 of 40 inhabitants known"


def test_practitioners_count_zero_where_the_file_names_no_commune():
    build = small_world()
    build.raw["insee-bpe-practitioners"] = pd.DataFrame(
        {"insee_code": ["11001", "97602"], "general_practitioners": [2, 1]}
    )
    found = living.practitioners(build)
    assert of_zone(found, "1101") == (50.0, "observed")
    assert of_zone(found, "9401") == (0.0, "observed")
    assert of_zone(found, "0601") == (250.0, "estimated"), "the population is older there"


def test_net_migration_is_missing_where_it_is_not_published():
    build = small_world()
    build.raw["insee-zone-migration"] = pd.DataFrame({"zone": ["1101", "9401"], "net_migration_pct": [-0.4, np.nan]})
    found = living.net_migration(build)
    assert of_zone(found, "1101") == (-0.4, "observed")
    assert of_zone(found, "9401") == (None, "missing")
    assert of_zone(found, "0601") == (None, "missing")


def test_density():
    assert of_zone(living.density(small_world()), "1101") == (4.0, "observed")


def test_a_commune_code_nobody_knows_stops_the_build():
    build = small_world()
    build.raw["insee-bpe-practitioners"] = pd.DataFrame({"insee_code": ["99999"], "general_practitioners": [2]})
    with pytest.raises(BuildError, match="99999"):
        living.practitioners(build)


def test_twice_the_same_build_gives_the_same_rows():
    first, second = small_world(), small_world()
    pd.testing.assert_frame_equal(first.table("basins.EmploymentZone"), second.table("basins.EmploymentZone"))
    pd.testing.assert_frame_equal(shapes.zone_shapes(first), shapes.zone_shapes(second))
