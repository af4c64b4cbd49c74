"""The score on the built-in edition: what must hold for every activity, and what people of the trade expect."""

import statistics
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from pymcdm.methods import WSM

from measures.aggregation import spearman
from scoring import service
from scoring.activity_profile import build_profile
from scoring.definitions import FAMILIES
from scoring.errors import NoEdition
from scoring.facts import Facts
from scoring.nomenclature import LEVELS
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.service import compute_ranking
from sources.models import Edition
from tests.scoring.world import new_edition

SAMPLE = [
    ("32.50B", "subclass"),
    ("26.11Z", "subclass"),
    ("27.20Z", "subclass"),
    ("19.20Z", "subclass"),
    ("01.11Z", "subclass"),
    ("62.01Z", "subclass"),
    ("84.11Z", "subclass"),
    ("97.00Z", "subclass"),
    ("15.20", "class"),
    ("24.1", "group"),
    ("29", "division"),
    ("CH", "a38"),
    ("C", "section"),
    ("C4", "a17"),
]
BIG_CITIES = {"Paris", "Lyon", "Marseille", "Toulouse", "Lille"}
MOST_SIZE = 0.25

pytestmark = pytest.mark.django_db


@lru_cache(maxsize=1)
def _scores(content_hash: str) -> dict[str, np.ndarray]:
    facts = service.current_facts()
    return {
        key: compute_ranking(facts, Question(node.code, node.level)).score
        for key, node in facts.nomenclature.nodes.items()
    }


@pytest.fixture
def every_score(real: Facts) -> dict[str, np.ndarray]:
    """Scores of every node of the nomenclature, computed once."""
    return _scores(real.edition.content_hash)


@pytest.fixture
def manufacturing(real: Facts) -> list[str]:
    """Keys of the manufacturing sub-classes."""
    return [f"subclass:{code}" for code in real.nomenclature.nodes["section:C"].subclasses]


def ranking_of(facts: Facts, activity: str, level: str, **settings: object) -> Ranking:
    return compute_ranking(facts, Question(activity, level, **settings))


def test_every_node_has_a_profile_and_a_ranking(real, every_score):
    assert len(every_score) > 1_700
    assert {key.partition(":")[0] for key in every_score} == set(LEVELS)
    for key, score in every_score.items():
        assert score.shape == (306,), key
        assert np.isfinite(score).all(), key
        assert 0 <= score.min() <= score.max() <= 100, key
        assert np.ptp(score) > 1, key


def test_every_profile_is_complete(real):
    for node in real.nomenclature.nodes.values():
        profile = build_profile(node, real.nomenclature, None)
        assert profile.scored_shares.sum() == pytest.approx(1), node.key
        assert sum(profile.modes.values()) == pytest.approx(1), node.key
        assert min(profile.jobs, profile.hectares, profile.mw) > 0, node.key
        assert profile.basis in LEVELS


@pytest.mark.parametrize(("activity", "level"), SAMPLE)
@pytest.mark.parametrize("normalisation", ["bounds", "percentile", "zscore"])
def test_points_add_up_and_scores_stand_in_the_middle_of_their_bounds(real, activity, level, normalisation):
    ranking = ranking_of(real, activity, level, normalisation=normalisation)
    np.testing.assert_allclose(ranking.points.sum(axis=1), ranking.score, rtol=0, atol=1e-6)
    np.testing.assert_allclose(ranking.score, (ranking.score_low + ranking.score_high) / 2, rtol=0, atol=1e-9)
    assert (ranking.score_low <= ranking.score_high).all()
    assert sorted(ranking.rank) == list(range(1, 307))
    assert ((ranking.coverage > 0) & (ranking.coverage <= 1 + 1e-12)).all()
    for cell in ranking.cells:
        assert cell.low.min() >= 0
        assert cell.high.max() <= 1
        assert (cell.low <= cell.high).all()


@pytest.mark.parametrize(("activity", "level"), SAMPLE)
def test_points_lost_add_up_in_the_geometric_mean(real, activity, level):
    ranking = ranking_of(real, activity, level, aggregation="geometric")
    np.testing.assert_allclose(ranking.points.sum(axis=1), ranking.score - 100, rtol=0, atol=1e-6)
    assert (ranking.score <= ranking_of(real, activity, level).score + 1e-6).all()


@pytest.mark.parametrize(("activity", "level"), SAMPLE)
def test_another_library_finds_the_same_weighted_sum(real, activity, level):
    ranking = ranking_of(real, activity, level)
    matrix = np.column_stack([cell.normalised for cell in ranking.cells])
    other = WSM(normalization_function=lambda column, cost=False: column)
    # It has no criterion without weight, such as the power grid for a project that medium voltage feeds.
    weighs = ranking.weights > 0
    theirs = other(matrix[:, weighs], ranking.weights[weighs], np.ones(int(weighs.sum())))
    np.testing.assert_allclose(100 * theirs, ranking.score, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("activity", "level"), SAMPLE[:4])
def test_a_region_moves_no_score_and_no_national_rank(real, activity, level):
    whole, south = ranking_of(real, activity, level), ranking_of(real, activity, level, region="93")
    np.testing.assert_array_equal(whole.score, south.score)
    np.testing.assert_array_equal(whole.rank, south.rank)
    assert 0 < south.count < 50
    assert all("93" in row.zone.region_codes for row in south.rows(0, 306))
    national = [row.zone.code for row in whole.rows(0, 306) if "93" in row.zone.region_codes]
    assert [row.zone.code for row in south.rows(0, 306)] == national


