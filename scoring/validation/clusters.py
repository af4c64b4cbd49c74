"""Where the score puts basins known for an activity, once it can no longer see the activity."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from basins.models import Commune
from scoring.activity_profile import ActivityProfile, build_profile
from scoring.cells import FloatArray
from scoring.criteria import MEASURES
from scoring.criteria.fabric import fine_presence
from scoring.criteria.land import needs_grid
from scoring.definitions import criterion, loaded_criteria
from scoring.facts import Facts, Plants
from scoring.nomenclature import Node
from scoring.normalising import normalise
from scoring.question import Question, default_weights
from scoring.service import compute_ranking
from scoring.validation.dated import JUDGED_YEARS, Past, facts_at
from scoring.validation.masked import NEIGHBOURS, Masked, score_of
from scoring.weights import POWER, resolve, shift_to_fine_evidence, without_void
from sources.models import Edition

LIST = Path(__file__).resolve().parent.parent / "data" / "known_clusters.toml"
# The branch's own measures. The fine evidence stays, for the siblings: its own sub-class is taken out of the plants.
OWN_MEASURES = ("fabric.specialisation", "dynamics.local")


@dataclass(frozen=True)
class Cluster:
    """A basin known for an activity, and its rank among all when the activity is hidden everywhere.

    `siblings_rank` is that of plants and labels of the same class, group and division alone; `seen_rank` that of the
    score as the page gives it, which sees the answer.
    """

    activity: str
    level: str
    label: str
    zone: str
    zone_name: str
    rank: int
    siblings_rank: int
    seen_rank: int
    zones: int


@cache
def known_clusters() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return activity, level and communes of each known cluster."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))["clusters"]
    return tuple((one["activity"], one["level"], tuple(one["communes"])) for one in listed)


def clusters(past: Past, edition: Edition) -> tuple[Cluster, ...]:
    """Return every basin of the list, with its ranks."""
    facts = past.facts
    named = {code for _activity, _level, communes in known_clusters() for code in communes}
    rows = Commune.objects.filter(edition=edition, insee_code__in=named).values_list("insee_code", "zone__code")
    zone_of = dict(rows)
    found = []
    for activity, level, communes in known_clusters():
        node = facts.nomenclature.find(activity, level)
        profile = build_profile(node, facts.nomenclature, None)
        hidden, siblings = hidden_scores(past, profile)
        seen = compute_ranking(facts, Question(node.code, node.level)).score
        for zone in dict.fromkeys(zone_of[code] for code in communes):
            place = facts.zone(zone)
            rank, siblings_rank, seen_rank = (_rank(scores, place) for scores in (hidden, siblings, seen))
            found.append(
                Cluster(
                    activity=node.code,
                    level=level,
                    label=node.label,
                    zone=zone,
                    zone_name=facts.zones[place].name,
                    rank=rank,
                    siblings_rank=siblings_rank,
                    seen_rank=seen_rank,
                    zones=len(facts.zones),
                )
            )
    return tuple(found)


def _rank(scores: FloatArray, place: int) -> int:
    """Rank of a zone, halfway among those with its score."""
    above, level = (scores > scores[place] + 1e-9).sum(), (np.abs(scores - scores[place]) <= 1e-9).sum()
    return int(above + (level + 1) // 2)


def hidden_scores(past: Past, profile: ActivityProfile) -> tuple[FloatArray, FloatArray]:
    """Return the score (n,) of an activity that no zone shows any more, and that of its siblings alone.

    Its branch is taken out of the jobs and of the occupations of every zone; plants and labels of the activity itself
    are taken out too, those of its class, group and division are kept. Neighbours are read as they are.
    """
    node = profile.node
    last = JUDGED_YEARS[-1]
    whole = facts_at(past, last)
    facts = facts_at(past, last, without=node.a38[0])
    facts = replace(facts, plants=without_activity(facts, node))
    cells = {}
    for one in loaded_criteria(past.facts.data_sets):
        if one.id not in OWN_MEASURES:
            measured = MEASURES[one.id](whole if one.id == NEIGHBOURS else facts, profile, one.parameters)
            if (measured.status != "missing").any():
                cells[one.id] = normalise(one, measured, normalisation="bounds")
    used = tuple(one for one in loaded_criteria(past.facts.data_sets) if one.id in cells)
    masked = Masked(node.a38[0], used, cells, needs_grid(profile))
    weights = resolve(used, {}, default_weights(past.facts.data_sets))
    weights = shift_to_fine_evidence(weights, profile.branch_excess, weights)
    weights = weights if masked.needs_grid else without_void(weights, POWER)
    siblings = fine_presence(facts, profile, criterion("fabric.fine_presence").parameters).value
    return score_of(masked, weights), siblings


def without_activity(facts: Facts, node: Node) -> Plants:
    """Return the plants and labels without those of an activity."""
    plants = facts.plants
    own = np.isin(plants.naf_codes, node.subclasses)
    kept = ~own[plants.naf_index]
    return Plants(plants.zone[kept], plants.naf_codes, plants.naf_index[kept], plants.kind[kept])
