"""What in the method is a judgement: weights ready-made, requirements, default projects, product words."""

from typing import Any

from basins.names import normalised_name
from explorer.method.worked import Case
from explorer.presenters.method import page_frame
from explorer.wording import mode_label, number, requirement_label
from scoring.activity_profile import Defaults, default_evidence, profile_defaults
from scoring.definitions import PILLARS, PRESETS
from scoring.facts import Facts
from scoring.question import MODES, default_weights
from scoring.requirements import Requirement, requirements
from scoring.search import load_synonyms


def judgements_page(case: Case) -> dict[str, Any]:
    """Return the context of the page of judgements."""
    return page_frame(case, "method-judgements") | {
        "presets": preset_rows(case.facts),
        "pillar_labels": [str(pillar.label) for pillar in PILLARS],
        "requirements": [requirement_row(one) for one in requirements()],
        "mode_labels": [mode_label(mode) for mode in MODES],
        "defaults": default_rows(case.facts),
        "words": word_rows(),
    }


def preset_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the weight of each pillar under each preset, over a hundred."""
    shown = default_weights(facts.data_sets)
    rows = []
    for preset in PRESETS:
        weights = [float(preset.weights.get(pillar.id, shown[pillar.id])) for pillar in PILLARS]
        rows.append({"label": str(preset.label), "weights": [100 * one / sum(weights) for one in weights]})
    return rows


def requirement_row(one: Requirement) -> dict[str, Any]:
    """Return a requirement as the page lists it."""
    return {
        "id": one.id,
        "label": str(one.label),
        "kind": requirement_label(one.kind),
        "codes": ", ".join(one.prefixes),
        "sentence": str(one.sentence),
        "verify_with": str(one.verify_with or ""),
        "is_checked": one.check is not None,
    }


def default_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the default project of each manufacturing branch, then of each part of one that differs from it."""
    branches = [facts.nomenclature.nodes[f"a38:{code}"] for code in facts.nomenclature.manufacturing]
    parts = [
        node
        for node in facts.nomenclature.nodes.values()
        if node.level in ("division", "group", "class") and node.a38[0] in facts.nomenclature.manufacturing
    ]
    rows = [(node, profile_defaults(node)) for node in branches]
    known = {node.a38[0]: defaults for node, defaults in rows}
    for node in sorted(parts, key=lambda one: one.code):
        own = profile_defaults(node)
        if own not in (known[node.a38[0]], *(told for other, told in rows if node.code.startswith(other.code))):
            rows.append((node, own))
    return [default_row(node.code, node.label, defaults) for node, defaults in rows]


def default_row(code: str, label: str, defaults: Defaults) -> dict[str, Any]:
    """Return the needs of a branch's project, each with what it rests on."""
    low, high = defaults.land_m2_per_job
    sizes = (defaults.small_jobs, defaults.medium_jobs, defaults.large_jobs)
    return {
        "code": code,
        "label": label,
        "land": number(low, 0) if low == high else f"{number(low, 0)}-{number(high, 0)}",
        "power": number(defaults.kw_per_job, 0),
        "is_power_published": default_evidence(defaults)["mw"] == "P",
        "modes": [number(100 * defaults.modes[mode], 0) for mode in MODES],
        "sizes": " / ".join(number(one, 0) for one in sizes),
    }


def word_rows() -> list[dict[str, str]]:
    """Return the product words and the activities that they lead to, in the order of the alphabet."""
    return [
        {"word": one.word, "codes": ", ".join(one.codes)}
        for one in sorted(load_synonyms(), key=lambda one: normalised_name(one.word))
    ]
