"""Search of activities by code, product word, label or job title, forgiving on accents, plurals and typing errors."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext

from scoring.search_titles import TitleIndex, build_title_index
from scoring.search_words import (
    Coverage,
    WordIndex,
    build_word_index,
    cover_documents,
    folded_words,
    normalise,
    query_words,
)

__all__ = [
    "Activity",
    "ActivityIndex",
    "Match",
    "Reason",
    "Synonym",
    "build_index",
    "load_synonyms",
    "normalise",
    "search",
]

SYNONYMS_PATH = Path(__file__).parent / "data" / "synonyms.toml"
LEVELS = ("a17", "section", "a38", "division", "group", "class", "subclass")
CODE_PREFIX = re.compile(r"\s*(?:code\s+)?(?:naf|ape)\s*:?\s+", re.IGNORECASE)
LEADING_CODE = re.compile(r"(\d\d ?\d\d ?[a-z]?)(?: |$)")
MAX_CODES_PER_JOB_TITLE = 20
ReasonKind = Literal["code", "synonym", "label", "job_title"]


@dataclass(frozen=True)
class Activity:
    """A node of the nomenclature; `parent` is the code of the node above, at any coarser level."""

    code: str
    level: str
    label: str
    parent: str | None


@dataclass(frozen=True)
class Synonym:
    """A product word and the codes of the sub-classes that make it, best first."""

    word: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why an activity was found: through what, and the words that did it; printed in the language in force."""

    kind: ReasonKind
    words: str
    is_approximate: bool = False

    def __str__(self) -> str:
        sentences = {
            "code": (gettext("code %(words)s"), gettext("code %(words)s")),
            "synonym": (gettext("synonyme « %(words)s »"), gettext("proche de « %(words)s »")),
            "label": (gettext("libellé"), gettext("libellé proche")),
            "job_title": (gettext("métier « %(words)s »"), gettext("métier proche : « %(words)s »")),
        }
        return sentences[self.kind][self.is_approximate] % {"words": self.words}


@dataclass(frozen=True)
class Match:
    """An activity found, with a score 0-100 that orders the matches of one search only, and why."""

    activity: Activity
    score: float
    reason: Reason


@dataclass(frozen=True)
class ActivityIndex:
    """Everything a search reads, built once; activities are designated by their position."""

    activities: tuple[Activity, ...]
    positions: Mapping[str, tuple[int, ...]]
    ancestors: tuple[tuple[int, ...], ...]
    repeated: frozenset[int]
    labels: WordIndex
    synonyms: tuple[Synonym, ...]
    synonym_words: WordIndex
    titles: TitleIndex


Found = tuple[int, float, Reason]


@cache
def load_synonyms(path: Path = SYNONYMS_PATH) -> tuple[Synonym, ...]:
    """Return the reviewed product words of a file, in its order."""
    products = tomllib.loads(path.read_text(encoding="utf-8"))["products"]
    return tuple(Synonym(word, tuple(product["codes"])) for product in products for word in product["words"])


def build_index(
    activities: Sequence[Activity],
    job_titles: Mapping[str, Sequence[tuple[str, int]]],
    *,
    synonyms: Sequence[Synonym] | None = None,
    appellations: Mapping[str, Sequence[str]] | None = None,
) -> ActivityIndex:
    """Return the index of the activities.

    `job_titles` gives for an occupation's label its (sub-class code, hires); `appellations` the titles that people
    give to it; `synonyms` default to the reviewed file. Codes that no activity has are left out, so that a part of the
    nomenclature can be indexed alone.
    """
    positions: dict[str, list[int]] = {}
    for position in sorted(range(len(activities)), key=lambda p: -LEVELS.index(activities[p].level)):
        positions.setdefault(compact_code(activities[position].code), []).append(position)
    ancestors = tuple(ancestors_of(position, activities, positions) for position in range(len(activities)))
    repeated = frozenset(
        above[0]
        for position, above in enumerate(ancestors)
        if above and normalise(activities[above[0]].label) == normalise(activities[position].label)
    )
    kept = tuple(load_synonyms() if synonyms is None else synonyms)
    shares = {label: shares_of_hires(hires, positions) for label, hires in job_titles.items()}
    return ActivityIndex(
        activities=tuple(activities),
        positions={code: tuple(found) for code, found in positions.items()},
        ancestors=ancestors,
        repeated=repeated,
        labels=build_word_index(folded_words(activity.label) for activity in activities),
        synonyms=kept,
        synonym_words=build_word_index(synonym_documents(kept)),
        titles=build_title_index(shares, appellations or {}),
    )


