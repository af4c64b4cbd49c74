"""Other designs of the score that need no learning: what each would give on the same inputs."""

import numpy as np

from measures.relatedness import profile_overlap, relatedness_density
from scoring.activity_profile import build_profile
from scoring.cells import FloatArray
from scoring.criteria.related import branch_profiles, known_branches
from scoring.validation.baselines import smoothed_logs
from scoring.validation.dated import START_YEAR, Past, facts_at
from scoring.validation.groups import DATED, VARIANTS
from scoring.validation.masked import NEIGHBOURS, RELATED, Masked, score_of, weights_of

MORE = 2.0


def fixed_designs(past: Past, branches: tuple[Masked, ...]) -> dict[str, FloatArray]:
    """Return the scores (n, k) of each design: occupations alone, neighbours alone, both fabrics given more weight."""
    data_sets = past.facts.data_sets
    return {
        "occupations": np.column_stack([_shared_occupations(past, one) for one in branches]),
        "neighbours": np.column_stack([one.cells[NEIGHBOURS].normalised for one in branches]),
        "more_fabric": np.column_stack([_more_fabric(one, VARIANTS["score"], data_sets) for one in branches]),
        "more_fabric_dated": np.column_stack([_more_fabric(one, DATED, data_sets) for one in branches]),
    }


def _shared_occupations(past: Past, masked: Masked) -> FloatArray:
    """Mean smoothed log quotient (n,) of the other branches, weighted by the profile they share."""
    facts = facts_at(past, START_YEAR, without=masked.branch)
    nomenclature = past.facts.nomenclature
    profile = build_profile(nomenclature.nodes[f"a38:{masked.branch}"], nomenclature, None)
    profiles, rare = branch_profiles(facts)
    shared = np.nan_to_num(profile_overlap(profile.scored_shares, profiles, rare))
    jobs = np.nan_to_num(facts.private_jobs.end[:, facts.private_jobs.columns(known_branches(facts))])
    return relatedness_density(smoothed_logs(jobs), shared)


def _more_fabric(masked: Masked, kept: tuple[str, ...], data_sets: frozenset[str]) -> FloatArray:
    weights = weights_of(masked, kept, data_sets)
    raised = {key: weight * (MORE if key in (NEIGHBOURS, RELATED) else 1.0) for key, weight in weights.items()}
    return score_of(masked, raised)
