"""Flows between branches and jobs by sub-class of an edition, as arrays aligned on its zones."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from economy.queries import branch_flows_frame, subclass_jobs_frame, zone_sector_jobs_frame
from scoring.cells import FloatArray
from sources.models import Edition

# Agriculture is not in the private jobs of Urssaf; it is among all the jobs of INSEE.
AGRICULTURE = "AZ"


@dataclass(frozen=True, eq=False)
class FlowTable:
    """What branches buy from each other (b, b), supplier by customer, in million dollars, and jobs in agriculture.

    `codes` are A38 branches, "QA+QB" where the source does not tell two apart. `imported` is NaN where it cannot be
    read. `farm_jobs` (n,).
    """

    codes: tuple[str, ...]
    total: FloatArray
    imported: FloatArray
    farm_jobs: FloatArray

    def positions(self, a38_codes: tuple[str, ...]) -> list[int]:
        """Positions of the A38 codes that the table holds by themselves."""
        return [self.codes.index(code) for code in a38_codes if code in self.codes]


@dataclass(frozen=True, eq=False)
class SubclassTable:
    """Private jobs by zone and sub-class (n, m) at two years, where the Urssaf file covers the zone.

    NaN in a zone not covered and where a number is hidden; 0 where a covered zone has no job in a sub-class. `years`
    is empty in an edition without the file, and holds the same year twice when there is only one.
    """

    naf_codes: tuple[str, ...]
    years: tuple[int, ...]
    start: FloatArray
    end: FloatArray
    is_covered: npt.NDArray[np.bool_]

    def columns(self, naf_codes: tuple[str, ...]) -> list[int]:
        """Positions of the sub-classes that some covered zone has."""
        return [self.naf_codes.index(code) for code in naf_codes if code in self.naf_codes]


def flow_table(edition: Edition, order: list[str], *, all_jobs_year: int) -> FlowTable:
    """Read the flows of an edition; without any, a table of no branch."""
    frame = branch_flows_frame(edition)
    codes = sorted({*frame["supplier"], *frame["customer"]})

    def table(column: str) -> FloatArray:
        wide = frame.pivot(index="supplier", columns="customer", values=column)
        return wide.reindex(index=codes, columns=codes).to_numpy(float)

    every = zone_sector_jobs_frame(edition, scope="all", year=all_jobs_year)[0]
    return FlowTable(
        codes=tuple(codes),
        total=np.nan_to_num(table("total_musd")),
        imported=table("imported_musd"),
        farm_jobs=every[AGRICULTURE].reindex(order).to_numpy(float),
    )


def subclass_table(edition: Edition, order: list[str]) -> SubclassTable:
    """Read the jobs by sub-class of an edition; without any, a table of no sub-class that covers no zone."""
    frame = subclass_jobs_frame(edition)
    years = sorted({int(year) for year in frame["year"]})
    zones, codes = pd.Index(order), pd.Index(sorted(set(frame["naf_code"])))
    is_covered = zones.isin(set(frame["zone"]))

    def table(year: int) -> FloatArray:
        found = np.where(is_covered[:, None], 0.0, np.full((len(zones), len(codes)), np.nan))
        rows = frame[frame["year"] == year]
        found[zones.get_indexer(pd.Index(rows["zone"])), codes.get_indexer(pd.Index(rows["naf_code"]))] = rows["value"]
        return found

    ends = (years[0], years[-1]) if years else ()
    tables = [table(year) for year in ends] or [np.full((len(zones), 0), np.nan)] * 2
    return SubclassTable(tuple(codes), ends, tables[0], tables[1], is_covered)
