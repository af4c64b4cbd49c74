"""The forms in which a table of a page can be taken away."""

from django import template

from explorer import downloads

register = template.Library()


@register.filter
def file_links(csv_url: str) -> list[dict[str, str]]:
    """Return the label and the address of each form of a table, by the address of its CSV."""
    return downloads.file_links(csv_url)
