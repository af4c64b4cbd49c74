"""Where the pages made for the frames of other sites stand."""

from django.http import HttpRequest

PREFIX = "/embed/"


def is_embed(request: HttpRequest) -> bool:
    """Whether an address is that of a page made for frames: it neither reads nor sets a cookie, and runs no script."""
    return request.path_info.startswith(PREFIX)
