"""Scores of many activities at once: those of the rankings, under any weights, and columns held once."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import service
from scoring.definitions import criteria
from scoring.errors import BadQuestion
from scoring.question import Question, default_weights
from scoring.score_cube import NodeCells, ScoreCube
from scoring.weights import WeightCase

LEVELS = ("subclass", "group", "a38")
EDITS = (
    (),
    (("skills", 70.0), ("land.power", 30.0)),
    (("access", 0.0), ("fabric.fine_presence", 0.0), ("living.care", 50.0)),
    (("fabric", 1.0), ("land", 1.0), ("skills", 1.0)),
)
IDS = [one.id for one in criteria()]


def tiny(count: int, zones: int, seed: int) -> tuple[list[NodeCells], list[dict[str, Any]]]:
    """Activities with random cells, some criteria shared by all, some unused; and the same cells as plain dicts."""
    chance = np.random.default_rng(seed)
    common = {key: chance.random(zones) for key in ("access.market", "living.care")}
    branches = [chance.random(zones) for _branch in range(2)]
    rows = []
    for place in range(count):
        columns = common | {"fabric.specialisation": branches[place % 2], "skills.quotient": chance.random(zones)}
        if place % 3:
            columns = columns | {"land.power": chance.random(zones)}
        used = tuple(key for key in IDS if key in columns)
        case = WeightCase(used, 0.5 if place % 2 else 0.0, needs_grid=place % 3 == 1)
        rows.append(NodeCells(SimpleNamespace(code=str(place)), case, columns))  # type: ignore[arg-type]
    return rows, [dict(row.columns) for row in rows]


@settings(deadline=None, max_examples=40)
@given(count=st.integers(1, 9), zones=st.integers(1, 5), seed=st.integers(0, 999), skills=st.floats(0, 90))
def test_the_cube_scores_as_one_activity_after_the_other(count: int, zones: int, seed: int, skills: float) -> None:
    rows, plain = tiny(count, zones, seed)
    cube = ScoreCube.build(rows)
    found = cube.scores({"skills": skills}, default_weights())
    for row, columns, scores in zip(rows, plain, found, strict=True):
        weights = row.case.weights({"skills": skills}, default_weights())[1]
        slow = [100 * sum(weights[key] * columns[key][zone] for key in columns) for zone in range(zones)]
        assert scores == pytest.approx(slow, abs=1e-9)


def test_a_column_that_activities_share_is_held_once() -> None:
    cube = ScoreCube.build(tiny(9, 4, 0)[0])
    assert {key: len(part.columns) for key, part in cube.shared.items()} == {
        "fabric.specialisation": 2,
        "access.market": 1,
        "living.care": 1,
    }
    assert cube.own_criteria == ("skills.quotient", "land.power")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("edits", EDITS)
def test_a_score_is_one_number_whichever_way_it_is_asked(real: Any, level: str, edits: service.Weights) -> None:
    nodes, scores = service.level_scores(real, level, edits)
    chance = np.random.default_rng(len(edits))
    for place in chance.choice(len(nodes), 6, replace=False):
        node = nodes[place]
        ranking = service.compute_ranking(real, Question(node.code, node.level, weights=edits))
        assert scores[place] == pytest.approx(ranking.score, abs=1e-9), node.key


def test_weights_move_the_list_of_a_basin_and_not_its_length(real: Any) -> None:
    code = real.zones[0].code
    found = {
        edits: service.best_activities(real, code, "group", 300, weights=edits) for edits in ((), (("access", 90.0),))
    }
    orders = {edits: [one.activity.code for one in rows] for edits, rows in found.items()}
    assert orders[()] != orders[(("access", 90.0),)] and set(orders[()]) == set(orders[(("access", 90.0),)])


def test_no_weight_at_all_is_refused(real: Any) -> None:
    nothing = tuple((key, 0.0) for key in ("skills", "fabric", "land", "access", "living", "dynamics"))
    with pytest.raises(BadQuestion):
        service.best_activities(real, real.zones[0].code, "a38", 10, weights=nothing)
