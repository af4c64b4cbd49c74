"""Links that name their edition: it is taken out of the address, so that no view has to know it."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from api.problems import is_interface
from config import errors
from config.middleware import GetResponse
from explorer.older_links import follow, older_link, unreadable
from explorer.permalinks import PARAMETER, read_mark
from scoring.errors import NoEdition
from scoring.service import current_facts


class OlderLinkMiddleware:
    """Settle the question of a page or file opened by a link, and keep what it says of it.

    The interface names its edition in its answers: there, the parameter is unknown like any other.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            follow(None)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Leave in the address what the edition on show understands; refuse an edition that no link names."""
        if PARAMETER not in request.GET or is_interface(request):
            return None
        params = request.GET.copy()
        text = str(params.pop(PARAMETER)[-1])
        request.GET = params
        linked = read_mark(text)
        if linked is None:
            return errors.bad_request(request, unreadable(text))
        try:
            facts = current_facts()
        except NoEdition:
            return None
        request.GET, request.older_link = older_link(facts, linked, params)
        follow(request.older_link)
        return None
