"""Pages of long jobs: what can be asked, the form, where an export is, its file. All work without JavaScript."""

import uuid
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from explorer import params
from explorer.errors import error_page
from reports import services
from reports.clients import client_of
from reports.makers import Maker, maker_of
from reports.models import Export, ExportPiece, State
from reports.presenters.exports import export_page, exports_page, form_page
from scoring import service
from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts
from scoring.question import refuse_unknown

CSRF_FIELD = "csrfmiddlewaretoken"
# When a reader who asked too much may ask again.
RETRY_AFTER_S = "60"


@params.accepts()
def exports(request: HttpRequest) -> HttpResponse:
    """What can be asked for."""
    return render(request, "reports/exports.html", exports_page())


def export_ask(request: HttpRequest, kind: str) -> HttpResponse:
    """The form of an export; posted, it leads to the page of the export."""
    facts, maker = service.current_facts(), maker_of(kind)
    if request.method == "POST":
        return ask(request, facts, maker)
    refuse_unknown(request.GET, (*(one.name for one in maker.fields), "lang"))
    return render(request, "reports/export_ask.html", form_page(facts, maker, request.GET.dict()))


def ask(request: HttpRequest, facts: Facts, maker: Maker) -> HttpResponse:
    """Put an export in the queue; what is refused is said in the form, as it was filled."""
    try:
        refuse_unknown(request.POST, (*(one.name for one in maker.fields), CSRF_FIELD))
        parameters = maker.accepted(facts, request.POST.dict())
        asked = services.Asked(maker.id, parameters, get_language() or "fr", base_url_of(request))
        export = services.ask(facts, asked, client=client_of(request))
    except BadQuestion as error:
        page = form_page(facts, maker, request.POST.dict(), wrong=error.parameter, sentence=error.sentence)
        return render(request, "reports/export_ask.html", page, status=400)
    except services.QueueFull as error:
        page = form_page(facts, maker, request.POST.dict(), sentence=error.sentence)
        return to_retry(render(request, "reports/export_ask.html", page, status=429))
    return see(export)


def export(request: HttpRequest, export_id: uuid.UUID) -> HttpResponse:
    """Where an export is: the page may be closed and opened again."""
    facts, found = service.current_facts(), known_export(export_id)
    refuse_unknown(request.GET, ("lang",))
    ahead = Export.objects.waiting().filter(job__lt=found.job).count() if found.is_waiting else 0
    response = render(request, "reports/export.html", export_page(facts, found, timezone.now(), ahead=ahead))
    add_never_cache_headers(response)
    return response


def export_again(request: HttpRequest, export_id: uuid.UUID) -> HttpResponse:
    """Ask again for what failed or expired; followed as a link, it changes nothing."""
    found = known_export(export_id)
    if request.method != "POST" or found.is_waiting:
        return see(found)
    try:
        return see(services.ask_again(service.current_facts(), found, client=client_of(request)))
    except services.QueueFull as error:
        return to_retry(error_page(request, 429, _("Trop d'exports en attente"), error.sentence))


def export_file(request: HttpRequest, export_id: uuid.UUID) -> HttpResponseBase:
    """The file of an export, piece by piece; its page where it is not there yet, a 410 where it is gone."""
    found = known_export(export_id)
    if found.is_expired(timezone.now()):
        sentence = _("Ce fichier a été retiré à sa date d'expiration. Sa page permet de le redemander : %(url)s")
        address = reverse("reports:export", args=(found.pk,))
        return error_page(request, 410, _("Fichier expiré"), sentence % {"url": address})
    if found.state != State.DONE:
        return see(found)
    response = StreamingHttpResponse(pieces(found), content_type=found.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response.headers["Content-Length"] = str(found.size)
    response.headers["ETag"] = f'"{found.sha256}"'
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def pieces(export: Export) -> Iterator[bytes]:
    """Yield the pieces of a file, one in memory at a time; it ends short, and is seen to, if the file is removed."""
    number = 0
    while (
        content := ExportPiece.objects.filter(export=export, number=number).values_list("content", flat=True).first()
    ):
        yield bytes(content)
        number += 1


def known_export(export_id: uuid.UUID) -> Export:
    """Return an export by its address; raises `NotFound`."""
    found = Export.objects.filter(pk=export_id).first()
    if found is None:
        raise NotFound(
            _(
                "Aucun export ne porte cette adresse. Elle est peut-être mal recopiée, ou le fichier a expiré depuis "
                "plus d'un mois : vous pouvez le redemander."
            )
        )
    return found


def base_url_of(request: HttpRequest) -> str:
    """Return the scheme and host that the reader uses, for the links that files hold."""
    return f"{request.scheme}://{request.get_host()}"


def see(export: Export) -> HttpResponseRedirect:
    """Lead to the page of an export, with a GET (303)."""
    response = HttpResponseRedirect(reverse("reports:export", args=(export.pk,)))
    response.status_code = 303
    return response


def to_retry(response: HttpResponse) -> HttpResponse:
    """Return a 429 that says when to come back."""
    response.headers["Retry-After"] = RETRY_AFTER_S
    return response
