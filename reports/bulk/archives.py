"""Archives written member by member, without holding any."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from explorer.csv_tables import Cell, csv_chunks

BLOCK_BYTES = 1 << 16


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Give a file of an archive to write to, by blocks rather than line by line."""
    with archive.open(name, "w", force_zip64=True) as raw, io.BufferedWriter(raw, BLOCK_BYTES) as file:
        yield file


def write_table(
    archive: zipfile.ZipFile,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    international: bool = False,
) -> None:
    """Write a table in an archive as its rows come."""
    with member(archive, name) as file:
        for chunk in csv_chunks(columns, rows, international=international):
            file.write(chunk.encode())
