"""Metrics of a ranking, against scikit-learn, numbers worked out by hand and samples written out item by item."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score

from measures.validation import (
    average_precision,
    by_activity,
    coverage,
    hit_rate,
    interval,
    ndcg,
    once,
    roc_auc,
    two_way_draws,
)
from tests.measures.worlds import quickly

LABELS = np.array([True, False, True, False, False])
SCORES = np.array([0.9, 0.8, 0.7, 0.7, 0.1])


@st.composite
def samples(draw):
    """Labels with both kinds, scores with ties, and whole counts that keep one of each kind."""
    size = draw(st.integers(2, 40))
    labels = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    labels[:2] = [True, False]
    scores = np.array(draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)), dtype=float)
    counts = np.array(draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)), dtype=float)
    counts[:2] = 1.0
    return labels, scores, counts


def test_metrics_by_hand():
    # Pairs: the first positive beats the three negatives; the second beats one, ties with one, loses to one.
    assert roc_auc(LABELS, SCORES, once(5))[0] == pytest.approx((3 + 1.5) / 6)
    # Recall 1/2 at precision 1; the other half when the tied pair enters: 2 positives of 4.
    assert average_precision(LABELS, SCORES, once(5))[0] == pytest.approx(0.5 * 1 + 0.5 * 0.5)
    assert hit_rate(LABELS, SCORES, once(5), first=2)[0] == 0.5
    best = 1 + 1 / np.log2(3)
    assert ndcg(LABELS, SCORES, once(5), first=3)[0] == pytest.approx((1 + 0.5) / best)


@given(samples())
@quickly
def test_areas_are_those_of_scikit_learn(sample):
    labels, scores, counts = sample
    assert roc_auc(labels, scores, counts[None])[0] == pytest.approx(
        roc_auc_score(labels, scores, sample_weight=counts)
    )
    assert average_precision(labels, scores, counts[None])[0] == pytest.approx(
        average_precision_score(labels, scores, sample_weight=counts)
    )


@given(st.integers(0, 10_000), st.integers(1, 12))
@quickly
def test_discounted_gain_is_that_of_scikit_learn_when_no_score_is_repeated(seed, first):
    chance = np.random.default_rng(seed)
    labels, scores = chance.random(20) < 0.4, chance.permutation(20).astype(float)
    labels[3] = True
    expected = ndcg_score(labels[None].astype(float), scores[None], k=first)
    assert ndcg(labels, scores, once(20), first=first)[0] == pytest.approx(expected)


@given(samples(), st.integers(1, 12))
@quickly
def test_counting_an_item_twice_is_writing_it_twice(sample, first):
    labels, scores, counts = sample
    rows = np.repeat(np.arange(len(labels)), counts.astype(int))
    for metric in (roc_auc, average_precision):
        expected = metric(labels[rows], scores[rows], once(len(rows)))
        np.testing.assert_allclose(metric(labels, scores, counts[None]), expected)
    for metric in (hit_rate, ndcg):
        expected = metric(labels[rows], scores[rows], once(len(rows)), first=first)
        np.testing.assert_allclose(metric(labels, scores, counts[None], first=first), expected)


@given(samples())
@quickly
def test_every_draw_is_worked_out_as_if_alone_and_only_the_order_of_scores_counts(sample):
    labels, scores, counts = sample
    several = np.vstack([counts, np.ones_like(counts), counts + 1])
    for metric in (roc_auc, average_precision):
        found = metric(labels, scores, several)
        alone = [metric(labels, scores, one[None])[0] for one in several]
        np.testing.assert_allclose(found, alone)
        np.testing.assert_allclose(metric(labels, np.exp(scores), several), found)
    np.testing.assert_allclose(roc_auc(labels, -scores, several), 1 - roc_auc(labels, scores, several))


def test_a_score_that_knows_nothing_gets_a_half_and_the_share_of_positives():
    labels = np.arange(100) % 4 == 0
    flat = np.zeros(100)
    assert roc_auc(labels, flat, once(100))[0] == 0.5
    assert average_precision(labels, flat, once(100))[0] == pytest.approx(0.25)


def test_without_a_positive_or_a_negative_nothing_is_claimed():
    scores = np.array([1.0, 2.0])
    assert np.isnan(roc_auc(np.array([True, True]), scores, once(2)))[0]
    for nothing in (roc_auc, average_precision):
        assert np.isnan(nothing(np.array([False, False]), scores, once(2)))[0]
    assert np.isnan(ndcg(np.array([False, False]), scores, once(2), first=1))[0]
    # Drawn without its only positive.
    assert np.isnan(average_precision(np.array([True, False]), scores, np.array([[0.0, 2.0]])))[0]


@pytest.mark.parametrize(
    ("labels", "scores", "counts", "said"),
    [
        ([True], [1.0, 2.0], [[1.0]], "1 labels, 2 scores"),
        ([True, False], [1.0, np.nan], [[1.0, 1.0]], "scores must be known"),
        ([True, False], [1.0, 2.0], [[1.0, -1.0]], "negative"),
        ([], [], np.ones((1, 0)), "at least 1"),
    ],
)
def test_what_cannot_be_measured_is_refused(labels, scores, counts, said):
    with pytest.raises(ValueError, match=said):
        roc_auc(np.array(labels, dtype=bool), np.array(scores), np.array(counts))


def test_the_first_places_are_one_at_least():
    with pytest.raises(ValueError, match="first"):
        hit_rate(LABELS, SCORES, once(5), first=0)


def test_means_over_activities_leave_out_those_that_say_nothing():
    values = np.array([[0.2, 0.8], [np.nan, 0.6], [np.nan, np.nan]])
    found = by_activity(values, np.array([[1.0, 1.0], [5.0, 1.0], [1.0, 1.0]]))
    np.testing.assert_allclose(found, [0.5, 0.6, np.nan])


def test_draws_are_the_same_for_a_seed_and_average_to_one():
    first, again = (two_way_draws(7, zones=20, activities=5, draws=4000) for _turn in range(2))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    np.testing.assert_allclose(first[0].mean(axis=0), 1.0, atol=0.08)
    assert (first[1].sum(axis=1) == 5).all()
    assert (two_way_draws(8, zones=20, activities=5, draws=4)[0] != first[0][:4]).any()


def test_clusters_widen_the_interval_of_a_mean():
    # All cells of a zone are alike: 30 zones inform, not 300 cells.
    chance = np.random.default_rng(1)
    of_zone = chance.normal(size=30)
    zones, activities = two_way_draws(1, zones=30, activities=10, draws=2000)
    cells = np.repeat(of_zone[:, None], 10, axis=1)
    weights = zones[:, :, None] * activities[:, None, :]
    clustered = (weights * cells).sum(axis=(1, 2)) / weights.sum(axis=(1, 2))
    alone = chance.choice(cells.ravel(), size=(2000, 300)).mean(axis=1)
    assert clustered.std() > 2.5 * alone.std()


def test_interval_by_hand_and_without_any_draw():
    found = interval(3.0, np.arange(101, dtype=float), share=0.9)
    assert (found.value, found.low, found.high) == pytest.approx((3.0, 5.0, 95.0))
    assert np.isnan(interval(1.0, np.array([np.nan])).low)
    with pytest.raises(ValueError, match="share"):
        interval(1.0, np.array([1.0]), share=1.0)


def test_coverage_counts_the_ends_and_leaves_out_the_unknown():
    low, high = np.array([[1.0], [1.0], [np.nan], [3.0]]), np.array([[2.0], [2.0], [9.0], [3.0]])
    actual = np.array([[2.0], [2.5], [5.0], [3.0]])
    assert coverage(low, high, actual)[0] == pytest.approx(2 / 3)
    assert np.isnan(coverage(np.array([[np.nan]]), np.array([[1.0]]), np.array([[1.0]])))[0]
    with pytest.raises(ValueError, match="exceed"):
        coverage(np.array([[2.0]]), np.array([[1.0]]), np.array([[1.0]]))
