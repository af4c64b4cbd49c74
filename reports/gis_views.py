"""Files for geographic information systems: a ranking as asked by the address, layers of the edition."""

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from explorer import params
from explorer.permalinks import permalink
from explorer.presenters.ranking import ranking_url
from reports.files import file_name, file_tag
from reports.gis.edition_layers import LAYERS
from reports.ranking_files import GIS_FILES, RankingFile
from scoring import service
from scoring.errors import NotFound
from sources.kept_answers import kept, not_modified


def ranking_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """A ranking as a file to open in a geographic information system; raises `NotFound` on a form there is not."""
    if suffix not in GIS_FILES:
        sentence = _("Il n'y a pas de classement au format « %(suffix)s ». Formats : %(accepted)s.")
        raise NotFound(sentence % {"suffix": suffix[:20], "accepted": ", ".join(GIS_FILES)})
    return asked_ranking(request, GIS_FILES[suffix])


def asked_ranking(request: HttpRequest, form: RankingFile) -> HttpResponse:
    """Return the ranking that the address asks for, in a form; raises `BadQuestion` or `NotFound`."""
    facts = service.current_facts()
    question = service.parse_question(facts, request.GET, activity_parameter="activite", also=("lang",))
    link = permalink(request, ranking_url(question), facts.edition)
    tag = file_tag(facts.edition.content_hash, link, form.suffix)
    response = not_modified(request, tag)
    if response is None:
        made = form.make(service.rank(facts, question), link)
        response = HttpResponse(made, content_type=form.content_type)
        name = f"{file_name(form.stem, question)}.{form.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept(response, tag, is_named=False)


@params.accepts()
def layer_file(request: HttpRequest, name: str) -> HttpResponse:
    """A layer of the edition as a GeoPackage; raises `NotFound` on a layer that does not exist."""
    if name not in LAYERS:
        sentence = _("Il n'y a pas de couche « %(name)s » à télécharger. Couches : %(accepted)s.")
        raise NotFound(sentence % {"name": name[:40], "accepted": ", ".join(LAYERS)})
    facts = service.current_facts()
    link = permalink(request, reverse("explorer:downloads"), facts.edition)
    tag = file_tag(facts.edition.content_hash, link, name)
    response = not_modified(request, tag)
    if response is None:
        made = import_module("reports.gis.edition_packages").edition_geopackage(facts, LAYERS[name], link)
        response = HttpResponse(made, content_type=GIS_FILES["gpkg"].content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.gpkg"'
    return kept(response, tag, is_named=False)
