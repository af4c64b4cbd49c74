"""What is judged: which basins are specialised after, and where a branch has strongly grown."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from measures.quotient import location_quotient
from measures.shift_share import clip_recodings
from scoring.cells import FloatArray
from scoring.definitions import criterion
from scoring.validation.dated import JUDGED_YEARS, START_YEAR, Past

Flags = npt.NDArray[np.bool_]

GROWTH_JOBS, GROWTH_SHARE = 100.0, 0.20
# A crossing of quotient 1 with fewer jobs than this is noise.
CROSSING_JOBS = 20.0


@dataclass(frozen=True, eq=False)
class Targets:
    """Labels (n, k) by zone and manufacturing branch; `known` where both dates are.

    `specialised`: quotient of 1 or more over the judged years; `grown`: +100 jobs and +20 % at the last of them.
    Where a plant was recoded, `clipped` at the last year, jobs are held within bounds for the first target, and the
    second leaves the cell out: held or not, a recoding that fills a cell would pass for a growth.
    """

    branches: tuple[str, ...]
    known: Flags
    specialised: Flags
    grown: Flags
    clipped: Flags
    crossed: Flags

    @cached_property
    def labels(self) -> dict[str, Flags]:
        """The two targets by name."""
        return {"specialised": self.specialised, "grown": self.grown}

    @cached_property
    def judged(self) -> dict[str, Flags]:
        """The cells that each target judges."""
        return {"specialised": self.known, "grown": self.known & ~self.clipped}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many cells are judged, positive, clipped (growths among them apart), and crossed quotient 1."""
        flags = {
            "judged": self.known,
            "specialised": self.specialised & self.judged["specialised"],
            "grown": self.grown & self.judged["grown"],
            "clipped": self.clipped & self.known,
            "grown_clipped": self.grown & self.clipped & self.known,
            "crossed": self.crossed & self.known,
        }
        return {name: int(one.sum()) for name, one in flags.items()}


def quotients(jobs: FloatArray) -> FloatArray:
    """Return the location quotients of a table of jobs (n, k), unknown cells left out of the country."""
    total = np.nansum(jobs, axis=1)
    return location_quotient(jobs, total, np.nansum(jobs, axis=0) / np.nansum(jobs))


def read_targets(past: Past) -> Targets:
    """Return the labels of every manufacturing branch."""
    branches = past.facts.nomenclature.manufacturing
    columns = past.columns(branches)
    held = criterion("dynamics.local").parameters
    start = past.jobs[START_YEAR]

    def clipped_end(end: FloatArray) -> tuple[FloatArray, Flags]:
        found = clip_recodings(start, end, min_jobs=held["min_jobs"], max_ratio=held["max_ratio"])
        return found.end, found.is_clipped[:, columns]

    mean = np.mean([past.jobs[year] for year in JUDGED_YEARS], axis=0)
    over_years, _clipped = clipped_end(mean)
    last = past.jobs[JUDGED_YEARS[-1]]
    _end, clipped = clipped_end(last)
    before, after = start[:, columns], last[:, columns]
    quotient = quotients(over_years)[:, columns]
    crossed = (quotients(start)[:, columns] < 1) & (quotients(last)[:, columns] >= 1)
    return Targets(
        branches=branches,
        known=~np.isnan(before) & ~np.isnan(quotient) & ~np.isnan(after),
        specialised=quotient >= 1,
        grown=_has_grown(before, after),
        clipped=clipped,
        crossed=crossed & (after - before >= CROSSING_JOBS),
    )


def _has_grown(before: FloatArray, after: FloatArray) -> Flags:
    return (after - before >= GROWTH_JOBS) & (after >= (1 + GROWTH_SHARE) * before)
