"""The chain of an activity: what its branch buys and sells, and where that is around a basin."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from explorer import params
from explorer.downloads import Download, as_file
from explorer.presenters.value_chain import AROUND, FIGURES, chain_page, chain_url
from scoring import service
from scoring.errors import NotFound
from scoring.nomenclature import Node
from scoring.value_chain import value_chain

PARAMETERS = ("level", "bassin")


@params.accepts(*PARAMETERS)
def chain(request: HttpRequest, code: str) -> HttpResponse:
    """What an activity's branch buys, sells, imports; and around which basin its partners are, when one is asked."""
    facts = service.current_facts()
    node = facts.nomenclature.find(code, request.GET.get("level", "").strip() or None)
    zone_code = asked_basin(request)
    if node.code != code or is_raw(request, node):
        return HttpResponseRedirect(chain_url(node, zone_code))
    page = chain_page(request, facts, node, value_chain(facts, node), zone_code)
    return render(request, "explorer/chain.html", page)


def is_raw(request: HttpRequest, node: Node) -> bool:
    """Whether the query string comes from the form: an empty basin, or a level that the code alone settles."""
    is_empty = any(not value.strip() for value in request.GET.values())
    return is_empty or ("level" in request.GET and "level=" not in chain_url(node, None))


@as_file
@params.accepts(*PARAMETERS)
def chain_figure(request: HttpRequest, code: str, figure: str) -> Download:
    """The numbers of a figure of the chain as a file; raises `NotFound` on one that does not exist."""
    facts = service.current_facts()
    node = facts.nomenclature.find(code, request.GET.get("level", "").strip() or None)
    zone_code, found = asked_basin(request), value_chain(facts, node)
    if figure not in FIGURES or (figure in AROUND and not zone_code):
        sentence = _(
            "Il n'y a pas de fichier « %(name)s ». Fichiers : %(accepted)s (les deux derniers demandent un bassin)."
        )
        raise NotFound(sentence % {"name": figure[:40], "accepted": ", ".join(FIGURES)})
    if found is None:
        raise NotFound(_("Aucun achat de cette branche n'est connu dans cette édition."))
    table = FIGURES[figure](facts, node, found, zone_code).table
    return Download(facts, table, f"chaine-{node.code}-{figure}", chain_url(node, zone_code))


def asked_basin(request: HttpRequest) -> str | None:
    """Return the code of the basin asked, if any; raises `NotFound`."""
    code = request.GET.get("bassin", "").strip()
    if code:
        service.current_facts().zone(code)
    return code or None
