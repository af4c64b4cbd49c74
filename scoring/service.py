"""What pages and interface ask of scoring: facts of the current edition, search, profiles, rankings."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.http import QueryDict
from django.utils.translation import gettext as _

from scoring.activity_profile import ActivityProfile, build_profile
from scoring.assessment import Assessment
from scoring.cells import Cells, FloatArray
from scoring.contribution import SectorCard
from scoring.criteria import MEASURES, READS
from scoring.criteria.land import needs_grid
from scoring.definitions import Criterion, loaded_criteria
from scoring.errors import BadQuestion, NoEdition
from scoring.facts import Facts, load_facts
from scoring.fine_grain import covered_share
from scoring.nomenclature import Node, check_level
from scoring.normalising import normalise
from scoring.question import AGGREGATIONS, Question, Weights, default_weights, parse_params
from scoring.ranking import Ranking
from scoring.requirements import outcomes, requirements_of
from scoring.score_cube import NodeCells, ScoreCube
from scoring.score_tables import ScoreTables
from scoring.search import Activity, ActivityIndex, Match, build_index
from scoring.search import search as search_index
from scoring.weights import WeightCase
from skills.queries import appellations, job_titles
from sources.models import Edition

LONGEST_SEARCH = 200
RANKINGS_KEPT = 64
ASSESSMENTS_KEPT = 32
CELLS_KEPT = 256
# Scores of a level under some weights: 1.8 MB for the 732 sub-classes.
LEVEL_SCORES_KEPT = 6
# Scores closer than this are ties: what differs beyond is the order of the additions.
SCORE_TOLERANCE = 1e-9


def current_edition() -> Edition:
    """Return the edition on show; raises `NoEdition` when none is loaded."""
    try:
        return Edition.objects.current()
    except Edition.DoesNotExist:
        raise NoEdition from None


def current_facts() -> Facts:
    """Return the facts of the edition on show, read once per process; raises `NoEdition` when none is loaded."""
    edition = current_edition()
    return _facts(edition.pk, edition.content_hash)


@lru_cache(maxsize=2)
def _facts(edition_id: int, content_hash: str) -> Facts:
    return load_facts(Edition.objects.get(pk=edition_id))


@lru_cache(maxsize=2)
def _index(content_hash: str) -> ActivityIndex:
    edition = Edition.objects.get(content_hash=content_hash)
    nodes = _facts(edition.pk, content_hash).nomenclature.nodes.values()
    activities = [Activity(n.code, n.level, n.label, n.parent_code) for n in nodes]
    return build_index(activities, job_titles(edition), appellations=appellations())


def search_activities(text: str, *, level: str | None = None, limit: int) -> list[Match]:
    """Return the activities that a text names, best first; raises `BadQuestion` on an empty or endless text."""
    if not text.strip():
        raise BadQuestion("q", _("Écrivez le nom d'un produit ou un code NAF : « lunettes », « 25.62 »."))
    if len(text) > LONGEST_SEARCH:
        raise BadQuestion(
            "q",
            _("La recherche compte %(length)s caractères ; %(most)s au plus sont acceptés : quelques mots suffisent.")
            % {"length": len(text), "most": LONGEST_SEARCH},
        )
    return search_index(_index(current_facts().edition.content_hash), text, level=level, limit=limit)


def card(node: Node) -> SectorCard:
    return SectorCard(node.code, node.label, node.level, node.parent_code)


def sector(code: str, level: str | None = None) -> SectorCard:
    """Return an activity by code; raises `BadQuestion` on an unknown level, `NotFound` on an unknown code."""
    return card(current_facts().nomenclature.find(code, level))


def activities(level: str | None = None) -> tuple[SectorCard, ...]:
    """Return every activity, or those of a level, by level then code; raises `BadQuestion` on an unknown level."""
    check_level(level)
    nodes = current_facts().nomenclature.nodes.values()
    return tuple(sorted((card(n) for n in nodes if level in (None, n.level)), key=lambda one: (one.level, one.code)))


def parse_question(
    facts: Facts, params: QueryDict, *, activity_parameter: str, also: tuple[str, ...] = ()
) -> Question:
    """Return the question of a query string; raises `BadQuestion` (400) or `NotFound` (404) with a sentence."""

    def find(code: str, level: str | None) -> tuple[str, str]:
        node = facts.nomenclature.find(code, level)
        return node.code, node.level

    def accepted_requirements(code: str, level: str) -> tuple[str, ...]:
        return tuple(one.id for one in requirements_of(facts.nomenclature.find(code, level)))

    return parse_params(
        params,
        activity_parameter=activity_parameter,
        also=also,
        find=find,
        regions=facts.regions,
        requirements=accepted_requirements,
        defaults=default_weights(facts.data_sets),
    )


def profile(activity: SectorCard, question: Question | None) -> ActivityProfile:
    """Return what an activity needs, with the edits of a question."""
    facts = current_facts()
    return _profile(facts, facts.nomenclature.find(activity.code, activity.level), question)


def _profile(facts: Facts, node: Node, question: Question | None) -> ActivityProfile:
    return build_profile(node, facts.nomenclature, question, covered_share=covered_share(facts, node))


def rank(facts: Facts, question: Question) -> Ranking:
    """Return the ranking of a question; the same question on the same edition is answered once per process."""
    return _rank(facts, question)


@lru_cache(maxsize=RANKINGS_KEPT)
def _rank(facts: Facts, question: Question) -> Ranking:
    return compute_ranking(facts, question)


def compute_ranking(facts: Facts, question: Question) -> Ranking:
    """Weigh and rank every zone on what the activity needs."""
    assessment = assess(facts, question)
    profile, used = assessment.profile, assessment.used
    defaults = default_weights(facts.data_sets)
    chosen, weights = weight_case(profile, used).weights(dict(question.weights), defaults)
    return Ranking(
        assessment=assessment,
        question=question,
        set_values=defaults | dict(question.weights),
        chosen=chosen,
        weights=np.array([weights[one.id] for one in used]),
        outcomes=outcomes(facts, profile.node, question.require),
    )


def weight_case(profile: ActivityProfile, used: tuple[Criterion, ...]) -> WeightCase:
    """Return what of a profile settles the weights of the criteria in use."""
    return WeightCase(tuple(one.id for one in used), profile.branch_excess, needs_grid(profile))


def assess(facts: Facts, question: Question) -> Assessment:
    """Return the cells of an activity over every zone; questions that differ by what weighs them share it."""
    return _assess(facts, replace(question, weights=(), region=None, require=(), aggregation=AGGREGATIONS[0]))


@lru_cache(maxsize=ASSESSMENTS_KEPT)
def _assess(facts: Facts, question: Question) -> Assessment:
    node = facts.nomenclature.find(question.activity, question.level)
    profile = _profile(facts, node, question)
    cells = measured_cells(facts, question, profile)
    used = tuple(one for one in loaded_criteria(facts.data_sets) if one.id in cells)
    return Assessment(facts, profile, used, tuple(cells[one.id] for one in used))


def measured_cells(facts: Facts, question: Question, profile: ActivityProfile) -> dict[str, Cells]:
    """Return the cells of each criterion that some zone knows; weights, filters and requirements do not move them."""
    cells = {
        one.id: _cells(facts, Reading(one.id, READS[one.id](profile), question.normalisation, one, profile))
        for one in loaded_criteria(facts.data_sets)
    }
    return {key: cell for key, cell in cells.items() if (cell.measured.status != "missing").any()}


@dataclass(frozen=True)
class Reading:
    """A criterion read for what of the profile it depends on: equal readings have equal cells."""

    criterion_id: str
    reads: Hashable
    normalisation: str
    criterion: Criterion = field(compare=False)
    profile: ActivityProfile = field(compare=False)


@lru_cache(maxsize=CELLS_KEPT)
def _cells(facts: Facts, reading: Reading) -> Cells:
    measured = MEASURES[reading.criterion_id](facts, reading.profile, reading.criterion.parameters)
    return normalise(reading.criterion, measured, normalisation=reading.normalisation)


@dataclass(frozen=True)
class FittingActivity:
    """An activity seen from a basin: the ranking's score, the basin's rank in it, and its percentile (0-100)."""

    activity: SectorCard
    score: float
    rank_among_basins: int
    advantage: float


def best_activities(
    facts: Facts, zone_code: str, level: str, limit: int, *, weights: Weights = ()
) -> list[FittingActivity]:
    """Return the activities of a level for which a basin ranks best, the score breaking ties.

    `weights` are edits of the default ones, as those of a question. Raises `NotFound`, `BadQuestion`.
    """
    index = facts.zone(zone_code)
    check_level(level)
    nodes, scores = level_scores(facts, level, weights)
    ranks = (scores > scores[:, [index]] + SCORE_TOLERANCE).sum(axis=1) + 1
    order = np.lexsort((-scores[:, index], ranks))[:limit]
    count = len(facts.zones)
    return [
        FittingActivity(
            activity=card(nodes[i]),
            score=float(scores[i, index]),
            rank_among_basins=int(ranks[i]),
            advantage=advantage(float(ranks[i]), count),
        )
        for i in order
    ]


def advantage(rank: float, count: int) -> float:
    """Return the percentile (0-100) of a rank among `count` basins: half of itself counts as less well placed."""
    return 100 * (count - rank + 0.5) / count


def ranks_of(scores: FloatArray) -> npt.NDArray[np.intp]:
    """Return the rank (n,) of every zone under the scores (n,) of an activity; equal scores share the best one."""
    ranks: npt.NDArray[np.intp] = (scores[None, :] > scores[:, None] + SCORE_TOLERANCE).sum(axis=1) + 1
    return ranks


@lru_cache(maxsize=LEVEL_SCORES_KEPT)
def level_scores(facts: Facts, level: str, weights: Weights = ()) -> tuple[tuple[Node, ...], FloatArray]:
    """Return the activities of a level and their scores (a, n): those of their rankings; raises `BadQuestion`."""
    cube = level_cube(facts, level)
    return cube.nodes, cube.scores(dict(weights), default_weights(facts.data_sets))


def level_cube(facts: Facts, level: str) -> ScoreCube:
    """Return the normalised cells of every activity of a level, however long it takes."""
    return _CUBES.get(facts, level)


def node_cells(facts: Facts, node: Node) -> NodeCells:
    """Return the normalised cells of an activity, equal readings sharing theirs."""
    profile = _profile(facts, node, None)
    cells = measured_cells(facts, Question(node.code, node.level), profile)
    used = tuple(one for one in loaded_criteria(facts.data_sets) if one.id in cells)
    return NodeCells(node, weight_case(profile, used), {key: cell.normalised for key, cell in cells.items()})


_CUBES = ScoreTables(node_cells, ScoreCube.build)


def share_scored(facts: Facts, level: str, *, seconds: float) -> float:
    """Return how much of the activities of a level is scored after `seconds` at most; 1: `best_activities` is at once.

    What is left goes on in the background. Raises `BadQuestion` on an unknown level.
    """
    check_level(level)
    return _CUBES.wait(facts, level, seconds=seconds)


def warm(level: str) -> None:
    """Read the current edition and score the activities of a level, so that no reader waits for it."""
    facts = current_facts()
    _index(facts.edition.content_hash)
    level_scores(facts, level)
