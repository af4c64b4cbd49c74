"""What pages read that scoring does not need: names of communes, releases of an edition, frames of perimeters."""

from collections.abc import Iterable

from django.contrib.gis.db.models import Extent, PointField
from django.db.models.functions import Cast

from basins.commune_search import CommuneMatch, communes_matching
from basins.models import Commune, Perimeter
from basins.perimeters import AnyPerimeter
from scoring.facts import EditionCard
from sources.models import Edition, Release


def commune_names(edition: EditionCard, insee_codes: Iterable[str]) -> dict[str, str]:
    """Return names by INSEE code."""
    rows = Commune.objects.filter(edition__content_hash=edition.content_hash, insee_code__in=set(insee_codes))
    return dict(rows.values_list("insee_code", "name"))


def communes_named(edition: EditionCard, text: str, *, limit: int) -> list[CommuneMatch]:
    """Return the communes that a text names, best first."""
    return communes_matching(Edition.objects.get(content_hash=edition.content_hash), text, limit=limit)


def releases_of(edition: EditionCard) -> list[Release]:
    """Return the releases from which an edition was computed, by producer and title."""
    rows = Release.objects.filter(editions__content_hash=edition.content_hash).select_related("source")
    return list(rows.order_by("source__producer", "source__title"))


def perimeter_bounds(perimeter: AnyPerimeter) -> list[list[float]]:
    """Return the south-west and north-east corners of a perimeter, in degrees."""
    if isinstance(perimeter, Perimeter):
        shapes = Perimeter.objects.filter(pk=perimeter.pk).values("geom")
    else:
        shapes = Commune.objects.in_perimeter(perimeter).order_by().values("geom")
    box = shapes.aggregate(box=Extent("geom"))["box"]
    # Communes that have no outline stand where their point is.
    west, south, east, north = box or shapes.aggregate(box=Extent(Cast("point", PointField())))["box"]
    return [[west, south], [east, north]]
