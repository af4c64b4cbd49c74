"""How much of the weight rests on known data in each basin: under a share, no activity is proposed to it."""

from functools import lru_cache

import numpy as np

from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.question import Question
from scoring.service import compute_ranking

# Half: under it, unknown criteria, each placed between nothing and all, settle more of a rank than known ones.
# Judgement.
LEAST_KNOWN_SHARE = 0.5


def known_share(facts: Facts, zone_code: str) -> float:
    """Return the share (0-1) of the default weight that known criteria carry in a basin; raises `NotFound`.

    It hardly moves from an activity to another: this is the mean over the branches of manufacturing.
    """
    index = facts.zone(zone_code)
    return float(_known_shares(facts)[index])


def is_too_little_known(facts: Facts, zone_code: str) -> bool:
    """Whether too little is known of a basin to tell what it could produce; raises `NotFound`."""
    return known_share(facts, zone_code) < LEAST_KNOWN_SHARE


@lru_cache(maxsize=2)
def _known_shares(facts: Facts) -> FloatArray:
    questions = [Question(code, "a38") for code in facts.nomenclature.manufacturing]
    shares: FloatArray = np.mean([compute_ranking(facts, one).coverage for one in questions], axis=0)
    return shares
