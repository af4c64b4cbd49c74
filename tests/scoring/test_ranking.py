"""The ranking of the tiny world: points that add up, ranks, vetoes, filters, and what must never move it."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.aggregation import spearman
from scoring.definitions import PILLARS, loaded_criteria
from scoring.errors import NotFound
from scoring.facts import Facts
from scoring.question import Question
from scoring.ranking import MAP_BREAKS, Ranking
from scoring.requirements import RULES
from scoring.service import compute_ranking, rank
from tests.scoring.world import ALPHA, BETA, CODES, DELTA, GAMMA, MAYO, SIGMA, altered, tiny_facts, with_value

FACTS = tiny_facts()
COMPONENTS = Question("26.11Z", "subclass")
SHIPS = Question("30.11Z", "subclass")
GEOMETRIC = replace(COMPONENTS, aggregation="geometric")
quickly = settings(max_examples=40, deadline=None, database=None)


def scores(facts: Facts, question: Question) -> np.ndarray:
    return compute_ranking(facts, question).score


def test_points_add_up_to_the_score(tiny):
    ranking = compute_ranking(tiny, COMPONENTS)
    for row in ranking.rows(0, 10):
        assert sum(one.contribution for one in row.contributions) == pytest.approx(row.score, abs=1e-9)
        assert sum(one.weight for one in row.contributions) == pytest.approx(1)
        for one in row.contributions:
            assert one.contribution == pytest.approx(100 * one.weight * one.normalised)
            assert 0 <= one.low <= one.normalised <= one.high <= 1


def test_points_lost_add_up_to_what_is_missing_in_the_geometric_mean(tiny):
    for row in compute_ranking(tiny, GEOMETRIC).rows(0, 10):
        assert sum(one.contribution for one in row.contributions) == pytest.approx(row.score - 100, abs=1e-9)
        assert max(one.contribution for one in row.contributions) <= 1e-12


def test_points_lost_are_shared_as_each_pillar_lowers_the_product(tiny):
    """The product is exp(sum of W ln m): each pillar's part of what is lost is its part of that sum."""
    row = compute_ranking(tiny, GEOMETRIC).basin(CODES[BETA])
    logs, lost = {}, {}
    for pillar in PILLARS:
        members = [one for one in row.contributions if one.pillar == pillar.id]
        weight = sum(one.weight for one in members)
        mean = sum(one.weight * one.normalised for one in members) / weight
        logs[pillar.id] = -weight * np.log(max(mean, 0.01))
        lost[pillar.id] = -sum(one.contribution for one in members)
    assert row.score == pytest.approx(100 * np.exp(-sum(logs.values())))
    for pillar, one in logs.items():
        assert lost[pillar] == pytest.approx((100 - row.score) * one / sum(logs.values()))


def test_the_geometric_mean_is_never_above_the_sum(tiny):
    assert (scores(tiny, GEOMETRIC) <= scores(tiny, COMPONENTS) + 1e-9).all()


def test_score_lies_between_its_bounds_and_in_their_middle(tiny):
    ranking = compute_ranking(tiny, COMPONENTS)
    np.testing.assert_allclose(ranking.score, (ranking.score_low + ranking.score_high) / 2)
    other = compute_ranking(tiny, GEOMETRIC)
    assert (other.score_low <= other.score + 1e-9).all()
    assert (other.score <= other.score_high + 1e-9).all()


