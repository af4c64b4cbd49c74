"""What a worked example is: a formula, what its letters mean, and the numbers of one basin put in, step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from explorer.tables import Table
from scoring.activity_profile import ActivityProfile
from scoring.cells import Cells
from scoring.definitions import Criterion
from scoring.facts import Facts, ZoneCard
from scoring.ranking import Ranking

# Rows of a long sum that are written out, the largest first; the others are one row.
ROWS_SHOWN = 8


@dataclass(frozen=True)
class Step:
    """A line of the arithmetic: what it computes, and the formula with its numbers."""

    label: str
    tex: str


@dataclass(frozen=True, eq=False)
class Example:
    """The arithmetic of one basin: `result` is computed here from the inputs shown, apart from the engine."""

    result: float
    steps: Sequence[Step]
    table: Table | None = None
    note: str = ""


@dataclass(frozen=True, eq=False)
class Case:
    """The basin of a ranking that examples are worked on."""

    ranking: Ranking
    index: int

    @property
    def facts(self) -> Facts:
        return self.ranking.facts

    @property
    def profile(self) -> ActivityProfile:
        return self.ranking.profile

    @property
    def zone(self) -> ZoneCard:
        return self.facts.zones[self.index]

    def column(self, criterion_id: str) -> int | None:
        """Return the position of a criterion among those in use, None when no data feeds it."""
        return next((i for i, one in enumerate(self.ranking.used) if one.id == criterion_id), None)

    def cells(self, criterion_id: str) -> Cells | None:
        column = self.column(criterion_id)
        return None if column is None else self.ranking.cells[column]

    def told(self, criterion_id: str, name: str) -> Any:
        """Return an array that the sentence of a criterion quotes, at this basin."""
        cells = self.cells(criterion_id)
        assert cells is not None
        return cells.measured.facts[name][self.index]


@dataclass(frozen=True, eq=False)
class Method:
    """How a criterion is worked out: its formula, the meaning of each letter, and an example where it is known."""

    formula: str
    symbols: Callable[[], Mapping[str, str]]
    example: Callable[[Case, Criterion], Example | None]


def largest(rows: Sequence[tuple[float, Any]]) -> tuple[list[Any], list[Any]]:
    """Return the rows whose key is largest in size, and the others, both largest first."""
    ordered = [row for _key, row in sorted(rows, key=lambda pair: -abs(pair[0]))]
    return ordered[:ROWS_SHOWN], ordered[ROWS_SHOWN:]


def sum_of(terms: Sequence[str], count: int) -> str:
    """Return terms as a sum, with dots where `count` says that there are more."""
    return " + ".join(terms) + (r" + \dots" if count > len(terms) else "")


def others_label(count: int) -> str:
    return _("%(count)s autres") % {"count": count}


@dataclass(frozen=True, eq=False)
class Checked:
    """A worked example beside the figure of the engine that it must give back, both in `unit`."""

    label: str
    example: Example
    engine: float
    decimals: int = 2
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Topic:
    """A section on how criteria become a score: what is done and why, the formulas, examples on one basin.

    `template` holds its prose, which may quote `words`.
    """

    id: str
    title: Callable[[], str]
    template: str
    formulas: Sequence[str]
    symbols: Callable[[], Mapping[str, str]]
    examples: Callable[[Case], Sequence[Checked]]
    words: Callable[[], Mapping[str, str]] = dict


def known_columns(case: Case) -> list[int]:
    """Return the positions of the criteria that weigh something and are known here, the most points first."""
    points, is_known = case.ranking.points[case.index], case.ranking.assessment.is_known[case.index]
    columns = [column for column in range(len(case.ranking.used)) if case.ranking.weights[column] > 0]
    return sorted((column for column in columns if is_known[column]), key=lambda column: -points[column])
