"""Reading a large file by columns: plain rows are taken as they stand, any other goes through the ordinary reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from basins.ingest.cells import BadCell, Row, repeated
from sources.blocks import Chunk, block
from sources.registry import Block, Rejected


@dataclass(frozen=True)
class PlainRows:
    """How plain rows are recognised and written.

    `write(table)` returns one text array for each field of the record, as COPY reads it, or a constant; a row is plain
    when each array is matched by its pattern (whole, RE2 syntax). A pattern may only match what the ordinary reader
    would write just so: the two are compared by a test. The first `key_size` fields, never empty, are a row's key.
    """

    write: Callable[[pa.Table], Sequence[pa.Array | pa.Scalar]]
    patterns: tuple[str, ...]
    key_size: int
    key_name: str


def record_blocks(
    chunks: Iterable[Chunk], read: Callable[[Row], Any], plain: PlainRows
) -> Iterator[Block | Rejected | Any]:
    """Yield what `cells.records` yields, plain rows gathered in blocks; a repeated key is refused in the same way."""
    seen: set[str] = set()
    for chunk in chunks:
        fields = plain.write(chunk.table)
        is_plain = _matches(fields, plain.patterns)
        others = {int(index): _outcome(chunk, int(index), read) for index in np.flatnonzero(~is_plain)}
        keys = pc.binary_join_element_wise(*fields[: plain.key_size], " ").to_pylist()
        for index, outcome in others.items():
            keys[index] = None if isinstance(outcome, Rejected) else " ".join(outcome[: plain.key_size])
        for index in _repetitions(keys, seen):
            is_plain[index] = False
            others[index] = repeated(int(chunk.lines[index]), plain.key_name, keys[index])
        yield from (others[index] for index in sorted(others))
        yield block(fields if is_plain.all() else [_kept(field, pa.array(is_plain)) for field in fields])


def _kept(field: pa.Array | pa.Scalar, mask: pa.Array) -> pa.Array | pa.Scalar:
    return field if isinstance(field, pa.Scalar) else field.filter(mask)


def _matches(fields: Sequence[pa.Array | pa.Scalar], patterns: Sequence[str]) -> np.ndarray:
    """Return, row by row, whether every field is matched by its pattern."""
    matched = np.ones(len(fields[0]), dtype=bool)
    for field, pattern in zip(fields, patterns, strict=True):
        if isinstance(field, pa.Scalar):
            continue
        found = pc.match_substring_regex(field, rf"\A(?:{pattern})\z")
        matched &= pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return matched


def _outcome(chunk: Chunk, index: int, read: Callable[[Row], Any]) -> Any:
    try:
        return read(chunk.row(index))
    except BadCell as bad:
        return Rejected(int(chunk.lines[index]), bad.column, bad.value, bad.reason)


def _repetitions(keys: list[str | None], seen: set[str]) -> list[int]:
    """Return the rows whose key was seen, here or before, and remember the others; a refused row has no key."""
    fresh = set(keys)
    if len(fresh) == len(keys) and None not in fresh and seen.isdisjoint(fresh):  # type: ignore[arg-type]
        seen.update(fresh)  # type: ignore[arg-type]
        return []
    found = []
    for index, key in enumerate(keys):
        if key in seen:
            found.append(index)
        elif key is not None:
            seen.add(key)
    return found
