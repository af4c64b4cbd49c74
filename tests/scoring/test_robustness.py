"""The robustness of real and tiny rankings: seeds, agreement with plain rankings, causes, the head."""

from dataclasses import replace

import numpy as np
import pytest

from measures.robustness import rank_spread, scenario_cells
from scoring import service
from scoring.facts import Facts
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.robustness import DRAWS, SCENARIOS, TIE, WEIGHTS, Robustness, edition_positions

SPECTACLES = Question("32.50B", "subclass")


@pytest.fixture
def ranking(real: Facts) -> Ranking:
    return service.compute_ranking(real, SPECTACLES)


def test_the_same_question_has_the_same_answer(real, ranking):
    again = service.compute_ranking(real, SPECTACLES)
    np.testing.assert_array_equal(ranking.robustness.rank_p95, again.robustness.rank_p95)


def test_another_edition_draws_other_errors(ranking):
    one, other = (edition_positions(text * 16, 306) for text in "ab")
    assert one.shape == (SCENARIOS, 306, one.shape[2])
    assert (one != other).any()


def test_the_middle_of_the_draws_is_the_ranking(ranking):
    known = np.abs(ranking.robustness.rank_median - ranking.rank)
    assert np.median(known) <= 5
    assert ranking.robustness.p_top10.sum() == pytest.approx(10)
    assert ranking.robustness.p_top20.sum() == pytest.approx(20)


def test_without_errors_and_with_one_criterion_the_rank_is_certain(real):
    nothing = ("skills", "fabric", "land", "living", "dynamics", "access.modes")
    question = replace(SPECTACLES, weights=(*((key, 0.0) for key in nothing), ("access.market", 1.0)))
    ranking = service.compute_ranking(real, question)
    exact = replace(
        ranking.assessment, cells=tuple(replace(c, low=c.normalised, high=c.normalised) for c in ranking.cells)
    )
    found = Robustness(exact, ranking.weights, ranking.score, ranking.is_eligible, False)
    np.testing.assert_array_equal(found.rank_p05, ranking.rank)
    np.testing.assert_array_equal(found.rank_p95, ranking.rank)
    assert found.causes == ()
    assert found.head is not None and found.head.verdict == "steady" and found.head.leads == 1


def test_criteria_without_weight_change_nothing(ranking):
    robustness = ranking.robustness
    used = np.flatnonzero(ranking.weights > 0)
    assert used.size < ranking.weights.size
    columns = ranking.assessment.low[:, used], ranking.assessment.high[:, used]
    cells = scenario_cells(*columns, robustness._family_index, robustness._positions)
    found = rank_spread(cells, robustness._drawn_weights, ranking.is_eligible)
    np.testing.assert_array_equal(found.median, robustness.rank_median)


def test_vetoed_basins_have_no_interval(real):
    question = Question("27.20Z", "subclass", require=("battery-heavy-transport", "battery-site"))
    ranking = service.compute_ranking(real, question)
    out = ~ranking.is_eligible
    assert 0 < out.sum() < 306
    assert np.isnan(ranking.robustness.rank_median[out]).all()
    assert np.nanmax(ranking.robustness.rank_p95) <= (~out).sum()
    last = ranking.rows(ranking.count - 1, 1)[0]
    assert last.rank is None and last.interval is None


def test_neighbours_are_compared_as_pairs_are(ranking):
    rows = ranking.rows(0, 60)
    for one, following in zip(rows[:-1], rows[1:], strict=True):
        alone = ranking.robustness.p_before(one.index, following.index)
        assert one.interval.before_next == pytest.approx(alone, abs=1e-4)
        assert one.interval.is_tied == (one.interval.before_next < TIE)


def test_the_last_basin_has_none_to_come_before(ranking):
    assert ranking.rows(ranking.count - 1, 1)[0].interval.before_next is None


def test_pairs_add_up_to_one(ranking):
    first, second = ranking.rows(0, 2)
    there = ranking.robustness.p_before(first.index, second.index)
    assert there + ranking.robustness.p_before(second.index, first.index) == pytest.approx(1)
    assert there >= 0.5


def test_causes_are_shares_and_the_exact_variance_is_the_one_drawn(ranking):
    causes = ranking.robustness.causes
    assert sum(one.share for one in causes) == pytest.approx(1)
    assert [one.share for one in causes] == sorted((one.share for one in causes), reverse=True)
    # The choice of weights: variance of the leading basins' lead over the mean basin, drawn a thousand times over.
    leading = ranking.robustness._leading
    gaps = ranking.assessment.normalised[leading] - ranking.assessment.normalised.mean(axis=0)
    chance = np.random.default_rng(1)
    used = ranking.weights > 0
    weights = chance.dirichlet(100 * ranking.weights[used], size=20_000)
    expected = (gaps[:, used] @ weights.T).var(axis=1).mean()
    assert ranking.robustness._weights_variance(leading) == pytest.approx(expected, rel=0.05)
    assert WEIGHTS in {one.id for one in causes}


def test_geometric_rankings_have_their_intervals(real):
    ranking = service.compute_ranking(real, replace(SPECTACLES, aggregation="geometric"))
    usual = service.compute_ranking(real, SPECTACLES)
    assert (ranking.robustness.rank_median != usual.robustness.rank_median).any()
    assert np.median(np.abs(ranking.robustness.rank_median - ranking.rank)) <= 5


def test_the_head_says_how_many_of_the_first_ten_stay(ranking):
    head = ranking.robustness.head
    assert head is not None and 0 < head.kept <= 1 and 0 < head.leads <= 1
    assert round(head.leads * DRAWS) == pytest.approx(head.leads * DRAWS)


def test_a_basin_out_of_the_filter_has_its_interval_and_no_neighbour(real):
    ranking = service.compute_ranking(real, replace(SPECTACLES, region="94"))
    outside = next(zone for zone in real.zones if "94" not in zone.region_codes)
    interval = ranking.basin(outside.code).interval
    assert interval is not None and interval.before_next is None and not interval.is_tied


def test_when_every_basin_is_vetoed_nothing_is_drawn(ranking):
    nobody = np.zeros_like(ranking.is_eligible)
    found = Robustness(ranking.assessment, ranking.weights, ranking.score, nobody, False)
    assert np.isnan(found.rank_median).all() and found.causes == () and found.head is None


def test_the_geometric_mean_names_no_cause(real):
    assert service.compute_ranking(real, replace(SPECTACLES, aggregation="geometric")).robustness.causes == ()


def test_parts_of_the_inputs_add_up_to_the_variance_drawn(ranking):
    robustness = ranking.robustness
    cells = scenario_cells(robustness._low, robustness._high, robustness._family_index, robustness._positions)
    leading, used = robustness._leading, robustness._columns
    drawn = (cells[:, leading] @ ranking.weights[used]).var(axis=0).mean()
    total = robustness._weights_variance(leading) / next(one.share for one in robustness.causes if one.id == WEIGHTS)
    inputs = total - robustness._weights_variance(leading)
    assert inputs == pytest.approx(drawn, rel=0.1)
