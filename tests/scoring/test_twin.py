"""The fast score and the slow one agree, on the tiny world and on the built-in edition."""

import numpy as np
import pytest

from scoring.facts import Facts
from scoring.question import Question
from scoring.service import compute_ranking
from tests.scoring.slow import slow_ranking
from tests.scoring.world import TREE

EVERY_NODE = sorted(TREE)
ONLY_ACCESS = (("access", 1.0), ("dynamics", 0.0), ("fabric", 0.0), ("land", 0.0), ("living", 0.0), ("skills", 0.0))
EMPTIED = (("skills", 40.0), ("skills.depth", 0.0), ("skills.quotient", 0.0))
FREIGHT = (("air", 10.0), ("inland", 20.0), ("rail", 30.0), ("sea", 40.0))
QUESTIONS = {
    "plain": {},
    "percentile": {"normalisation": "percentile"},
    "zscore": {"normalisation": "zscore"},
    "geometric": {"aggregation": "geometric"},
    "pillars": {"weights": (("fabric", 10.0), ("skills", 55.0))},
    "criteria": {"weights": (("fabric.neighbours", 25.0), ("land.sites", 0.0))},
    "both": {"weights": (("access", 30.0), ("access.market", 1.0), ("living", 0.0))},
    "fine evidence nearly refused": {"weights": (("fabric.fine_presence", 0.4),)},
    "fine evidence refused": {"weights": (("fabric.fine_presence", 0.0),)},
    "one pillar": {"weights": ONLY_ACCESS},
    "emptied pillar shared equally": {"weights": EMPTIED},
    "project": {"jobs": 12.5, "hectares": 10.0, "modes": FREIGHT},
    "all at once": {
        "weights": (("land", 20.0),),
        "jobs": 300.0,
        "modes": (("sea", 1.0),),
        "normalisation": "percentile",
        "aggregation": "geometric",
    },
}


def agree(facts: Facts, question: Question) -> None:
    """Both give the same criteria, weights, cells, scores, bounds and coverage, and the same order."""
    fast, slow = compute_ranking(facts, question), slow_ranking(facts, question)
    assert {one.id for one in fast.used} == set(slow.weights)
    for column, one in enumerate(fast.used):
        assert fast.weights[column] == pytest.approx(slow.weights[one.id], abs=1e-12), one.id
        ends = np.array(slow.normalised[one.id])
        np.testing.assert_allclose(fast.cells[column].low, ends[:, 0], atol=1e-9, err_msg=one.id)
        np.testing.assert_allclose(fast.cells[column].high, ends[:, 1], atol=1e-9, err_msg=one.id)
    np.testing.assert_allclose(fast.score, slow.score, rtol=0, atol=1e-9)
    np.testing.assert_allclose(fast.score_low, slow.low, rtol=0, atol=1e-9)
    np.testing.assert_allclose(fast.score_high, slow.high, rtol=0, atol=1e-9)
    np.testing.assert_allclose(fast.coverage, slow.coverage, rtol=0, atol=1e-9)
    in_order = [slow.score[index] for index in np.argsort(fast.rank)]
    assert all(better > worse - 1e-9 for better, worse in zip(in_order, in_order[1:], strict=False))


@pytest.mark.parametrize("key", EVERY_NODE)
def test_they_agree_on_every_node_of_the_tiny_world(tiny, key):
    level, code = key.split(":")
    agree(tiny, Question(code, level))


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("activity", ["26.11Z", "30.11Z", "01.11Z"])
def test_they_agree_on_every_setting(tiny, name, activity):
    agree(tiny, Question(activity, "subclass", **QUESTIONS[name]))


@pytest.mark.parametrize(
    ("activity", "level", "name"),
    [
        ("26.11Z", "subclass", "geometric"),
        ("27.20Z", "subclass", "project"),
        ("15.20", "class", "both"),
        ("29", "division", "zscore"),
        ("CH", "a38", "percentile"),
    ],
)
def test_they_agree_on_the_built_in_edition(real, activity, level, name):
    agree(real, Question(activity, level, **QUESTIONS[name]))
