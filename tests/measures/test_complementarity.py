"""Groups of near zones: the slow twin, the identities, and what must hold whatever the zones."""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from measures.arrays import Flags, Floats, Integers
from measures.complementarity import (
    added,
    assigned,
    best_alone,
    best_part,
    chain_alone,
    hosted,
    near_groups,
    near_sets,
    pooled,
)
from tests.measures import slow_complementarity as slow
from tests.measures.worlds import quickly

SHARES = st.floats(0, 1)


@dataclass
class World:
    """A few zones on a plane: cells, what is known of them, jobs, distances, and all their groups of a size."""

    cells: Floats
    is_known: Flags
    mass: Floats
    distance_km: Floats
    members: Integers
    lead: Integers


@st.composite
def worlds(draw: st.DrawFn) -> World:
    count, kinds, size = draw(st.integers(3, 6)), draw(st.integers(1, 4)), draw(st.sampled_from([2, 3]))
    places = draw(arrays(float, (count, 2), elements=st.floats(0, 100)))
    distance = np.hypot(*(places[:, None, axis] - places[None, :, axis] for axis in (0, 1)))
    cells = draw(arrays(float, (count, kinds), elements=SHARES))
    members = near_groups(distance, radius_km=200, size=size)
    return World(
        cells=cells,
        is_known=draw(arrays(bool, (count, kinds))),
        mass=draw(arrays(float, count, elements=st.one_of(st.floats(1, 1000), st.just(np.nan)))),
        distance_km=distance,
        members=members,
        lead=best_alone(cells.mean(axis=1), members),
    )


@given(worlds(), st.floats(1, 150), st.sampled_from([2, 3]))
@quickly
def test_the_groups_are_those_of_the_loops(world: World, radius: float, size: int) -> None:
    found = near_groups(world.distance_km, radius_km=radius, size=size)
    assert found.tolist() == slow.near_groups(world.distance_km.tolist(), radius, size)


@given(worlds())
@quickly
def test_what_is_hosted_and_pooled_is_that_of_the_loops(world: World) -> None:
    best = hosted(world.cells, world.is_known, world.members, world.lead)
    mean = pooled(world.cells, world.is_known, world.mass, world.members, world.lead)
    for row, group in enumerate(world.members.tolist()):
        lead = int(world.lead[row])
        for kind in range(world.cells.shape[1]):
            cells, known = world.cells[:, kind].tolist(), world.is_known[:, kind].tolist()
            assert best[row, kind] == slow.hosted(cells, known, group, lead)
            expected = slow.pooled(cells, known, world.mass.tolist(), group, lead)
            assert mean[row, kind] == pytest.approx(expected, abs=1e-12)


@given(worlds())
@quickly
def test_a_group_never_hosts_less_than_its_lead_and_a_pool_stays_within_its_members(world: World) -> None:
    best = hosted(world.cells, world.is_known, world.members, world.lead)
    mean = pooled(world.cells, world.is_known, world.mass, world.members, world.lead)
    of_members = world.cells[world.members]
    assert (best >= world.cells[world.lead]).all()
    assert (best <= of_members.max(axis=1)).all()
    assert (mean >= of_members.min(axis=1) - 1e-12).all()
    assert (mean <= of_members.max(axis=1) + 1e-12).all()


@given(worlds())
@quickly
def test_a_dominated_partner_brings_nothing(world: World) -> None:
    """Partners that are nowhere above the lead leave what is hosted as it is, and can only lower a pool."""
    lead = int(world.lead[0])
    cells = np.minimum(world.cells, world.cells[lead])
    members = world.members[(world.members == lead).any(axis=1)]
    leads = np.full(len(members), lead)
    assert hosted(cells, world.is_known, members, leads).tolist() == cells[leads].tolist()
    assert (pooled(cells, world.is_known, world.mass, members, leads) <= cells[leads] + 1e-12).all()


