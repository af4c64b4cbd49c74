"""The forms of a ranking, for the page that shows it: it stands below this package and only names this list."""

from django import template

from reports import ranking_formats

register = template.Library()


@register.filter
def ranking_links(page_url: str) -> list[dict[str, str]]:
    """Return the label and the address of each form of the ranking that a page shows, by the address of the page."""
    return ranking_formats.ranking_links(page_url.partition("?")[2])
