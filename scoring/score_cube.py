"""The normalised cells of many activities at once (criteria x activities x zones), weighed when asked.

Half of the criteria read the branch of an activity, the size of its project or nothing of it: their columns are held
once. In double precision, so that a score is that of the ranking to the last digits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring.cells import FloatArray
from scoring.definitions import loaded_criteria
from scoring.nomenclature import Node
from scoring.weights import WeightCase

# A criterion with more distinct columns than this share of the activities is held activity by activity.
MOSTLY_OWN = 0.5


@dataclass(frozen=True, eq=False)
class NodeCells:
    """An activity's normalised cells (n,) by criterion in use, and what settles their weights."""

    node: Node
    case: WeightCase
    columns: Mapping[str, FloatArray]


@dataclass(frozen=True, eq=False)
class SharedColumns:
    """The distinct columns (u, n) of a criterion that many activities share, and which (c,) each combination reads."""

    columns: FloatArray
    place: npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class ScoreCube:
    """Cells of the activities `nodes` (a) over zones (n).

    `own` (a, k, n) are those of the criteria that differ from one activity to the next; `shared` the others, read by
    combination: activities of one `combination` (a,) share them all, and their weights, those of `cases[case_of]`.
    """

    nodes: tuple[Node, ...]
    own_criteria: tuple[str, ...]
    own: FloatArray
    shared: Mapping[str, SharedColumns]
    combination: npt.NDArray[np.intp]
    cases: tuple[WeightCase, ...]
    case_of: npt.NDArray[np.intp]  # (c,)

    @classmethod
    def build(cls, rows: Sequence[NodeCells]) -> "ScoreCube":
        """Return the cube of some activities, at least one; a column that several share, by identity, is held once."""
        count = len(next(iter(rows[0].columns.values())))
        ids = [one.id for one in loaded_criteria() if any(one.id in row.columns for row in rows)]
        distinct = {one: {id(row.columns[one]): row.columns[one] for row in rows if one in row.columns} for one in ids}
        own = tuple(one for one in ids if len(distinct[one]) > MOSTLY_OWN * len(rows))
        shared = [one for one in ids if one not in own]
        cases = tuple(dict.fromkeys(row.case for row in rows))
        places = np.array([[cases.index(row.case), *_places(row, shared, distinct)] for row in rows], dtype=np.intp)
        combinations, combination = np.unique(places, axis=0, return_inverse=True)
        cells = np.zeros((len(rows), len(own), count))
        for table, row in zip(cells, rows, strict=True):
            for line, one in zip(table, own, strict=True):
                # No weight rests on a criterion that the activity does not use.
                line[:] = row.columns.get(one, 0.0)
        return cls(
            nodes=tuple(row.node for row in rows),
            own_criteria=own,
            own=cells,
            shared={
                one: SharedColumns(np.array(list(distinct[one].values())), combinations[:, place])
                for place, one in enumerate(shared, start=1)
            },
            combination=combination.reshape(-1),
            cases=cases,
            case_of=combinations[:, 0],
        )

    def scores(self, edits: Mapping[str, float], defaults: Mapping[str, float]) -> FloatArray:
        """Return the scores (a, n), 0-100, that the rankings of all activities have under edited weights.

        Raises `BadQuestion` when nothing keeps a weight.
        """
        by_case = [one.weights(edits, defaults)[1] for one in self.cases]
        common = np.zeros((len(self.case_of), self.own.shape[2]))
        rows = np.arange(len(self.case_of))
        for one, part in self.shared.items():
            spread = np.zeros((len(rows), len(part.columns)))
            spread[rows, part.place] = self._weights(by_case, one)
            common += spread @ part.columns
        found = common[self.combination]
        if self.own_criteria:
            weights = np.column_stack([self._weights(by_case, one) for one in self.own_criteria])[self.combination]
            found += np.matmul(weights[:, None, :], self.own)[:, 0, :]
        found *= 100
        return found

    def _weights(self, by_case: Sequence[Mapping[str, float]], criterion_id: str) -> FloatArray:
        """The weight of a criterion in each combination (c,), nil where it is not in use."""
        return np.array([weights.get(criterion_id, 0.0) for weights in by_case])[self.case_of]

    def cells(self, criterion_id: str) -> FloatArray | None:
        """Return the normalised cells (a, n) of a criterion, 0 where an activity has none; None where no one has."""
        if criterion_id in self.own_criteria:
            cells: FloatArray = self.own[:, self.own_criteria.index(criterion_id)]
            return cells
        part = self.shared.get(criterion_id)
        return None if part is None else part.columns[part.place[self.combination]]

    @property
    def nbytes(self) -> int:
        """Memory of the cells, in bytes."""
        return self.own.nbytes + sum(part.columns.nbytes for part in self.shared.values())


def _places(row: NodeCells, shared: Sequence[str], distinct: Mapping[str, Mapping[int, FloatArray]]) -> list[int]:
    """Where the columns of an activity stand among the distinct ones; an unused criterion reads the first, for nil."""
    return [list(distinct[one]).index(id(row.columns[one])) if one in row.columns else 0 for one in shared]
