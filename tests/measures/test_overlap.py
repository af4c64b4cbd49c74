"""What two profiles have in common: hand-made cases, identities, and the slow way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from measures.overlap import profile_overlap

COUNTS = arrays(float, (3, 5), elements=st.floats(0, 100))


def shares(counts: np.ndarray) -> np.ndarray:
    counts = counts + 0.01
    return counts / counts.sum(axis=1, keepdims=True)


def test_by_hand() -> None:
    one, other = np.array([[0.6, 0.4, 0.0]]), np.array([[0.1, 0.4, 0.5]])
    assert profile_overlap(one, other) == pytest.approx(np.array([[0.5]]))


@given(COUNTS, COUNTS)
def test_it_is_a_share_symmetric_and_whole_with_itself(first: np.ndarray, second: np.ndarray) -> None:
    one, other = shares(first), shares(second)
    overlap = profile_overlap(one, other)
    assert ((overlap >= 0) & (overlap <= 1 + 1e-9)).all()
    assert overlap == pytest.approx(profile_overlap(other, one).T)
    assert np.diag(profile_overlap(one, one)) == pytest.approx(np.ones(3))
    # Another road: one less half of what differs.
    slow = [[1 - sum(abs(x - y) for x, y in zip(a, b, strict=True)) / 2 for b in other] for a in one]
    assert overlap == pytest.approx(np.array(slow))


def test_the_order_of_columns_does_not_matter() -> None:
    one, other = shares(np.array([[1.0, 2, 3]])), shares(np.array([[3.0, 1, 1]]))
    assert profile_overlap(one[:, [2, 0, 1]], other[:, [2, 0, 1]]) == pytest.approx(profile_overlap(one, other))


@pytest.mark.parametrize("wrong", [[[-0.1, 1.1]], [[2.0, 0.0]]])
def test_what_is_not_a_share_is_refused(wrong: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        profile_overlap(np.array(wrong), np.array([[0.5, 0.5]]))


def test_profiles_of_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        profile_overlap(np.array([[1.0]]), np.array([[0.5, 0.5]]))
