"""What a criterion says of each basin, as arrays aligned on the zones of an edition."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """A criterion before normalisation, one entry per zone (n,).

    `value` is in the unit of the definition, NaN where unknown; `low` and `high` bound what it may be (equal to
    `value` when observed); `status` is one of observed, estimated, suppressed, missing, absent; `facts` holds the
    arrays its sentence quotes.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    status: npt.NDArray[np.str_]
    facts: dict[str, npt.NDArray] = field(default_factory=dict)


@dataclass(frozen=True)
class Cells:
    """A criterion normalised: n, its low and high in [0, 1], and the measured values behind."""

    measured: Measured
    normalised: FloatArray
    low: FloatArray
    high: FloatArray


def known(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if np.isnan(value) else float(value)


def unknown(count: int) -> Measured:
    """Return a criterion that no zone knows (n,)."""
    values = np.full(count, np.nan)
    return Measured(values, values, values, statuses(values, known="observed"))


def sum_known(table: FloatArray) -> FloatArray:
    """Return the sum (n,) of the known columns of a table (n, k), NaN where none is known."""
    return np.where(np.isnan(table).all(axis=1), np.nan, np.nansum(table, axis=1))


def statuses(values: FloatArray, *, known: str) -> npt.NDArray[np.str_]:
    """Return `known` where a value (n,) is a number and "missing" elsewhere."""
    return np.where(np.isnan(values), "missing", known)
