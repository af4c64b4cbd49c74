"""The pages of the method: the calculation, the criteria, the judgements, the journal, and the criteria as a file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from explorer import params
from explorer.activity_search import obvious_match
from explorer.downloads import Download, as_file
from explorer.method.texts import changes
from explorer.method.worked import Case
from explorer.presenters.method import example_url, method_page, page_frame
from explorer.presenters.method_criteria import criteria_page, criteria_table, pillar_rows
from explorer.presenters.method_judgements import judgements_page
from explorer.presenters.pages import EXAMPLES
from explorer.presenters.validation import validation_context
from scoring import service
from scoring.errors import NotFound
from scoring.facts import Facts
from scoring.question import Question

ACTIVITY, BASIN = "activite", "bassin"
View = Callable[[HttpRequest, Case], HttpResponse]


def with_example(name: str) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """Give a page the activity and the basin that its examples are worked on, those of the address or the first ones.

    A product word in the place of a code leads to the address of its activity.
    """

    def decorate(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @params.accepts(ACTIVITY, BASIN, "level")
        @wraps(view)
        def shown(request: HttpRequest) -> HttpResponse:
            facts = service.current_facts()
            case = chosen_case(facts, request.GET)
            asked = request.GET.get(ACTIVITY, "").strip()
            if asked and asked.upper().replace(".", "") != case.ranking.question.activity.replace(".", ""):
                return HttpResponseRedirect(example_url(name, case))
            return view(request, case)

        return shown

    return decorate


def chosen_case(facts: Facts, asked: QueryDict) -> Case:
    """Return the example of an address: the first example and its best basin when nothing is asked.

    Raises `NotFound` on an activity or a basin that does not exist.
    """
    code, level = chosen_activity(facts, asked)
    ranking = service.rank(facts, Question(code, level))
    zone_code = asked.get(BASIN, "").strip() or ranking.rows(0, 1)[0].zone.code
    return Case(ranking, facts.zone(zone_code))


def chosen_activity(facts: Facts, asked: QueryDict) -> tuple[str, str]:
    """Return the code and level of the activity asked, by code or by a product word that has one meaning."""
    text, level = asked.get(ACTIVITY, "").strip() or EXAMPLES[0], asked.get("level", "").strip() or None
    try:
        node = facts.nomenclature.find(text, level)
    except NotFound:
        matches = service.search_activities(text, level=level, limit=2)
        match = obvious_match(matches) if matches else None
        if match is None:
            raise
        return match.activity.code, match.activity.level
    return node.code, node.level


@with_example("method")
def method(request: HttpRequest, case: Case) -> HttpResponse:
    """How a score is made, step by step."""
    context: dict[str, Any] = method_page(case) | {"pillars": pillar_rows(case.facts)}
    return render(request, "explorer/method.html", context)


@with_example("method-criteria")
def criteria(request: HttpRequest, case: Case) -> HttpResponse:
    """Every criterion with its formula and its worked example."""
    return render(request, "explorer/method_criteria.html", criteria_page(case))


@with_example("method-validation")
def validation(request: HttpRequest, case: Case) -> HttpResponse:
    """How good and how bad the score is, judged on what came after."""
    context = page_frame(case, "method-validation") | validation_context()
    return render(request, "explorer/method_validation.html", context)


@with_example("method-judgements")
def judgements(request: HttpRequest, case: Case) -> HttpResponse:
    """What is judged and not measured: weights, requirements, default projects, words."""
    return render(request, "explorer/method_judgements.html", judgements_page(case))


@with_example("method-journal")
def journal(request: HttpRequest, case: Case) -> HttpResponse:
    """What changed in the method, newest first."""
    return render(request, "explorer/method_journal.html", page_frame(case, "method-journal") | {"changes": changes()})


@as_file
@with_example("method-criteria-csv")
def criteria_csv(request: HttpRequest, case: Case) -> Download:
    """The criteria as a file."""
    name = f"methode-criteres-{case.ranking.question.activity}"
    page_url = example_url("method-criteria", case)
    return Download(case.facts, criteria_table(case), name, page_url)
