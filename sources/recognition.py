"""What a file really is, whatever its name says: its kind, its encoding, its separator."""

import codecs
import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import IO

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
HEAD_BYTES = 1 << 20
UNPACKED_BYTES = 2 << 30

# First bytes -> what the file is, in words.
KINDS = (
    (b"PK\x03\x04", "une archive zip ou un classeur Excel (.xlsx)"),
    (b"\xd0\xcf\x11\xe0", "un classeur Excel ancien (.xls)"),
    (b"\x1f\x8b", "un fichier compressé gzip"),
    (b"PAR1", "un fichier Parquet"),
    (b"%PDF", "un document PDF"),
    (b"SQLite format 3", "une base SQLite ou un GeoPackage"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
    (b"\x89PNG", "une image"),
)
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<head")
TEXT = "un fichier texte"
PAGE = "une page web ou un document XML : le téléchargement a sans doute échoué"
# Byte order marks -> encoding; the longest come first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where the null bytes of a text in UTF-16 stand, one byte in two.
UNMARKED = ((1, "utf-16-le"), (0, "utf-16-be"))
SAMPLE_BYTES = 2_000


class LayoutError(Exception):
    """A file whose layout is not the one expected; the message says what differs and what to do."""


def kind_of(path: Path) -> str:
    """Return in words what a file is by its first bytes; raises `LayoutError` when it is empty or cannot be read."""
    try:
        with path.open("rb") as handle:
            head = handle.read(64)
    except OSError as error:
        raise LayoutError(f"{path.name} : fichier illisible ({error.strerror}).") from error
    if not head:
        raise LayoutError(f"{path.name} : le fichier est vide. Téléchargez-le de nouveau.")
    found = next((kind for magic, kind in KINDS if head.startswith(magic)), None)
    if found:
        return found
    return PAGE if head.lstrip(codecs.BOM_UTF8 + b" \r\n\t").lower().startswith(MARKUP) else TEXT


def refuse_other_kinds(path: Path, *accepted: str, fix: str) -> None:
    """Raise `LayoutError` unless the file is of one of the kinds named by the first words of `accepted`."""
    kind = kind_of(path)
    if not kind.startswith(accepted):
        raise LayoutError(f"{path.name} : c'est {kind}, malgré son nom. {fix}")


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, unpacked when it is gzipped, whatever its name."""
    with path.open("rb") as handle:
        is_packed = handle.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_packed else path.open("rb")  # type: ignore[return-value]


def encoding_of(head: bytes, declared: str) -> str:
    """Return the encoding of a text from its first bytes: its mark, UTF-8 where it is beyond doubt, or the declared.

    A text in an 8-bit encoding practically never happens to be valid UTF-8 beyond ASCII.
    """
    marked = next((encoding for mark, encoding in MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    unmarked = next((encoding for first, encoding in UNMARKED if _is_mostly_null(head[first:SAMPLE_BYTES:2])), None)
    if unmarked:
        return unmarked
    if not head.isascii() and not declared.startswith("utf") and _is_utf_8(head):
        return "utf-8"
    return declared


def _is_mostly_null(every_other_byte: bytes) -> bool:
    return every_other_byte.count(0) > 0.8 * len(every_other_byte) > 4


def _is_utf_8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(heading: Sequence[str], declared: str, columns: Sequence[str]) -> str:
    """Return the separator of a file from the lines of its header: another one than declared when it finds `columns`.

    A header tells it beyond doubt: all the columns expected are found with one separator only.
    """
    import csv

    def finds_all(separator: str) -> bool:
        try:
            return set(columns) <= set(next(csv.reader(heading, delimiter=separator), []))
        except csv.Error:
            return False

    others = [one for one in SEPARATORS if one != declared and finds_all(one)]
    return others[0] if others and not finds_all(declared) else declared
