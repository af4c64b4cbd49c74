"""What a value of a list of communes stands for: a code, what a spreadsheet made of one, a name, old ones too."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from basins.commune_text import CODE
from basins.former_names import FormerName, latest_first, one_a_commune
from basins.names import normalised_name

SPACES = re.compile(r"\s")
SHORT_CODE = re.compile(r"\d{4}")
DECIMAL_CODE = re.compile(r"(\d{4,5})[.,]0+")
SPACED_CODE = re.compile(r"(\d{1,2}|2[AB])\s\d{3}", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
DATE = re.compile(
    r"\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?|\d{1,2}[- ][a-zéû]{3,9}\.?([- ]\d{2,4})?|[a-zéû]{3,5}\.?-\d{1,4}", re.IGNORECASE
)
MONTHS = ("jan", "fev", "feb", "mar", "avr", "apr", "mai", "may", "jui", "jun", "jul", "aou", "aug", "sep", "oct")
MONTHS += ("nov", "dec")
# Before 1976, the communes of Corsica bore the number of a single department.
OLD_CORSICA, CORSICA = "20", ("2A", "2B")
NAME_IN_DEPARTMENT = re.compile(r"(.+?)\s*[(\[]\s*(\d{2,3}|2[AB])\s*[)\]]", re.IGNORECASE)
ARRONDISSEMENTS = {
    **{f"751{number:02}": "75056" for number in range(1, 21)},
    **{f"6938{number}": "69123" for number in range(1, 10)},
    **{f"132{number:02}": "13055" for number in range(1, 17)},
}


class Outcome(StrEnum):
    """How a value was understood; the last ones name no commune."""

    EXACT = "exact"
    ZERO_LOST = "zero-lost"
    SPACED = "spaced"
    DECIMAL = "decimal"
    ARRONDISSEMENT = "arrondissement"
    FORMER = "former"
    NAME = "name"
    FORMER_NAME = "former-name"
    CORRECTED = "corrected"
    AMBIGUOUS = "ambiguous"
    SCIENTIFIC = "scientific"
    DATE = "date"
    UNKNOWN = "unknown"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True)
class Directory:
    """The communes of an edition: names by code, codes by normalised name, and those of the past."""

    names: Mapping[str, str]
    by_name: Mapping[str, Sequence[str]]
    past: Sequence[FormerName] = ()

    @cached_property
    def former(self) -> Mapping[str, str]:
        """Codes in force by code that is not any more."""
        return {one.code: one.commune for one in self.past if one.code != one.commune}

    @cached_property
    def past_by_name(self) -> Mapping[str, Sequence[FormerName]]:
        """Former names by normalised name."""
        return grouped((one.normalised, one) for one in self.past if one.name)

    @cached_property
    def past_of(self) -> Mapping[str, Sequence[FormerName]]:
        """Former names by code of the commune of today."""
        return grouped((one.commune, one) for one in self.past if one.name)

    def last_name(self, code: str) -> tuple[FormerName, ...]:
        """Return the last name that a former code had, none where it is not known."""
        named = (one for one in self.past_of.get(self.former.get(code, ""), ()) if one.code == code)
        return tuple(latest_first(named)[:1])


def grouped(pairs: Iterable[tuple[str, FormerName]]) -> Mapping[str, Sequence[FormerName]]:
    """Return former names by key."""
    found: dict[str, list[FormerName]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


class Reading(NamedTuple):
    """How a code or a name was understood, the communes it may be, the former names that tell why."""

    outcome: Outcome
    candidates: tuple[str, ...] = ()
    past: tuple[FormerName, ...] = ()

    @property
    def taken(self) -> str:
        """The commune that it is taken for, empty where it must be chosen; a name borne today is taken for itself."""
        is_sure = self.outcome in TAKEN and (len(self.candidates) == 1 or self.outcome is Outcome.NAME)
        return self.candidates[0] if is_sure else ""


@dataclass(frozen=True)
class Entry:
    """A value of the list: where it stands, the commune it was taken for (its code, empty for none), other ideas.

    `number` counts the values from 1. `beside` is the name that stands beside a code, `differs` tells that it is not
    that of the commune, now nor before; `repeats` is the line that named the commune first, 0 for none. `past` are the
    former names that the value, or the name beside it, may be.
    """

    number: int
    line: int
    value: str
    outcome: Outcome
    code: str = ""
    suggestions: Sequence[str] = ()
    beside: str = ""
    differs: bool = False
    repeats: int = 0
    past: Sequence[FormerName] = ()

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.outcome is Outcome.EXACT and not (self.differs or self.repeats or self.past)


TAKEN = frozenset(
    (
        Outcome.EXACT,
        Outcome.ZERO_LOST,
        Outcome.SPACED,
        Outcome.DECIMAL,
        Outcome.ARRONDISSEMENT,
        Outcome.FORMER,
        Outcome.NAME,
        Outcome.FORMER_NAME,
    )
)
"""The outcomes that are taken for what they suggest, if it is one commune, until their reader says otherwise."""


def understood(value: str, beside: str, directory: Directory) -> Entry:
    """Return what a value stands for; a name beside it helps where its code says nothing."""
    found = by_code(value, directory) or by_name(value, directory)
    ideas = by_name(beside, directory) if beside and not found.candidates else found
    entry = Entry(0, 0, value, found.outcome, found.taken, ideas.candidates, beside, past=ideas.past)
    return compared(entry, directory) if beside and entry.code else entry


def compared(entry: Entry, directory: Directory) -> Entry:
    """Return an entry with what the name beside it tells: the commune's, one that it had, or that of another."""
    beside, code = normalised_name(entry.beside), entry.code
    if same_name(beside, normalised_name(directory.names[code])):
        return entry
    past = [one for one in directory.past_of.get(code, ()) if one.normalised == beside]
    if past:
        kept = [one for one in past if one in entry.past] or latest_first(past)
        return replace(entry, past=tuple(kept[:1]))
    named = by_name(entry.beside, directory)
    others = (one for one in named.candidates if one != code)
    return replace(entry, differs=True, suggestions=(code, *others), past=(*entry.past, *named.past))


