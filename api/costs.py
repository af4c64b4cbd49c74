"""What each answer costs, in units of some 20 ms of a processor: settled by what is asked, before any work."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from api.pagination import DEFAULT_LIMIT, LARGEST_LIMIT, MOST_GROUPS, MOST_PAIRED
from scoring.group_question import MOST_STEPS

# A ranking has one row a basin, whatever more is asked.
RANKED_A_UNIT = 10
MOST_RANKED = 306
GROUPS_A_UNIT = 5
# A step more is a ranking more.
UNITS_A_STEP = 2
PAIRS_A_UNIT = 250
# Intervals of ranks under weights of one's own: drawn for the first time, until the time of an answer is over.
INTERVALS_A_UNIT = 1
MOST_INTERVALS = 200
OWN_WEIGHTS = ("weights", "preset")


def nothing(_params: QueryDict) -> int:
    return 0


@dataclass(frozen=True)
class Cost:
    """Units of an answer: `base`, and what `added` finds in its parameters; most of all for the `heaviest` ones."""

    base: int
    added: Callable[[QueryDict], int] = nothing
    heaviest: str = ""

    def of(self, params: QueryDict) -> int:
        """Return the units that a question costs."""
        return self.base + self.added(params)

    @property
    def most(self) -> int:
        return self.of(QueryDict(self.heaviest))


def rows_asked(params: QueryDict, largest: int) -> int:
    """Return the rows of a page; 0 where it will be refused."""
    text = params.get("limit", str(DEFAULT_LIMIT))
    is_whole = text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if is_whole and int(text) <= largest else 0


def units(count: int, a_unit: int) -> int:
    """Return the units of so many things, the last unit begun being whole."""
    return -(-count // a_unit)


def of_ranked(params: QueryDict) -> int:
    return units(min(rows_asked(params, LARGEST_LIMIT), MOST_RANKED), RANKED_A_UNIT)


def of_groups(params: QueryDict) -> int:
    steps = min(params.get("steps", "").count(","), MOST_STEPS - 1)
    return UNITS_A_STEP * steps + units(rows_asked(params, MOST_GROUPS), GROUPS_A_UNIT)


def of_pairs(params: QueryDict) -> int:
    rows = rows_asked(params, MOST_PAIRED)
    return units(rows * (rows - 1) // 2, PAIRS_A_UNIT)


def of_intervals(params: QueryDict) -> int:
    """Return what weights of one's own add; under the usual ones, intervals are drawn once for all readers."""
    if not any(name in params for name in OWN_WEIGHTS):
        return 0
    return units(min(rows_asked(params, LARGEST_LIMIT), MOST_INTERVALS), INTERVALS_A_UNIT)


# By route; those not named cost one unit, and so does a 304.
COSTS = {
    "rankings": Cost(4, of_ranked, f"limit={LARGEST_LIMIT}"),
    "rankings/pairs": Cost(4, of_pairs, f"limit={MOST_PAIRED}"),
    "basins/{code}/activities": Cost(8, of_intervals, f"limit={LARGEST_LIMIT}&weights=land:43"),
    "basins/{code}/gap": Cost(8),
    "basins/{code}/peers": Cost(2),
    "complementarity": Cost(10, of_groups, f"limit={MOST_GROUPS}&steps={',' * (MOST_STEPS - 1)}"),
    "what-if": Cost(6),
    "perimeters/{kind}/{code}": Cost(2),
}
USUAL = Cost(1)
