"""Large delimited files by chunks of columns: as strict as `csv_rows`, line numbers included, and far faster."""

import csv
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from sources.readers import CsvLayout, check_header, csv_layout, csv_rows
from sources.recognition import open_bytes
from sources.registry import Block

UTF_8 = ("utf-8", "utf-8-sig")
CHUNK_BYTES = 4 << 20
ROWS_OF_AN_EXACT_CHUNK = 20_000
# COPY's own writing of a null in text format.
COPY_NULL = "\\N"
# Stands for a piece that no reader by columns should see: a truncated archive, a line without end.
UNREADABLE = b"\0"


class Chunk(NamedTuple):
    """Consecutive rows of a file: their line numbers, and the columns asked as text, an empty cell being null."""

    lines: np.ndarray
    table: pa.Table

    def row(self, index: int) -> dict[str, str]:
        """Return one row as `csv_rows` gives it."""
        (row,) = self.table.slice(index, 1).to_pylist()
        return {name: value or "" for name, value in row.items()}


def block(fields: Sequence[pa.Array | pa.Scalar]) -> Block:
    """Return rows given by columns: an array, or a constant, for each field of the record, written as COPY reads it.

    The first field is an array.
    """
    return Block(len(fields[0]), partial(_copy_text, fields))


def _copy_text(fields: Sequence[pa.Array | pa.Scalar], first: object) -> memoryview:
    cells = [fields[0], *(cell for field in fields[1:] for cell in (pa.scalar("\t"), field))]
    rows = pc.binary_join_element_wise(
        pa.scalar(f"{first}\t"), *cells, pa.scalar("\n"), "", null_handling="replace", null_replacement=COPY_NULL
    )
    return _content(rows)


def _content(array: pa.Array) -> memoryview:
    """Return the characters of a text array end to end, without a copy."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    _validity, offsets, content = array.buffers()
    if not len(array):
        return memoryview(b"")
    bounds = np.frombuffer(offsets, dtype=np.int32)
    return memoryview(content)[bounds[array.offset] : bounds[array.offset + len(array)]]


def csv_chunks(path: Path, columns: Sequence[str], *, delimiter: str) -> Iterator[Chunk]:
    """Yield the rows of a UTF-8 file (plain or gzipped) by chunks, unknown columns left unread.

    A piece whose every line is one well-formed row is read by columns. From the first one that is not (a line break
    inside quotes, a blank line, a stray quote, a wrong number of cells, a byte that is not UTF-8, the header again),
    the rest of the file goes through `csv_rows`, which reads it or says exactly what is wrong: a `LayoutError`.
    """
    layout = csv_layout(path, columns, delimiter=delimiter)
    check_header(path, layout.header, columns, open_ended=True)
    line = 2
    with open_bytes(path) as handle:
        if layout.encoding in UTF_8 and _is_one_line(handle.readline(), layout):
            for content in _whole_lines(handle):
                table = _plain_table(content, layout, columns)
                if table is None:
                    break
                yield Chunk(np.arange(line, line + table.num_rows), table)
                line += table.num_rows
            else:
                return
    yield from _exact_chunks(path, columns, delimiter, line)


def _exact_chunks(path: Path, columns: Sequence[str], delimiter: str, first_line: int) -> Iterator[Chunk]:
    rows = csv_rows(path, columns, delimiter=delimiter, open_ended=True)
    left = ((line, row) for line, row in rows if line >= first_line)
    while batch := list(islice(left, ROWS_OF_AN_EXACT_CHUNK)):
        cells = {name: pa.array([row[name] or None for _line, row in batch], pa.string()) for name in columns}
        yield Chunk(np.array([line for line, _row in batch]), pa.table(cells))


def _is_one_line(first: bytes, layout: CsvLayout) -> bool:
    """Tell whether the header stands alone on the first line."""
    cells = next(csv.reader([first.decode("utf-8-sig", "replace")], delimiter=layout.delimiter), [])
    return cells == layout.header


def _whole_lines(handle: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a file by pieces that end with a line, then `UNREADABLE` where it stops being lines."""
    rest = b""
    while True:
        try:
            read = handle.read(CHUNK_BYTES)
        except (EOFError, OSError, zlib.error):
            yield UNREADABLE
            return
        if not read:
            break
        end = read.rfind(b"\n") + 1
        if end:
            yield rest + read[:end]
            rest = read[end:]
        elif len(rest) < CHUNK_BYTES:
            rest += read
        else:
            yield UNREADABLE
            return
    if rest:
        yield rest


def _plain_table(content: bytes, layout: CsvLayout, columns: Sequence[str]) -> pa.Table | None:
    """Return the columns of a piece, or None unless each of its lines is one well-formed row."""
    line_count = content.count(b"\n")
    if b"\0" in content or (b"\r" in content and content.count(b"\r") != content.count(b"\r\n")):
        return None
    if not (_quotes_are_plain(content, layout.delimiter) and _is_utf_8(content)):
        return None
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(content),
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=len(content) + 1, column_names=layout.header
            ),
            parse_options=pa_csv.ParseOptions(delimiter=layout.delimiter),
            convert_options=pa_csv.ConvertOptions(
                check_utf8=False,
                include_columns=list(columns),
                column_types={name: pa.string() for name in columns},
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    line_count += not content.endswith(b"\n")
    is_header_again = pc.any(pc.equal(table[columns[0]], columns[0])).as_py()
    return table.combine_chunks() if table.num_rows == line_count and not is_header_again else None


def _is_utf_8(content: bytes) -> bool:
    try:
        pa.array([content], pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _quotes_are_plain(content: bytes, delimiter: str) -> bool:
    """Tell whether quotes come in pairs, each pair around a whole cell or around a part that ends in a doubled one."""
    if b'"' not in content:
        return True
    characters = np.frombuffer(content, dtype=np.uint8)
    at = np.flatnonzero(characters == ord('"'))
    if len(at) % 2:
        return False
    edges = np.array([ord(delimiter), ord("\n"), ord("\r"), ord('"')], dtype=np.uint8)
    before = np.isin(characters[at[::2] - 1], edges) | (at[::2] == 0)
    after = np.isin(characters[np.minimum(at[1::2] + 1, len(characters) - 1)], edges)
    return bool(before.all() and after.all())
