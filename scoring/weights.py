"""The weight of each criterion: resolved from what the reader set, moved where a branch is too wide, and told."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from measures.weights import resolve_weights
from scoring.cells import FloatArray
from scoring.definitions import FAMILIES, PILLARS, Criterion, criterion
from scoring.errors import BadQuestion
from scoring.question import default_weights

# Measured on the A38 branch alone, which may merge cars and ships; and what is exact to the sub-class.
BRANCH_CRITERIA = ("fabric.specialisation", "fabric.neighbours", "dynamics.local")
FINE_EVIDENCE = "fabric.fine_presence"
# Void for a project that medium voltage feeds.
POWER = "land.power"


@dataclass(frozen=True)
class CriterionWeight:
    """A criterion's weight: `value` as set, then percentages of the whole.

    Chosen, default, used (once the activity moved some) and effective (what it settles of the spread of scores).
    """

    id: str
    label: str
    unit: str
    family: str
    family_label: str
    kind: str
    value: float
    chosen_pct: float
    default_pct: float
    used_pct: float
    effective_pct: float


@dataclass(frozen=True)
class PillarWeight:
    """A pillar's weight, as `CriterionWeight`, with its criteria."""

    id: str
    label: str
    value: float
    chosen_pct: float
    default_pct: float
    used_pct: float
    effective_pct: float
    criteria: tuple[CriterionWeight, ...]


def resolve(
    used: tuple[Criterion, ...], edits: Mapping[str, float], defaults: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return the weight of each criterion, summing to 1; raises `BadQuestion` when nothing keeps a weight.

    An edit on a criterion that no data feeds for this activity has no effect: its weight is nil for everybody.
    """
    defaults = defaults or default_weights()
    pillars = {one.id: one.pillar for one in used}
    known = {*pillars, *pillars.values()}
    try:
        return resolve_weights(
            {one.id: defaults[one.id] for one in used}, pillars, {key: v for key, v in edits.items() if key in known}
        )
    except ValueError as error:
        raise BadQuestion(
            "weights", _("Aucun critère ne garde de poids : donnez-en un à au moins un pilier.")
        ) from error


@dataclass(frozen=True)
class WeightCase:
    """What of an activity settles its weights: criteria in use, its branch's excess, whether it needs the grid."""

    used: tuple[str, ...]
    branch_excess: float
    needs_grid: bool

    def weights(
        self, edits: Mapping[str, float], defaults: Mapping[str, float] | None = None
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Return the weights as chosen, and after the activity moved some: both by criterion, both summing to 1.

        Raises `BadQuestion` when nothing keeps a weight.
        """
        used = tuple(criterion(one) for one in self.used)
        chosen = resolve(used, edits, defaults)
        weights = shift_to_fine_evidence(chosen, self.branch_excess, resolve(used, {}, defaults))
        return chosen, weights if self.needs_grid else without_void(weights, POWER)


def shift_to_fine_evidence(
    weights: Mapping[str, float], share: float, default: Mapping[str, float]
) -> dict[str, float]:
    """Move a share of the weight of the branch's criteria to the fine evidence, for a branch wider than the activity.

    The whole share moves as long as fine evidence weighs, beside the criteria of the branch, what it does by
    `default`; under that in proportion, down to nothing for a reader who wants none.
    """
    fine, default_fine = weights.get(FINE_EVIDENCE, 0.0), default.get(FINE_EVIDENCE, 0.0)
    branch, default_branch = (sum(one.get(key, 0.0) for key in BRANCH_CRITERIA) for one in (weights, default))
    if not fine or not branch:
        return dict(weights)
    wanted = min(1.0, fine * default_branch / (branch * default_fine)) if default_fine else 1.0
    moved = {key: weights[key] * share * wanted for key in BRANCH_CRITERIA if key in weights}
    kept = {key: weights[key] - part for key, part in moved.items()}
    return dict(weights) | kept | {FINE_EVIDENCE: fine + sum(moved.values())}


def without_void(weights: Mapping[str, float], criterion: str) -> dict[str, float]:
    """Take its weight from a criterion that the project makes void, and share it among the others in proportion.

    When nothing else weighs nothing moves: the reader asked for that criterion alone.
    """
    left = sum(weight for key, weight in weights.items() if key != criterion)
    if not weights.get(criterion) or not left:
        return dict(weights)
    return {key: 0.0 if key == criterion else weight / left for key, weight in weights.items()}


def pillar_weights(
    used: tuple[Criterion, ...],
    set_values: Mapping[str, float],
    chosen: Mapping[str, float],
    weights: FloatArray,
    effective_pct: FloatArray,
) -> tuple[PillarWeight, ...]:
    """Return the weights of the criteria in use, by pillar.

    `chosen` and `weights` (k,), those of the scores, sum to 1; `effective_pct` (k,) to 100.
    """
    total = sum(one.weight for one in used)
    cards = {
        one.id: CriterionWeight(
            id=one.id,
            label=str(one.label),
            unit=str(one.unit),
            family=one.family,
            family_label=str(FAMILIES[one.family]),
            kind=one.kind,
            value=set_values[one.id],
            chosen_pct=100 * chosen[one.id],
            default_pct=100 * one.weight / total,
            used_pct=100 * float(weight),
            effective_pct=float(effective),
        )
        for one, weight, effective in zip(used, weights, effective_pct, strict=True)
    }
    return tuple(
        _pillar(
            pillar.id, str(pillar.label), set_values[pillar.id], [cards[o.id] for o in used if o.pillar == pillar.id]
        )
        for pillar in PILLARS
    )


def _pillar(key: str, label: str, value: float, cards: list[CriterionWeight]) -> PillarWeight:
    return PillarWeight(
        id=key,
        label=label,
        value=value,
        chosen_pct=sum(one.chosen_pct for one in cards),
        default_pct=sum(one.default_pct for one in cards),
        used_pct=sum(one.used_pct for one in cards),
        effective_pct=sum(one.effective_pct for one in cards),
        criteria=tuple(cards),
    )
