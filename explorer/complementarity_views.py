"""Pages on groups of basins that complete each other, for an activity or for a chain of steps."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from explorer.downloads import Download, as_file
from explorer.group_form import FIELDS, read_form
from explorer.presenters.complementarity import complementarity_page, empty_page
from explorer.presenters.group_links import groups_url
from explorer.presenters.group_rows import groups_table
from scoring import service
from scoring.complementarity import complementarity as find_groups
from scoring.errors import BadQuestion, NotFound
from scoring.group_question import PAGE_NAMES, GroupQuestion, parse_group_question
from scoring.question import refuse_unknown

TEMPLATE = "explorer/complementarity.html"
ALSO = ("groupe", "lang")


def complementarity(request: HttpRequest) -> HttpResponse:
    """Pairs and triples of near basins that cover the needs better together; without a question, the forms alone."""
    facts = service.current_facts()
    if not any(name != "lang" for name in request.GET):
        return render(request, TEMPLATE, empty_page(facts, request.GET))
    try:
        question = asked_question(request)
        if is_raw(request, question):
            return HttpResponseRedirect(groups_url(question))
        return render(request, TEMPLATE, complementarity_page(request, find_groups(facts, question)))
    except BadQuestion as error:
        page = empty_page(facts, request.GET, wrong=error.parameter, sentence=error.sentence)
        return render(request, TEMPLATE, page, status=400)
    except NotFound as error:
        page = empty_page(facts, request.GET, sentence=error.sentence) | {"suggestions": error.suggestions}
        return render(request, TEMPLATE, page, status=404)


def asked_question(request: HttpRequest) -> GroupQuestion:
    """Return the question of the address or of a form; raises `BadQuestion` or `NotFound`."""
    facts = service.current_facts()
    refuse_unknown(request.GET, (*accepted(), *FIELDS))
    return parse_group_question(facts, read_form(facts, request.GET), PAGE_NAMES, also=ALSO)


def accepted() -> tuple[str, ...]:
    """Return the parameters that an address of groups may hold."""
    return PAGE_NAMES.every(*ALSO)


def is_raw(request: HttpRequest, question: GroupQuestion) -> bool:
    """Whether the query string comes from a form: the same question has a shorter address."""
    fields = [name for name in request.GET if name in FIELDS or not request.GET[name].strip()]
    typed = request.GET.get("activite", "")
    return bool(fields) or bool(typed) and typed != question.first.activity


@as_file
def complementarity_file(request: HttpRequest) -> Download:
    """Every group of a question as a file."""
    facts = service.current_facts()
    question = asked_question(request)
    answer = find_groups(facts, question)
    name = f"complementarites-{'-'.join(one.question.activity for one in question.steps)}"
    return Download(facts, groups_table(answer), name, groups_url(question))
