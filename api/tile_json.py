"""What a map needs to know of a layer of tiles (TileJSON 3.0): `/tiles/{layer}.json`."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.html import escape

from api.tile_layers import LAST_ZOOM, TileLayer
from api.tiles import FORMAT, known_layer
from scoring.question import refuse_unknown
from scoring.service import current_edition
from sources.kept_answers import kept, not_modified, short_hash
from sources.models import Edition, Release
from sources.read_only import read_only


@read_only
def tile_json(request: HttpRequest, layer: str) -> HttpResponse:
    """Describe a layer of the edition on show: its tiles, zooms, fields, producers."""
    refuse_unknown(request.GET, ("edition",))
    about = known_layer(layer)
    edition = current_edition()
    edition_hash = short_hash(edition.content_hash)
    tag = f'"{layer}-{edition_hash}-{FORMAT}"'
    response = not_modified(request, tag) or JsonResponse(
        {
            "tilejson": "3.0.0",
            "name": layer,
            # Not build_absolute_uri, which would write the braces in hexadecimal.
            "tiles": [f"{request.scheme}://{request.get_host()}{tiles_path(layer, edition.content_hash)}"],
            "scheme": "xyz",
            "minzoom": about.first_zoom,
            "maxzoom": LAST_ZOOM,
            "attribution": escape(", ".join(producers(edition, about))),
            "vector_layers": [{"id": layer, "fields": dict.fromkeys(about.attributes, "")}],
        }
    )
    return kept(response, tag, is_named=request.GET.get("edition") == edition_hash)


def tiles_path(layer: str, content_hash: str) -> str:
    """Return the path of the tiles of a layer, with {z}, {x} and {y} where a map writes its numbers."""
    path = reverse("tile", args=(layer, "z", "x", "y"))
    return f"{path.removesuffix('z/x/y.mvt')}{{z}}/{{x}}/{{y}}.mvt?edition={short_hash(content_hash)}"


def producers(edition: Edition, layer: TileLayer) -> list[str]:
    """Return the producers of what a layer is drawn from, each once, in the order of its sources."""
    releases = Release.objects.filter(editions=edition, source__in=layer.sources).select_related("source")
    by_source = {one.source_id: one.source.producer for one in releases}
    signed = [by_source[slug] for slug in layer.sources if slug in by_source]
    return list(dict.fromkeys(name.strip() for names in signed for name in names.split(",")))
