"""The layers of the edition to take away, for the page of data: it stands below this package and only names them."""

from django import template
from django.urls import reverse
from django.utils.text import capfirst

from reports.gis.edition_layers import LAYERS

register = template.Library()


@register.simple_tag
def layer_links() -> list[dict[str, str]]:
    """Return the words and the address of each layer."""
    return [
        {"label": capfirst(str(one.label)), "url": reverse("reports:layer-file", args=(one.name,))}
        for one in LAYERS.values()
    ]
