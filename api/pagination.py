"""Pages of a list: `limit` and `offset`, refused rather than corrected."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _

from scoring.errors import BadQuestion, NotFound

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 1000
LARGEST_OFFSET = 1_000_000
# A group is drawn and told member by member, some 2 ms each; basins compared two by two are the square of the rows.
MOST_GROUPS = 100
MOST_PAIRED = 100
PAGE_PARAMETERS = ("limit", "offset")

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page:
    """A slice of a list: at most `limit` items from `offset`, counted from 0."""

    limit: int
    offset: int

    @classmethod
    def from_params(cls, params: QueryDict, *, largest: int = LARGEST_LIMIT) -> "Page":
        """Return the page of a query string, of `largest` rows at most; raises `BadQuestion`."""
        return cls(
            limit=whole_number(params, "limit", default=DEFAULT_LIMIT, smallest=1, largest=largest),
            offset=whole_number(params, "offset", default=0, smallest=0, largest=LARGEST_OFFSET),
        )

    def check(self, count: int) -> None:
        """Raise `NotFound` when the page begins past the end of a list that is not empty."""
        if count and self.offset >= count:
            raise NotFound(
                _("offset=%(offset)s dépasse la fin de la liste : elle compte %(count)s lignes, de 0 à %(last)s.")
                % {"offset": self.offset, "count": count, "last": count - 1},
                parameter="offset",
            )

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items of the page; raises `NotFound`."""
        self.check(len(items))
        return items[self.offset : self.offset + self.limit]


def whole_number(params: QueryDict, name: str, *, default: int, smallest: int, largest: int) -> int:
    """Return a whole number written in plain digits; raises `BadQuestion` saying what is accepted."""
    text = params.get(name)
    if text is None:
        return default
    # int() would also take "1_0", " 7" and digits of other scripts.
    if not re.fullmatch("[0-9]{1,9}", text) or not smallest <= int(text) <= largest:
        raise BadQuestion(
            name,
            _("« %(text)s » n'est pas acceptable pour %(name)s : un entier de %(smallest)s à %(largest)s est attendu.")
            % {"text": text[:40], "name": name, "smallest": smallest, "largest": largest},
        )
    return int(text)
