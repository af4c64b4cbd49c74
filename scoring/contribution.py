"""What an answer names and adds up: the activity, and what one criterion brings to one basin."""

from dataclasses import dataclass
from functools import cached_property

from scoring.assessment import Assessment
from scoring.place import Place


@dataclass(frozen=True)
class SectorCard:
    """An activity as named on screen and in the interface."""

    code: str
    label: str
    level: str
    parent: str | None


@dataclass(frozen=True)
class Contribution:
    """One criterion of one basin: `weight` is its share of the whole (0-1), `contribution` its points in the score."""

    criterion: str
    label: str
    pillar: str
    value: float | None
    unit: str
    decimals: int
    status: str
    normalised: float
    low: float
    high: float
    weight: float
    contribution: float
    above_median: float  # points above the median basin on this criterion
    assessment: Assessment
    index: int
    column: int

    @cached_property
    def place(self) -> Place:
        """What its sentence speaks of."""
        return self.assessment.place(self.index, self.column)

    @property
    def sentence(self) -> str:
        """Its sentence in the language of the reader, written only when asked: a list shows three in fifteen."""
        return self.assessment.sentence(self.index, self.column)

    @property
    def reason(self) -> str:
        """The same without its source; to be asked only where the value is known."""
        return self.assessment.reason(self.index, self.column)
