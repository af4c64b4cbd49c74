"""What every file says of where it comes from, in words."""

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
