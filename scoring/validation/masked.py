"""What the criteria say of each basin for a branch that they cannot see there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from measures.aggregation import weighted_sum
from scoring.activity_profile import ActivityProfile, build_profile
from scoring.cells import Cells, FloatArray, Measured, statuses
from scoring.criteria import MEASURES
from scoring.criteria.land import needs_grid
from scoring.definitions import Criterion, loaded_criteria
from scoring.normalising import normalise
from scoring.question import default_weights
from scoring.validation.dated import START_YEAR, Past, facts_at
from scoring.validation.groups import HIDDEN
from scoring.weights import POWER, resolve, without_void

FOLDS = 10
NEIGHBOURS, RELATED = "fabric.neighbours", "fabric.related"


@dataclass(frozen=True, eq=False)
class Masked:
    """A branch as read without its own jobs: criteria that some zone knows (c), and their cells."""

    branch: str
    criteria: tuple[Criterion, ...]
    cells: dict[str, Cells]
    needs_grid: bool


def zone_folds(count: int, seed: int) -> npt.NDArray[np.int64]:
    """Return the group (n,) of each zone, drawn once: what is learned for a zone is learned on the other groups."""
    return np.random.default_rng(seed).permutation(count) % FOLDS


def masked_branches(past: Past, folds: npt.NDArray[np.int64], *, year: int = START_YEAR) -> tuple[Masked, ...]:
    """Return every manufacturing branch, its own cell hidden in the zone that is read.

    The branch is taken out of every zone, its part in totals and occupations included, save in two criteria: the
    neighbours' quotient leaves out the zone's own jobs by construction, and relatedness is learned on zones of other
    groups, then read where the branch is not.
    """
    whole = facts_at(past, year)
    found = []
    for branch in past.facts.nomenclature.manufacturing:
        without = facts_at(past, year, without=branch)
        node = past.facts.nomenclature.nodes[f"a38:{branch}"]
        profile = build_profile(node, past.facts.nomenclature, None)
        cells = {}
        for one in loaded_criteria(past.facts.data_sets):
            if one.id in HIDDEN:
                continue
            if one.id == RELATED:
                measured = _related_elsewhere(past, year, one, profile, folds)
            else:
                read = whole if one.id == NEIGHBOURS else without
                measured = MEASURES[one.id](read, profile, one.parameters)
            if (measured.status != "missing").any():
                cells[one.id] = normalise(one, measured, normalisation="bounds")
        used = tuple(one for one in loaded_criteria(past.facts.data_sets) if one.id in cells)
        found.append(Masked(branch, used, cells, needs_grid(profile)))
    return tuple(found)


def _related_elsewhere(
    past: Past, year: int, criterion: Criterion, profile: ActivityProfile, folds: npt.NDArray[np.int64]
) -> Measured:
    """Return the criterion of related activities, each group of zones read as if its own branch were unknown."""
    own = past.columns(profile.node.a38)
    value = np.full(len(folds), np.nan)
    for fold in range(FOLDS):
        unknown = np.zeros(past.jobs[year].shape, dtype=bool)
        unknown[np.ix_(folds == fold, own)] = True
        hidden = facts_at(past, year, unknown=unknown)
        found = MEASURES[criterion.id](hidden, profile, criterion.parameters)
        value[folds == fold] = found.value[folds == fold]
    return Measured(value, value, value, statuses(value, known="estimated"))


def weights_of(masked: Masked, kept: Iterable[str], data_sets: frozenset[str]) -> dict[str, float]:
    """Return the default weights of the criteria kept, as the score gives them to the rest: summing to 1."""
    wanted = set(kept)
    used = tuple(one for one in masked.criteria if one.id in wanted)
    weights = resolve(used, {}, default_weights(data_sets))
    return weights if masked.needs_grid else without_void(weights, POWER)


def score_of(masked: Masked, weights: Mapping[str, float]) -> FloatArray:
    """Return the score (n,) in 0-1 of a branch under weights by criterion."""
    used = [key for key in weights if key in masked.cells]
    cells = np.column_stack([masked.cells[key].normalised for key in used])
    return weighted_sum(cells, np.array([weights[key] for key in used]))


def scores(branches: Iterable[Masked], kept: Iterable[str], data_sets: frozenset[str]) -> FloatArray:
    """Return the scores (n, k) of zones by branch, on the criteria kept, with default weights."""
    wanted = tuple(kept)
    return np.column_stack([score_of(one, weights_of(one, wanted, data_sets)) for one in branches])


def without_cells(masked: Masked, dropped: Iterable[str]) -> Masked:
    """Return a branch without some criteria."""
    gone = set(dropped)
    return replace(masked, criteria=tuple(one for one in masked.criteria if one.id not in gone))
