"""Names that resemble what is typed, as the database finds them."""

from django.db.models import Q


def resembles(normalised: str) -> Q:
    """Return the condition that a normalised name resembles a text; uses the trigram index.

    Both comparisons are needed: the whole name catches slips (« grenobel »), the word catches a part of a long name
    (« boulogne »).
    """
    by_slip = Q(name_normalised__trigram_similar=normalised)
    by_word = Q(name_normalised__trigram_word_similar=normalised)
    return by_slip | by_word
