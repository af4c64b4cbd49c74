"""The national map as one SVG: where mainland and overseas stand in its view box, and its file of zone shapes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from basins.models import EmploymentZone, ZoneShape
from sources.models import Edition

LandMass = EmploymentZone.LandMass


@dataclass(frozen=True)
class Inset:
    """A rectangle of the view box that holds one or several lands, drawn in a projection true to them."""

    id: str
    name: str | Promise
    land_masses: tuple[LandMass, ...]
    epsg: int
    x: float
    y: float
    width: float
    height: float
    is_framed: bool = True


WIDTH, HEIGHT = 1000, 860
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"
# Room kept for the name written at the top of a framed inset.
NAME_HEIGHT = 20
PADDING = 6

METROPOLITAN = (LandMass.MAINLAND, LandMass.CORSICA)
MAINLAND = Inset("mainland", _("France métropolitaine"), METROPOLITAN, 2154, 94, 4, 902, 852, is_framed=False)
# Below Brittany and west of the Landes the sea leaves room for two columns. Each island has its own scale.
OVERSEAS = (
    Inset("guadeloupe", _("Guadeloupe"), (LandMass.GUADELOUPE,), 5490, 4, 424, 114, 124),
    Inset("martinique", _("Martinique"), (LandMass.MARTINIQUE,), 5490, 124, 424, 114, 124),
    Inset("guyane", _("Guyane"), (LandMass.GUYANE,), 2972, 4, 554, 234, 172),
    Inset("reunion", _("La Réunion"), (LandMass.REUNION,), 2975, 4, 732, 114, 124),
    Inset("mayotte", _("Mayotte"), (LandMass.MAYOTTE,), 4471, 124, 732, 114, 124),
)
INSETS = (MAINLAND, *OVERSEAS)


def shape_id(zone_code: str) -> str:
    """Return the fragment by which a page names the shape of a zone."""
    return f"z{zone_code}"


def zones_svg(edition: Edition) -> str:
    """Return the SVG file of all zone shapes, each a path to be named by `<use href="…#z0051">`.

    Paths carry no colour, class or style: a `use` gives them its own.
    """
    shapes = ZoneShape.objects.of(edition).order_by("zone__code").values_list("zone__code", "path")
    paths = "".join(f'<path id="{shape_id(code)}" d="{path}"/>' for code, path in shapes)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}">{paths}</svg>\n'
