"""Pages about activities: the index by branch, and the sheet of one with its editable profile."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from explorer import params
from explorer.downloads import Download, as_file
from explorer.presenters.activity import activity_page, needs_figure, related_table
from explorer.presenters.activity_index import activity_index_page
from explorer.presenters.activity_traces import where_table
from explorer.presenters.ranking import activity_url
from explorer.tables import Table
from scoring import service
from scoring.activity_profile import ActivityProfile, build_profile
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.question import MODES, Question
from scoring.ranking import Ranking

MATCHES_SHOWN = 30


def needs_table(ranking: Ranking) -> Table | None:
    figure = needs_figure(ranking.facts, ranking.profile)
    return figure.table if figure else None


FIGURES: dict[str, Callable[[Ranking], Table | None]] = {
    "needs": needs_table,
    "where": where_table,
    "related": lambda ranking: related_table(ranking.facts, ranking.profile.node),
}


@params.accepts("q")
def activities(request: HttpRequest) -> HttpResponse:
    """Every industrial activity by branch, the others by division; or those that a text names."""
    facts = service.current_facts()
    text = params.search_text(request.GET)
    matches = service.search_activities(text, limit=MATCHES_SHOWN) if text else []
    return render(request, "explorer/activities.html", activity_index_page(facts, text, matches))


def activity(request: HttpRequest, code: str) -> HttpResponse:
    """What an activity needs, where it is, and who comes first; edits of its profile live in the address."""
    facts = service.current_facts()
    question = asked_question(facts, request.GET, code)
    if params.is_raw_form(request.GET) or "activite" in request.GET or question.activity != code:
        return HttpResponseRedirect(activity_url(question))
    return render(request, "explorer/activity.html", activity_page(request, service.rank(facts, question)))


@as_file
def activity_figure(request: HttpRequest, code: str, figure: str) -> Download:
    """The numbers of a figure of an activity as a file; raises `NotFound` on a figure that does not exist."""
    facts = service.current_facts()
    question = asked_question(facts, request.GET, code)
    if figure not in FIGURES:
        sentence = _("Il n'y a pas de fichier « %(name)s ». Fichiers : %(accepted)s.")
        raise NotFound(sentence % {"name": figure[:40], "accepted": ", ".join(FIGURES)})
    table = FIGURES[figure](service.rank(facts, question))
    if table is None:
        raise NotFound(_("Aucune embauche n'est connue, ni pour cette activité ni au-dessus d'elle."))
    name = f"activite-{question.activity}-{figure}"
    return Download(facts, table, name, activity_url(question))


def asked_question(facts: Facts, query: QueryDict, code: str) -> Question:
    """Return the question that the parameters ask about the activity of the path; raises `BadQuestion`.

    The form sends the activity along, for its other button leads to the ranking; another one has no meaning here.
    """
    asked = query.copy()
    if query.get("activite", code).strip() != code:
        raise BadQuestion("activite", _("L'activité est celle de l'adresse : %(code)s.") % {"code": code[:20]})
    asked["activite"] = code
    question = service.parse_question(facts, asked, activity_parameter="activite", also=("lang",))
    node = facts.nomenclature.find(question.activity, question.level)
    profile = build_profile(node, facts.nomenclature, None)
    return without_usual_modes(with_every_mode(question, query, profile), profile)


def with_every_mode(question: Question, query: QueryDict, profile: ActivityProfile) -> Question:
    """Return the question where a mode left blank in the form has its usual share."""
    if not any(name.startswith("m.") for name in query):
        return question
    usual = shown_modes(profile)
    given = dict(question.modes)
    shares = {mode: given[mode] if query.get(f"m.{mode}", "").strip() else usual[mode] for mode in MODES}
    return replace(question, modes=tuple(sorted(shares.items())))


def without_usual_modes(question: Question, profile: ActivityProfile) -> Question:
    """Return the question without shares that are the default ones: a form sends back every field."""
    usual = shown_modes(profile)
    same = question.modes and all(abs(dict(question.modes).get(mode, 0.0) - usual[mode]) < 1e-9 for mode in MODES)
    return replace(question, modes=()) if same else question


def shown_modes(profile: ActivityProfile) -> dict[str, float]:
    """Return the usual shares as the form prints them, in whole percents."""
    return {mode: float(f"{100 * profile.defaults.modes.get(mode, 0.0):.0f}") for mode in MODES}
