"""The reverse question: what fits a basin, how surely, in which value chain, how far from what it already does."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from economy.value_chains import ValueChain, chain_of
from scoring import service
from scoring.cells import FloatArray
from scoring.fabric_distance import FabricDistance, fabric_distances
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.question import Question, Weights
from scoring.rank_intervals import RankInterval, RankIntervals
from scoring.service import FittingActivity

# Within which level the siblings of an activity are folded together.
FOLDED_WITHIN = {"subclass": "group", "class": "group", "group": "division"}
BASINS_KEPT = 64


@dataclass(frozen=True)
class Suggestion:
    """An activity that a basin could host: what the ranking says of it there, its chain, its distance from the fabric.

    `chain` is None for an activity of several chains. Activities of one `family` are variants of each other: one node
    of the nomenclature, one chain.
    """

    node: Node
    chain: ValueChain | None
    family: str
    fit: FittingActivity
    distance: FabricDistance


def suggestions(facts: Facts, zone_code: str, level: str, *, weights: Weights = ()) -> list[Suggestion]:
    """Return every activity of a level as seen from a basin, best rank first, the score breaking ties.

    Raises `NotFound`, `BadQuestion`.
    """
    fitting = service.best_activities(facts, zone_code, level, len(facts.nomenclature.nodes), weights=weights)
    placed = _placed(facts, level)
    far = _distances(facts, level, facts.zone(zone_code))
    return [Suggestion(*placed[one.activity.code], distance=far[one.activity.code], fit=one) for one in fitting]


@lru_cache(maxsize=8)
def _placed(facts: Facts, level: str) -> dict[str, tuple[Node, ValueChain | None, str]]:
    """The node, chain and family of each activity of a level, by code."""
    within = FOLDED_WITHIN.get(level, level)
    found = {}
    for node in facts.nomenclature.nodes.values():
        if node.level == level:
            chain = chain_of(node.subclasses)
            found[node.code] = (node, chain, _family(facts, node, within, chain))
    return found


def _family(facts: Facts, node: Node, within: str, chain: ValueChain | None) -> str:
    """The ancestor of a node at a level, itself where it has none, and its chain."""
    ancestor = next((one.key for one in facts.nomenclature.chain(node) if one.level == within), node.key)
    return f"{ancestor} {chain.id if chain else ''}"


@lru_cache(maxsize=BASINS_KEPT)
def _distances(facts: Facts, level: str, index: int) -> dict[str, FabricDistance]:
    cube = service.level_cube(facts, level)
    return {node.code: one for node, one in zip(cube.nodes, fabric_distances(facts, cube, index), strict=True)}


def folded(rows: Sequence[Suggestion]) -> list[tuple[Suggestion, ...]]:
    """Return the suggestions gathered with their siblings, the best first, in the order of the best of each."""
    families: dict[str, list[Suggestion]] = {}
    for one in rows:
        families.setdefault(one.family, []).append(one)
    return [tuple(members) for members in families.values()]


def rank_intervals(
    facts: Facts, zone_code: str, nodes: Sequence[Node], *, weights: Weights = (), seconds: float | None
) -> list[RankInterval | None]:
    """Return where the draws of each activity's own ranking place a basin, None where still drawn after `seconds`.

    Without `seconds` all are waited for. Raises `NotFound`.
    """
    return _INTERVALS.of(facts, nodes, weights, facts.zone(zone_code), seconds=seconds)


def rank_intervals_within(
    facts: Facts, zone_code: str, nodes: Sequence[Node], *, weights: Weights = (), seconds: float
) -> list[RankInterval | None]:
    """Return the same, drawing for `seconds` at most: None where not reached. Raises `NotFound`."""
    return _INTERVALS.within(facts, nodes, weights, facts.zone(zone_code), seconds=seconds)


def drawn_ranks(facts: Facts, node: Node, weights: Weights = ()) -> FloatArray:
    """Return the median, P5 and P95 ranks (3, n) of every zone in the ranking of an activity."""
    spread = service.compute_ranking(facts, Question(node.code, node.level, weights)).robustness.spread
    return np.array([spread.median, spread.p05, spread.p95])


_INTERVALS = RankIntervals(drawn_ranks)
