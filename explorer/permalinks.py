"""Links that last: the address of a page, and the edition under which the link was made.

The question is what a link keeps; figures are those of the edition on show when it is opened. The edition in the link
lets the page say that they may have changed.
"""

import re
from dataclasses import dataclass

from django.http import HttpRequest

from scoring.facts import EditionCard

PARAMETER = "edition"
# What of the content hash tells two editions of one name apart.
HASH_SHOWN = 8
WRITTEN = re.compile(rf"(?P<name>[0-9A-Za-z][0-9A-Za-z._-]{{0,39}}?)-(?P<digest>[0-9a-f]{{{HASH_SHOWN}}})")


@dataclass(frozen=True)
class LinkedEdition:
    """The edition under which a link was made, as the link names it."""

    name: str
    digest: str

    def is_(self, edition: EditionCard) -> bool:
        """Whether it is this edition, by its content."""
        return edition.content_hash.startswith(self.digest)


def edition_mark(edition: EditionCard) -> str:
    """Return how a link names an edition: its name, then the beginning of its content hash, `2026.2-fa39422d`."""
    name = re.sub(r"[^0-9A-Za-z._-]", "-", edition.name).lstrip("._-")[:40] or "0"
    return f"{name}-{edition.content_hash[:HASH_SHOWN]}"


def read_mark(text: str) -> LinkedEdition | None:
    """Return the edition that a link names, None when it is not written as `edition_mark` does."""
    found = WRITTEN.fullmatch(text.strip())
    return LinkedEdition(found["name"], found["digest"]) if found else None


def stamped(address: str, edition: EditionCard) -> str:
    """Return an address of this site as a link that lasts; a fragment stays last."""
    before, mark, fragment = address.partition("#")
    joint = "&" if "?" in before else "?"
    return f"{before}{joint}{PARAMETER}={edition_mark(edition)}{mark}{fragment}"


def permalink(request: HttpRequest, address: str, edition: EditionCard) -> str:
    """Return an address of this site as a whole link that lasts."""
    return request.build_absolute_uri(stamped(address, edition))
