"""What the Method page shows of the validation bench: how good the score is, and how bad."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from explorer.presenters.validation_words import (
    AIMED_AREA,
    AIMED_COVERAGE,
    CHANCE,
    activity_sentence,
    control_label,
    figure,
    group_label,
    metric_figure,
    metric_label,
    rank_sentence,
    score_label,
    share_figure,
    target_label,
    verdicts,
)
from explorer.wording import evidence_label, number
from measures.validation import Interval
from scoring import service
from scoring.definitions import PILLARS, criterion
from scoring.validation.ablation import helps
from scoring.validation.baselines import BASELINES
from scoring.validation.groups import LATE, VARIANTS
from scoring.validation.judging import METRICS
from scoring.validation.results import Results, TargetResults, read_results

# A drawing of one figure and its interval: width and height, in its own unit.
WIDTH, HEIGHT = 240.0, 16.0
AREA_SCALE, GAIN_SCALE = (0.4, 1.0), (-0.08, 0.14)
GROUPS = {"ours": tuple(VARIANTS), "baselines": BASELINES, "ceiling": ("trees",)}
DRAWN_METRIC, RATIO_METRIC = "roc_auc_within", "auc_pr_within"


def validation_context() -> dict[str, Any]:
    """Return `validation`, the context of `explorer/_validation.html`, for the edition on show."""
    facts = service.current_facts()
    results = read_results(facts.edition.content_hash)
    if results is None:
        return {"validation": {"edition": facts.edition.name, "is_known": False}}
    return {"validation": {"edition": facts.edition.name, "is_known": True} | shown(results)}


def activity_caution() -> str:
    """Return how well the score tells the activities of one basin apart, "" where it was not judged."""
    return _caution(service.current_facts().edition.content_hash, get_language(), activity_sentence)


def rank_caution() -> str:
    """Return how well the score orders the basins of an activity, "" where it was not judged."""
    return _caution(service.current_facts().edition.content_hash, get_language(), rank_sentence)


@lru_cache(maxsize=8)
def _caution(content_hash: str, _language: str | None, sentence: Callable[[TargetResults], str]) -> str:
    results = read_results(content_hash)
    return sentence(results.targets["specialised"]) if results else ""


def shown(results: Results) -> dict[str, Any]:
    """Return everything that is shown of the figures."""
    masked = results.targets["specialised"]
    return {
        "counts": {name: number(count, 0) for name, count in results.counts.items()},
        "draws": number(results.draws, 0),
        "verdicts": verdicts(results),
        "plot": area_rows(masked),
        "marks": {
            "width": WIDTH,
            "height": HEIGHT,
            "chance": _position(CHANCE, AREA_SCALE),
            "aim": _position(AIMED_AREA, AREA_SCALE),
            "zero": _position(0.0, GAIN_SCALE),
        },
        "chance": number(CHANCE, 2),
        "aim": number(AIMED_AREA, 2),
        "metrics": [metric_label(one) for one in METRICS],
        "tables": [target_table(name, target) for name, target in results.targets.items()],
        "pillars": gain_rows(masked, [pillar.id for pillar in PILLARS]),
        "criteria": gain_rows(masked, [name for name in masked.ablation if "." in name]),
        "preferences": preference_sentence(masked),
        "controls": [{"label": control_label(name), "area": figure(one)} for name, one in masked.controls.items()],
        "clusters": cluster_rows(results),
        "announced": announced_sentences(results),
        "size": size_sentence(results),
        "by_size": by_size_rows(results),
    }


def _position(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return round(WIDTH * (min(max(value, low), high) - low) / (high - low), 1)


def drawn(one: Interval, scale: tuple[float, float]) -> dict[str, float]:
    """Return where a figure and the ends of its interval stand in a drawing, those beyond its ends at them."""
    low, high = _position(one.low, scale), _position(one.high, scale)
    return {"low": low, "width": round(high - low, 1), "point": _position(one.value, scale)}


def groups_of(target: TargetResults) -> dict[str, tuple[str, ...]]:
    """Return the names of the scores by group; those of no group are other designs."""
    named = {name for names in GROUPS.values() for name in names}
    return GROUPS | {"designs": tuple(name for name in target.scores if name not in named)}


def area_rows(target: TargetResults) -> list[dict[str, Any]]:
    """Return the area within an activity of each score, with its drawing."""
    return [
        {
            "group": group_label(group),
            "rows": [
                {
                    "label": score_label(name),
                    "figure": figure(target.scores[name][DRAWN_METRIC]),
                    "is_ours": group == "ours",
                }
                | drawn(target.scores[name][DRAWN_METRIC], AREA_SCALE)
                for name in names
            ],
        }
        for group, names in groups_of(target).items()
    ]


def target_table(name: str, target: TargetResults) -> dict[str, Any]:
    """Return every metric of every score on a target, and its ratio to the best baseline."""
    return {
        "id": name,
        "title": target_label(name),
        "rival": score_label(target.best[RATIO_METRIC]),
        "groups": [
            {"label": group_label(group), "rows": [_score_row(target, one) for one in names]}
            for group, names in groups_of(target).items()
        ],
    }


def _score_row(target: TargetResults, name: str) -> dict[str, Any]:
    ratio = target.ratios.get(name)
    return {
        "label": score_label(name),
        "cells": [metric_figure(metric, target.scores[name][metric]) for metric in METRICS],
        "ratio": figure(ratio[RATIO_METRIC]) if ratio else "",
    }


def gain_rows(target: TargetResults, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return what pillars or criteria add to the metric within an activity, with their drawing."""
    labels = {pillar.id: str(pillar.label) for pillar in PILLARS}
    rows = []
    for name in names:
        if name not in target.ablation:
            continue
        gained = target.ablation[name]
        rows.append(
            {
                "label": labels.get(name) or str(criterion(name).label),
                "figure": figure(gained[RATIO_METRIC], 3, signed=True),
                "verdict": pillar_verdict(gained) if name in labels else evidence_label(criterion(name).kind),
                "is_late": name in LATE,
            }
            | drawn(gained[RATIO_METRIC], GAIN_SCALE)
        )
    return rows


