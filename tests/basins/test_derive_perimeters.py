import pandas as pd
import pytest
import shapely

from basins.derive import perimeters
from sources.editions import BuildError
from sources.readers import ewkb
from tests.basins.worlds import small_world, square


def industry_world():
    build = small_world()
    build.raw["anct-industry-territories"] = pd.DataFrame(
        {"code": ["ti-1", "ti-2"], "name": ["Un", "Deux"], "geom": [ewkb(square(2, 48)), ewkb(square(3, 48))]}
    )
    build.raw["anct-industry-territory-communes"] = pd.DataFrame(
        {"insee_code": ["11001", "11002"], "territory": ["ti-1", "ti-2"]}
    )
    build.raw["anct-industry-territory-members"] = pd.DataFrame(
        [("ti-1", "EPCI", "200000001", "CA du Bourg"), ("ti-2", "COM", "211100023", "Saint-Œil")],
        columns=["territory", "kind", "siren", "name"],
    )
    build.tables["basins.Perimeter"] = pd.concat(
        [perimeters.groupings(build), perimeters.industry_territories(build)], ignore_index=True
    )
    return build


def by_key(build):
    return build.table("basins.Perimeter").set_index("key")


def test_every_kind_is_summed_from_its_communes():
    table = by_key(industry_world())
    assert {
        key: tuple(row) for key, row in table[["name", "legal_form", "population", "commune_count"]].iterrows()
    } == {
        "epci:200000001": ("CA du Bourg", "CA", 300, 1),
        "epci:200000002": ("CC d'Ajà", "CC", 50, 1),
        "epci:200000003": ("CC du Nord", "CC", 40, 2),
        "epci:200000009": ("Plaine", "EPT", 100, 1),
        "department:11": ("Aude", "", 400, 2),
        "department:2A": ("Sud", "", 50, 1),
        "department:976": ("Mayotte", "", 40, 2),
        "region:06": ("Mayotte", "", 40, 2),
        "region:11": ("Île", "", 400, 2),
        "region:94": ("Corse", "", 50, 1),
        "industry_territory:ti-1": ("Un", "", 300, 1),
        "industry_territory:ti-2": ("Deux", "", 100, 1),
    }


def test_outlines_are_the_union_of_their_communes_and_share_their_borders():
    outlines = by_key(industry_world())["geom"].map(shapely.from_wkb)
    assert outlines["department:11"].equals(shapely.box(2.0, 48.0, 3.0, 48.5))
    assert outlines["region:11"].equals(outlines["department:11"])
    neighbours = [outlines["epci:200000001"], outlines["epci:200000009"]]
    assert shapely.coverage_is_valid(neighbours)
    assert outlines["epci:200000003"].area == pytest.approx(0.0625), "a commune without outline adds nothing"


def test_members_of_a_territory():
    build = industry_world()
    communes = perimeters.industry_territory_communes(build)
    assert list(communes.itertuples(index=False, name=None)) == [
        ("industry_territory:ti-1", "11001"), ("industry_territory:ti-2", "11002"),
    ]  # fmt: skip
    members = perimeters.industry_territory_members(build)
    assert list(members.itertuples(index=False, name=None)) == [
        ("industry_territory:ti-1", "EPCI", "200000001", "CA du Bourg"),
        ("industry_territory:ti-2", "COM", "211100023", "Saint-Œil"),
    ]


def test_a_territory_without_communes_stops_the_build():
    build = industry_world()
    build.raw["anct-industry-territory-communes"] = pd.DataFrame({"insee_code": ["11001"], "territory": ["ti-1"]})
    with pytest.raises(BuildError, match="ti-2"):
        perimeters.industry_territories(build)


def test_a_commune_unknown_to_the_geography_stops_the_build():
    build = industry_world()
    build.raw["anct-industry-territory-communes"].loc[0, "insee_code"] = "11099"
    with pytest.raises(BuildError, match="11099"):
        perimeters.industry_territory_communes(build)


def test_a_member_of_an_unknown_territory_stops_the_build():
    build = industry_world()
    build.raw["anct-industry-territory-members"].loc[0, "territory"] = "ti-9"
    with pytest.raises(BuildError, match="ti-9"):
        perimeters.industry_territory_members(build)


def test_an_intercommunalite_that_has_no_name_stops_the_build():
    build = small_world()
    build.raw["dgcl-epci"] = build.raw["dgcl-epci"].query("siren != '200000002'")
    with pytest.raises(BuildError, match="200000002"):
        perimeters.groupings(build)
