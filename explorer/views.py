"""The public pages: each reads its address, asks the services, hands over to a presenter."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from explorer import params, queries
from explorer.activity_search import obvious_match
from explorer.presenters import pages
from explorer.presenters.counted import PLACES_SHOWN, counted_places
from explorer.presenters.embed import ranking_sharing
from explorer.presenters.ranking import ranking_page, ranking_url, why_url
from explorer.presenters.why import why_page
from explorer.question_form import typed_form
from scoring import service
from scoring.errors import NotFound
from scoring.evidence import counted_plants, counted_sites
from scoring.question import Question
from scoring.search import Match

PAGE_PARAMETERS = ("page", "lang", "cherche")
WHY_PARAMETERS = ("lang",)
MATCHES_SHOWN = 20
# When the page on accessibility was last held against the tests.
ACCESSIBILITY_CHECKED = date(2026, 11, 24)
COMMUNES_SHOWN = 20


@params.accepts()
def home(request: HttpRequest) -> HttpResponse:
    """The question, three examples, the map of industrial jobs."""
    return render(request, "explorer/home.html", pages.home_page(service.current_facts()))


def ranking(request: HttpRequest) -> HttpResponse:
    """Basins ranked for an activity; a text instead of a code is searched first."""
    asked = params.without_search(request.GET)
    if "q" in asked:
        return found_activity(request)
    facts = service.current_facts()
    question = service.parse_question(facts, asked, activity_parameter="activite", also=PAGE_PARAMETERS)
    page = params.page_number(asked)
    if params.is_raw_form(request.GET):
        return HttpResponseRedirect(ranking_url(question, page=page))
    answer = service.rank(facts, question)
    shown = params.shown_rows(page, answer.count)
    context = ranking_page(request, answer, page=page, shown=shown) | {"sharing": ranking_sharing(request, answer)}
    response = render(request, "explorer/ranking.html", context)
    response.headers["HX-Push-Url"] = ranking_url(question, page=page)
    return response


def found_activity(request: HttpRequest) -> HttpResponse:
    """Lead to the activity that a text names beyond doubt, else show those it may name."""
    text, matches = searched(request)
    if not matches:
        raise NotFound(
            _("Aucune activité ne répond à « %(text)s ». Essayez un produit (« lunettes ») ou un code NAF.")
            % {"text": text}
        )
    match = obvious_match(matches)
    if match is None:
        return choice(request, text, matches)
    url = ranking_url(question_about(request, match))
    return HttpResponseRedirect(f"{url}&{urlencode({'cherche': text})}")


def searched(request: HttpRequest) -> tuple[str, list[Match]]:
    """Return the text searched and the activities that it may name."""
    params.refuse_unknown_search(request.GET)
    text = params.search_text(request.GET) or ""
    level = params.search_level(request.GET)
    return text, service.search_activities(text, level=level, limit=MATCHES_SHOWN)


def question_about(request: HttpRequest, match: Match) -> Question:
    """Return the question that the request asks, about the activity found."""
    asked = params.for_activity(request.GET, match.activity.code, match.activity.level)
    return service.parse_question(service.current_facts(), asked, activity_parameter="activite", also=("lang",))


def choice(request: HttpRequest, text: str, matches: list[Match]) -> HttpResponse:
    """Show activities to choose from, each asked with all that the reader set."""
    question = question_about(request, matches[0]) if matches else None
    page = pages.search_page(service.current_facts(), text, matches, question)
    return render(request, "explorer/search.html", page | {"form": typed_form(request.GET)})


def search(request: HttpRequest) -> HttpResponse:
    """Activities that a text may name, to choose from; also what the search field shows while typing."""
    return choice(request, *searched(request))


@params.accepts("q")
def basins(request: HttpRequest) -> HttpResponse:
    """All basins by region, or those of a name or a commune."""
    facts = service.current_facts()
    text = params.search_text(request.GET)
    communes = queries.communes_named(facts.edition, text, limit=COMMUNES_SHOWN) if text else []
    return render(request, "explorer/basins.html", pages.basins_page(facts, text, communes))


def why(request: HttpRequest, zone_code: str) -> HttpResponse:
    """Why a basin has its rank for an activity."""
    facts = service.current_facts()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=WHY_PARAMETERS)
    if params.is_raw_form(request.GET):
        return HttpResponseRedirect(why_url(zone_code, question))
    answer = service.rank(facts, question)
    basin = answer.basin(zone_code)
    sites = counted_sites(answer, zone_code)
    names = queries.commune_names(facts.edition, [site.insee_code for site in sites[:PLACES_SHOWN]])
    counted = counted_places(facts, sites, counted_plants(answer, zone_code), names)
    return render(request, "explorer/why.html", why_page(request, answer, basin, counted))


@params.accepts()
def accessibility(request: HttpRequest) -> HttpResponse:
    """What has been tested for accessibility, and what has not."""
    context = {"edition": service.current_facts().edition, "checked": ACCESSIBILITY_CHECKED}
    return render(request, "explorer/accessibility.html", context)
