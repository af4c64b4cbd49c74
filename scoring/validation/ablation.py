"""What the score loses without a pillar, or a criterion: what does not help to predict is a preference."""

import numpy as np

from measures.validation import Interval
from scoring.cells import FloatArray
from scoring.definitions import PILLARS
from scoring.validation.groups import VARIANTS, pillar_members
from scoring.validation.judging import Judge, difference
from scoring.validation.masked import Masked, scores

# Judged within an activity, as the page ranks, and over all cells.
WITHIN = ("auc_pr_within", "roc_auc_within")
JUDGED_ON = ("auc_pr", *WITHIN)


def ablation(
    branches: tuple[Masked, ...], judge: Judge, data_sets: frozenset[str], *, variant: str
) -> dict[str, dict[str, Interval]]:
    """Return, by pillar and by criterion, the whole score's metric less that without it: positive where it helps.

    Removed from the score under test; what that score does not read (late inputs) is added to it instead.
    """
    kept = VARIANTS[variant]
    whole = judge.measure(scores(branches, kept, data_sets))
    found = {}
    for name, members in _parts(branches).items():
        tested = set(members) & set(kept)
        if tested == set(kept):
            continue
        if tested:
            left = judge.measure(scores(branches, [key for key in kept if key not in tested], data_sets))
            found[name] = _gained(whole, left)
        elif variant == "score":
            more = judge.measure(scores(branches, [*kept, *members], data_sets))
            found[name] = _gained(more, whole)
    return found


def _parts(branches: tuple[Masked, ...]) -> dict[str, tuple[str, ...]]:
    known = sorted(set.union(*(set(one.cells) for one in branches)))
    pillars = {pillar.id: pillar_members(pillar.id) for pillar in PILLARS}
    return pillars | {key: (key,) for key in known}


def _gained(ours: dict[str, FloatArray], theirs: dict[str, FloatArray]) -> dict[str, Interval]:
    return {metric: difference(ours[metric], theirs[metric]) for metric in JUDGED_ON}


def helps(gained: dict[str, Interval]) -> bool:
    """Tell whether what is judged within an activity is better with it: both intervals are above 0.

    One measure alone would let the seed of an edition settle a bound that touches 0.
    """
    return all(np.isfinite(gained[metric].low) and gained[metric].low > 0 for metric in WITHIN)