def same_name(beside: str, known: str) -> bool:
    """Whether two normalised names may be of one commune: equal, or one the beginning or end of the other."""
    return beside == known or any(
        long.startswith(f"{short} ") or long.endswith(f" {short}")
        for short, long in ((beside, known), (known, beside))
    )


def by_code(value: str, directory: Directory) -> Reading | None:
    """Return what a value that is a code, or was one, stands for; None for anything else."""
    text = value.upper()
    if CODE.fullmatch(text):
        return in_force(text, Outcome.EXACT, directory)
    if SPACED_CODE.fullmatch(text):
        bare = SPACES.sub("", text)
        return in_force(bare.zfill(5), Outcome.SPACED, directory)
    if SHORT_CODE.fullmatch(text):
        return in_force(f"0{text}", Outcome.ZERO_LOST, directory)
    decimal = DECIMAL_CODE.fullmatch(text)
    if decimal:
        return in_force(decimal[1].zfill(5), Outcome.DECIMAL, directory)
    if SCIENTIFIC.fullmatch(text):
        return Reading(Outcome.SCIENTIFIC, whole_number(text, directory))
    if DATE.fullmatch(text) and (text[0].isdigit() and text[-1].isdigit() and not has_letters(text) or is_month(text)):
        return Reading(Outcome.DATE)
    if text.replace(" ", "").isdigit():
        return Reading(Outcome.UNKNOWN)
    return None


def in_force(code: str, outcome: Outcome, directory: Directory) -> Reading:
    """Return what a code stands for: itself, the commune that replaced it, or none."""
    if code in directory.names:
        return Reading(outcome, (code,))
    found = Reading(Outcome.UNKNOWN)
    if code in ARRONDISSEMENTS:
        found = Reading(Outcome.ARRONDISSEMENT, (ARRONDISSEMENTS[code],))
    elif code in directory.former:
        found = Reading(Outcome.FORMER, (directory.former[code],), directory.last_name(code))
    elif code.startswith(OLD_CORSICA):
        found = Reading(Outcome.FORMER, tuple(f"{one}{code[2:]}" for one in CORSICA))
    known = tuple(one for one in found.candidates if one in directory.names)
    return found._replace(candidates=known) if known else Reading(Outcome.UNKNOWN)


def whole_number(text: str, directory: Directory) -> tuple[str, ...]:
    """Return the code that a number in powers of ten may have been: digits that it lost are not guessed."""
    mantissa, _e, exponent = text.partition("E")
    if len(exponent) > 3:
        return ()
    number = round(float(mantissa.replace(",", ".")) * 10.0 ** int(exponent), 6)
    code = f"{number:05.0f}" if 1000 <= number < 100_000 and number == int(number) else ""
    return (code,) if code in directory.names else ()


def has_letters(text: str) -> bool:
    return any(one.isalpha() for one in text)


def is_month(text: str) -> bool:
    """Whether a text names a month, as spreadsheets write dates: `1-janv`, `mars-04`."""
    words = normalised_name(text).split()
    return any(word.startswith(MONTHS) for word in words) and any(word.isdigit() for word in words)


def by_name(value: str, directory: Directory) -> Reading:
    """Return what a name stands for, in the department between brackets if there is one.

    Communes that bear it today come first, then those of today for the communes that bore it.
    """
    match = NAME_IN_DEPARTMENT.fullmatch(value)
    name, department = (match[1], match[2].upper()) if match else (value, "")
    wanted = normalised_name(name)
    found = tuple(code for code in directory.by_name.get(wanted, ()) if code.startswith(department))
    past = one_a_commune(
        one
        for one in directory.past_by_name.get(wanted, ())
        if one.commune not in found and (one.code.startswith(department) or one.commune.startswith(department))
    )
    candidates = (*found, *(one.commune for one in past))
    if not candidates:
        return Reading(Outcome.UNKNOWN)
    sure = Outcome.NAME if found else Outcome.FORMER_NAME
    return Reading(sure if len(found or past) == 1 else Outcome.AMBIGUOUS, candidates, past)


def corrected(entry: Entry, written: str, directory: Directory) -> Entry:
    """Return an entry as its reader corrects it: set aside, another commune, or still not understood."""
    if not written.strip():
        return replace(entry, outcome=Outcome.SET_ASIDE, code="", differs=False, past=())
    if written.strip().upper() == entry.code:
        return entry
    found = understood(written.strip(), "", directory)
    if found.code:
        past = () if found.outcome is Outcome.NAME else found.past
        return replace(entry, outcome=Outcome.CORRECTED, code=found.code, differs=False, past=past)
    ideas = found if found.suggestions else entry
    kept = {"suggestions": ideas.suggestions, "past": ideas.past}
    return replace(entry, value=written.strip(), outcome=found.outcome, code="", differs=False, **kept)
