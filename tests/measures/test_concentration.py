import numpy as np
import pytest
from hypothesis import given

from measures.arrays import Floats
from measures.concentration import is_rare_here
from tests.measures.worlds import jobs, quickly

RULE = {"most_share": 0.005, "least_quotient": 2.0, "least_jobs": 100.0, "shrink": 50.0}


def rare(found: float, share: float, total: float) -> bool:
    return bool(is_rare_here(np.array([[found]]), np.array([share]), np.array([total]), **RULE)[0, 0])


def test_by_hand() -> None:
    # 40 expected jobs: (130 + 50) / (40 + 50) = 2.
    assert rare(130, 0.004, 10_000)
    assert not rare(129, 0.004, 10_000)


def test_a_common_occupation_is_never_rare_however_gathered() -> None:
    assert rare(5_000, 0.0049, 10_000)
    assert not rare(5_000, 0.005, 10_000)


def test_a_handful_of_jobs_is_no_stronghold() -> None:
    assert not rare(99, 0.0001, 1_000)
    assert rare(100, 0.0001, 1_000)


def test_unknown_jobs_or_an_unknown_size_are_not_rare() -> None:
    assert not rare(np.nan, 0.001, 1_000)
    assert not rare(500, 0.001, np.nan)


@given(jobs(4, 3, at_least=1))
@quickly
def test_a_zone_like_the_country_has_nothing_rare(table: Floats) -> None:
    shares = table.sum(axis=0) / table.sum()
    copies = np.outer(np.array([1_000.0, 50_000.0]), shares)
    assert not is_rare_here(copies, shares, copies.sum(axis=1), **(RULE | {"most_share": 0.999})).any()


@pytest.mark.parametrize("most_share", [0.0, 1.0, 50.0])
def test_a_rule_in_percent_is_refused(most_share: float) -> None:
    with pytest.raises(ValueError, match="most_share"):
        is_rare_here(np.ones((1, 1)), np.ones(1), np.ones(1), **(RULE | {"most_share": most_share}))
