"""Criteria on land: verified brownfields and business parks of the needed size, and the power grid."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from scoring.activity_profile import ActivityProfile
from scoring.cells import FloatArray, Measured, statuses
from scoring.definitions import criterion
from scoring.facts import Facts

COVERAGE_INDICATOR = "land.usable_sites"
LOCAL_INDICATOR = "land.local_covered_pct"
PARKS_INDICATOR = "land.parks_covered_pct"
POWER_LEVEL = "grid_225"


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
    told = {"largest_ha": largest, "is_local": is_covered(facts, LOCAL_INDICATOR, parameters["complete_pct"])}
    return Measured(value, value, value, np.where(is_thin, "missing", "observed"), facts=told)


def is_covered(facts: Facts, indicator: str, least_pct: float) -> npt.NDArray[np.bool_]:
    """True (n,) where an inventory that a region has loaded is declared complete for nearly all of the zone."""
    nowhere = (np.zeros(len(facts.zones)), None)
    covered_pct: FloatArray = facts.values.get(indicator, nowhere)[0]
    return np.nan_to_num(covered_pct) >= least_pct


def parks(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Number of usable parks that offer the needed surface within the radius.

    None found is a zero only where an inventory is declared complete; elsewhere it is missing.
    """
    is_near = facts.park_distance_km <= parameters["radius_km"]
    count = (is_near & (facts.park_ha >= profile.hectares)).sum(axis=1).astype(float)
    is_unknown = (count == 0) & ~is_covered(facts, PARKS_INDICATOR, parameters["complete_pct"])
    value = np.where(is_unknown, np.nan, count)
    largest = np.where(is_near, facts.park_ha, 0.0).max(axis=1, initial=0.0)
    return Measured(value, value, value, statuses(value, known="observed"), facts={"largest_ha": largest})


def power(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Km to a substation of 225 kV or more, missing where RTE's file does not reach; also quotes the one of 63 kV."""
    km = facts.access.distances(POWER_LEVEL)
    return Measured(km, km, km, statuses(km, known="observed"), facts={"km_63": facts.access.distances("grid_63")})


def needs_grid(profile: ActivityProfile) -> bool:
    """Tell whether the project draws more power than medium voltage gives: only then does the grid count."""
    return bool(profile.mw > criterion("land.power").parameters["medium_voltage_mw"])
