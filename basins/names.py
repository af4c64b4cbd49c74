"""Names as people type them."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
ABBREVIATIONS = {"st": "saint", "ste": "sainte"}


def normalised_name(text: str) -> str:
    """Return a name in lower case without accents, hyphens or apostrophes, `st` and `ste` written out.

    >>> normalised_name("L'Haÿ-les-Roses"), normalised_name("St Étienne")
    ('l hay les roses', 'saint etienne')
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = re.findall(r"[a-z0-9]+", bare)
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)
