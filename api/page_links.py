"""Where the other pages of a list are: the Link header (RFC 8288)."""

from django.http import HttpRequest

from api.pagination import Page


def page_links(request: HttpRequest, count: int) -> str:
    """Return the Link header of a page of a list of `count` rows: first, prev, next, last; "" for a single page."""
    page = Page.from_params(request.GET)
    last = max(0, count - 1) // page.limit * page.limit
    places = {
        "first": 0 if page.offset else None,
        "prev": max(0, page.offset - page.limit) if page.offset else None,
        "next": page.offset + page.limit if page.offset + page.limit < count else None,
        "last": last if page.offset + page.limit < count else None,
    }
    return ", ".join(
        f'<{address(request, place)}>; rel="{name}"' for name, place in places.items() if place is not None
    )


def address(request: HttpRequest, offset: int) -> str:
    """Return the address of the same list from a row."""
    params = request.GET.copy()
    params["offset"] = str(offset)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode(safe=':,')}")
