"""What every file says alike around the blocks of a report: where it comes from, sources."""

from django.utils.translation import gettext as _

from reports.document import Provenance


def provenance_lines(provenance: Provenance) -> list[tuple[str, str]]:
    """Return pairs of label and text: what was asked, edition, day, link, licence, attribution."""
    edition = f"{provenance.edition_name} ({provenance.edition_hash[:12]})"
    return [
        *provenance.asked,
        (_("Édition"), edition),
        (_("Fait le"), provenance.made_on),
        (_("Lien"), provenance.permalink),
        (_("Licence"), provenance.licence),
        (_("Mention à reprendre"), provenance.attribution),
    ]


def sourced(source: str) -> str:
    """Return a source as it is quoted under a sentence, a picture or a table."""
    return _("Source : %(source)s") % {"source": source}
