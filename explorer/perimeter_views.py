"""Pages about perimeters: the index by kind, and the sheet of one with its zones."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from basins.models import Perimeter
from basins.perimeters import perimeter_counts, perimeter_zones
from economy.queries import perimeter_jobs
from explorer import params, perimeter_queries
from explorer.activity_search import obvious_match
from explorer.downloads import Download, as_file
from explorer.perimeter_kinds import kind_of, perimeter_url, unknown
from explorer.presenters.perimeter import perimeter_page, weights_by_jobs, zones_table
from explorer.presenters.perimeter_counts import counts_figure
from explorer.presenters.perimeter_index import perimeter_index_page
from explorer.presenters.perimeter_jobs import jobs_figure, last_jobs
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
    found = known_perimeter(facts, kind, code)
    refuse_unknown(request.GET, (ACTIVITY, SEARCH, *ASKED, "lang"))
    if request.GET.get(SEARCH, "").strip():
        return searched(request, found)
    inside = perimeter_queries.inside(facts, found)
    people = {one.code: float(one.population_inside) for one in inside.zones}
    answer = scored(facts, request.GET, weights_by_jobs(inside) or people)
    page = perimeter_page(facts, found, inside, answer)
    return render(request, "explorer/perimeter.html", page)


def zones_file(facts: Facts, found: Perimeter) -> Table | None:
    return zones_table(found, perimeter_zones(found), last_jobs(perimeter_jobs(found)))


def jobs_file(facts: Facts, found: Perimeter) -> Table | None:
    national = perimeter_queries.national_jobs(facts.edition.content_hash)
    figure = jobs_figure(found, perimeter_jobs(found), national)
    return figure.table if figure else None


def counts_file(facts: Facts, found: Perimeter) -> Table | None:
    figure = counts_figure(found, perimeter_counts(found), listed_brownfields(found))
    return figure.table if figure else None


FIGURES: dict[str, Callable[[Facts, Perimeter], Table | None]] = {
    "zones": zones_file,
    "jobs": jobs_file,
    "counts": counts_file,
}


@as_file
@params.accepts()
def perimeter_figure(request: HttpRequest, kind: str, code: str, figure: str) -> Download:
    """The zones or the jobs of a perimeter as a file; raises `NotFound` on another figure."""
    facts = service.current_facts()
    found = known_perimeter(facts, kind, code)
    if figure not in FIGURES:
        sentence = _("Il n'y a pas de fichier « %(name)s ». Fichiers : %(accepted)s.")
        raise NotFound(sentence % {"name": figure[:40], "accepted": ", ".join(FIGURES)})
    table = FIGURES[figure](facts, found)
    if table is None:
        raise NotFound(_("Rien n'est connu des communes de ce périmètre pour ce fichier."))
    name, page_url = f"perimetre-{kind}-{code}-{figure}", perimeter_url(found.kind, found.code)
    return Download(facts, table, name, page_url)


def known_perimeter(facts: Facts, slug: str, code: str) -> Perimeter:
    """Return the perimeter of an address; raises `NotFound` on an unknown kind or code."""
    kind = kind_of(slug)
    try:
        return perimeter_queries.one_perimeter(facts.edition, kind, code)
    except Perimeter.DoesNotExist:
        raise unknown(slug, code) from None


def searched(request: HttpRequest, found: Perimeter) -> HttpResponse:
    """Lead to the same perimeter with the activity that a text names first."""
    text = request.GET[SEARCH].strip()
    matches = service.search_activities(text, limit=2)
    if not matches:
        raise NotFound(_("Aucune activité ne répond à « %(text)s ».") % {"text": text[:40]})
    match = obvious_match(matches) or matches[0]
    address = f"{perimeter_url(found.kind, found.code)}?{ACTIVITY}={match.activity.code}&level={match.activity.level}"
    return HttpResponseRedirect(f"{address}#explorer-score")


def scored(facts: Facts, query: QueryDict, weights: dict[str, float]) -> tuple[Ranking, PerimeterScore] | None:
    """Return the ranking asked and the score of the zones weighted so, None without an activity."""
    if not query.get(ACTIVITY, "").strip():
        return None
    question = service.parse_question(facts, query, activity_parameter=ACTIVITY, also=("lang", SEARCH))
    answer = service.rank(facts, question)
    return answer, perimeter_score(answer, weights)
