"""Occupations found by their label or by the titles that people give them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.search_words import WordIndex, build_word_index, cover_documents, folded_words

# An exact title comes after whole product words and labels, and before a label that has but half of the words.
EXACT_SCORE = 52.0

Shares = tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class FoundOccupation:
    """An occupation found: the label or title that did it, and the sub-classes that hire it with their shares."""

    name: str
    score: float
    is_exact: bool
    shares: Shares


@dataclass(frozen=True)
class TitleIndex:
    """Occupations by position, and their names: the labels first, in the same order, then the job titles."""

    occupations: tuple[Shares, ...]
    names: tuple[tuple[str, int], ...]
    words: WordIndex

    def find(self, words: Sequence[str]) -> Iterator[FoundOccupation]:
        """Yield the occupations that a name of theirs, with every word of the query, designates.

        An occupation answers once, through the name that the query covers best, and the more of its names do the
        better. Titles answer to exact words only: among ten thousand, a typing error would always find one.
        """
        best: dict[int, tuple[float, str, bool]] = {}
        matched: dict[int, int] = {}
        for number, cover in cover_documents(self.words, words).items():
            name, occupation = self.names[number]
            is_label = number < len(self.occupations)
            if not cover.is_whole or not (is_label or cover.is_exact):
                continue
            matched[occupation] = matched.get(occupation, 0) + 1
            score = EXACT_SCORE + cover.document_share if cover.is_exact else 2 + 15 * cover.query_share
            best[occupation] = max(best.get(occupation, (0.0, "", False)), (score, name, cover.is_exact))
        for occupation, (score, name, is_exact) in best.items():
            frequency = matched[occupation] / max(matched.values())
            yield FoundOccupation(name, score + 1.5 * frequency, is_exact, self.occupations[occupation])


def build_title_index(shares: Mapping[str, Shares], appellations: Mapping[str, Sequence[str]]) -> TitleIndex:
    """Return the index of the occupations of `shares` (label: sub-class positions and shares of its hires)."""
    labels = [(label, number) for number, label in enumerate(shares)]
    names = tuple(labels + [(title, number) for label, number in labels for title in appellations.get(label, ())])
    return TitleIndex(tuple(shares.values()), names, build_word_index(folded_words(name) for name, _ in names))
