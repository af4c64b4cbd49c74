"""Where the pages of an activity lead to the groups of basins."""

from django.urls import reverse

from scoring.group_question import PAGE_NAMES, GroupQuestion
from scoring.question import Question


def question_groups_url(question: Question) -> str:
    """Return the address of the groups for the same question: they are read on the usual scale and sum."""
    query = question.to_query("activite", normalisation="bounds", aggregation="arithmetic")
    return f"{reverse('explorer:complementarity')}?{query}"


def groups_url(question: GroupQuestion, **changes: object) -> str:
    """Return the shortest address of a question on groups."""
    return f"{reverse('explorer:complementarity')}?{question.to_query(PAGE_NAMES, **changes)}"
