"""Pages about perimeters: the index by kind, and the sheet of one with its zones."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from basins.models import Perimeter
from basins.perimeters import AnyPerimeter, perimeter_counts, perimeter_zones
from economy.commune_jobs import perimeter_jobs
from explorer import params, perimeter_queries
from explorer.activity_search import obvious_match
from explorer.downloads import Download, as_file
from explorer.own_lists import own_perimeter
from explorer.perimeter_kinds import LIST_SLUG, NAME, kind_of, page_url, unknown
from explorer.presenters.perimeter import perimeter_page, zones_table
from explorer.presenters.perimeter_communes import communes_table
from explorer.presenters.perimeter_counts import counts_figure
from explorer.presenters.perimeter_index import perimeter_index_page
from explorer.presenters.perimeter_indicators import indicators_table
from explorer.presenters.perimeter_jobs import jobs_figure
from explorer.presenters.perimeter_weights import zone_weights
from explorer.tables import Table
from infrastructure.queries import listed_brownfields
from scoring import service
from scoring.errors import NotFound
from scoring.facts import Facts
from scoring.perimeter_score import PerimeterScore, perimeter_score
from scoring.question import refuse_unknown
from scoring.ranking import Ranking

# A perimeter is scored by sums over its zones: what filters or vetoes zones has no meaning for it.
ASKED = ("level", "weights", "jobs", "hectares", "mw", "modes", "normalisation")
ACTIVITY, SEARCH = "activite", "cherche"
LONGEST_IN_FILE_NAME = 40


@params.accepts("q")
def perimeters(request: HttpRequest) -> HttpResponse:
    """Every perimeter by kind, or those of a name or a commune."""
    facts = service.current_facts()
    text = params.search_text(request.GET)
    everything = perimeter_queries.all_perimeters(facts.edition)
    of_communes = perimeter_queries.holding_communes_named(facts.edition, text) if text else []
    page = perimeter_index_page(facts, text, everything, of_communes)
    return render(request, "explorer/perimeters.html", page)


def perimeter(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """What is known of one perimeter, and its score for an activity when one is asked."""
    facts = service.current_facts()
    found = known_perimeter(facts, kind, code, request.GET)
    refuse_unknown(request.GET, (ACTIVITY, SEARCH, NAME, *ASKED, "lang"))
    if request.GET.get(SEARCH, "").strip():
        return searched(request, found)
    inside = perimeter_queries.inside(facts, found)
    answer = scored(facts, request.GET, zone_weights(inside))
    page = perimeter_page(facts, found, inside, answer)
    return render(request, "explorer/perimeter.html", page)


def zones_file(facts: Facts, found: AnyPerimeter) -> Table | None:
    return zones_table(found, perimeter_zones(found), perimeter_jobs(found))


def jobs_file(facts: Facts, found: AnyPerimeter) -> Table | None:
    national = perimeter_queries.national_jobs(facts.edition.content_hash)
    figure = jobs_figure(found, perimeter_jobs(found), national)
    return figure.table if figure else None


def counts_file(facts: Facts, found: AnyPerimeter) -> Table | None:
    figure = counts_figure(found, perimeter_counts(found), listed_brownfields(found))
    return figure.table if figure else None


def indicators_file(facts: Facts, found: AnyPerimeter) -> Table | None:
    return indicators_table(facts, found, perimeter_zones(found))


FIGURES: dict[str, Callable[[Facts, AnyPerimeter], Table | None]] = {
    "zones": zones_file,
    "jobs": jobs_file,
    "counts": counts_file,
    "communes": communes_table,
    "indicators": indicators_file,
}


@as_file
@params.accepts(NAME)
def perimeter_figure(request: HttpRequest, kind: str, code: str, figure: str) -> Download:
    """The zones or the jobs of a perimeter as a file; raises `NotFound` on another figure."""
    facts = service.current_facts()
    found = known_perimeter(facts, kind, code, request.GET)
    if figure not in FIGURES:
        sentence = _("Il n'y a pas de fichier « %(name)s ». Fichiers : %(accepted)s.")
        raise NotFound(sentence % {"name": figure[:40], "accepted": ", ".join(FIGURES)})
    table = FIGURES[figure](facts, found)
    if table is None:
        raise NotFound(_("Rien n'est connu des communes de ce périmètre pour ce fichier."))
    name = f"perimetre-{kind}-{code[:LONGEST_IN_FILE_NAME]}-{figure}"
    return Download(facts, table, name, page_url(found))


def known_perimeter(facts: Facts, slug: str, code: str, params: QueryDict) -> AnyPerimeter:
    """Return the perimeter of an address; raises `NotFound` on an unknown kind or code."""
    if slug == LIST_SLUG:
        return own_perimeter(facts, code, params)
    kind = kind_of(slug)
    try:
        return perimeter_queries.one_perimeter(facts.edition, kind, code)
    except Perimeter.DoesNotExist:
        raise unknown(slug, code) from None


def searched(request: HttpRequest, found: AnyPerimeter) -> HttpResponse:
    """Lead to the same perimeter with the activity that a text names first."""
    text = request.GET[SEARCH].strip()
    matches = service.search_activities(text, limit=2)
    if not matches:
        raise NotFound(_("Aucune activité ne répond à « %(text)s ».") % {"text": text[:40]})
    match = obvious_match(matches) or matches[0]
    page = page_url(found)
    address = f"{page}{'&' if '?' in page else '?'}{ACTIVITY}={match.activity.code}&level={match.activity.level}"
    return HttpResponseRedirect(f"{address}#explorer-score")


def scored(facts: Facts, query: QueryDict, weights: dict[str, float]) -> tuple[Ranking, PerimeterScore] | None:
    """Return the ranking asked and the score of the zones weighted so, None without an activity."""
    if not query.get(ACTIVITY, "").strip():
        return None
    question = service.parse_question(facts, query, activity_parameter=ACTIVITY, also=("lang", SEARCH, NAME))
    answer = service.rank(facts, question)
    return answer, perimeter_score(answer, weights)
