"""Basins side by side: the page, the basin to add, the activity to hold them against, the file."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from explorer.activity_search import obvious_match
from explorer.compare_address import FEWEST, MOST, compare_url
from explorer.compare_search import BasinMatch, basins_matching, obvious_basin
from explorer.comparison import ADD, BASINS, SEARCH, Comparison, Problem, joined, quoted, read_comparison
from explorer.downloads import Download, as_file
from explorer.params import MAX_SEARCH_LENGTH
from explorer.presenters.compare import activity_choice, add_page, compare_page, comparison_sections, zones_of
from explorer.presenters.compare_table import comparison_table
from scoring import service
from scoring.errors import BadQuestion
from scoring.facts import Facts
from scoring.question import Question
from scoring.ranking import Ranking

MATCHES_SHOWN = 12
# Fields of the forms, empty when nothing is typed: they have no place in an address to send.
FORM_FIELDS = (ADD, SEARCH, "activite")


def compare(request: HttpRequest) -> HttpResponse:
    """Two to five basins side by side; fewer show the form, anything wrong is told over it."""
    facts = service.current_facts()
    asked = read_comparison(facts, request.GET)
    if typed := searched(request.GET, ADD):
        return added(request, facts, asked, typed)
    if text := searched(request.GET, SEARCH):
        return with_activity(request, facts, asked, text)
    if not asked.problems and is_untidy(request.GET):
        return HttpResponseRedirect(compare_url(asked.codes, asked.question_query))
    return answered(request, facts, asked)


def compare_add(request: HttpRequest) -> HttpResponse:
    """The basins that a text may name, each as a link that adds it; also what the field shows while typing."""
    facts = service.current_facts()
    asked = read_comparison(facts, request.GET)
    text = searched(request.GET, ADD)
    return render(request, "explorer/compare_add.html", add_page(facts, asked, text, found_basins(facts, text)))


@as_file
def compare_csv(request: HttpRequest) -> Download:
    """The whole comparison as a file."""
    facts = service.current_facts()
    asked = read_comparison(facts, request.GET)
    if asked.problems or len(asked.codes) < FEWEST:
        sentence = asked.problems[0].sentence if asked.problems else too_few()
        raise BadQuestion(BASINS, sentence)
    table = comparison_table(comparison_sections(facts, asked, ranked(facts, asked)), zones_of(facts, asked))
    name = f"comparaison-{'-'.join(asked.codes)}"
    return Download(facts, table, name, compare_url(asked.codes, asked.question_query))


def answered(
    request: HttpRequest, facts: Facts, asked: Comparison, *problems: Problem, typed: str = ""
) -> HttpResponse:
    """Return the page of a comparison; with a problem, the form with what can be kept.

    404 where all that is wrong is a name or a code that nobody bears, else 400.
    """
    status = min((one.status for one in (*asked.problems, *problems)), default=200)
    ranking = None if asked.problems or problems else ranked(facts, asked)
    page = compare_page(facts, asked, ranking, problems, typed=typed)
    return render(request, "explorer/compare.html", page, status=status)


def ranked(facts: Facts, asked: Comparison) -> Ranking | None:
    """Return the ranking of the activity, None when none is asked."""
    return service.rank(facts, asked.question) if asked.question else None


def added(request: HttpRequest, facts: Facts, asked: Comparison, text: str) -> HttpResponse:
    """Lead to the comparison with the basin that a text names beyond doubt, else show those it may name."""
    if asked.problems:
        return answered(request, facts, asked, typed=text)
    if len(asked.codes) >= MOST:
        sentence = _("On compare %(most)s bassins au plus : retirez-en un pour ajouter « %(text)s ».")
        return answered(request, facts, asked, Problem(sentence % {"most": MOST, "text": text}), typed=text)
    matches = found_basins(facts, text)
    if not matches:
        sentence = _("Ni bassin ni commune ne répond à « %(text)s ». Essayez la commune la plus peuplée, ou un code.")
        return answered(request, facts, asked, Problem(sentence % {"text": text}, 404), typed=text)
    one = obvious_basin(facts, text, matches)
    if one is None:
        return render(request, "explorer/compare_add.html", add_page(facts, asked, text, matches))
    if one.code in asked.codes:
        sentence = _("Le bassin %(name)s est déjà dans la comparaison : ajoutez-en un autre.")
        return answered(request, facts, asked, Problem(sentence % {"name": quoted([one.name])}), typed=text)
    return HttpResponseRedirect(compare_url([*asked.codes, one.code], asked.question_query))


def with_activity(request: HttpRequest, facts: Facts, asked: Comparison, text: str) -> HttpResponse:
    """Lead to the comparison for the activity that a text names beyond doubt, else show those it may name."""
    matches = service.search_activities(text, level=None, limit=MATCHES_SHOWN)
    if asked.problems or not matches:
        sentence = _("Aucune activité ne répond à « %(text)s ». Essayez un produit (« lunettes ») ou un code NAF.")
        found = () if asked.problems else (Problem(sentence % {"text": text}, 404),)
        return answered(request, facts, asked, *found)
    match = obvious_match(matches)
    if match is None:
        return render(request, "explorer/compare_add.html", activity_choice(facts, asked, text, matches))
    question = Question(match.activity.code, match.activity.level)
    return HttpResponseRedirect(compare_url(asked.codes, question.to_query("activite")))


def found_basins(facts: Facts, text: str) -> list[BasinMatch]:
    """Return the basins that a text may name, none for an empty text."""
    return basins_matching(facts, text) if text else []


def searched(params: QueryDict, name: str) -> str:
    """Return what is typed in a field, cut to the longest search; empty for nothing."""
    return " ".join(params.get(name, "").split())[:MAX_SEARCH_LENGTH]


def is_untidy(params: QueryDict) -> bool:
    """Whether an address comes straight from a form: basins sent one by one, fields left empty."""
    given = joined(params)
    is_repeated = given.get(BASINS) != params.get(BASINS)
    return is_repeated or any(name in params and not params[name].strip() for name in FORM_FIELDS)


def too_few() -> str:
    """Return what is missing to compare."""
    return _("Il faut au moins %(fewest)s bassins pour comparer : bassins=2716,8425 par exemple.") % {"fewest": FEWEST}
