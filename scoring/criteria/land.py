"""Criterion on land: verified brownfields of the needed size."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.activity_profile import ActivityProfile
from scoring.cells import Measured
from scoring.facts import Facts

COVERAGE_INDICATOR = "land.usable_sites"


def is_land_unknown(facts: Facts) -> npt.NDArray[np.bool_]:
    """True (n,) where the land inventory is too thin for an empty count to mean anything."""
    _values, status = facts.values[COVERAGE_INDICATOR]
    return status == "missing"


def sites(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Number of usable sites of at least the needed surface within the radius; missing where the observatory is thin.

    Bounds of the observed count are the count itself: the inventory is a floor, which the sentence says.
    """
    is_near = facts.site_distance_km <= parameters["radius_km"]
    count = (is_near & (facts.site_ha >= profile.hectares)).sum(axis=1).astype(float)
    largest = np.where(is_near, facts.site_ha, 0.0).max(axis=1, initial=0.0)
    is_thin = is_land_unknown(facts) & (count == 0)
    value = np.where(is_thin, np.nan, count)
    return Measured(value, value, value, np.where(is_thin, "missing", "observed"), facts={"largest_ha": largest})
