"""What files to take away share: their names, and the tag by which a reader who holds one is told so."""

import hashlib

from django.utils import timezone
from django.utils.translation import get_language

from explorer.older_links import link_followed
from scoring.question import Question


def file_tag(*parts: str) -> str:
    """Return the tag of a file: what settles it, the link that it is asked by, the language of its words, its day."""
    told = "\n".join((*parts, str(link_followed()), get_language() or "", timezone.localdate().isoformat()))
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def file_name(stem: str, question: Question) -> str:
    """Return the name of a file about an activity, without suffix; codes are letters, digits and dots."""
    return f"{stem}-{question.activity.replace('.', '').lower()}"
