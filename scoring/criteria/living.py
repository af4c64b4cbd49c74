"""Criteria on living conditions: housing, care, migration."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from measures.normalisation import Bounds, scale
from scoring.activity_profile import ActivityProfile
from scoring.cells import Measured
from scoring.facts import Facts


def housing(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Mean of two marks out of 100, long vacancy (an ideal range) and rent of houses (less is better).

    An unknown mark leaves its half open between 0 and 100; the whole is missing when both are.
    """
    vacancy, _vacancy_status = facts.values["living.long_vacancy_pct"]
    rent, _rent_status = facts.values["living.rent_house"]
    marks = (
        scale(
            vacancy,
            Bounds(*parameters["vacancy_none_pct"]),
            direction="ideal",
            ideal=Bounds(*parameters["vacancy_ideal_pct"]),
        ),
        scale(rent, Bounds(parameters["rent_full_eur"], parameters["rent_none_eur"]), direction="less"),
    )
    low = 50 * np.sum([np.nan_to_num(mark, nan=0.0) for mark in marks], axis=0)
    high = 50 * np.sum([np.nan_to_num(mark, nan=1.0) for mark in marks], axis=0)
    unknown = np.sum(np.isnan(marks), axis=0)
    value = np.where(unknown == 2, np.nan, (low + high) / 2)
    status = np.select([unknown == 2, unknown == 1], ["missing", "estimated"], "observed")
    return Measured(value, low, high, status, facts={"vacancy": vacancy, "rent": rent})


def _indicator(facts: Facts, name: str) -> Measured:
    value, status = facts.values[name]
    return Measured(value, value, value, status)


def care(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """General practitioners per 10,000 inhabitants."""
    return _indicator(facts, "living.gp_per_10000")


def migration(facts: Facts, profile: ActivityProfile, parameters: Mapping[str, Any]) -> Measured:
    """Yearly rate due to net migration, in %."""
    return _indicator(facts, "living.net_migration_pct")
