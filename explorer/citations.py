"""How a source is quoted under a figure."""

from django.utils.translation import gettext as _

from scoring.facts import Facts


def cited(facts: Facts, *slugs: str) -> str:
    """Return the producer, title and vintage of data sets; one that the edition does not hold is left out."""
    known = [facts.vintages[slug] for slug in slugs if slug in facts.vintages]
    return _(" ; ").join(f"{producer}, {title}, {vintage}" for producer, title, vintage in known)
