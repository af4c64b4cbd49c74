"""Hiring projects, tightness and places of training of an edition, as arrays aligned on its zones."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from measures.access import great_circle_km
from scoring.cells import FloatArray
from skills.queries import training_frame, zone_hiring_frame, zone_tightness_of
from skills.trades import ALL_TRADES
from sources.models import Edition


@dataclass(frozen=True, eq=False)
class HiringTable:
    """Hiring projects by survey, zone and trade (y, n, t), NaN where no survey covers the zone.

    `value` stands in the middle of `low` and `high` where nothing is published; `published` is then NaN. `totals`
    (y, n) are the projects of all occupations.
    """

    years: tuple[int, ...]
    trades: tuple[str, ...]
    value: FloatArray
    low: FloatArray
    high: FloatArray
    published: FloatArray
    status: npt.NDArray[np.str_]
    totals: FloatArray


@dataclass(frozen=True, eq=False)
class Training:
    """Schools by kind and domain: distance (km) to the zones' centres (n, p), candidates or else courses of each."""

    kind: npt.NDArray[np.str_]
    domain: npt.NDArray[np.str_]
    candidates: FloatArray
    courses: FloatArray
    distance_km: FloatArray


@dataclass(frozen=True, eq=False)
class TightnessTable:
    """Recruitment tightness by zone and family (n, f): the index (NaN unknown), higher where hiring is harder.

    `own_share` (n, f) is the share of the zone's jobs whose department publishes its own index, the rest having the
    region's or the country's; `national` (f,) is the country's index.
    """

    codes: tuple[str, ...]
    index: FloatArray
    own_share: FloatArray
    national: FloatArray


def tightness_table(edition: Edition, order: list[str]) -> TightnessTable:
    """Read the tightness of an edition at the grain of 87 families; without any, a table of no family."""
    found = zone_tightness_of(edition)
    return TightnessTable(
        tuple(found.index.columns),
        found.index.reindex(order).to_numpy(float),
        found.own_share.reindex(order).fillna(0.0).to_numpy(float),
        found.national.to_numpy(float),
    )


def hiring_table(edition: Edition, order: list[str]) -> HiringTable:
    """Read the hiring projects of an edition; without any survey, a table of no year and no trade."""
    frame = zone_hiring_frame(edition)
    years, codes = sorted(frame["year"].unique().tolist()), sorted(set(frame["trade"]) | {ALL_TRADES})
    axes = {"year": years, "zone": order, "trade": codes}
    place = tuple(pd.Index(axis).get_indexer(frame[name]) for name, axis in axes.items())

    def cube(column: str, empty: Any, dtype: str) -> npt.NDArray[Any]:
        """A column over survey, zone and occupations, `empty` where the table has no row."""
        found = np.full([len(axis) for axis in axes.values()], empty, dtype=dtype)
        found[place] = frame[column].to_numpy(dtype)
        return found

    everything = codes.index(ALL_TRADES)
    published, low, high = (cube(column, np.nan, "f8") for column in ("value", "low", "high"))
    totals = published[:, :, everything]
    status = cube("status", "missing", "U10")
    published, low, high, status = (np.delete(one, everything, axis=2) for one in (published, low, high, status))
    return HiringTable(
        years=tuple(years),
        trades=tuple(code for code in codes if code != ALL_TRADES),
        value=np.where(np.isnan(published), (low + high) / 2, published),
        low=low,
        high=high,
        published=published,
        status=status,
        totals=totals,
    )


def training_of(edition: Edition, zones: pd.DataFrame) -> Training:
    """Read the places of training of an edition; `zones` has the lon and lat of each centre."""
    frame = training_frame(edition)
    return Training(
        kind=frame["kind"].to_numpy(str),
        domain=frame["domain"].to_numpy(str),
        candidates=frame["candidates"].to_numpy(float),
        courses=frame["courses"].to_numpy(float),
        distance_km=great_circle_km(
            *(zones[name].to_numpy(float) for name in ("lon", "lat")),
            *(frame[name].to_numpy(float) for name in ("lon", "lat")),
        ),
    )
