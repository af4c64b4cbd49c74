"""Each criterion on the tiny world, against numbers worked out by hand; zero, absent, suppressed, missing apart."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from scoring.activity_profile import ActivityProfile, build_profile
from scoring.cells import Measured
from scoring.criteria import MEASURES, READS
from scoring.criteria.land import needs_grid
from scoring.definitions import loaded_criteria
from scoring.facts import Facts
from scoring.nomenclature import MERGED_A38
from scoring.question import Question
from scoring.service import compute_ranking
from tests.scoring.world import ALPHA, BETA, DELTA, GAMMA, MAYO, SIGMA, altered, with_jobs, with_value


def profile_of(facts: Facts, code: str, **changes: object) -> ActivityProfile:
    found = build_profile(facts.nomenclature.find(code), facts.nomenclature, None)
    return replace(found, **changes)


def measure(facts: Facts, criterion: str, code: str = "26.11Z", **changes: object) -> Measured:
    entry = next(one for one in loaded_criteria() if one.id == criterion)
    return MEASURES[criterion](facts, profile_of(facts, code, **changes), entry.parameters)


TURNERS_AND_ENGINEERS = {"scored_shares": np.array([0.75, 0.25, 0.0]), "jobs": 100.0}


def test_quotient_weighs_families_by_share_and_rarity(tiny):
    found = measure(tiny, "skills.quotient", **TURNERS_AND_ENGINEERS)
    # 300 turners and 150 engineers in 2,200 jobs; Alpha has 1,000 jobs.
    turners, engineers = 0.75 * log(2200 / 300), 0.25 * log(2200 / 150)
    logs = (log(250 / (1000 * 300 / 2200 + 50)), log(150 / (1000 * 150 / 2200 + 50)))
    expected = (turners * logs[0] + engineers * logs[1]) / (turners + engineers)
    error = (turners * log(1.5) + engineers * log(1.3)) / (turners + engineers)
    assert found.value[ALPHA] == pytest.approx(exp(expected))
    assert found.low[ALPHA] == pytest.approx(exp(expected - error))
    assert found.high[ALPHA] == pytest.approx(exp(expected + error))
    assert found.status.tolist() == ["estimated"] * 5 + ["missing"]
    assert np.isnan(found.value[MAYO])


def test_quotient_of_a_zone_without_the_trade_is_low_not_missing(tiny):
    only_turners = {"scored_shares": np.array([1.0, 0.0, 0.0])}
    found = measure(tiny, "skills.quotient", **only_turners)
    assert found.value[DELTA] == pytest.approx(50 / (100 * 300 / 2200 + 50))


def test_availability_is_the_tightness_of_the_needed_trades_that_are_there(tiny):
    found = measure(tiny, "skills.availability", **TURNERS_AND_ENGINEERS)
    # Alpha holds 200 turners and 100 engineers, its departments publish their own figures.
    assert found.value[ALPHA] == pytest.approx(0.75 * 1.5 + 0.25 * 0.5)
    assert found.low[ALPHA] == pytest.approx(found.value[ALPHA] - 0.35)
    assert found.high[ALPHA] == pytest.approx(found.value[ALPHA] + 0.35)
    assert found.facts["there_share"][ALPHA] == pytest.approx(1)
    assert found.facts["there_national"][ALPHA] == pytest.approx(0.75 * 1.2 + 0.25 * 0.8)
    assert found.status.tolist() == ["estimated"] * 5 + ["missing"]


def test_a_trade_that_is_not_there_is_never_easier_than_in_the_country(tiny):
    found = measure(tiny, "skills.availability", **TURNERS_AND_ENGINEERS)
    # Gamma has 20 turners and 5 engineers, and a tightness far below the country's for the latter: it does not speak.
    nobody = 0.75 * 1.2 + 0.25 * 0.8, 2.5
    assert (found.low[GAMMA], found.high[GAMMA]) == pytest.approx(nobody)
    assert (found.low[DELTA], found.high[DELTA]) == pytest.approx(nobody)
    # Exactly fifty turners are not more than fifty.
    assert (found.low[BETA], found.high[BETA]) == pytest.approx(nobody)
    assert found.facts["there_share"][[BETA, GAMMA, DELTA]].tolist() == [0, 0, 0]


def test_availability_with_the_region_s_figure_is_less_sure(tiny):
    jobs = np.where(np.isnan(tiny.occupations.jobs), np.nan, 500.0)
    world = altered(tiny, occupations=replace(tiny.occupations, jobs=jobs))
    found = measure(world, "skills.availability", **TURNERS_AND_ENGINEERS)
    errors = 0.75 * (0.5 * 0.35 + 0.5 * 0.8) + 0.25 * 0.8
    assert found.value[BETA] == pytest.approx(1.0)
    assert found.high[BETA] - found.value[BETA] == pytest.approx(errors)
    assert found.value[DELTA] == pytest.approx(0.75 * -0.5 + 0.25 * 0.25)


def test_availability_leaves_out_what_nobody_follows(tiny):
    only_shops = {"scored_shares": np.array([0.0, 0.0, 1.0]), "jobs": 100.0}
    assert set(measure(tiny, "skills.availability", **only_shops).status) == {"missing"}
    with_shops = {"scored_shares": np.array([0.5, 0.0, 0.5]), "jobs": 100.0}
    assert measure(tiny, "skills.availability", **with_shops).value[ALPHA] == pytest.approx(1.5)


def test_the_hardest_end_of_availability_is_that_of_its_scale():
    entry = next(one for one in loaded_criteria() if one.id == "skills.availability")
    assert entry.parameters["hardest"] == entry.bounds[1]


def test_depth_counts_existing_jobs_by_post_to_fill(tiny):
    found = measure(tiny, "skills.depth", **TURNERS_AND_ENGINEERS)
    assert found.value[ALPHA] == pytest.approx(0.75 * 200 / 75 + 0.25 * 100 / 25)  # 3 jobs a post
    assert found.low[ALPHA] == pytest.approx(0.75 * 200 / 1.5 / 75 + 0.25 * 100 / 1.3 / 25)
    assert found.high[ALPHA] == pytest.approx(0.75 * 200 * 1.5 / 75 + 0.25 * 100 * 1.3 / 25)
    assert found.status[MAYO] == "missing"


def test_depth_stops_at_twenty_jobs_by_post(tiny):
    found = measure(tiny, "skills.depth", scored_shares=np.array([0.75, 0.25, 0.0]), jobs=1.0)
    assert found.value[ALPHA] == pytest.approx(20)
    assert measure(tiny, "skills.depth", scored_shares=np.array([1.0, 0.0, 0.0])).value[DELTA] == 0


def test_specialisation_compares_with_what_the_size_of_the_zone_would_give(tiny):
    found = measure(tiny, "fabric.specialisation")
    # Known electronics: 510 jobs among the 4,500 private jobs of the four zones that tell.
    assert found.value[ALPHA] == pytest.approx(500 / (2000 * 510 / 4500 + 50))
    assert found.value[GAMMA] == pytest.approx(50 / (1000 * 510 / 4500 + 50))
    # 26.11Z is one sub-class of a division of several groups: a quarter of the error of a wholly foreign branch.
    np.testing.assert_allclose(found.low, found.value * exp(-0.2))
    np.testing.assert_allclose(found.high, found.value * exp(0.2))
    division = measure(tiny, "fabric.specialisation", "26")
    np.testing.assert_array_equal(division.low, division.high)
    assert found.status.tolist() == ["observed"] * 4 + ["suppressed", "missing"]


def test_specialisation_in_a_branch_that_merges_activities_has_a_wider_bar(tiny):
    assert "CL" in MERGED_A38
    found = measure(tiny, "fabric.specialisation", "30.11Z")
    quotient = 400 / (1000 * 590 / 5000 + 50)
    assert found.value[BETA] == pytest.approx(quotient)
    assert found.low[BETA] == pytest.approx(quotient * exp(-0.4))
    assert found.high[BETA] == pytest.approx(quotient * exp(0.4))
    assert found.status[SIGMA] == "estimated"
    # The branch itself is exactly what it is asked: nothing is merged.
    whole = measure(tiny, "fabric.specialisation", "CL")
    np.testing.assert_array_equal(whole.low, whole.high)


def test_a_branch_that_no_zone_tells_is_missing_everywhere(tiny):
    for criterion in ("fabric.specialisation", "fabric.neighbours", "dynamics.local"):
        assert set(measure(tiny, criterion, "01.11Z").status) == {"missing"}, criterion


def test_fine_presence_counts_the_exact_activity_and_its_relatives(tiny):
    found = measure(tiny, "fabric.fine_presence")
    # Alpha: one plant of 26.11Z, one of the same group (0.5); Gamma: same division (0.25); Mayo: one.
    evidence = 1 + 0.5 + 0.25 + 1
    assert found.value[ALPHA] == pytest.approx((1.5 + 1) / (evidence * 500 / 1010 + 1))
    assert found.value[GAMMA] == pytest.approx((0.25 + 1) / (evidence * 100 / 1010 + 1))
    assert found.value[BETA] == pytest.approx(1 / (evidence * 400 / 1010 + 1))
    assert found.status.tolist() == ["observed"] * 4 + ["missing"] * 2
    assert (found.facts["epv"][ALPHA], found.facts["large_plant"][ALPHA], found.facts["near"][ALPHA]) == (1, 0, 1)


def test_fine_presence_of_a_class_and_of_a_group_hold_all_their_plants(tiny):
    group = measure(tiny, "fabric.fine_presence", "26.1")
    assert (group.facts["epv"][ALPHA], group.facts["large_plant"][ALPHA], group.facts["near"][ALPHA]) == (1, 1, 0)
    assert measure(tiny, "fabric.fine_presence", "26").facts["epv"][GAMMA] == 1


def test_fine_presence_without_any_plant_in_france_says_nothing_of_anybody(tiny):
    found = measure(tiny, "fabric.fine_presence", "62.01Z")
    np.testing.assert_array_equal(found.value[:4], 1.0)


def test_neighbours_leave_the_zone_itself_out_and_hold_the_fifty_kilometres(tiny):
    found = measure(tiny, "fabric.neighbours")
    share = 510 / 4500
    assert found.value[ALPHA] == pytest.approx((50 + 50) / (2000 * share + 50))  # Beta at 30 km, Gamma at 50
    assert found.value[BETA] == pytest.approx((450 + 50) / (2000 * share + 50))  # Alpha; Sigma is unknown
    assert found.value[SIGMA] == pytest.approx((50 + 50) / (1000 * share + 50))  # Beta
    assert found.facts["count"].tolist() == [2, 2, 1, 0, 1, 0]


def test_an_island_is_known_to_have_no_neighbour(tiny):
    found = measure(tiny, "fabric.neighbours")
    assert np.isnan(found.value[DELTA])
    assert found.status[DELTA] == "absent"


def test_more_jobs_in_the_zone_itself_do_not_help_through_its_neighbours(tiny):
    before = measure(tiny, "fabric.neighbours").value[ALPHA]
    after = measure(with_jobs(tiny, {(ALPHA, "CI"): 4500}), "fabric.neighbours").value[ALPHA]
    assert after < before  # it only raises what the neighbours are compared with


def test_sites_count_when_they_are_near_and_large_enough(tiny):
    found = measure(tiny, "land.sites", hectares=1.5)
    assert found.value[:3].tolist() == [2, 0, 0]
    assert found.status.tolist() == ["observed"] * 3 + ["missing"] * 3
    assert measure(tiny, "land.sites", hectares=31.0).value[ALPHA] == 0


def test_one_site_is_enough_to_know_where_the_inventory_is_thin(tiny):
    found = measure(tiny, "land.sites", hectares=0.5)
    assert (found.value[SIGMA], found.status[SIGMA]) == (1, "observed")


def test_a_local_inventory_declared_complete_is_told(tiny):
    told = measure(tiny, "land.sites", hectares=1.5).facts["is_local"]
    assert told.tolist() == [index == DELTA for index in range(6)]
    values = {key: one for key, one in tiny.values.items() if key != "land.local_covered_pct"}
    assert not measure(altered(tiny, values=values), "land.sites").facts["is_local"].any()


def test_parks_count_when_they_offer_enough_and_none_is_a_zero_only_under_a_complete_inventory(tiny):
    found = measure(tiny, "land.parks", hectares=2.0)
    # Alpha: 5 ha at 12 km and 40 ha at 39; Beta: 40 ha at 40; Gamma: none, 79 % covered; Sigma: 5 ha, not covered.
    assert found.value.tolist()[:2] == [2, 1] and found.value[SIGMA] == 1
    assert found.status.tolist() == ["observed", "observed", "missing", "missing", "observed", "missing"]
    large = measure(tiny, "land.parks", hectares=50.0)
    assert large.value[[ALPHA, BETA]].tolist() == [0, 0]
    assert large.status.tolist() == ["observed"] * 2 + ["missing"] * 4


def test_without_any_park_nothing_is_known(tiny):
    values = {key: one for key, one in tiny.values.items() if key != "land.parks_covered_pct"}
    bare = altered(tiny, values=values, park_distance_km=np.zeros((6, 0)), park_ha=np.zeros(0))
    assert (measure(bare, "land.parks").status == "missing").all()


def test_power_is_the_distance_to_225_kv_and_unknown_off_the_grid(tiny):
    found = measure(tiny, "land.power")
    assert found.value[:3].tolist() == [5, 17.5, 30] and found.facts["km_63"][:3].tolist() == [2, 3, 4]
    assert found.status.tolist() == ["observed"] * 3 + ["missing", "observed", "missing"]
    kinds = tuple(one for one in tiny.access.kinds if not one.startswith("grid"))
    older = altered(tiny, access=replace(tiny.access, kinds=kinds))
    assert (measure(older, "land.power").status == "missing").all()


@pytest.mark.parametrize(("mw", "needed"), [(0.4, False), (12.0, False), (12.1, True), (300.0, True)])
def test_the_grid_counts_beyond_what_medium_voltage_gives(tiny, mw, needed):
    assert needs_grid(profile_of(tiny, "26.11Z", mw=mw)) is needed


HALF_ROAD_HALF_RAIL = {"modes": {"road": 0.5, "rail": 0.5, "sea": 0.0, "inland": 0.0, "air": 0.0}}


def test_modes_weigh_the_utility_of_each_network(tiny):
    found = measure(tiny, "access.modes", **HALF_ROAD_HALF_RAIL)
    # Road: 1 up to 5 km, 0 from 30. Rail: siding (3, 20) and terminal (10, 90), half each.
    assert found.value[ALPHA] == pytest.approx(100 * (0.5 * 1 + 0.5 * (1 + 0.5) / 2))
    assert found.value[BETA] == pytest.approx(100 * (0.5 * 0.5 + 0.5 * (0.5 + 0) / 2))
    assert found.value[GAMMA] == pytest.approx(100 * (0.5 * 0 + 0.5 * (0 + 1) / 2))
    assert found.status[:3].tolist() == ["observed"] * 3


def test_an_absent_network_is_worth_nothing_and_an_unknown_one_stays_open(tiny):
    found = measure(tiny, "access.modes", **HALF_ROAD_HALF_RAIL)
    # Delta: no rail at all, roads not covered. Sigma: siding not known, terminal out of reach.
    assert (found.low[DELTA], found.value[DELTA], found.high[DELTA]) == pytest.approx((0, 25, 50))
    assert (found.low[SIGMA], found.value[SIGMA], found.high[SIGMA]) == pytest.approx((50, 62.5, 75))
    assert found.status[3:].tolist() == ["estimated", "estimated", "missing"]
    only_rail = measure(tiny, "access.modes", modes={"rail": 1.0})
    assert (only_rail.value[DELTA], only_rail.status[DELTA]) == (0, "observed")


def test_a_mode_that_is_not_used_changes_nothing(tiny):
    by_road = {"modes": {"road": 1.0, "rail": 0.0}}
    far = tiny.access.km.copy()
    far[:, 1:] = 5000
    moved = altered(tiny, access=replace(tiny.access, km=far))
    np.testing.assert_array_equal(
        measure(tiny, "access.modes", **by_road).value, measure(moved, "access.modes", **by_road).value
    )


def test_market_decays_with_distance_and_holds_the_zone_itself(tiny):
    found = measure(tiny, "access.market")
    # Industrial jobs: 500, 400, 100, 10, not known, not known.
    assert found.value[ALPHA] == pytest.approx(500 + 400 * exp(-30 / 75) + 100 * exp(-50 / 75))
    assert found.value[DELTA] == pytest.approx(10)
    assert found.status.tolist() == ["observed"] * 4 + ["missing"] * 2
    assert found.facts["is_border"].tolist() == [True, False, False, False, True, False]


def test_housing_rewards_neither_a_blocked_market_nor_an_abandoned_one(tiny):
    found = measure(tiny, "living.housing")
    assert found.value[:4].tolist() == pytest.approx([100, 50, 75, 0])
    assert found.status[:4].tolist() == ["observed"] * 4
    # Vacancy under secrecy at Sigma: the half mark of its rent, the other half open.
    assert (found.low[SIGMA], found.value[SIGMA], found.high[SIGMA]) == pytest.approx((25, 50, 75))
    assert found.status[4:].tolist() == ["estimated", "missing"]


@pytest.mark.parametrize(
    ("criterion", "indicator"),
    [
        ("living.care", "living.gp_per_10000"),
        ("living.migration", "living.net_migration_pct"),
        ("dynamics.jobs", "economy.jobs_growth_pct"),
    ],
)
def test_an_indicator_is_taken_with_its_status(tiny, criterion, indicator):
    found = measure(tiny, criterion)
    values, status = tiny.values[indicator]
    np.testing.assert_array_equal(found.value, values)
    np.testing.assert_array_equal(found.status, status)
    assert measure(with_value(tiny, indicator, GAMMA, 3.25), criterion).value[GAMMA] == 3.25


def test_local_effect_is_what_the_branch_did_not_do_everywhere(tiny):
    found = measure(tiny, "dynamics.local", "30.11Z")
    # 2019: 60, 100, 120, 0, 30. 2024: 50, 350 held at 300 (three times), 100, 0, 90. France: 310 -> 540.
    assert found.value[BETA] == pytest.approx(100 * (300 - 100 * 540 / 310) / 150)
    assert found.value[SIGMA] == pytest.approx(100 * (90 - 30 * 540 / 310) / 80)
    assert found.value[DELTA] == pytest.approx(0)
    assert found.facts["is_clipped"].tolist() == [False, True, False, False, False, False]
    assert found.status.tolist() == ["observed"] * 5 + ["missing"]


VARIATIONS = ({"jobs": 12.0}, {"hectares": 9.0}, {"mw": 40.0}, {"modes": (("sea", 1.0),)})


@pytest.mark.parametrize("criterion", MEASURES)
@pytest.mark.parametrize("edits", VARIATIONS, ids=str)
def test_what_a_measure_says_it_reads_is_all_that_it_reads(tiny, criterion, edits):
    """Cells are shared between profiles that are equal in what a measure reads: it must read nothing else."""
    entry = next(one for one in loaded_criteria() if one.id == criterion)
    node = tiny.nomenclature.find("26.11Z")
    plain = build_profile(node, tiny.nomenclature, None)
    edited = build_profile(node, tiny.nomenclature, Question("26.11Z", "subclass", **edits))
    columns = [
        np.column_stack([found.value, found.low, found.high])
        for found in (MEASURES[criterion](tiny, one, entry.parameters) for one in (plain, edited))
    ]
    if READS[criterion](plain) == READS[criterion](edited):
        np.testing.assert_array_equal(*columns)
    else:
        assert not np.array_equal(*columns, equal_nan=True)


@pytest.mark.parametrize("criterion", MEASURES)
@pytest.mark.parametrize("others", [("26.11Z", "26.12Z"), ("29.10Z", "30.11Z"), ("CL", "29"), ("26", "CI")])
def test_activities_that_share_what_is_read_share_the_measure(tiny, criterion, others):
    found = []
    for code in others:
        profile = profile_of(tiny, code, jobs=50.0, hectares=1.0, modes={"road": 1.0})
        cells = measure(tiny, criterion, code, jobs=50.0, hectares=1.0, modes={"road": 1.0})
        found.append((READS[criterion](profile), np.column_stack([cells.value, cells.low, cells.high])))
    if found[0][0] == found[1][0]:
        np.testing.assert_array_equal(found[0][1], found[1][1])


def test_profile_leans_on_the_parent_for_a_hundred_and_fifty_hires(tiny):
    """62.01Z hires 50 shop assistants and nobody else; 26.52Z hires nobody: it is described by its division."""
    watches = build_profile(tiny.nomenclature.find("26.52Z"), tiny.nomenclature, None)
    assert (watches.hires, watches.basis, watches.is_fragile, watches.is_estimated) == (0, "division", True, True)
    # Section C hires 370, 20, 130 of 520; CI 70, 20, 30 of 120, leaning once; division 26 the same again.
    shares = np.array([370, 20, 130]) / 520
    for _level in ("a38", "division"):
        shares = (np.array([70, 20, 30]) + 150 * shares) / 270
    np.testing.assert_allclose([need.share for need in watches.needs], sorted(shares, reverse=True))
    np.testing.assert_allclose(watches.scored_shares, [*shares[:2] / shares[:2].sum(), 0])


def test_an_activity_that_hires_no_scored_family_is_scored_on_all(tiny):
    found = build_profile(tiny.nomenclature.find("62.01Z"), tiny.nomenclature, None)
    assert found.scored_shares.tolist() == [0, 0, 1]


def test_size_of_the_project_follows_the_branch_then_the_reader(tiny):
    node = tiny.nomenclature.find("26.11Z")
    default = build_profile(node, tiny.nomenclature, None)
    assert (default.jobs, default.hectares, default.mw) == (100, 1.5, 2.0)  # 150 m2 and 20 kW a job
    edited = build_profile(node, tiny.nomenclature, Question("26.11Z", "subclass", jobs=200.0, modes=(("sea", 5.0),)))
    assert (edited.jobs, edited.hectares, edited.mw) == (200, 3.0, 4.0)
    assert edited.modes == {"road": 0, "rail": 0, "sea": 1, "inland": 0, "air": 0}
    assert edited.edited == {"jobs", "modes"}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["01.63Z", "97.00Z"])
def test_basins_at_the_cap_of_the_pool_are_equal_to_the_last_bit(real, code):
    ranking = compute_ranking(real, Question(code, "subclass"))
    cells = next(c for one, c in zip(ranking.used, ranking.cells, strict=True) if one.id == "skills.depth")
    at_cap = cells.measured.value[cells.measured.value > 19.99999]
    assert at_cap.size > 200 and (at_cap == 20.0).all()
