"""Words of queries and documents made comparable: case, accents, hyphens, plurals and small typing errors."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_QUERY_WORDS = 12
MAX_WORD_LENGTH = 40
MAX_CLOSE_WORDS = 20
MIN_PREFIX_LENGTH = 3
# A weak word ("usine", "fabrication") says that something is made, not what: it hardly counts beside the others.
WEAK_WEIGHT = 0.5

# "the" is not among them: without its accent, tea is written so.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a an and at au aux avec by c ce ces cette d dans de des du en et for from il in j je l la le les leur leurs
        n ne nous of on ou par pour qu que qui s sa sans sauf ses son sur to un une vers voudrais veux vous with""",
    )
)
WEAK_WORDS = frozenset(
    re.findall(
        r"\w+",
        """activite article atelier autre creer divers entreprise fabricant fabrication fabriquer factory implantation
        implanter industrie industriel industrielle maker making manufacture manufacturing producteur production
        produire produit projet site unite usine""",
    )
)


@dataclass(frozen=True)
class WordIndex:
    """Documents as folded words, with the documents each word occurs in and the words in order."""

    documents: tuple[tuple[str, ...], ...]
    postings: Mapping[str, tuple[int, ...]]
    vocabulary: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """How much a query and a document say the same: shares 0-1 of the query and of the document.

    `words`: how many query words matched; `is_exact`: none of them needed a prefix or a correction; `is_whole`: every
    telling word of the query was matched.
    """

    query_share: float
    document_share: float
    words: int
    is_exact: bool
    is_whole: bool


def normalise(text: str) -> str:
    """Return the text in lower case without accents, its words of letters and digits separated by one space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def fold_plural(word: str) -> str:
    """Return one form for a French singular and plural: -al, -au and -aux become -a, a final s or x falls."""
    if len(word) > 5 and word.endswith("aux"):
        return word[:-2]
    if len(word) > 4 and word.endswith(("al", "au")):
        return word[:-1]
    if len(word) > 3 and word[-1] in "sx":
        return word[:-1]
    return word


def folded_words(text: str) -> tuple[str, ...]:
    """Return the distinct telling words of the text, plurals folded, in order."""
    words = (fold_plural(word) for word in normalise(text).split() if word not in STOP_WORDS)
    return tuple(dict.fromkeys(words))


def query_words(text: str) -> tuple[str, ...]:
    """Return the first words of a query, over-long ones left out: no product name is longer."""
    return tuple(word for word in folded_words(text) if len(word) <= MAX_WORD_LENGTH)[:MAX_QUERY_WORDS]


def build_word_index(documents: Iterable[Sequence[str]]) -> WordIndex:
    """Return the index of documents given as folded words; a document's number is its position."""
    kept = tuple(tuple(words) for words in documents)
    postings: dict[str, list[int]] = {}
    for number, words in enumerate(kept):
        for word in words:
            postings.setdefault(word, []).append(number)
    return WordIndex(kept, {word: tuple(numbers) for word, numbers in postings.items()}, tuple(sorted(postings)))


def allowed_edits(word: str) -> int:
    """Return how many typing errors are forgiven in a word: none under 4 letters, then 1, 2 from 8, 3 from 12."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2 if len(word) < 12 else 3


def close_words(index: WordIndex, word: str) -> dict[str, float]:
    """Return the words of the index like `word` with their similarity 0-1.

    1 for the word itself, which then stands alone; else words it begins (from 0.75 to 0.95 by the share already
    typed) and words within the allowed edits (1 - edits / length of the longer).
    """
    if word in index.postings:
        return {word: 1.0}
    close = {}
    edits = allowed_edits(word)
    if edits:
        found = process.extract(
            word, index.vocabulary, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=MAX_CLOSE_WORDS
        )
        for other, distance, _ in found:
            # The first letter is seldom the wrong one: "table" is not "sable", nor "batterie" "laiterie".
            if len(other) > 3 and (other[0] == word[0] or (len(word) > 7 and distance == 1)):
                close[other] = 1 - distance / max(len(word), len(other))
    if len(word) >= MIN_PREFIX_LENGTH:
        start = bisect_left(index.vocabulary, word)
        for other in takewhile(lambda other: other.startswith(word), index.vocabulary[start:]):
            close[other] = max(close.get(other, 0.0), 0.75 + 0.2 * len(word) / len(other))
    return close


def word_weight(word: str) -> float:
    """Return the weight of a word in a coverage: its length, long words being the telling ones."""
    return WEAK_WEIGHT if word in WEAK_WORDS else float(len(word))


def cover_documents(index: WordIndex, words: Sequence[str]) -> dict[int, Coverage]:
    """Return for each document sharing a telling word with the query how far they cover each other."""
    hits: dict[int, list[tuple[str, str, float]]] = {}
    for word in words:
        best: dict[int, tuple[str, float]] = {}
        for other, similarity in close_words(index, word).items():
            for number in index.postings[other]:
                if similarity > best.get(number, ("", 0.0))[1]:
                    best[number] = (other, similarity)
        for number, (other, similarity) in best.items():
            hits.setdefault(number, []).append((word, other, similarity))
    telling = {word for word in words if word not in WEAK_WORDS} or set(words)
    total = sum(word_weight(word) for word in words)
    covers = {}
    for number, matched in hits.items():
        found = {word for word, _, _ in matched}
        if not found & telling:
            continue
        of_document = {other for _, other, _ in matched}
        document_total = sum(word_weight(word) for word in index.documents[number])
        covers[number] = Coverage(
            query_share=sum(word_weight(word) * similarity for word, _, similarity in matched) / total,
            document_share=sum(word_weight(word) for word in of_document) / document_total,
            words=len(matched),
            is_exact=all(similarity == 1 for _, _, similarity in matched),
            is_whole=telling <= found,
        )
    return covers
