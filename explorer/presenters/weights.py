"""The drawer of weights: six pillars, their criteria, presets, what the score uses, and the share each really has."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.skeletons import skeleton
from explorer.templatetags.french import percent
from explorer.wording import apart, evidence_label, number
from scoring.definitions import PRESETS
from scoring.ranking import Ranking
from scoring.weights import CriterionWeight, PillarWeight

SLIDER_MAXIMUM = 100.0
# A weight whose real part is out of these times itself is not what it seems; under a hundredth, nobody minds.
LEAST_TIMES, MOST_TIMES = 0.5, 2.0
LEAST_WARNED_PCT = 1.0


def weights_form(ranking: Ranking) -> dict[str, Any]:
    """Return the drawer of weights as filled."""
    weights = ranking.pillars
    pillars = [pillar(one) for one in weights]
    return {
        "pillars": pillars,
        "swapped_shares": lambda: swapped_shares(pillars),
        # Of the weights as set: the numbers shown are rounded, and would make 100.1 of the default ones.
        "sum": sum(round(one.value, 1) for one in weights),  # as the fields show them
        "presets": [
            {
                "id": one.id,
                "label": str(one.label),
                "url": preset_url(ranking, one.id),
                "is_chosen": is_chosen(ranking, one.weights),
            }
            for one in PRESETS
        ],
        "families": [{"label": label, "pct": pct} for label, pct in ranking.families],
        "not_loaded": ranking.not_loaded,
    }


def swapped_shares(pillars: list[dict[str, Any]]) -> SafeString:
    """Return the share of every weight, to take its place in the drawer out of band."""
    entry = skeleton("components/share.html", "slug", "swap", "used", "share")
    rows = [{"slug": one["id"], **one} for one in pillars]
    rows += [one for parent in pillars for one in parent["criteria"]]
    swap = {"swap": ' hx-swap-oob="true"'}
    return mark_safe("".join(entry % (one | swap) for one in rows))  # noqa: S308


def preset_url(ranking: Ranking, preset: str) -> str:
    """Return the address of the same question under a preset."""
    query = ranking.question.to_query("activite", weights=())
    return f"{reverse('explorer:ranking')}?{query}&preset={preset}#explorer-weights-body"


def is_chosen(ranking: Ranking, weights: Any) -> bool:
    """Whether a preset is what is applied."""
    return dict(ranking.question.weights) == {key: float(value) for key, value in weights.items()}


def pillar(weight: PillarWeight) -> dict[str, Any]:
    """Return a pillar with its criteria; the slider reaches 100, or the value set when higher."""
    value = round(weight.value, 1)
    return {
        "id": weight.id,
        "label": weight.label,
        "number": value,
        "value": f"{value:g}",
        "maximum": f"{max(SLIDER_MAXIMUM, value):g}",
        "effective_pct": weight.effective_pct,
        "used": percent(weight.used_pct, 1),
        "share": share(weight),
        "chosen_pct": weight.chosen_pct,
        "default": f"{round(weight.default_pct, 1):g}",
        "evidence": pillar_evidence(weight),
        "criteria": [criterion(one) for one in weight.criteria],
    }


def pillar_evidence(weight: PillarWeight) -> str:
    """Return what the criteria of a pillar all claim, "" where they claim different things."""
    kinds = {one.kind for one in weight.criteria}
    return evidence_label(kinds.pop()) if len(kinds) == 1 else ""


def share(weight: PillarWeight | CriterionWeight) -> str:
    """Return the part that a weight really has, and how many times itself where that is under half or over twice."""
    told, times = percent(weight.effective_pct, 1), warned_times(weight)
    return told if times is None else f"{told} ({how_many(times)})"


def how_many(times: float) -> str:
    """Return how many times its weight a real part is, kept on one line; the other way round when negative."""
    return _("à rebours") if times < 0 else f"×\u00a0{number(times, 1)}"


def warned_times(weight: PillarWeight | CriterionWeight) -> float | None:
    """Return how many times the weight used the real part is, None where that is near enough or the weight small."""
    if weight.used_pct < LEAST_WARNED_PCT:
        return None
    times = weight.effective_pct / weight.used_pct
    return None if LEAST_TIMES <= times <= MOST_TIMES else times


def unlike_weights_sentence(ranking: Ranking) -> str:
    """Return which pillars weigh much more or less than they are given in the spread of scores, empty for none."""
    told = [f"{one.label} ({how_many(times)})" for one in ranking.pillars if (times := warned_times(one)) is not None]
    if not told:
        return ""
    return _("Ce qui départage vraiment les bassins s'écarte des poids pour : %(pillars)s.") % {"pillars": apart(told)}


def criterion(weight: CriterionWeight) -> dict[str, Any]:
    """Return a criterion of the drawer."""
    return {
        "id": weight.id,
        "slug": weight.id.replace(".", "-"),
        "label": weight.label,
        "value": f"{round(weight.value, 1):g}",
        "chosen_pct": weight.chosen_pct,
        "effective_pct": weight.effective_pct,
        "used": percent(weight.used_pct, 1),
        "share": share(weight),
        "family": weight.family_label,
        "evidence": evidence_label(weight.kind),
    }
