"""What a value of a list of communes stands for: a code, what a spreadsheet made of one, an old code, a name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from basins.commune_text import CODE
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
    CORRECTED = "corrected"
    AMBIGUOUS = "ambiguous"
    SCIENTIFIC = "scientific"
    DATE = "date"
    UNKNOWN = "unknown"
    SET_ASIDE = "set-aside"


@dataclass(frozen=True)
class Directory:
    """The communes of an edition: names by code, codes by normalised name, codes in force by former code."""

    names: Mapping[str, str]
    by_name: Mapping[str, Sequence[str]]
    former: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """A value of the list: where it stands, the commune it was taken for (its code, empty for none), other ideas.

    `number` counts the values from 1. `beside` is the name that stands beside a code, `differs` tells that it is not
    that of the commune; `repeats` is the line that named the commune first, 0 for none.
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

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.outcome is Outcome.EXACT and not self.differs and not self.repeats


TAKEN = frozenset(
    (
        Outcome.EXACT,
        Outcome.ZERO_LOST,
        Outcome.SPACED,
        Outcome.DECIMAL,
        Outcome.ARRONDISSEMENT,
        Outcome.FORMER,
        Outcome.NAME,
    )
)
"""The outcomes that are taken for what they suggest, if it is one commune, until their reader says otherwise."""


def understood(value: str, beside: str, directory: Directory) -> Entry:
    """Return what a value stands for; a name beside it helps where its code says nothing."""
    outcome, candidates = by_code(value, directory) or by_name(value, directory)
    if not candidates and beside:
        _outcome, candidates = by_name(beside, directory)
        candidates = candidates if outcome is not Outcome.NAME else ()
    is_sure = outcome in TAKEN and len(candidates) == 1
    entry = Entry(0, 0, value, outcome, candidates[0] if is_sure else "", candidates, beside)
    known = normalised_name(directory.names.get(entry.code, ""))
    if not beside or not entry.code or same_name(normalised_name(beside), known):
        return entry
    _outcome, named = by_name(beside, directory)
    return replace(entry, differs=True, suggestions=(entry.code, *(one for one in named if one != entry.code)))


def same_name(beside: str, known: str) -> bool:
    """Whether two normalised names may be of one commune: equal, or one the beginning or end of the other."""
    return beside == known or any(
        long.startswith(f"{short} ") or long.endswith(f" {short}")
        for short, long in ((beside, known), (known, beside))
    )


def by_code(value: str, directory: Directory) -> tuple[Outcome, tuple[str, ...]] | None:
    """Return the outcome and the communes of a value that is a code, or was one; None for anything else."""
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
        return Outcome.SCIENTIFIC, whole_number(text, directory)
    if DATE.fullmatch(text) and (text[0].isdigit() and text[-1].isdigit() and not has_letters(text) or is_month(text)):
        return Outcome.DATE, ()
    if text.replace(" ", "").isdigit():
        return Outcome.UNKNOWN, ()
    return None


def in_force(code: str, outcome: Outcome, directory: Directory) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome and the commune of a code: itself, the one that replaced it, or none."""
    if code in directory.names:
        return outcome, (code,)
    if code in ARRONDISSEMENTS:
        found, outcome_found = ARRONDISSEMENTS[code], Outcome.ARRONDISSEMENT
    elif code in directory.former:
        found, outcome_found = directory.former[code], Outcome.FORMER
    elif code.startswith(OLD_CORSICA):
        split = tuple(f"{one}{code[2:]}" for one in CORSICA if f"{one}{code[2:]}" in directory.names)
        return (Outcome.FORMER, split) if split else (Outcome.UNKNOWN, ())
    else:
        return Outcome.UNKNOWN, ()
    return (outcome_found, (found,)) if found in directory.names else (Outcome.UNKNOWN, ())


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


def by_name(value: str, directory: Directory) -> tuple[Outcome, tuple[str, ...]]:
    """Return the outcome and the communes of a name, in the department between brackets if there is one."""
    match = NAME_IN_DEPARTMENT.fullmatch(value)
    name, department = (match[1], match[2].upper()) if match else (value, "")
    found = tuple(directory.by_name.get(normalised_name(name), ()))
    if department:
        found = tuple(code for code in found if code.startswith(department))
    if not found:
        return Outcome.UNKNOWN, ()
    return (Outcome.NAME if len(found) == 1 else Outcome.AMBIGUOUS), found


def corrected(entry: Entry, written: str, directory: Directory) -> Entry:
    """Return an entry as its reader corrects it: set aside, another commune, or still not understood."""
    if not written.strip():
        return replace(entry, outcome=Outcome.SET_ASIDE, code="", differs=False)
    if written.strip().upper() == entry.code:
        return entry
    found = understood(written.strip(), "", directory)
    if found.code:
        return replace(entry, outcome=Outcome.CORRECTED, code=found.code, differs=False)
    ideas = found.suggestions or entry.suggestions
    return replace(entry, value=written.strip(), outcome=found.outcome, code="", suggestions=ideas, differs=False)
