"""Changing the values of one basin moves that basin alone, by what its scale says."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.definitions import criterion
from scoring.errors import BadQuestion
from scoring.facts import Facts
from scoring.normalising import frozen_position, value_at
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.service import compute_ranking, rank
from scoring.what_if import changed, check_change, column_of, limits, rank_with, standing
from tests.scoring.world import ALPHA, BETA, DELTA, MAYO

pytestmark = pytest.mark.django_db
QUESTION = Question("26.11Z", "subclass")


@pytest.fixture
def ranking(tiny: Facts) -> Ranking:
    return compute_ranking(tiny, QUESTION)


@pytest.fixture
def drawn(tiny: Facts) -> Ranking:
    """The same on facts whose edition has a true hash: it seeds the draws."""
    return compute_ranking(replace(tiny, edition=replace(tiny.edition, content_hash="c0ffee" * 8)), QUESTION)


def value_of(ranking: Ranking, index: int, key: str) -> float:
    return float(ranking.cells[column_of(ranking, key)].measured.value[index])


def note_of(ranking: Ranking, index: int, key: str) -> float:
    return float(ranking.assessment.normalised[index, column_of(ranking, key)])


def test_the_score_moves_by_weight_times_note(ranking: Ranking) -> None:
    after = changed(ranking, BETA, {"living.care": 10.0}, keeps_margins=False)
    weight = float(ranking.weights[column_of(ranking, "living.care")])
    expected = 100 * weight * (note_of(after, BETA, "living.care") - note_of(ranking, BETA, "living.care"))
    assert after.score[BETA] - ranking.score[BETA] == pytest.approx(expected)
    assert expected > 0
    # 10 doctors are the most of this world: the top of the scale.
    assert note_of(after, BETA, "living.care") == pytest.approx(1)


def test_the_others_do_not_move_even_when_the_value_leaves_the_range(ranking: Ranking) -> None:
    others = np.arange(6) != BETA
    for key, value in (("living.care", 1_000.0), ("fabric.specialisation", 50.0), ("land.sites", 40.0)):
        after = changed(ranking, BETA, {key: value}, keeps_margins=False)
        assert np.array_equal(after.score[others], ranking.score[others])
        assert np.array_equal(after.score_low[others], ranking.score_low[others])


def test_the_ranking_asked_is_untouched(ranking: Ranking) -> None:
    before = ranking.assessment.normalised.copy()
    changed(ranking, ALPHA, {"land.sites": 0.0}, keeps_margins=False)
    assert np.array_equal(ranking.assessment.normalised, before)
    assert value_of(ranking, ALPHA, "land.sites") > 0


@pytest.mark.parametrize("normalisation", ["bounds", "zscore", "percentile"])
def test_todays_values_with_their_margins_change_nothing(tiny: Facts, normalisation: str) -> None:
    ranking = compute_ranking(tiny, replace(QUESTION, normalisation=normalisation))
    for index in (ALPHA, BETA, DELTA):
        known = {
            one.id: value_of(ranking, index, one.id)
            for one in ranking.used
            if not np.isnan(value_of(ranking, index, one.id))
        }
        after = changed(ranking, index, known, keeps_margins=True)
        assert after.assessment.normalised[index] == pytest.approx(ranking.assessment.normalised[index], abs=1e-9)
        assert after.score_low[index] == pytest.approx(ranking.score_low[index], abs=1e-7)
        assert after.score_high[index] == pytest.approx(ranking.score_high[index], abs=1e-7)


def test_a_value_changed_is_exact_unless_its_margin_is_kept(ranking: Ranking) -> None:
    column = column_of(ranking, "skills.quotient")
    exact = changed(ranking, ALPHA, {"skills.quotient": 1.1}, keeps_margins=False)
    kept = changed(ranking, ALPHA, {"skills.quotient": 1.1}, keeps_margins=True)
    assert exact.assessment.low[ALPHA, column] == exact.assessment.high[ALPHA, column]
    assert kept.assessment.low[ALPHA, column] < kept.assessment.high[ALPHA, column]
    assert exact.cells[column].measured.status[ALPHA] == "observed"
    assert kept.cells[column].measured.status[ALPHA] == "estimated"


def test_a_missing_value_becomes_known(ranking: Ranking) -> None:
    column = column_of(ranking, "land.sites")
    assert np.isnan(value_of(ranking, MAYO, "land.sites"))
    after = changed(ranking, MAYO, {"land.sites": 3.0}, keeps_margins=True)
    assert after.assessment.normalised[MAYO, column] == pytest.approx(1 - np.exp(-1))
    assert after.coverage[MAYO] > ranking.coverage[MAYO]


def test_less_is_better_where_the_criterion_says_so(tiny: Facts) -> None:
    ranking = compute_ranking(tiny, replace(QUESTION, mw=50.0))
    nearer = changed(ranking, BETA, {"land.power": 5.0}, keeps_margins=False)
    assert note_of(nearer, BETA, "land.power") == 1
    assert nearer.score[BETA] > ranking.score[BETA]


def test_geometric_scores_move_too(tiny: Facts) -> None:
    ranking = compute_ranking(tiny, replace(QUESTION, aggregation="geometric"))
    after = changed(ranking, BETA, {"living.care": 10.0}, keeps_margins=False)
    assert after.score[BETA] > ranking.score[BETA]


def test_the_rank_follows_the_score(drawn: Ranking) -> None:
    ranking = drawn
    order = np.argsort(-ranking.score)
    last, first = int(order[-1]), int(order[0])
    assert rank_with(ranking, last, float(ranking.score[first]) + 1) == 1
    assert rank_with(ranking, last, 0.0) == 6
    after = changed(ranking, last, {"living.care": 10.0, "fabric.fine_presence": 6.0}, keeps_margins=False)
    assert rank_with(ranking, last, float(after.score[last])) == int(after.rank[last])
    found = standing(after, last)
    assert found.rank == int(after.rank[last])
    assert found.rank_p05 is not None and found.rank_p95 is not None
    assert 1 <= found.rank_p05 <= found.rank_p95 <= 6


def test_the_interval_is_that_of_the_changed_ranking(drawn: Ranking) -> None:
    ranking = drawn
    best = {one.id: limits(ranking, one.id).high for one in ranking.used if one.direction == "more"}
    after = changed(ranking, DELTA, best, keeps_margins=False)
    assert standing(after, DELTA).rank_p95 < standing(ranking, DELTA).rank_p95


def test_limits_hold_every_known_value_and_the_ends_of_a_fixed_scale(ranking: Ranking) -> None:
    for one, cell in zip(ranking.used, ranking.cells, strict=True):
        found = limits(ranking, one.id)
        assert found.low <= np.nanmin(cell.measured.low) + 1e-9
        assert found.high >= np.nanmax(cell.measured.high) - 1e-9
        for value in cell.measured.value[~np.isnan(cell.measured.value)]:
            check_change(ranking, one.id, float(value))
    assert limits(ranking, "access.modes").low == 0 and limits(ranking, "access.modes").high == 100


def test_an_implausible_value_is_refused_with_its_bounds(ranking: Ranking) -> None:
    with pytest.raises(BadQuestion) as refused:
        check_change(ranking, "living.care", 900.0)
    assert refused.value.parameter == "changes"
    assert "900" in refused.value.sentence and "10,0" in refused.value.sentence
    with pytest.raises(BadQuestion):
        check_change(ranking, "land.sites", -1.0)


def test_a_criterion_without_data_is_refused_in_words(tiny: Facts) -> None:
    ranking = compute_ranking(tiny, QUESTION)
    used = {one.id for one in ranking.used}
    absent = replace(ranking, assessment=replace(ranking.assessment, used=ranking.used[1:], cells=ranking.cells[1:]))
    first = ranking.used[0].id
    assert first in used
    with pytest.raises(BadQuestion, match="ne pèse pour"):
        column_of(absent, first)


@pytest.mark.parametrize("normalisation", ["bounds", "zscore"])
def test_the_inverse_of_a_position_is_its_value(real: Facts, normalisation: str) -> None:
    ranking = compute_ranking(real, Question("32.50B", "subclass", normalisation=normalisation))
    places = np.linspace(0.001, 0.999, 41)
    for one, cell in zip(ranking.used, ranking.cells, strict=True):
        values = value_at(one, cell.measured, places, normalisation=normalisation)
        back = frozen_position(one, cell.measured, normalisation=normalisation)(values)
        is_reachable = np.isfinite(values) & (values >= 0 if one.scale == "saturating" else True)
        # A z-score of a saturating count spans more than the counts there can be.
        if one.scale == "saturating" and normalisation == "zscore":
            is_reachable &= (values > 0) & np.isfinite(values)
        assert back[is_reachable] == pytest.approx(places[is_reachable], abs=1e-9), one.id
        assert is_reachable.any(), one.id


def test_a_value_on_the_scale_comes_back(real: Facts) -> None:
    ranking = compute_ranking(real, Question("32.50B", "subclass"))
    for one, cell in zip(ranking.used, ranking.cells, strict=True):
        values = cell.measured.value
        place = frozen_position(one, cell.measured, normalisation="bounds")(values)
        inside = (place > 0) & (place < 1)
        found = value_at(one, cell.measured, place[inside], normalisation="bounds")
        assert found == pytest.approx(values[inside], rel=1e-9, abs=1e-9), one.id


def test_in_percentiles_the_value_is_a_known_one_at_the_place_or_above(ranking: Ranking) -> None:
    for key in ("living.care", "skills.availability"):
        one, cell = criterion(key), ranking.cells[column_of(ranking, key)]
        value = value_at(one, cell.measured, np.array([0.5]), normalisation="percentile")[0]
        assert value in cell.measured.value
        place = frozen_position(one, cell.measured, normalisation="percentile")(np.array([value]))[0]
        assert place >= 0.5


def test_the_interval_before_is_that_of_the_ranking(real: Facts) -> None:
    ranking = rank(real, Question("32.50B", "subclass"))
    for code in ("8427", "2716", "7511"):
        found = standing(ranking, real.zone(code))
        spread = ranking.robustness.spread
        assert (found.rank_p05, found.rank_p95) == (spread.p05[real.zone(code)], spread.p95[real.zone(code)])
