"""The question of a query string, where a requirement that the activity does not have is a 404: it names nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import QueryDict

from api.pagination import PAGE_PARAMETERS
from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.question import Question
from scoring.requirements import requirements


def read_question(facts: Facts, params: QueryDict, *also: str) -> Question:
    """Return the question of a query string, which may also hold a page, a language and others.

    Raises `BadQuestion`, `NotFound`.
    """
    with requirements_named(params):
        return service.parse_question(
            facts, params, activity_parameter="activity", also=(*PAGE_PARAMETERS, "lang", *also)
        )


@contextmanager
def requirements_named(params: QueryDict) -> Iterator[None]:
    """Turn the refusal of requirements that exist, but not for the activity, into a `NotFound`."""
    try:
        yield
    except BadQuestion as error:
        asked = [one.strip() for text in params.getlist("require") for one in text.split(",") if one.strip()]
        if error.parameter != "require" or not {one.id for one in requirements()}.issuperset(asked):
            raise
        raise NotFound(error.sentence, parameter="require") from None