def pillar_verdict(gained: dict[str, Interval]) -> str:
    """Return whether a pillar helps to predict or is a preference."""
    return evidence_label("predictive" if helps(gained) else "preference")


def preference_sentence(target: TargetResults) -> str:
    """Say which pillars do not help to predict."""
    labels = [str(one.label) for one in PILLARS if one.id in target.ablation and not helps(target.ablation[one.id])]
    if not labels:
        return _("Tous les piliers aident à prédire.")
    return _(
        "Rien ne montre que ces piliers aident à prédire : %(labels)s. Leur poids est une préférence : ce dont un "
        "projet a besoin ou ce que l'on veut favoriser, non ce qui annonce où l'activité se trouve. Les critères que "
        "l'épreuve masque (spécialisation, présence fine, avantage local) n'y sont pas jugés."
    ) % {"labels": ", ".join(labels)}


def cluster_rows(results: Results) -> list[dict[str, Any]]:
    """Return the known clusters with the rank of each basin."""
    return [
        {
            "activity": one.activity,
            "label": one.label,
            "zone": one.zone_name,
            "ranks": [one.rank, one.siblings_rank, one.seen_rank],
        }
        for one in results.clusters
    ]


def announced_sentences(results: Results) -> list[str]:
    """Say how often the announced interval holds the rank that came."""
    found = []
    for one in results.announced:
        values = {
            "announced": one.announced,
            "came": one.came,
            "share": share_figure(one.share, 1),
            "aim": number(100 * AIMED_COVERAGE, 0),
            "width": number(one.width, 0),
            "moved": number(one.moved, 0),
        }
        text = _(
            "L'intervalle de rangs P5-P95 annoncé avec les emplois de %(announced)s contient le rang obtenu avec ceux "
            "de %(came)s dans %(share)s des cas (objectif : %(aim)s %%). Il est large, %(width)s rangs en valeur "
            "médiane, quand un rang bouge de %(moved)s : il couvre aussi le choix des poids et les données estimées."
        )
        found.append(text % values)
    return found


def size_sentence(results: Results) -> str:
    """Say how the score goes with the size of basins."""
    size = results.size
    return _(
        "Sur %(count)s sous-classes industrielles, la corrélation de rang entre le score et les emplois du bassin est "
        "de %(median)s en valeur médiane (de %(lowest)s à %(highest)s) ; elle dépasse 0,25 pour %(above)s d'entre "
        "elles."
    ) % {
        "count": number(size.activities, 0),
        "median": number(size.median, 2),
        "lowest": number(size.lowest, 2),
        "highest": number(size.highest, 2),
        "above": number(size.above, 0),
    }


def by_size_rows(results: Results) -> list[dict[str, Any]]:
    """Return the area within an activity, by third of the basins, for the score and for jobs alone."""
    labels = {"small": _("Petits bassins"), "middle": _("Bassins moyens"), "large": _("Grands bassins")}
    return [
        {
            "label": label,
            "cells": [
                figure(target.by_size[name][score][DRAWN_METRIC])
                for target in results.targets.values()
                for score in ("score", "total_jobs")
            ],
        }
        for name, label in labels.items()
    ]
