"""What a basin is compared with: aggregates that give back published totals and ratios of sums."""

import numpy as np
import pytest

from basins.indicators import WEIGHED, Aggregate, indicators
from scoring import references
from scoring.facts import Facts
from scoring.service import current_facts
from scoring.sheet import basin_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts() -> Facts:
    return current_facts()


def test_every_weight_is_the_population_or_an_indicator_of_every_zone() -> None:
    known = indicators()
    for one in known.values():
        if one.aggregate.rule in WEIGHED:
            assert one.aggregate.weight == "population" or one.aggregate.weight in known, one.id


def test_regions_add_up_to_the_nation(facts: Facts) -> None:
    regions = [references.region(facts, code) for code in facts.regions]
    assert (np.sum([one.members for one in regions], axis=0) == 1).all()
    nation = references.territory_values(facts, references.nation(facts))
    for key in ("economy.epv_count", "land.verified_sites"):
        parts = [references.territory_values(facts, one)[key].value for one in regions if one.members.any()]
        assert sum(part or 0 for part in parts) == nation[key].value == np.nansum(facts.values[key][0])


def test_the_share_of_industry_of_a_region_is_that_of_its_sums(facts: Facts) -> None:
    region = references.region(facts, "84")
    manufacturing = facts.private_jobs.columns(facts.nomenclature.manufacturing)
    jobs = facts.private_jobs.end[region.members]
    expected = 100 * np.nansum(jobs[:, manufacturing]) / np.nansum(jobs)
    value = references.territory_values(facts, region)["economy.industrial_share_pct"].value
    assert value == pytest.approx(expected, rel=2e-3)
    shares = references.branch_shares_pct(facts, region.members)
    assert shares.sum() == pytest.approx(100) and shares[manufacturing].sum() == pytest.approx(expected)


def test_density_of_a_region_is_people_over_land(facts: Facts) -> None:
    region = references.region(facts, "94")
    people = np.array([zone.population for zone in facts.zones], dtype=float)[region.members]
    density = facts.values["population.density"][0][region.members]
    value = references.territory_values(facts, region)["population.density"].value
    assert value == pytest.approx(people.sum() / (people / density).sum())


def test_an_unknown_half_is_unknown_and_a_part_is_an_estimate(facts: Facts) -> None:
    rent = indicators()["living.rent_flat"]
    mayotte = np.array([zone.land_mass == "mayotte" for zone in facts.zones])
    assert references.aggregated(facts, rent, mayotte).status == "missing"
    everywhere = references.aggregated(facts, rent, np.ones(len(facts.zones), dtype=bool))
    assert everywhere.status == "estimated" and everywhere.is_partial and everywhere.value


def test_what_does_not_exist_is_absent_not_zero(facts: Facts) -> None:
    island = np.array([zone.land_mass == "reunion" for zone in facts.zones])
    assert references.aggregated(facts, indicators()["access.siding_km"], island).status == "absent"
    whole = references.aggregated(facts, indicators()["access.siding_km"], np.ones(len(facts.zones), dtype=bool))
    assert whole.count == int((facts.values["access.siding_km"][1] != "absent").sum())


def test_a_median_says_that_it_is_an_estimate(facts: Facts) -> None:
    density = indicators()["land.observatory_density"]
    assert density.aggregate == Aggregate()
    found = references.aggregated(facts, density, np.ones(len(facts.zones), dtype=bool))
    assert found.value == np.median(facts.values[density.id][0]) and found.status == "estimated"


def test_a_basin_over_two_regions_has_both_the_larger_part_first(facts: Facts) -> None:
    macon = next(zone.code for zone in facts.zones if zone.name == "Mâcon")
    parts = references.region_parts(facts, macon)
    assert [one.code for one in parts] == ["27", "84"] and sum(one.share_pct for one in parts) == pytest.approx(100)
    assert [one.code for one in references.territories_of(facts, macon)] == ["27", "84", references.NATION]


def test_a_region_that_is_the_basin_itself_is_no_reference(facts: Facts) -> None:
    mayotte = next(zone.code for zone in facts.zones if zone.land_mass == "mayotte")
    assert [one.code for one in references.territories_of(facts, mayotte)] == [references.NATION]


def test_levels_and_families_of_the_nation_are_its_own_reference(facts: Facts) -> None:
    sheet = basin_sheet(facts, "2716")
    assert sum(one.share_pct for one in sheet.levels) == pytest.approx(100)
    assert sum(one.references_pct[-1] or 0 for one in sheet.levels) == pytest.approx(100)
    everywhere = references.family_quotients(facts, np.ones(len(facts.zones), dtype=bool))
    assert everywhere[~np.isnan(everywhere)] == pytest.approx(1)


def test_series_leave_out_basins_that_are_not_known_every_year() -> None:
    jobs = np.array([[1.0, 2.0], [10.0, np.nan], [100.0, 200.0]])
    some = references.Territory("a", "A", np.array([True, True, False]))
    none = references.Territory("b", "B", np.array([False, True, False]))
    found = references.series_of(jobs, [some, none])
    assert found["a"].tolist() == [1.0, 2.0] and np.isnan(found["b"]).all()