def test_rows_come_in_the_order_of_their_ranks(tiny):
    ranking = compute_ranking(tiny, COMPONENTS)
    rows = ranking.rows(0, 10)
    assert [row.rank for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert [row.zone.code for row in ranking.rows(2, 2)] == [row.zone.code for row in rows[2:4]]
    assert ranking.rows(6, 10) == []
    # The rank of a zone is found at the place of the zone: not the place of the zone found at its rank.
    for row in rows:
        assert ranking.basin(row.zone.code).rank == row.rank


def test_equal_scores_keep_the_order_of_codes(tiny):
    """With the trend of jobs alone, two zones made equal."""
    nothing = dict.fromkeys((one.id for one in PILLARS), 0.0)
    only = tuple(sorted((nothing | {"dynamics": 1.0, "dynamics.local": 0.0, "dynamics.programmes": 0.0}).items()))
    level = with_value(tiny, "economy.jobs_growth_pct", BETA, 2.0)
    ranking = compute_ranking(level, replace(COMPONENTS, weights=only))
    assert ranking.score[BETA] == ranking.score[DELTA] == 100
    assert (ranking.rank[BETA], ranking.rank[DELTA]) == (1, 2)


def test_a_filter_moves_no_score_and_no_national_rank(tiny):
    everywhere, south = compute_ranking(tiny, COMPONENTS), compute_ranking(tiny, replace(COMPONENTS, region="24"))
    np.testing.assert_array_equal(everywhere.score, south.score)
    np.testing.assert_array_equal(everywhere.rank, south.rank)
    assert south.count == 3
    rows = south.rows(0, 10)
    assert {row.zone.code for row in rows} == {CODES[BETA], CODES[GAMMA], CODES[SIGMA]}
    assert [row.rank_in_filter for row in rows] == [1, 2, 3]
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)
    # A basin outside the filter still has its page, with its national rank.
    outside = south.basin(CODES[ALPHA])
    assert (outside.rank, outside.rank_in_filter) == (everywhere.basin(CODES[ALPHA]).rank, None)


def test_hiding_the_best_basin_raises_the_others_by_one_and_changes_nothing_else(tiny):
    ranking = compute_ranking(tiny, COMPONENTS)
    best, *others = ranking.rows(0, 10)
    regions = {zone.code: zone.region_codes for zone in tiny.zones}
    without = replace(ranking, question=replace(COMPONENTS, region="shown"))
    cards = tuple(
        zone if zone.code == best.zone.code else replace(zone, region_codes=(*regions[zone.code], "shown"))
        for zone in tiny.zones
    )
    hidden = replace(without, assessment=replace(without.assessment, facts=altered(tiny, zones=cards)))
    assert [(row.zone.code, row.score) for row in hidden.rows(0, 10)] == [(row.zone.code, row.score) for row in others]
    assert [row.rank_in_filter for row in hidden.rows(0, 10)] == [1, 2, 3, 4, 5]


def test_an_unmet_requirement_lists_the_zone_last_without_rank(tiny):
    """Seaport within 20 km or inland port within 10. Alpha: river at 10 km; Beta, Delta: sea at 15 and 20."""
    ranking = compute_ranking(tiny, replace(SHIPS, require=("shipyard-water",)))
    rows = ranking.rows(0, 10)
    assert ranking.is_eligible.tolist() == [True, True, False, True, True, True]
    assert (rows[-1].zone.code, rows[-1].rank, rows[-1].rank_in_filter) == (CODES[GAMMA], None, None)
    assert [row.rank for row in rows[:-1]] == [1, 2, 3, 4, 5]
    assert [one.requirement for one in rows[-1].vetoes] == ["shipyard-water"]
    assert ranking.score[GAMMA] == pytest.approx(scores(tiny, SHIPS)[GAMMA])


def test_a_requirement_that_no_file_settles_is_no_veto(tiny):
    ranking = compute_ranking(tiny, replace(SHIPS, require=("shipyard-water", "shipyard-waterfront")))
    checks = {one.requirement: one for one in ranking.basin(CODES[SIGMA]).requirements}
    # Sigma: sea at 65 km, inland port not known.
    assert (checks["shipyard-water"].passed, checks["shipyard-water"].applied) == (None, True)
    assert checks["shipyard-waterfront"].passed is None
    assert checks["shipyard-waterfront"].verify_with
    assert ranking.basin(CODES[MAYO]).vetoes == ()


def test_the_grid_weighs_only_on_projects_that_need_it_and_the_move_is_seen(tiny):
    for mw, share in ((2.0, 0.0), (40.0, 1.0)):
        ranking = compute_ranking(tiny, replace(COMPONENTS, mw=mw))
        place = [one.id for one in ranking.used].index("land.power")
        assert ranking.chosen["land.power"] > 0
        assert ranking.weights[place] == pytest.approx(share * ranking.chosen["land.power"])
        told = next(one for row in ranking.pillars for one in row.criteria if one.id == "land.power")
        assert told.chosen_pct == pytest.approx(100 * ranking.chosen["land.power"])
        row = ranking.basin(CODES[BETA]).contributions[place]
        assert (row.contribution > 0) == bool(share)
        assert ("moyenne tension" in row.sentence) == (not share)


