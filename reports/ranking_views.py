"""The ranking that an address asks for, as tables: CSV in two variants with its dictionary, workbook."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from explorer.csv_tables import CONTENT_TYPE, INTERNATIONAL, VARIANT, is_international
from explorer.permalinks import stamped
from explorer.presenters.ranking import ranking_url
from explorer.workbooks import WORKBOOK_TYPE
from reports import ranking_csv as csv_files
from reports.contents.ranking import ranking_document
from reports.formats import FORMATS
from scoring import service
from scoring.ranking import Ranking


def asked_ranking(request: HttpRequest, *also: str) -> tuple[Ranking, str]:
    """Return the ranking of an address and the lasting link to its page; raises `BadQuestion` or `NotFound`."""
    facts = service.current_facts()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=("lang", *also))
    return service.rank(facts, question), request.build_absolute_uri(stamped(ranking_url(question), facts.edition))


def ranking_csv(request: HttpRequest) -> HttpResponse:
    """Every basin of the ranking, a row each."""
    return csv_response(request, csv_files.ranking_csv, "classement")


def ranking_dictionary(request: HttpRequest) -> HttpResponse:
    """What each column of the CSV is, with the sources."""
    return csv_response(request, csv_files.ranking_dictionary, "classement-dictionnaire")


def csv_response(request: HttpRequest, make: Callable[..., str], stem: str) -> HttpResponse:
    """Return a text made of the ranking asked, in the variant asked."""
    international = is_international(request.GET)
    ranking, permalink = asked_ranking(request, VARIANT)
    variant = f".{INTERNATIONAL}" if international else ""
    text = make(ranking, permalink, international=international)
    return attached(text, CONTENT_TYPE, f"{stem}-{code_of(ranking)}{variant}.csv")


def ranking_xlsx(request: HttpRequest) -> HttpResponse:
    """The ranking as a workbook: how to read it, every basin, the weights, the sources, the dictionary."""
    ranking, permalink = asked_ranking(request)
    content = FORMATS["xlsx"].write(ranking_document(ranking, permalink))
    return attached(content, WORKBOOK_TYPE, f"classement-{code_of(ranking)}.xlsx")


def code_of(ranking: Ranking) -> str:
    return ranking.sector.code.replace(".", "").lower()


def attached(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """Return a file to keep under a name."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
