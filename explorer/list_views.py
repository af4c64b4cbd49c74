"""The page where a list of communes is pasted, understood, corrected and opened as a perimeter."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from basins.commune_lists import ReadList, read_list
from basins.commune_sets import LIST_KIND
from basins.commune_text import ListRefused, Refusal, rows_of
from basins.own_perimeters import TooManyLists, directory, keep_list
from explorer.downloads import CSV, Download, file_response
from explorer.list_form import (
    AS_CSV,
    LARGEST_BODY,
    OPEN,
    TEXT,
    ListAsked,
    NotRead,
    list_asked,
    not_read,
)
from explorer.own_lists import near_names
from explorer.perimeter_kinds import NAME, named_query, perimeter_url
from explorer.presenters.own_list import check_table, own_list_page
from scoring import service
from scoring.errors import BadQuestion
from scoring.facts import Facts
from scoring.question import refuse_unknown

RETRY_AFTER_SECONDS = "3600"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own_list(request: HttpRequest) -> HttpResponse:
    """The form, and the list that it sends as understood; a body too large is refused before any of it is read."""
    if request.method == "POST" and body_length(request) > LARGEST_BODY:
        return answered(request, not_read(ListRefused(Refusal.TOO_BIG)))
    return checked_list(request)


def body_length(request: HttpRequest) -> int:
    """Return the length announced of a body, in bytes."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


@csrf_protect
def checked_list(request: HttpRequest) -> HttpResponse:
    """Read the list, then show what is understood of it, open it as a perimeter, or give the check as a file."""
    refuse_unknown(request.GET, (TEXT, NAME, "lang"))
    asked = None
    try:
        asked = list_asked(request)
        return read_and_answered(request, asked)
    except NotRead as wrong:
        return answered(request, wrong)
    except BadQuestion as wrong:
        return answered(request, NotRead(400, wrong.sentence, request.POST.get(TEXT, "")))


def read_and_answered(request: HttpRequest, asked: ListAsked | None) -> HttpResponse:
    """Return what is asked of a list; raises `NotRead`."""
    facts = service.current_facts()
    if asked is None:
        return render(request, "explorer/own_list.html", own_list_page(facts, ListAsked()))
    found = understood_list(facts, asked)
    if asked.action == AS_CSV:
        made = Download(facts, check_table(facts, found), "verification-communes", request.path)
        return file_response(request, made, form=CSV, international=False)
    if asked.action == OPEN and found.codes:
        return opened(asked, found)
    empty = _(
        "Ce périmètre est vide : aucune ligne n'est comprise comme une commune, ou toutes sont laissées de côté."
    )
    sentence, status = (empty, 400) if asked.action == OPEN else ("", 200)
    page = own_list_page(facts, asked, found, sentence=sentence)
    return render(request, "explorer/own_list.html", page, status=status)


def understood_list(facts: Facts, asked: ListAsked) -> ReadList:
    """Return what the values of a list name, with the nearest names of what names nothing; raises `NotRead`."""
    try:
        found = read_list(rows_of(asked.text), directory(facts.edition.content_hash), asked.corrections)
    except ListRefused as refused:
        raise not_read(refused, asked.text) from None
    return replace(found, entries=near_names(facts, found.entries))


def opened(asked: ListAsked, found: ReadList) -> HttpResponse:
    """Lead to the page of the perimeter; raises `NotRead` past the lists of an hour."""
    try:
        address = keep_list(found.codes)
    except TooManyLists:
        sentence = _("Trop de listes ont été gardées depuis une heure : réessayez plus tard. La vôtre est ci-dessous.")
        raise NotRead(429, sentence, asked.text) from None
    return HttpResponseRedirect(perimeter_url(LIST_KIND, address) + named_query(asked.name))


def answered(request: HttpRequest, wrong: NotRead) -> HttpResponse:
    """Return the form again with what is wrong, the text kept."""
    page = own_list_page(service.current_facts(), ListAsked(text=wrong.text), sentence=wrong.sentence)
    response = render(request, "explorer/own_list.html", page, status=wrong.status)
    if wrong.status == 429:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response
