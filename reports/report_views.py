"""The pages that offer a report and the files themselves: of a basin, of a basin for an activity."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from explorer import params
from explorer.older_links import link_followed
from reports.contents.basin import basin_report
from reports.contents.why import why_report
from reports.document import Document
from reports.export_views import base_url_of
from reports.formats import FORMATS, Format
from reports.presenters.report_page import basin_report_page, why_report_page
from reports.versions import code_digest
from scoring import service
from scoring.errors import NotFound
from scoring.facts import Facts
from scoring.ranking import Ranking
from sources.kept_answers import kept, not_modified, short_hash

WHY_PARAMETERS = ("lang",)


@params.accepts()
def basin_page(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What the report of a basin holds, with a link a form."""
    facts = service.current_facts()
    return render(request, "reports/report_page.html", basin_report_page(facts.zones[facts.zone(zone_code)]))


@params.accepts()
def basin_file(request: HttpRequest, zone_code: str, suffix: str) -> HttpResponse:
    """The report of a basin as a file."""
    facts, form = service.current_facts(), known_format(suffix)
    facts.zone(zone_code)
    return file_answer(request, facts, form, zone_code, lambda: basin_report(facts, zone_code, base_url_of(request)))


def why_page(request: HttpRequest, zone_code: str) -> HttpResponse:
    """What the report of a basin for an activity holds, with a link a form; the question is kept."""
    ranking = ranking_asked(request)
    return render(request, "reports/report_page.html", why_report_page(ranking, ranking.basin(zone_code)))


def why_file(request: HttpRequest, zone_code: str, suffix: str) -> HttpResponse:
    """The report of a basin for an activity as a file."""
    form, ranking = known_format(suffix), ranking_asked(request)
    basin, asked = ranking.basin(zone_code), ranking.question.to_query("activite")
    return file_answer(
        request,
        ranking.facts,
        form,
        f"{zone_code} {asked}",
        lambda: why_report(ranking, basin, base_url_of(request)),
    )


def ranking_asked(request: HttpRequest) -> Ranking:
    """Return the ranking of the question asked; raises `BadQuestion` or `NotFound`."""
    facts = service.current_facts()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=WHY_PARAMETERS)
    return service.rank(facts, question)


def known_format(suffix: str) -> Format:
    """Return a form of report by suffix; raises `NotFound` with those that exist."""
    if suffix not in FORMATS:
        sentence = _("Il n'y a pas de rapport « .%(suffix)s ». Formats : %(accepted)s.")
        raise NotFound(sentence % {"suffix": suffix[:20], "accepted": ", ".join(FORMATS)})
    return FORMATS[suffix]


def file_answer(
    request: HttpRequest, facts: Facts, form: Format, asked: str, make: Callable[[], Document]
) -> HttpResponse:
    """Return a report as a file, or a 304 to who has it: of the same edition, question, language, address and code."""
    parts = (asked, str(link_followed()), get_language() or "", base_url_of(request), form.suffix)
    tag = f'"{short_hash(facts.edition.content_hash)}-{code_digest(*parts)}"'
    held = not_modified(request, tag)
    if held is None:
        document = make()
        held = HttpResponse(form.write(document), content_type=form.content_type)
        held.headers["Content-Disposition"] = f'attachment; filename="{document.name}.{form.suffix}"'
    return kept(held, tag, is_named=False)
