"""The data sets the project can read, registered by each app's `ingest` module."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sources.models import RawRow


class Rejected(NamedTuple):
    """A row refused by an ingestor; the file goes on, the refusal is counted and kept."""

    line: int
    column: str
    value: str
    reason: str


class Block(NamedTuple):
    """Many accepted rows at once; `copy_text(value)` writes them as COPY reads text, each preceded by the value."""

    row_count: int
    copy_text: Callable[[object], memoryview]


Parser = Callable[[Path], Iterator[Any]]


@dataclass(frozen=True)
class Dataset:
    """A published data set and how to read one file of it.

    `parse(path)` yields `record` tuples, whose fields are columns of `model`, or `Rejected` rows; it raises
    `LayoutError` on a layout it does not know; `parse_blocks` may also yield `Block`s. `patterns` are the file names
    looked for in a data directory.
    """

    slug: str
    title: str
    producer: str
    vintage: str
    licence: str
    page: str
    patterns: tuple[str, ...]
    record: type
    model: type[RawRow]
    parse: Parser
    note: str = ""
    # Data that a region brings of its own: no edition needs it, and `ingest all` goes on without it.
    is_optional: bool = False
    # Published territory by territory: the files of several parts stand side by side.
    is_in_parts: bool = False
    # Reads the vintage in the file itself, for layouts that tell it (open-ended years).
    find_vintage: Callable[[Path], str] | None = None
    # Same rows as `parse`, by blocks of columns: for files of a million rows.
    parse_blocks: Parser | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.record._fields)  # type: ignore[attr-defined]


DATASETS: dict[str, Dataset] = {}


def ingestor(**declaration: Any) -> Callable[[Parser], Parser]:
    """Register the decorated `parse(path)` function as the reader of a `Dataset`."""

    def register(parse: Parser) -> Parser:
        dataset = Dataset(parse=parse, **declaration)
        if dataset.slug in DATASETS:
            raise ValueError(f"data set {dataset.slug!r} is registered twice")
        DATASETS[dataset.slug] = dataset
        return parse

    return register