def compact_code(text: str) -> str:
    """Return a code without dot or space, in capitals: "25.62a" and "2562 A" are both "2562A"."""
    return re.sub(r"[\s.\-]", "", text).upper()


def ancestors_of(
    position: int, activities: Sequence[Activity], positions: Mapping[str, Sequence[int]]
) -> tuple[int, ...]:
    """Return the positions of the nodes above, nearest first.

    A code can stand at two levels (FZ at A17 and A38): the parent is the finest one coarser than the child.
    """
    above: list[int] = []
    child = position
    while (parent := activities[child].parent) is not None:
        rank = LEVELS.index(activities[child].level)
        candidates = positions.get(compact_code(parent), ())
        coarser = [found for found in candidates if LEVELS.index(activities[found].level) < rank]
        if not coarser:
            break
        child = coarser[0]
        above.append(child)
    return tuple(above)


def synonym_documents(synonyms: Sequence[Synonym]) -> list[tuple[str, ...]]:
    """Return the words of each synonym, then, in the same order, each phrase as one word ("semiconducteur")."""
    phrases = [folded_words(synonym.word) for synonym in synonyms]
    return phrases + [("".join(words),) if len(words) > 1 else () for words in phrases]


def shares_of_hires(
    hires: Sequence[tuple[str, int]], positions: Mapping[str, Sequence[int]]
) -> tuple[tuple[int, float], ...]:
    """Return (position, share 0-1 of the occupation's hires) of the sub-classes that hire most of it."""
    total = sum(count for _, count in hires)
    known = [(positions[compact_code(code)][0], count) for code, count in hires if compact_code(code) in positions]
    largest = sorted(known, key=lambda item: (-item[1], item[0]))[:MAX_CODES_PER_JOB_TITLE]
    return tuple((position, count / total) for position, count in largest if total)


def search(index: ActivityIndex, text: str, *, level: str | None = None, limit: int) -> list[Match]:
    """Return at most `limit` activities answering the text, best first; nothing found is an empty list.

    A code answers alone, with its descendants after it. Otherwise product words come before labels, whole and exact
    words before near ones; job titles answer where no product has all the words; at equal scores the finest level
    first. With a `level`, what is found below stands for its ancestor of that level. An unknown level is a ValueError.
    """
    if level is not None and level not in LEVELS:
        raise ValueError(f"unknown level {level!r}: expected one of {', '.join(LEVELS)}")
    found = list(find_code(index, text))
    if not found:
        words = query_words(text)
        found = [*find_synonyms(index, words), *find_labels(index, words)]
        # Hires spread wide ("lunetterie" reaches hypermarkets): occupations answer only where products do not.
        if not any(score >= WHOLE_SCORE and not reason.is_approximate for _, score, reason in found):
            found += [item for item in find_job_titles(index, words) if not (found and item[2].is_approximate)]
        if level is None:
            found = [item for item in found if item[0] not in index.repeated]
    best: dict[int, tuple[float, Reason]] = {}
    for position, score, reason in found:
        at_level = position if level is None else ancestor_at_level(index, position, level)
        if at_level is not None and score > best.get(at_level, (0.0, reason))[0]:
            best[at_level] = (score, reason)
    matches = [Match(index.activities[position], score, reason) for position, (score, reason) in best.items()]
    matches.sort(key=lambda m: (-m.score, -LEVELS.index(m.activity.level), m.activity.code))
    return matches[:limit]


def ancestor_at_level(index: ActivityIndex, position: int, level: str) -> int | None:
    """Return the node itself or the one above it at the level, None where there is none."""
    return next((p for p in (position, *index.ancestors[position]) if index.activities[p].level == level), None)