@pytest.mark.parametrize(("activity", "level"), SAMPLE)
@pytest.mark.parametrize("normalisation", ["bounds", "percentile", "zscore"])
def test_what_is_unknown_never_beats_the_best_that_is_known(real, activity, level, normalisation):
    """Where bounds come from the zones. Between fixed bounds the best one known may itself stand under the middle."""
    ranking = ranking_of(real, activity, level, normalisation=normalisation)
    for criterion, cell in zip(ranking.used, ranking.cells, strict=True):
        known = ~np.isnan(cell.measured.value)
        if criterion.bounds_rule == "quantiles" or normalisation != "bounds":
            assert cell.normalised[~known].max(initial=0) <= cell.normalised[known].max(), criterion.id


def test_no_zone_leads_because_it_is_unknown(real, manufacturing):
    for key in manufacturing:
        ranking = ranking_of(real, key.partition(":")[2], "subclass")
        first = ranking.rank <= 10
        assert ranking.coverage[first].min() > 0.75, key


def test_a_requirement_sets_zones_aside_without_moving_a_score(real):
    asked = ranking_of(real, "27.20Z", "subclass", require=("battery-heavy-transport", "battery-site"))
    plain = ranking_of(real, "27.20Z", "subclass")
    rows = asked.rows(0, 306)
    kept = [row for row in rows if row.rank]
    assert 0 < len(kept) < 306
    assert [row.rank for row in rows] == [*range(1, len(kept) + 1), *[None] * (306 - len(kept))]
    assert all(row.vetoes for row in rows[len(kept) :])
    assert not any(row.vetoes for row in kept)
    np.testing.assert_array_equal(asked.score, plain.score)
    order = [row.zone.code for row in plain.rows(0, 306)]
    assert [row.zone.code for row in kept] == [code for code in order if not asked.basin(code).vetoes]


def test_scores_follow_the_size_of_basins_little(real, every_score, manufacturing, capsys):
    sizes = np.array([np.nan if zone.jobs is None else zone.jobs for zone in real.zones])
    found = [abs(spearman(every_score[key], sizes)) for key in manufacturing]
    median, ninth = statistics.median(found), statistics.quantiles(found, n=10)[-1]
    with capsys.disabled():
        print(
            f"\n|Spearman(score, jobs)|, {len(found)} manufacturing sub-classes: median {median:.3f}, D9 {ninth:.3f}"
        )
    assert median <= MOST_SIZE


def test_big_cities_do_not_lead_everything(real, every_score, manufacturing, capsys):
    leaders = [real.zones[int(every_score[key].argmax())].name for key in manufacturing]
    big = [name for name in leaders if name in BIG_CITIES]
    assert {zone.name for zone in real.zones} >= BIG_CITIES
    with capsys.disabled():
        print(
            f"\nBig cities lead {len(big)} of {len(leaders)} sub-classes; {len(set(leaders))} basins lead at least one"
        )
    assert len(big) / len(leaders) < 0.05


@pytest.mark.parametrize(
    ("activity", "names", "place"),
    [
        ("32.50B", {"Saint-Claude", "Oyonnax"}, 3),  # spectacles
        ("26.52Z", {"Besançon", "Pontarlier", "Montbéliard"}, 10),  # watches
        ("23.41Z", {"Limoges"}, 3),  # porcelain
        ("26.11Z", {"Grenoble"}, 3),  # semiconductors
        ("15.20Z", {"Romans-sur-Isère"}, 10),  # shoes
    ],
)
def test_known_places_of_a_trade_come_near_the_top(real, activity, names, place):
    first = [row.zone.name for row in ranking_of(real, activity, "subclass").rows(0, place)]
    assert names & set(first), first


def test_no_family_of_evidence_makes_more_than_half_where_the_branch_merges_activities(real, manufacturing, capsys):
    shares: dict[bool, list[float]] = {True: [], False: []}
    for key in manufacturing:
        ranking = ranking_of(real, key.partition(":")[2], "subclass")
        shares[ranking.profile.is_merged].append(max(pct for _label, pct in ranking.families))
    with capsys.disabled():
        print(f"\nLargest family of evidence: merged {max(shares[True]):.1f} %, not merged {max(shares[False]):.1f} %")
    assert max(shares[True]) <= 50
    assert len(FAMILIES) >= 5


def test_best_activities_of_a_basin_are_those_of_the_rankings(real):
    code = next(zone.code for zone in real.zones if zone.name == "Grenoble")
    found = service.best_activities(real, code, "division", 5)
    ranks = [one.rank_among_basins for one in found]
    assert ranks == sorted(ranks)
    for one in found:
        row = ranking_of(real, one.activity.code, "division").basin(code)
        assert row.score == pytest.approx(one.score)
        assert row.rank == one.rank_among_basins


def test_mayotte_is_ranked_by_the_little_that_is_known_of_it(real):
    row = ranking_of(real, "32.50B", "subclass").basin("0601")
    assert row.zone.name == "Mayotte"
    assert row.coverage < 0.5
    assert row.score_high - row.score_low > 50
    assert row.rank > 50


def test_two_editions_do_not_share_an_answer(real):
    other = replace(real, edition=new_edition(), all_jobs=real.all_jobs)
    question = Question("32.50B", "subclass")
    assert service.rank(other, question).edition != service.rank(real, question).edition


def test_without_edition_nothing_is_answered(real):
    Edition.objects.filter(is_current=True).update(is_current=False)
    with pytest.raises(NoEdition):
        service.current_facts()
