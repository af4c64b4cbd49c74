"""The address of a comparison: basins in the order of the reader, the first being what the others are held against."""

from collections.abc import Sequence

from django.urls import reverse

FEWEST, MOST = 2, 5


def compare_url(codes: Sequence[str], question: str = "") -> str:
    """Return the address that compares basins, `question` being the query string of an activity, empty for none."""
    return f"{reverse('explorer:compare')}{compare_query(codes, question)}"


def compare_query(codes: Sequence[str], question: str = "") -> str:
    """Return the query string of a comparison, with its question mark; empty when nothing is asked."""
    parts = [f"bassins={','.join(codes)}"] if codes else []
    parts += [question] if question else []
    return f"?{'&'.join(parts)}" if parts else ""
