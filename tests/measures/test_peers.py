"""How unlike zones are: a distance to be checked by hand, its identities, and what is not known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.arrays import Floats
from measures.peers import (
    Trait,
    composition_trait,
    covered_share,
    gaps_from,
    number_trait,
    parts,
    structural_distance,
)
from tests.measures.worlds import quickly

LARGEST = 3.0
VALUES = st.lists(st.floats(1, 1e6), min_size=4, max_size=4).filter(lambda one: np.ptp(one) > 1e-3)
AMOUNTS = st.lists(st.lists(st.integers(0, 1000), min_size=3, max_size=3), min_size=4, max_size=4)


def number(values: list[float], log_offset: float | None = None) -> Trait:
    return number_trait(np.array(values), is_absent=np.zeros(len(values), dtype=bool), log_offset=log_offset)


def table(trait: Trait) -> Floats:
    return np.array([gaps_from(trait, index, largest=LARGEST) for index in range(len(trait.points))])


def test_a_distance_to_check_by_hand() -> None:
    # Jobs 100, 1,000, 10,000: the three gaps are one, one and two decades; the median is one.
    jobs = number([100.0, 1000.0, 10_000.0], log_offset=0.0)
    # Rural 0, 40, 60 %: gaps 40, 20 and 60; the median is 40.
    rural = number([0.0, 40.0, 60.0])
    gaps = np.array([gaps_from(one, 0, largest=LARGEST) for one in (jobs, rural)])
    assert gaps == pytest.approx(np.array([[0, 1, 2], [0, 1, 1.5]]))
    weights = np.array([3.0, 1.0])
    assert structural_distance(gaps, weights) == pytest.approx([0, 1, np.sqrt((3 * 4 + 1 * 2.25) / 4)])
    assert parts(gaps, weights)[:, 2] == pytest.approx([3.0, 0.5625])
    assert covered_share(gaps, weights) == pytest.approx([1, 1, 1])


def test_hellinger_by_hand() -> None:
    halves = composition_trait(np.array([[1.0, 0.0], [0.0, 5.0], [2.0, 2.0]]))
    # Nothing in common: the root of two. One half in common: the root of 2 - 2 x root of 1/2.
    near = np.sqrt(2 - np.sqrt(2))
    assert halves.typical == pytest.approx(near)
    assert gaps_from(halves, 0, largest=9) == pytest.approx([0, np.sqrt(2) / near, 1])


@given(VALUES, AMOUNTS)
@quickly
def test_the_distance_is_symmetrical_and_a_zone_is_at_none_of_itself(
    values: list[float], amounts: list[list[int]]
) -> None:
    tables = np.array(
        [table(number(values, log_offset=0.0)), table(composition_trait(np.array(amounts, dtype=float)))]
    )
    whole = np.array([structural_distance(tables[:, index], np.array([2.0, 1.0])) for index in range(4)])
    assert np.allclose(whole, whole.T) and np.allclose(np.diag(whole), 0)
    assert (whole <= LARGEST + 1e-9).all()


@given(VALUES, st.floats(0.01, 100), st.floats(-1000, 1000))
@quickly
def test_units_and_origin_do_not_matter(values: list[float], unit: float, origin: float) -> None:
    given_, scaled = np.array(values), unit * np.array(values)
    assert np.allclose(table(number(values, 0.0)), table(number(scaled.tolist(), 0.0)), atol=1e-6)
    moved = number((given_ * unit + origin).tolist())
    assert np.allclose(table(number(values)), table(moved), atol=1e-5)


@given(AMOUNTS, st.integers(1, 50))
@quickly
def test_a_composition_forgets_the_size(amounts: list[list[int]], times: int) -> None:
    given_ = np.array(amounts, dtype=float)
    larger = given_.copy()
    larger[0] *= times
    assert np.allclose(table(composition_trait(given_)), table(composition_trait(larger)), equal_nan=True, atol=1e-6)


@given(VALUES, st.permutations(range(4)))
@quickly
def test_the_order_of_zones_does_not_matter(values: list[float], order: list[int]) -> None:
    whole = table(number(values))
    assert np.allclose(table(number([values[i] for i in order])), whole[np.ix_(order, order)])


def test_what_is_not_known_is_left_out_of_the_pair_and_said() -> None:
    first, second = number([1.0, 2.0, 4.0]), number([1.0, np.nan, 3.0])
    gaps = np.array([gaps_from(one, 0, largest=LARGEST) for one in (first, second)])
    weights = np.array([1.0, 3.0])
    assert np.isnan(gaps[1, 1]) and np.isnan(parts(gaps, weights)[1, 1])
    assert structural_distance(gaps, weights)[1] == pytest.approx(gaps[0, 1])
    assert covered_share(gaps, weights) == pytest.approx([1, 0.25, 1])
    unknown = gaps_from(second, 1, largest=LARGEST)
    assert np.isnan(unknown).all()
    assert np.isnan(structural_distance(unknown[None, :], np.array([1.0]))).all()


def test_missing_is_neither_zero_nor_absent() -> None:
    is_absent = np.array([True, True, False, False, False])
    trait = number_trait(np.array([np.nan, np.nan, 1.0, 3.0, np.nan]), is_absent=is_absent, log_offset=None)
    from_absent = gaps_from(trait, 0, largest=LARGEST)
    assert from_absent[:4].tolist() == [0, 0, LARGEST, LARGEST] and np.isnan(from_absent[4])
    assert np.isnan(gaps_from(trait, 4, largest=LARGEST)).all()
    assert gaps_from(trait, 2, largest=LARGEST)[:2].tolist() == [LARGEST, LARGEST]


def test_an_outlier_moves_nobody_else_and_counts_no_more_than_the_bound() -> None:
    plain, wild = number([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), number([1.0, 2.0, 3.0, 4.0, 5.0, 6e9])
    assert table(wild)[:5, :5] == pytest.approx(table(plain)[:5, :5], rel=0.5)
    assert table(wild)[0, 5] == LARGEST


def test_a_trait_that_tells_nobody_apart_makes_all_alike() -> None:
    same = number([7.0, 7.0, np.nan])
    assert np.isnan(same.typical)
    assert gaps_from(same, 0, largest=LARGEST)[:2].tolist() == [0, 0]


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="not positive"):
        number([0.0, 1.0], log_offset=0.0)
    with pytest.raises(ValueError, match="amounts must not be negative"):
        composition_trait(np.array([[1.0, -1.0]]))
    with pytest.raises(ValueError, match="1 traits but 2 weights"):
        structural_distance(np.ones((1, 2)), np.ones(2))
    with pytest.raises(ValueError, match="weights must not be negative"):
        covered_share(np.ones((1, 2)), np.array([-1.0]))
    with pytest.raises(ValueError, match="all be zero"):
        parts(np.ones((1, 2)), np.zeros(1))