@pytest.mark.parametrize(("km", "passed"), [(17.5, [1, 1, 0, None, 0, None]), (20.0, [1, 1, 0, None, 1, None])])
def test_a_substation_within_reach_is_a_requirement_that_rte_settles_on_its_grid_only(tiny, km, passed):
    found = RULES["grid_within_km"](tiny, {"kv": 225, "km": km})
    assert [None if np.isnan(one) else int(one) for one in found] == passed


def test_an_unapplied_requirement_is_shown_and_moves_nothing(tiny):
    row = compute_ranking(tiny, SHIPS).basin(CODES[GAMMA])
    assert [(one.requirement, one.applied, one.passed) for one in row.requirements] == [
        ("shipyard-water", False, False),
        ("shipyard-waterfront", False, None),
    ]
    assert row.rank is not None
    assert row.vetoes == ()


def test_where_nobody_passes_nobody_has_a_rank(tiny):
    far = tiny.access.km + 1000
    ranking = compute_ranking(
        altered(tiny, access=replace(tiny.access, km=far)), replace(SHIPS, require=("shipyard-water",))
    )
    known = [ALPHA, BETA, GAMMA, DELTA]
    assert not ranking.is_eligible[known].any()
    assert sorted(ranking.rank[known]) == [0, 0, 0, 0]


def test_strengths_are_known_and_above_the_median_and_the_weakness_below(tiny):
    for row in compute_ranking(tiny, COMPONENTS).rows(0, 10):
        assert len(row.strengths) <= 2
        gains = [one.above_median for one in row.strengths]
        assert gains == sorted(gains, reverse=True)
        assert all(one.value is not None and one.above_median > 0 for one in row.strengths)
        assert row.weakness is None or (row.weakness.value is not None and row.weakness.above_median < 0)


def test_map_classes_are_fixed_bands(tiny):
    ranking = compute_ranking(tiny, COMPONENTS)
    for row in ranking.rows(0, 10):
        assert row.map_class == ranking.map_classes[row.zone.code] == sum(row.score >= one for one in MAP_BREAKS)


def test_pillars_say_chosen_default_used_and_effective_weights(tiny):
    ranking = compute_ranking(tiny, replace(COMPONENTS, weights=(("skills", 60.0),)))
    assert [one.id for one in ranking.pillars] == [one.id for one in PILLARS]
    assert [one.used_pct for row in ranking.pillars for one in row.criteria] == pytest.approx(100 * ranking.weights)
    for part in ("chosen_pct", "default_pct", "used_pct", "effective_pct"):
        assert sum(getattr(one, part) for one in ranking.pillars) == pytest.approx(100)
        for pillar in ranking.pillars:
            assert sum(getattr(one, part) for one in pillar.criteria) == pytest.approx(getattr(pillar, part))
    skills = ranking.pillars[0]
    others = 100 - skills.default_pct
    assert skills.value == 60
    assert skills.chosen_pct == pytest.approx(100 * 60 / (60 + others))
    assert sum(pct for _label, pct in ranking.families) == pytest.approx(100)


def test_an_unknown_basin_of_a_ranking_is_not_found(tiny):
    with pytest.raises(NotFound):
        compute_ranking(tiny, COMPONENTS).basin("9999")


def test_the_same_question_is_answered_once(tiny):
    assert rank(tiny, COMPONENTS) is rank(tiny, Question("26.11Z", "subclass"))
    assert rank(tiny, COMPONENTS) is not rank(altered(tiny), COMPONENTS)


def test_weights_filters_and_requirements_measure_nothing_again(tiny):
    plain = compute_ranking(tiny, SHIPS)
    moved = compute_ranking(tiny, replace(SHIPS, weights=(("land", 9.0),), region="24", require=("shipyard-water",)))
    assert all(one is other for one, other in zip(plain.cells, moved.cells, strict=True))


OF_SURVEYS = ("value", "low", "high", "published", "status", "totals")


