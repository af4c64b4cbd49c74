"""What a worker can make: each maker has a name, says what it accepts, writes one file and tells how far it is.

A new kind of export is a module of `reports.bulk` and a line of `MAKER_MODULES`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import BinaryIO

from django.utils.translation import gettext as _

from scoring.errors import BadQuestion, NotFound
from scoring.facts import Facts

Parameters = Mapping[str, str]
# (what is being done, how many are done, of how many).
Progress = Callable[[str, int, int], None]
# (value, words) that a field accepts.
Choices = Sequence[tuple[str, str]]

MAKER_MODULES = ("reports.bulk.score_table", "reports.bulk.whole_tables")


class CannotMake(RuntimeError):
    """A file that cannot be made, in a sentence for the reader who asked: trying again would change nothing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Order:
    """What a maker works from: the facts, what was asked, the site's own address, where to write, whom to tell."""

    facts: Facts
    parameters: Parameters
    base_url: str
    output: BinaryIO
    progress: Progress


@dataclass(frozen=True)
class Made:
    """The name and the media type of a file that was written."""

    name: str
    content_type: str


@dataclass(frozen=True)
class Field:
    """A parameter of a maker: a value among `choices`, read from the edition; the first is proposed."""

    name: str
    label: Callable[[], str]
    choices: Callable[[Facts], Choices]
    hint: Callable[[], str] = field(default=lambda: "")


@dataclass(frozen=True)
class Maker:
    """A kind of export. `label`, `description` and `told` are in the active language.

    `told` says what was asked, from parameters already accepted.
    """

    id: str
    label: Callable[[], str]
    description: Callable[[], str]
    fields: Sequence[Field]
    told: Callable[[Facts, Parameters], str]
    make: Callable[[Order], Made]

    def accepted(self, facts: Facts, given: Parameters) -> dict[str, str]:
        """Return the parameters in the order of the fields; raises `BadQuestion` on one that is not proposed."""
        return {one.name: _accepted(facts, one, given) for one in self.fields}


def _accepted(facts: Facts, one: Field, given: Parameters) -> str:
    """The value given for a field, the one proposed where none is."""
    choices = dict(one.choices(facts))
    value = given.get(one.name, "").strip() or next(iter(choices))
    if value not in choices:
        sentence = _("« %(value)s » n'est pas proposé pour « %(label)s ». Valeurs acceptées : %(accepted)s.")
        told = {"value": value[:40], "label": one.label(), "accepted": ", ".join(choices)}
        raise BadQuestion(one.name, sentence % told)
    return value


@lru_cache(maxsize=1)
def makers() -> dict[str, Maker]:
    """Return every maker by name, in the order of the list shown to readers."""
    found = [import_module(name).MAKER for name in MAKER_MODULES]
    return {one.id: one for one in found}


def maker_of(kind: str) -> Maker:
    """Return a maker by name; raises `NotFound`."""
    if kind not in makers():
        sentence = _("Il n'y a pas d'export « %(kind)s ». Exports : %(accepted)s.")
        raise NotFound(sentence % {"kind": kind[:40], "accepted": ", ".join(makers())})
    return makers()[kind]
