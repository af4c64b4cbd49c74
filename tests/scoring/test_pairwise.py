"""All pairs of a ranking: two probabilities that sum to one, a dominated zone never ahead."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scoring import pairwise


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Rank zones whose probability of coming before another is by their positions; note how many pairs are asked."""
    asked: list[int] = []

    def before(first: list[int], second: list[int]) -> Any:
        asked.append(len(first))
        return np.array([0.5 + (other - one) / 100 for one, other in zip(first, second, strict=True)])

    ranking = SimpleNamespace(robustness=SimpleNamespace(before=before))
    monkeypatch.setattr(pairwise.service, "rank", lambda _facts, _question: ranking)
    pairwise.before_matrix.cache_clear()
    yield asked
    pairwise.before_matrix.cache_clear()


def test_each_pair_stands_at_its_place(asked: list[int]) -> None:
    found = pairwise.before_matrix("facts", "question", (3, 7, 1))
    expected = [[np.nan, 0.54, 0.48], [0.46, np.nan, 0.44], [0.52, 0.56, np.nan]]
    np.testing.assert_allclose(found, expected)


def test_pairs_are_compared_by_blocks_and_once(asked: list[int]) -> None:
    indexes = tuple(range(20))
    found = pairwise.before_matrix("facts", "question", indexes)
    assert sum(asked) == 190 and max(asked) == pairwise.PAIRS_AT_ONCE
    np.testing.assert_allclose(found + found.T, np.where(np.eye(20, dtype=bool), np.nan, 1.0))
    pairwise.before_matrix("facts", "question", indexes)
    assert sum(asked) == 190


@pytest.mark.parametrize("indexes", [(), (4,)])
def test_no_pair_is_no_work(asked: list[int], indexes: tuple[int, ...]) -> None:
    assert pairwise.before_matrix("facts", "question", indexes).shape == (len(indexes), len(indexes))
    assert asked == []