def find_code(index: ActivityIndex, text: str) -> Iterator[Found]:
    """Yield the nodes of the code that the text is or begins with, finest level first, then their descendants."""
    text = CODE_PREFIX.sub("", text[:80], count=1)
    candidates = [compact_code(text)]
    if leading := LEADING_CODE.match(normalise(text)):
        candidates.append(compact_code(leading[1]))
    candidates += [code[:-1] for code in candidates if re.fullmatch(r"\d{4}[A-Z]", code)]
    positions = next((index.positions[code] for code in candidates if code in index.positions), ())
    for order, position in enumerate(positions):
        yield position, 100 - order / 10, Reason("code", index.activities[position].code)
    for position, above in enumerate(index.ancestors):
        if positions and positions[0] in above:
            yield position, 90.0 - above.index(positions[0]), Reason("code", index.activities[positions[0]].code)


# Scores by what was matched; q and d are the shares of the query and of the document that the match covers.
#   80 + 15 q         a product word, exact
#   70 + 20 q         a product phrase, near, of two matched words or more covering the whole query
#   70 +  8 d         a label with every word of the query, exact
#   50 + 10 d         a part of a product phrase, exact
#   40 + 29 q         a product word, near
#   35 + 25 q         a label with every word of the query, near
#   20 + 25 q         a label with some words of the query, exact, half of it at least
#   52 + 0 to 4       a job title, exact: the share of it, of its occupation's hires, of the titles found
#    2 + 15 q          an occupation's label, near
SYNONYM_ORDER_STEP = 0.5
# From here on, all the words of the query were found; below, an exact label has but half of them.
WHOLE_SCORE = 50.0
MIN_PARTIAL_SHARE = 0.5


def find_synonyms(index: ActivityIndex, words: Sequence[str]) -> Iterator[Found]:
    """Yield the sub-classes of the product words that the query contains, or nearly, or is a part of."""
    covers = cover_documents(index.synonym_words, words)
    joined = "".join(words)
    if 2 <= len(words) <= 3 and joined in index.synonym_words.postings:
        covers |= cover_documents(index.synonym_words, [joined])
    for number, cover in covers.items():
        synonym = index.synonyms[number % len(index.synonyms)]
        score, is_exact = synonym_score(cover), cover.is_exact and cover.document_share == 1
        for order, code in enumerate(synonym.codes if score else ()):
            for position in index.positions.get(compact_code(code), ())[:1]:
                reason = Reason("synonym", synonym.word, is_approximate=not is_exact)
                yield position, score - order * SYNONYM_ORDER_STEP, reason


def synonym_score(cover: Coverage) -> float:
    """Return the score of a product word, 0 where too little of the query or of the phrase is covered."""
    if cover.document_share == 1:
        if cover.is_exact:
            return 80 + 15 * cover.query_share
        is_sure = cover.is_whole and cover.words > 1
        return (70 + 20 * cover.query_share) if is_sure else (40 + 29 * cover.query_share)
    return 50 + 10 * cover.document_share if cover.is_whole and cover.is_exact else 0.0


def find_labels(index: ActivityIndex, words: Sequence[str]) -> Iterator[Found]:
    """Yield the activities whose label has the words of the query, all or half of them, exact or near."""
    for position, cover in cover_documents(index.labels, words).items():
        if cover.is_whole and cover.is_exact:
            score = 70 + 8 * cover.document_share
        elif cover.is_whole:
            score = 35 + 25 * cover.query_share
        elif cover.is_exact and cover.query_share >= MIN_PARTIAL_SHARE:
            score = 20 + 25 * cover.query_share
        else:
            continue
        yield position, score, Reason("label", index.activities[position].label, is_approximate=not cover.is_exact)


def find_job_titles(index: ActivityIndex, words: Sequence[str]) -> Iterator[Found]:
    """Yield the sub-classes hiring the occupations whose label, or a title of which, has every word of the query."""
    for found in index.titles.find(words):
        reason = Reason("job_title", found.name, is_approximate=not found.is_exact)
        for position, share in found.shares:
            yield position, found.score + 1.5 * share, reason
