"""Perimeters on an edition loaded from the files of the small world: every kind composed its own way."""

import json

import pytest

from basins.models import Commune, CommuneCounts, EmploymentZone, Perimeter
from basins.perimeters import (
    commune_codes,
    perimeter,
    perimeter_counts,
    perimeter_zones,
    perimeters_of_zone,
    territory_members,
)
from basins.queries import perimeters_geojson
from sources.edition_files import write_edition
from sources.loading import load_edition
from sources.models import Edition
from tests.basins.test_derive_perimeters import industry_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


@pytest.fixture
def edition(tmp_path):
    from basins.derive import geography, perimeters

    build = industry_world()
    # 97602 is moved to the zone of the mainland, so that one intercommunalité lies over two zones.
    communes = build.table("basins.Commune")
    communes.loc[communes["insee_code"] == "97602", "zone"] = "1101"
    tables = [
        ("basins.Region", geography.regions(build)),
        ("basins.PerimeterCommune", perimeters.industry_territory_communes(build)),
        ("basins.IndustryTerritoryMember", perimeters.industry_territory_members(build)),
        *build.tables.items(),
    ]
    write_edition(tmp_path, name="essai", tables=tables, releases=[])
    loaded, _is_new = load_edition(tmp_path)
    return loaded


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("epci", "200000003", ["97601", "97602"]),
        ("epci", "200000009", ["11002"]),
        ("department", "11", ["11001", "11002"]),
        ("region", "94", ["2A001"]),
        ("industry_territory", "ti-1", ["11001"]),
    ],
)
def test_each_kind_is_composed_of_its_communes(edition, kind, code, expected):
    assert commune_codes(perimeter(edition, kind, code)) == expected


def test_zones_of_a_perimeter_with_both_shares(edition):
    found = perimeter_zones(perimeter(edition, "epci", "200000003"))
    # 97602: 30 people of the 400 of zone 1101 (97602 was not among them when they were summed); 97601: 10 of 40.
    assert [(one.code, one.population_inside, one.commune_count) for one in found] == [
        ("1101", 30, 1),
        ("0601", 10, 1),
    ]
    assert [(one.zone_share, one.perimeter_share) for one in found] == [(30 / 400, 0.75), (10 / 40, 0.25)]


def test_perimeters_of_a_zone(edition):
    keys = [one.key for one in perimeters_of_zone(edition, "1101")]
    assert keys == [
        "department:11", "department:976", "epci:200000001", "epci:200000003", "epci:200000009",
        "industry_territory:ti-2", "industry_territory:ti-1", "region:11", "region:06",
    ]  # fmt: skip
    with pytest.raises(EmploymentZone.DoesNotExist):
        perimeters_of_zone(edition, "9999")


def test_a_code_is_looked_up_with_its_kind(edition):
    assert perimeter(edition, "department", "11").name == "Aude"
    assert perimeter(edition, "region", "11").name == "Île"
    with pytest.raises(Perimeter.DoesNotExist):
        perimeter(edition, "epci", "11")


def test_members_of_a_territory_and_of_nothing_else(edition):
    [member] = territory_members(perimeter(edition, "industry_territory", "ti-2"))
    assert (member.kind, member.siren, member.name) == ("COM", "211100023", "Saint-Œil")
    assert str(member.kind_label) == "commune seule"
    assert territory_members(perimeter(edition, "epci", "200000001")) == []


def test_another_edition_has_its_own_perimeters(edition):
    other = Edition.objects.create(name="autre", content_hash="o")
    with pytest.raises(Perimeter.DoesNotExist):
        perimeter(other, "epci", "200000001")
    copy = perimeter(edition, "epci", "200000001")
    copy.edition = other
    assert list(Commune.objects.in_perimeter(copy)) == []


def test_outlines_of_a_kind_and_of_communes_survive_the_files(edition):
    drawn = json.loads(perimeters_geojson(edition, "region"))["features"]
    assert [one["properties"]["code"] for one in drawn] == ["06", "11", "94"]
    bourg, hamlet = Commune.objects.of(edition).get(insee_code="11001"), Commune.objects.get(insee_code="97602")
    assert (bourg.geom.extent, bourg.geom.srid, bourg.geom.valid) == ((2.0, 48.0, 2.5, 48.5), 4326, True)
    assert (bourg.point.x, bourg.point.y) == (2.0, 48.0)
    assert hamlet.geom is None


def test_counts_add_up_and_say_what_they_cover(edition):
    for code, dwellings, nurses in (("97601", 8, 1), ("97602", None, 2), ("11001", 900, None)):
        commune = Commune.objects.get(edition=edition, insee_code=code)
        CommuneCounts.objects.create(edition=edition, commune=commune, dwellings=dwellings, nurses=nurses)
    found = perimeter_counts(perimeter(edition, "epci", "200000003"))
    # 97601 holds 10 of the 40 people.
    assert found.loc["dwellings"].tolist() == [8.0, 0.25]
    assert found.loc["nurses"].tolist() == [3.0, 1.0]
    assert found.loc["sales"].isna().tolist() == [True, False] and found.loc["sales", "coverage"] == 0