def permuted(facts: Facts, order: np.ndarray) -> Facts:
    """The same world with its zones in another order."""
    place = np.argsort(order)

    def rows(part: object) -> object:
        changes = {}
        for field in fields(part):
            value = getattr(part, field.name)
            changes[field.name] = value[order] if isinstance(value, np.ndarray) else value
        return replace(part, **changes)

    zones = tuple(facts.zones[index] for index in order)
    return altered(
        facts,
        zones=zones,
        zone_index={zone.code: index for index, zone in enumerate(zones)},
        distance_km=facts.distance_km[np.ix_(order, order)],
        private_jobs=rows(facts.private_jobs),
        subclass_jobs=rows(facts.subclass_jobs),
        flows=replace(facts.flows, farm_jobs=facts.flows.farm_jobs[order]),
        all_jobs=facts.all_jobs[order],
        occupations=rows(facts.occupations),
        hiring=replace(facts.hiring, **{name: getattr(facts.hiring, name)[:, order] for name in OF_SURVEYS}),
        training=replace(facts.training, distance_km=facts.training.distance_km[order]),
        tightness=replace(
            facts.tightness, index=facts.tightness.index[order], own_share=facts.tightness.own_share[order]
        ),
        plants=replace(facts.plants, zone=place[facts.plants.zone]),
        site_distance_km=facts.site_distance_km[order],
        park_distance_km=facts.park_distance_km[order],
        access=rows(facts.access),
        values={name: (value[order], status[order]) for name, (value, status) in facts.values.items()},
    )


@quickly
@given(st.permutations(range(6)), st.sampled_from(["bounds", "percentile", "zscore"]))
def test_the_order_of_the_zones_does_not_matter(order, normalisation):
    question = replace(SHIPS, normalisation=normalisation)
    shuffled = np.array(order)
    np.testing.assert_allclose(
        scores(permuted(FACTS, shuffled), question), scores(FACTS, question)[shuffled], rtol=0, atol=1e-9
    )


WEIGHTS = st.fixed_dictionaries({one.id: st.integers(0, 40).map(float) for one in PILLARS}).filter(
    lambda found: any(found.values())
)


@quickly
@given(WEIGHTS, st.sampled_from([0.5, 2.0, 10.0]), st.sampled_from(["arithmetic", "geometric"]))
def test_scaling_all_weights_moves_no_score(weights, factor, aggregation):
    one = replace(COMPONENTS, weights=tuple(sorted(weights.items())), aggregation=aggregation)
    other = replace(one, weights=tuple(sorted((key, value * factor) for key, value in weights.items())))
    np.testing.assert_allclose(scores(FACTS, one), scores(FACTS, other), rtol=0, atol=1e-9)


# Indicator, and whether more of it is better; rents and distances are the ones where it is not.
BENEFITS = {
    "living.gp_per_10000": 1,
    "living.net_migration_pct": 1,
    "economy.jobs_growth_pct": 1,
    "living.rent_house": -1,
}


@quickly
@given(
    st.sampled_from(sorted(BENEFITS)),
    st.sampled_from([ALPHA, BETA, GAMMA]),
    st.floats(0, 50),
    st.sampled_from(["bounds", "percentile"]),
    st.sampled_from(["arithmetic", "geometric"]),
)
def test_a_better_value_never_lowers_the_score(indicator, index, gain, normalisation, aggregation):
    question = replace(COMPONENTS, normalisation=normalisation, aggregation=aggregation)
    value = FACTS.values[indicator][0][index] + BENEFITS[indicator] * gain
    better = with_value(FACTS, indicator, index, value)
    assert scores(better, question)[index] >= scores(FACTS, question)[index] - 1e-9


@quickly
@given(st.sampled_from([ALPHA, BETA, GAMMA]), st.sampled_from([0, 1, 3, 4, 5, 6]), st.floats(0, 1))
def test_a_nearer_node_never_lowers_the_score(index, column, factor):
    km = FACTS.access.km.copy()
    km[index, column] *= factor
    nearer = altered(FACTS, access=replace(FACTS.access, km=km))
    assert scores(nearer, COMPONENTS)[index] >= scores(FACTS, COMPONENTS)[index] - 1e-9


def test_the_criteria_alone_rank_as_their_own_values_do(tiny):
    """All the weight on one criterion, in the direction it declares: nothing was inverted on the way."""
    for criterion in loaded_criteria():
        weights = tuple(sorted({one.id: float(one.id == criterion.id) for one in loaded_criteria()}.items()))
        ranking: Ranking = compute_ranking(tiny, replace(COMPONENTS, weights=weights))
        column = [one.id for one in ranking.used].index(criterion.id)
        value = ranking.cells[column].measured.value
        known = ~np.isnan(value)
        if len(set(ranking.score[known])) > 1:
            sign = 1 if criterion.direction == "more" else -1
            assert spearman(sign * value[known], ranking.score[known]) > 0.5, criterion.id