@given(worlds())
@quickly
def test_the_order_of_the_members_is_nothing(world: World) -> None:
    turned = world.members[:, ::-1]
    assert hosted(world.cells, world.is_known, turned, world.lead).tolist() == (
        hosted(world.cells, world.is_known, world.members, world.lead).tolist()
    )
    assert pooled(world.cells, world.is_known, world.mass, turned, world.lead) == pytest.approx(
        pooled(world.cells, world.is_known, world.mass, world.members, world.lead)
    )
    weights = np.ones(world.cells.shape[1])
    assert assigned(world.cells.T, weights, turned)[1] == pytest.approx(
        assigned(world.cells.T, weights, world.members)[1]
    )


@given(worlds())
@quickly
def test_a_chain_is_that_of_the_loops_and_no_other_way_of_sharing_the_steps_is_better(world: World) -> None:
    steps, weights = world.cells.T, np.arange(1.0, world.cells.shape[1] + 1)
    zones, score = assigned(steps, weights, world.members)
    alone = chain_alone(steps, weights)
    for row, group in enumerate(world.members.tolist()):
        expected_zones, expected = slow.chain(steps.tolist(), weights.tolist(), group)
        assert zones[row].tolist() == expected_zones
        assert score[row] == pytest.approx(expected)
        for way in product(group, repeat=len(steps)):
            total = sum(w * steps[step, zone] for step, (zone, w) in enumerate(zip(way, weights, strict=True)))
            assert total / weights.sum() <= score[row] + 1e-12
    assert (score >= alone[world.members].max(axis=1) - 1e-12).all()


@given(worlds())
@quickly
def test_the_best_part_of_a_triple_is_its_best_pair_or_member(world: World) -> None:
    if world.members.shape[1] < 3:
        return
    scores = world.cells[:, 0]
    pairs = near_groups(world.distance_km, radius_km=200, size=2)
    pair_scores = scores[pairs].sum(axis=1)
    table = {tuple(pair): value for pair, value in zip(pairs.tolist(), pair_scores.tolist(), strict=True)}
    found = best_part(scores, world.members, pairs, pair_scores)
    for row, group in enumerate(world.members.tolist()):
        assert found[row] == max(*(scores[one] for one in group), *(table[pair] for pair in combinations(group, 2)))


def test_numbers_to_check_by_hand() -> None:
    # A has the site, B the hands: at B's 300 jobs for A's 100, the pool is three quarters B's.
    cells, known = np.array([[0.9, 0.2], [0.1, 0.8]]), np.ones((2, 2), dtype=bool)
    pair, lead = np.array([[0, 1]]), np.array([0])
    assert hosted(cells, known, pair, lead).tolist() == [[0.9, 0.8]]
    assert pooled(cells, known, np.array([100.0, 300.0]), pair, lead) == pytest.approx(np.array([[0.3, 0.65]]))
    assert added(np.array([8.0, 7.0]), pair, cap=20).tolist() == [15.0]
    assert np.isnan(added(np.array([np.nan, np.nan]), pair, cap=20)).all()


def test_near_is_pairwise() -> None:
    line = np.array([[0.0, 30, 60], [30, 0, 30], [60, 30, 0]])
    assert near_groups(line, radius_km=40, size=3).size == 0
    assert near_groups(line, radius_km=60, size=3).tolist() == [[0, 1, 2]]
    # The last is near the second only: it does not join a set that holds the first.
    assert near_sets((line <= 40) & (line > 0)) == [[0, 1]]
    assert near_sets((line <= 60) & (line > 0)) == [[0, 1, 2]]
    assert near_sets(np.zeros((3, 3), dtype=bool)) == []


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="2 or 3 zones"):
        near_groups(np.zeros((2, 2)), radius_km=10, size=4)
    with pytest.raises(ValueError, match="2 steps but 1 weights"):
        assigned(np.zeros((2, 2)), np.array([1.0]), np.array([[0, 1]]))
    with pytest.raises(ValueError, match="not all zero"):
        chain_alone(np.zeros((2, 2)), np.zeros(2))
