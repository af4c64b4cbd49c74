"""When does a search have one answer? Never a silent choice between two."""

from collections.abc import Sequence

from scoring.search import Match

# A code, or a product word that the query is, whole and exact (see the scores in `scoring.search`).
CERTAIN_SCORE = 95.0
CERTAIN_KINDS = ("code", "synonym")
# Codes of one product word follow each other by half a point: a product made by two activities is a choice to offer.
LEAST_LEAD = 1.0


def obvious_match(matches: Sequence[Match]) -> Match | None:
    """Return the match that a search names beyond doubt, None when there is a choice to make.

    It is a code or a whole product word, and nothing else comes close; or the only match, if exact.
    """
    first = matches[0]
    if first.reason.kind not in CERTAIN_KINDS or first.reason.is_approximate:
        return None
    if first.reason.kind == "code":
        return first
    is_alone = len(matches) == 1 or matches[1].score <= first.score - LEAST_LEAD
    return first if first.score >= CERTAIN_SCORE and is_alone else None
