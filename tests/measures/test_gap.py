"""The cheapest choice is compared with all choices, one by one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.gap import Choice, cheapest_choice, largest_choice

numbers = st.integers(0, 40).map(lambda tenths: tenths / 10)
change = st.integers(1, 4).flatmap(
    lambda size: st.tuples(
        st.lists(numbers, min_size=size, max_size=size), st.lists(numbers, min_size=size, max_size=size)
    )
)
changes = st.lists(change, min_size=1, max_size=4)


def tables(drawn: list) -> tuple[list[np.ndarray], list[np.ndarray]]:
    return tuple([np.array([0.0, *pair[side]]) for pair in drawn] for side in (0, 1))


def brute_force(gains: list[np.ndarray], efforts: list[np.ndarray], need: float) -> float | None:
    """The least effort of all the combinations that bring what is needed."""
    costs = [
        sum(cost[step] for cost, step in zip(efforts, steps, strict=True))
        for steps in product(*(range(len(own)) for own in gains))
        if sum(own[step] for own, step in zip(gains, steps, strict=True)) >= need - 1e-9
    ]
    return min(costs, default=None)


@given(changes, st.integers(0, 120).map(lambda tenths: tenths / 10))
@settings(max_examples=300, deadline=None)
def test_no_other_choice_is_cheaper(drawn: list, need: float) -> None:
    gains, efforts = tables(drawn)
    expected, found = brute_force(gains, efforts, need), cheapest_choice(gains, efforts, need=need)
    assert (found is None) == (expected is None)
    if found is not None:
        assert found.effort == pytest.approx(expected, abs=1e-9)
        assert found.gain >= need - 1e-9
        assert found.gain == pytest.approx(sum(own[s] for own, s in zip(gains, found.steps, strict=True)))
        assert found.effort == pytest.approx(sum(own[s] for own, s in zip(efforts, found.steps, strict=True)))


@given(changes, st.lists(st.integers(0, 120).map(lambda tenths: tenths / 10), min_size=2, max_size=2))
@settings(max_examples=200, deadline=None)
def test_a_higher_need_never_costs_less(drawn: list, needs: list[float]) -> None:
    gains, efforts = tables(drawn)
    lower, higher = (cheapest_choice(gains, efforts, need=need) for need in sorted(needs))
    if higher is not None:
        assert lower is not None
        assert lower.effort <= higher.effort + 1e-9


@given(changes)
@settings(max_examples=200, deadline=None)
def test_the_largest_choice_bounds_what_can_be_reached(drawn: list) -> None:
    gains, efforts = tables(drawn)
    most = largest_choice(gains, efforts)
    assert cheapest_choice(gains, efforts, need=most.gain) is not None
    assert cheapest_choice(gains, efforts, need=most.gain + 0.01) is None


def test_nothing_is_needed_nothing_is_done() -> None:
    assert cheapest_choice([np.array([0.0, 1.0])], [np.array([0.0, 2.0])], need=0.0) == Choice((0,), 0.0, 0.0)
    assert cheapest_choice([np.array([0.0, 1.0])], [np.array([0.0, 2.0])], need=-3.0) == Choice((0,), 0.0, 0.0)
    assert cheapest_choice([], [], need=0.0) == Choice((), 0.0, 0.0)
    assert cheapest_choice([], [], need=1.0) is None


def test_a_combination_beats_the_best_ratio_taken_first() -> None:
    # By points per effort the first change comes first, and is then of no use: 3 steps of the second do it for 6.
    gains = [np.array([0.0, 2.0]), np.array([0.0, 1.0, 2.0, 3.0])]
    efforts = [np.array([0.0, 3.0]), np.array([0.0, 2.0, 4.0, 6.0])]
    assert cheapest_choice(gains, efforts, need=3.0) == Choice((1, 1), 5.0, 3.0)
    assert cheapest_choice(gains, efforts, need=1.0) == Choice((0, 1), 2.0, 1.0)


def test_a_change_that_only_pays_after_several_steps_is_found() -> None:
    late = np.array([0.0, 0.0, 0.0, 4.0])
    found = cheapest_choice([late, np.array([0.0, 1.0])], [np.arange(4.0), np.array([0.0, 9.0])], need=4.0)
    assert found == Choice((3, 0), 3.0, 4.0)


def test_of_two_choices_of_one_effort_the_one_that_brings_more() -> None:
    gains, efforts = [np.array([0.0, 1.0]), np.array([0.0, 1.5])], [np.array([0.0, 2.0])] * 2
    assert cheapest_choice(gains, efforts, need=1.0) == Choice((0, 1), 2.0, 1.5)


def test_a_change_that_harms_is_never_proposed() -> None:
    assert largest_choice([np.array([0.0, -1.0])], [np.array([0.0, 1.0])]).steps == (0,)
    found = cheapest_choice([np.array([0.0, -1.0]), np.array([0.0, 1.0])], [np.array([0.0, 0.0])] * 2, need=0.5)
    assert found is not None and found.steps == (0, 1)


@pytest.mark.parametrize(
    ("gains", "efforts"),
    [([0.0, 1.0], [0.0]), ([1.0], [0.0]), ([0.0], [1.0]), ([0.0, 1.0], [0.0, -1.0]), ([], [])],
)
def test_what_makes_no_sense_is_refused(gains: list[float], efforts: list[float]) -> None:
    with pytest.raises(ValueError, match="change needs|must not be negative"):
        cheapest_choice([np.array(gains)], [np.array(efforts)], need=1.0)


def test_eight_changes_of_twenty_steps_are_solved_exactly() -> None:
    draw = np.random.default_rng(7)
    gains = [np.concatenate([[0.0], np.cumsum(np.sort(draw.random(20))[::-1])]) for _ in range(8)]
    efforts = [np.arange(21) * draw.random() for _ in range(8)]
    need = 0.5 * sum(float(own[-1]) for own in gains)
    found = cheapest_choice(gains, efforts, need=need)
    # Concave gains and straight efforts: taking steps by points per effort is within one step of the optimum.
    slopes = sorted(
        ((own[s + 1] - own[s]) / (cost[1] or 1e-9), cost[1], own[s + 1] - own[s])
        for own, cost in zip(gains, efforts, strict=True)
        for s in range(20)
    )[::-1]
    brought, spent = 0.0, 0.0
    for _ratio, cost, points in slopes:
        if brought >= need:
            break
        relaxed = spent + cost * min(1.0, (need - brought) / points)
        brought, spent = brought + points, spent + cost
    assert found is not None
    assert relaxed - 1e-9 <= found.effort <= spent + 1e-9
