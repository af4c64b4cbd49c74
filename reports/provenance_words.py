"""What every file says alike around the blocks of a report: titles, where it comes from, sources."""

from django.utils.translation import gettext as _

from reports.document import Provenance


def contents_title() -> str:
    return _("Sommaire")


def summary_title() -> str:
    return _("L'essentiel")


def sources_title() -> str:
    """Return the title of what ends a report: the data sets, and what may be done with its figures."""
    return _("Sources et licence")


def labels() -> dict[str, str]:
    """Return the labels of the provenance of a file."""
    return {
        "made_on": _("Établi le"),
        "edition": _("Édition"),
        "permalink": _("Adresse"),
        "licence": _("Licence"),
        "attribution": _("Attribution"),
    }


def provenance_lines(provenance: Provenance) -> list[tuple[str, str]]:
    """Return pairs of label and text: day, edition, what was asked, link, licence, attribution."""
    known = labels()
    edition = f"{provenance.edition_name} ({provenance.edition_hash[:12]})"
    return [
        (known["made_on"], provenance.made_on),
        (known["edition"], edition),
        *provenance.asked,
        (known["permalink"], provenance.permalink),
        (known["licence"], provenance.licence),
        (known["attribution"], provenance.attribution),
    ]


def sourced(source: str) -> str:
    """Return a source as it is quoted under a sentence, a picture or a table."""
    return _("Source : %(source)s") % {"source": source}
