"""Long lists read page by page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from explorer.wording import number
from scoring.errors import NotFound

Row = TypeVar("Row")


def paged(
    rows: Sequence[Row], page: int, size: int, url_of: Callable[[int], str]
) -> tuple[Sequence[Row], dict[str, Any]]:
    """Return the rows of a page and what `components/pager.html` shows; raises `NotFound` beyond the last page."""
    last = max(1, -(-len(rows) // size))
    if page > last:
        sentence = _("La page %(page)s n'existe pas : cette liste en compte %(last)s.")
        raise NotFound(sentence % {"page": number(page, 0), "last": last})
    pages = {
        "number": page,
        "last": last,
        "previous": url_of(page - 1) if page > 1 else "",
        "next": url_of(page + 1) if page < last else "",
    }
    return rows[(page - 1) * size : page * size], pages
