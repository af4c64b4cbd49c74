import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.territory import harmonic_mean, median_known, weighted_mean
from tests.measures.worlds import quickly

COUNTS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)), min_size=1, max_size=8
)  # numerators, denominators


@given(COUNTS)
@quickly
def test_by_denominators_the_mean_of_ratios_is_the_ratio_of_the_sums(pairs: list[tuple[int, int]]) -> None:
    numerators, denominators = np.array(pairs, dtype=float).T
    assert weighted_mean(numerators / denominators, denominators) == pytest.approx(
        numerators.sum() / denominators.sum()
    )


@given(COUNTS)
@quickly
def test_by_numerators_the_harmonic_mean_of_ratios_is_the_ratio_of_the_sums(pairs: list[tuple[int, int]]) -> None:
    numerators, denominators = np.array(pairs, dtype=float).T + [[1], [0]]
    assert harmonic_mean(numerators / denominators, numerators) == pytest.approx(numerators.sum() / denominators.sum())


def test_an_unknown_value_or_weight_leaves_its_zone_out() -> None:
    values, weights = np.array([1.0, np.nan, 3.0, 100.0]), np.array([1.0, 5.0, 1.0, np.nan])
    assert weighted_mean(values, weights) == 2.0
    assert harmonic_mean(values, weights) == 1.5
    assert median_known(values) == 3.0


def test_nothing_known_is_unknown() -> None:
    nothing = np.array([np.nan, np.nan])
    for mean in (weighted_mean, harmonic_mean):
        assert np.isnan(mean(nothing, np.ones(2)))
        assert np.isnan(mean(np.ones(2), np.zeros(2)))
    assert np.isnan(median_known(nothing))


def test_a_ratio_of_zero_does_not_say_its_denominator() -> None:
    assert np.isnan(harmonic_mean(np.array([0.0, 2.0]), np.array([1.0, 1.0])))


def test_a_negative_weight_and_arrays_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="weights must not be negative"):
        weighted_mean(np.array([1.0]), np.array([-1.0]))
    with pytest.raises(ValueError, match="2 values but 1 weights"):
        harmonic_mean(np.array([1.0, 2.0]), np.array([1.0]))
    with pytest.raises(ValueError, match="values must not be negative"):
        harmonic_mean(np.array([-1.0]), np.array([1.0]))
