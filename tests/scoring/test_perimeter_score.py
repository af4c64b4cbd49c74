"""A perimeter's score is the mean of its zones' scores, whatever way it is taken apart."""

import numpy as np
import pytest

from scoring.definitions import loaded_criteria
from scoring.facts import Facts
from scoring.perimeter_score import WITHIN_REACH, PerimeterScore, perimeter_score
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.service import compute_ranking
from tests.scoring.world import ALPHA, BETA, CODES, SIGMA


@pytest.fixture
def ranking(tiny: Facts) -> Ranking:
    return compute_ranking(tiny, Question("26.11Z", "subclass"))


def score_of(ranking: Ranking, **weights: float) -> PerimeterScore:
    return perimeter_score(ranking, {code.removeprefix("z"): weight for code, weight in weights.items()})


def test_one_zone_has_its_own_score_and_bounds(ranking: Ranking) -> None:
    found = score_of(ranking, z1001=12.0)
    row = ranking.basin("1001")
    assert (found.score, found.low, found.high) == pytest.approx((row.score, row.score_low, row.score_high))
    assert found.zones[0].rank == row.rank and found.zones[0].weight == 1


def test_weights_are_shares_of_what_is_held_in_each_zone(ranking: Ranking) -> None:
    found = score_of(ranking, z1001=3_000.0, z1002=1_000.0, z1003=0.0)
    assert [(part.zone.code, part.weight) for part in found.zones] == [("1001", 0.75), ("1002", 0.25)]
    expected = 0.75 * ranking.score[ALPHA] + 0.25 * ranking.score[BETA]
    assert found.score == pytest.approx(expected)
    assert found.lowest.score <= found.score <= found.highest.score
    assert found.low <= found.score <= found.high


def test_the_points_of_the_criteria_sum_to_the_score_and_their_most_to_one_hundred(ranking: Ranking) -> None:
    found = score_of(ranking, z1001=1.0, z1002=2.0, z1005=4.0)
    assert sum(part.points for part in found.criteria) == pytest.approx(found.score)
    assert sum(part.most for part in found.criteria) == pytest.approx(100)
    assert all(-1e-9 <= part.points <= part.most + 1e-9 for part in found.criteria)
    # The slow way, zone by zone.
    slow: dict[str, float] = {}
    for code, share in (("1001", 1 / 7), ("1002", 2 / 7), ("1005", 4 / 7)):
        for one in ranking.basin(code).contributions:
            slow[one.criterion] = slow.get(one.criterion, 0.0) + share * one.contribution
    weighed = {one.id for one, weight in zip(ranking.used, ranking.weights, strict=True) if weight > 0}
    assert {part.id: part.points for part in found.criteria} == pytest.approx({key: slow[key] for key in weighed})


def test_what_members_can_act_on_is_land_training_and_housing(ranking: Ranking) -> None:
    within = {part.id for part in score_of(ranking, z1001=1.0).criteria if part.is_within_reach}
    assert within == WITHIN_REACH & {one.id for one in ranking.used}
    assert WITHIN_REACH & {one.id for one in loaded_criteria()} >= {"land.sites", "skills.training", "living.housing"}


def test_a_zone_of_secrets_widens_the_bounds(ranking: Ranking) -> None:
    known, secret = score_of(ranking, z1001=1.0), score_of(ranking, z1001=1.0, z1005=1.0)
    assert secret.high - secret.low > known.high - known.low
    assert np.isclose(secret.zones[1].score, ranking.score[SIGMA])


@pytest.mark.parametrize("weights", [{}, {CODES[0]: 0.0}])
def test_nothing_to_weigh_is_refused(ranking: Ranking, weights: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        perimeter_score(ranking, weights)
