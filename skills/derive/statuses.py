"""Statuses of whole columns."""

import pandas as pd

from sources.models import Status


def known_status(value: pd.Series, known: Status) -> pd.Series:
    """Return the status of each cell: `known` where it has a number, else missing."""
    return value.notna().map({True: known.value, False: Status.MISSING.value})


def share_status(value: pd.Series, *, is_surveyed: pd.Series, is_exact: pd.Series) -> pd.Series:
    """Return the status of each share: missing where the survey says nothing, suppressed where it is not told.

    A share that is told is observed where it is exact (a null is no), else estimated.
    """
    status = pd.Series(Status.MISSING.value, index=value.index).mask(is_surveyed, Status.SUPPRESSED.value)
    status = status.mask(value.notna(), Status.ESTIMATED.value)
    return status.mask(value.notna() & is_exact.eq(True), Status.OBSERVED.value)
